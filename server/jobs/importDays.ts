/** Turns an order file into stored problems, one a day. */
import type { Problem } from '../../solver/index.ts'
import type { ComplexData } from '../complexes.ts'
import type { Geocoder } from '../geocode/geocoder.ts'
import { failureIssues, locate, placedIn } from '../geocode/locate.ts'
import { addOrders } from '../imports/addOrders.ts'
import type { ImportOptions } from '../imports/index.ts'
import type { OrderSource } from '../imports/table.ts'
import type { IdempotencyKey } from '../store/idempotency.ts'
import type { AddedDay, ComplexRecord, Nouns, WaitingAddress } from '../store/store.ts'
import { readInThread } from './readFile.ts'
import type { Outcomes } from './tasks.ts'

/** replace: the file is the day. add: its orders join those of the day, each in the place of one with its number. */
export const IMPORT_MODES = ['replace', 'add'] as const
export type ImportMode = (typeof IMPORT_MODES)[number]

interface StoredDays extends Omit<Outcomes['import'], 'days' | 'held' | 'addresses'> {
  readonly days: readonly AddedDay[]
  /** orders that were not there before, and the numbers of those that were */
  readonly added: number
  readonly replaced: readonly string[]
}

export async function importDays(
  store: Nouns,
  { data }: ComplexRecord,
  bytes: OrderSource,
  { mode = 'replace', ...given }: ImportOptions & { readonly mode?: ImportMode },
  geocoders: readonly Geocoder[],
  key?: IdempotencyKey,
): Promise<StoredDays> {
  const { id } = data.complex
  const options = { ...given, learned: await store.mappings.get(id) }
  const { outcome, waiting } = await readPlaced([placedIn(store, id), ...geocoders], bytes, data, options)
  const { days, held, addresses: _, ...counts } = outcome
  const { rows, accepted, learned } = counts
  // all days or none, and once for a key
  return await store.once(id, key, async (nouns) => {
    // two files added to one day at a time: the second adds to what the first has made
    await nouns.complexes.hold(id)
    let added = 0
    const replaced: string[] = []
    const merged: { date: string; problem: Problem }[] = []
    for (const { date, problem: fresh } of days) {
      const base = mode === 'add' ? await problemOf(nouns, id, date) : undefined
      const day = base ? addOrders(base, fresh) : { problem: fresh, added: fresh.shipments.length, replaced: [] }
      merged.push({ date, problem: day.problem })
      added += day.added
      replaced.push(...day.replaced)
    }
    const summary = { fileName: given.fileName ?? '', rows, accepted }
    const stored = await nouns.complexes.addDays(id, merged, summary)
    if (learned) await nouns.mappings.learn(id, learned)
    if (waiting.length > 0) await nouns.addresses.wait(id, waiting)
    await nouns.held.settle(id, {
      days: mode === 'replace' ? [...new Set([...days, ...held].map(({ date }) => date))] : [],
      planned: plannedOf(days),
      waiting: held,
    })
    return { ...counts, days: stored, added, replaced }
  })
}

export const plannedOf = (days: Outcomes['import']['days']) =>
  days.flatMap(({ date, problem }) => problem.shipments.map(({ id }) => ({ date, id })))

/** Reads the file; if it holds addresses that the complex does not have, looks them up and reads it again. */
export async function readPlaced(
  geocoders: readonly Geocoder[],
  bytes: OrderSource,
  complex: ComplexData,
  options: ImportOptions,
): Promise<{ readonly outcome: Outcomes['import']; readonly waiting: readonly WaitingAddress[] }> {
  const first = await readInThread({ kind: 'import', bytes, complex, options })
  if (first.addresses.length === 0) return { outcome: first, waiting: [] }
  const { locale, fileName = 'file' } = options
  const { placements, waiting, failures } = await locate(geocoders, first.addresses, complex.complex, fileName)
  const outcome = await readInThread({ kind: 'import', bytes, complex, options: { ...options, placements } })
  const issues = [...failureIssues(failures, locale, fileName), ...outcome.issues]
  return { outcome: { ...outcome, issues }, waiting }
}

export async function problemOf(store: Nouns, complex: string, date: string): Promise<Problem | undefined> {
  const day = (await store.complexes.get(complex))?.days.find((day) => day.date === date)
  return day && (await store.problems.get(day.problem))?.problem
}
