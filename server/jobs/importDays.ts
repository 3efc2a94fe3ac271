/** Turns an order file into stored problems, one a day. */
import { addOrders } from '../imports/addOrders.ts'
import type { ImportOptions } from '../imports/index.ts'
import type { ComplexRecord, Store } from '../store/store.ts'
import { readInThread } from './readFile.ts'
import type { Outcomes } from './tasks.ts'

/** replace: the file is the day. add: its orders join those of the day, each in the place of one with its number. */
export const IMPORT_MODES = ['replace', 'add'] as const
export type ImportMode = (typeof IMPORT_MODES)[number]

interface StoredDays extends Omit<Outcomes['import'], 'days'> {
  readonly days: ComplexRecord['days']
  /** orders that were not there before, and the numbers of those that were */
  readonly added: number
  readonly replaced: readonly string[]
}

export async function importDays(
  store: Store,
  complex: ComplexRecord,
  bytes: Uint8Array,
  { mode = 'replace', ...given }: ImportOptions & { readonly mode?: ImportMode },
): Promise<StoredDays> {
  const { data } = complex
  const { id } = data.complex
  const options = { ...given, learned: await store.mappings.get(id) }
  const { days, ...counts } = await readInThread({ kind: 'import', bytes, complex: data, options })
  return await inTurn(store, async () => {
    const stored: { date: string; problem: string }[] = []
    let added = 0
    const replaced: string[] = []
    for (const { date, problem: fresh } of days) {
      const base = mode === 'add' ? await problemOf(store, id, date) : undefined
      const day = base ? addOrders(base, fresh) : { problem: fresh, added: fresh.shipments.length, replaced: [] }
      const problem = await store.problems.add(day.problem)
      await store.complexes.setDay(id, date, problem)
      stored.push({ date, problem })
      added += day.added
      replaced.push(...day.replaced)
    }
    if (counts.learned) await store.mappings.learn(id, counts.learned)
    return { ...counts, days: stored, added, replaced }
  })
}

async function problemOf(store: Store, complex: string, date: string) {
  const day = (await store.complexes.get(complex))?.days.find((day) => day.date === date)
  return day && (await store.problems.get(day.problem))?.problem
}

/** Two files added to one day at a time: the second adds to what the first has made. */
const turns = new WeakMap<Store, Promise<unknown>>()
async function inTurn<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(store) ?? Promise.resolve()).then(work)
  turns.set(
    store,
    turn.catch(() => {}),
  )
  return await turn
}
