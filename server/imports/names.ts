/** Finds a place or firm by the names people write, and says what they may have meant. */

/** 주식회사, ㈜, spaces and punctuation do not tell firms apart. */
const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/주식회사|\(주\)|\(유\)|유한회사/g, '')
    .replace(/[\s_·./\\*:,'"()[\]-]/g, '')

export interface Named {
  readonly id: string
  readonly name: string
  readonly aliases?: readonly string[]
}

export class Names<T extends Named> {
  readonly #byKey = new Map<string, Set<T>>()
  readonly #names: { readonly name: string; readonly letters: string }[] = []

  constructor(things: Iterable<T>) {
    for (const thing of things) this.add(thing)
  }

  add(thing: T): void {
    for (const name of [thing.id, thing.name, ...(thing.aliases ?? [])]) {
      const key = nameKey(name)
      if (key !== '') this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(thing))
    }
    this.#names.push({ name: thing.name, letters: lettersOf(thing.name) })
  }

  /** All that bear the name: none, one, or several. */
  find(name: string): readonly T[] {
    return [...(this.#byKey.get(nameKey(name)) ?? [])]
  }

  /** Up to three names that differ by few letters, the nearest first. */
  suggest(name: string): readonly string[] {
    const letters = lettersOf(name)
    return this.#names
      .map((candidate) => ({ name: candidate.name, steps: editSteps(letters, candidate.letters) }))
      .filter(({ steps }) => steps <= Math.max(1, Math.floor(letters.length / 3)))
      .sort((a, b) => a.steps - b.steps || (a.name < b.name ? -1 : 1))
      .slice(0, 3)
      .map((candidate) => candidate.name)
  }
}

/** 1: the same name. 0: nothing in common. A name inside a longer one (총중량계 and 중량) is much of it. */
export function likeness(a: string, b: string): number {
  const [one, other] = [lettersOf(a.replace(/[([].*?[)\]]/g, '')), lettersOf(b)]
  const longer = Math.max(one.length, other.length)
  if (longer === 0) return 0
  const within = other.length > 2 && one.includes(other) ? 0.75 : 0
  return Math.max(within, 1 - editSteps(one, other) / longer)
}

/** Hangul syllables in their letters (NFD), so that 열처라 is one letter from 열처리. */
const lettersOf = (name: string): string => nameKey(name).normalize('NFD').slice(0, 60)

/** Levenshtein distance, one row of the table at a time. */
function editSteps(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let from = 1; from <= a.length; from++) {
    const next = [from]
    for (let to = 1; to <= b.length; to++)
      next.push(Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (a[from - 1] === b[to - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]
}
