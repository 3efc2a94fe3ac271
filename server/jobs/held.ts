/** Orders that are right but for an address: they wait beside it, and join their day once it is placed. */
import type { Issue, Locale, Problem } from '../../solver/index.ts'
import type { Geocoder } from '../geocode/geocoder.ts'
import { placedIn } from '../geocode/locate.ts'
import { addOrders } from '../imports/addOrders.ts'
import { heldSheets } from '../imports/held.ts'
import { writeCsv } from '../sheets/writeCsv.ts'
import type { AddressRecord, ComplexRecord, DayRecord, Nouns, WaitingAddress } from '../store/store.ts'
import { plannedOf, problemOf, readPlaced } from './importDays.ts'

export interface Joined {
  readonly days: readonly DayRecord[]
  /** orders that are planned now */
  readonly joined: number
  /** that still wait */
  readonly left: number
  readonly issues: readonly Issue[]
}

/** Orders that waited for an address join their days, as far as all that they need is placed or can be found now. */
export async function joinHeld(
  store: Nouns,
  { data }: ComplexRecord,
  geocoders: readonly Geocoder[],
  locale: Locale,
): Promise<Joined> {
  const { id } = data.complex
  const all = [placedIn(store, id), ...geocoders]
  const issues: Issue[] = []
  const fresh: { date: string; problem: Problem }[] = []
  const waiting: WaitingAddress[] = []
  for (const sheet of heldSheets(await store.held.list(id))) {
    const read = await readPlaced(all, writeCsv(sheet), data, { locale, fileName: HELD_NAME[locale] })
    fresh.push(...read.outcome.days)
    issues.push(...read.outcome.issues)
    waiting.push(...read.waiting)
  }
  const joined = plannedOf(fresh)
  return await store.once(id, undefined, async (nouns) => {
    await nouns.complexes.hold(id)
    const merged: { date: string; problem: Problem }[] = []
    for (const { date, problem } of fresh) {
      const at = merged.findIndex((day) => day.date === date)
      const base = merged[at]?.problem ?? (await problemOf(nouns, id, date))
      const day = { date, problem: base ? addOrders(base, problem).problem : problem }
      if (at < 0) merged.push(day)
      else merged[at] = day
    }
    const summary = { fileName: HELD_NAME[locale], rows: joined.length, accepted: joined.length }
    const days = merged.length > 0 ? await nouns.complexes.addDays(id, merged, summary) : []
    // what is in the queue already stays as its own import has put it, unless it can be guessed now
    const known = await Promise.all(waiting.map(async ({ key }) => await nouns.addresses.byKey(id, key)))
    await nouns.addresses.wait(
      id,
      waiting.filter(({ guess }, index) => guess !== undefined || known[index] === undefined),
    )
    await nouns.held.settle(id, { days: [], planned: joined, waiting: [] })
    return { days, joined: joined.length, left: (await nouns.held.list(id)).length, issues }
  })
}
const HELD_NAME = { ko: '기다리던 주문', en: 'orders that waited' } as const

/** What is known of the address is dropped; where orders wait for it, it goes back into the queue. */
export async function forgetAddress(
  store: Nouns,
  { id, complex, key, address, name, neededBy }: AddressRecord,
): Promise<void> {
  await store.once(complex, undefined, async (nouns) => {
    await nouns.addresses.remove(id)
    const orders = await nouns.held.list(complex)
    if (!orders.some(({ keys }) => keys.includes(key))) return
    const needed = neededBy ?? { file: '', rows: [] }
    await nouns.addresses.wait(complex, [{ key, address, name, neededBy: needed, reason: 'nothing' }])
  })
}
