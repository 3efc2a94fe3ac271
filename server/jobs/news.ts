/** Who looks at which day, and what changes there: heard by everybody who looks, whichever process serves them. */
import { randomUUID } from 'node:crypto'
import type { Here, News } from '../api.ts'
import type { Database } from '../store/database.ts'
import { NEWS_CHANNEL, type NewsWord, tellNews } from '../store/news.ts'

export interface Newsroom {
  /** Who is here, at once and whenever that changes, and what changes in the complex, until `signal`, an hour, or the service ends. */
  watch(complex: string, me: Here, signal: AbortSignal): AsyncGenerator<News, void, void>
  close(): Promise<void>
}

/** A process that was not heard of for so long shows nobody any more. */
const FORGOTTEN_MS = 45_000
const BEAT_MS = 15_000
/** Of one process: a notification holds 8,000 bytes. */
const MOST_PEOPLE = 40
/** Whoever does not read that many is told to look again. */
const MOST_WAITING = 200
/** Then the browser opens it again, as whoever it is by then. */
const LONGEST_MS = 3_600_000

type Word = { readonly complex: string; readonly news: News } | 'again' | 'here'
type Person = Here & { readonly complex: string }

export async function openNews(
  { db, listen }: Pick<Database, 'db' | 'listen'>,
  logError: (error: unknown) => void,
): Promise<Newsroom> {
  const self = randomUUID()
  const closing = new AbortController()
  const mine = new Map<symbol, Person>()
  const others = new Map<string, { readonly people: readonly Person[]; readonly atMs: number }>()
  const ears = new Set<(word: Word) => void>()
  const tellEars = (word: Word) => {
    for (const ear of [...ears]) ear(word)
  }

  const send = (word: NewsWord) => void tellNews(db, word).catch(logError)
  const sayWhoIsHere = () => send({ here: [...mine.values()].slice(0, MOST_PEOPLE), from: self })
  const peopleOf = (complex: string): Here[] => {
    const now = performance.now()
    for (const [process, { atMs }] of others) if (now - atMs > FORGOTTEN_MS) others.delete(process)
    const all = [...mine.values(), ...[...others.values()].flatMap(({ people }) => people)]
    return all.filter((person) => person.complex === complex).map(({ complex: _, ...here }) => here)
  }

  const end = await listen(NEWS_CHANNEL, (text) => {
    // the connection was lost: anything may have happened
    if (text === '') return tellEars('again')
    const word = JSON.parse(text) as NewsWord
    if ('news' in word) return tellEars(word)
    if ('who' in word) {
      if (word.who !== self && mine.size > 0) sayWhoIsHere()
      return
    }
    if (word.from === self) return
    const before = JSON.stringify(others.get(word.from)?.people ?? [])
    if (word.here.length > 0) others.set(word.from, { people: word.here, atMs: performance.now() })
    else others.delete(word.from)
    if (JSON.stringify(word.here) !== before) tellEars('here')
  })
  send({ who: self })
  const beat = setInterval(() => {
    if (mine.size > 0) sayWhoIsHere()
  }, BEAT_MS)
  beat.unref()

  return {
    async *watch(complex, me, signal) {
      const id = Symbol(me.page)
      const over = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(LONGEST_MS)])
      const waiting: News[] = []
      let wake = Promise.withResolvers<void>()
      const put = (news: News) => {
        if (waiting.length < MOST_WAITING) waiting.push(news)
        else waiting.splice(0, waiting.length, { kind: 'again' })
        wake.resolve()
      }
      const ear = (word: Word) => {
        if (word === 'again') put({ kind: 'again' })
        else if (word === 'here') put({ kind: 'here', people: peopleOf(complex) })
        else if (word.complex === complex) put(word.news)
      }
      const gone = () => wake.resolve()
      over.addEventListener('abort', gone, { once: true })
      mine.set(id, { ...me, complex })
      ears.add(ear)
      sayWhoIsHere()
      tellEars('here')
      try {
        while (!over.aborted) {
          for (let news = waiting.shift(); news; news = waiting.shift()) yield news
          if (over.aborted) return
          await wake.promise
          wake = Promise.withResolvers()
        }
      } finally {
        over.removeEventListener('abort', gone)
        ears.delete(ear)
        mine.delete(id)
        if (!closing.signal.aborted) {
          sayWhoIsHere()
          tellEars('here')
        }
      }
    },
    async close() {
      closing.abort()
      clearInterval(beat)
      await end()
    },
  }
}
