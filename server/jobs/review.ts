/** A dry run of an import. Addresses are looked up among what is at hand; services on the network are asked when it is done in earnest. */
import { locate, placedIn } from '../geocode/locate.ts'
import { towns } from '../geocode/towns.ts'
import { dataOfDay } from '../imports/dayOrders.ts'
import type { ImportOptions } from '../imports/index.ts'
import { type Reviewed, reviewOrders } from '../imports/review.ts'
import type { OrderSource } from '../imports/table.ts'
import type { ComplexRecord, Nouns } from '../store/store.ts'
import { problemOf } from './importDays.ts'
import { readInThread } from './readFile.ts'

/** Rows of a grid that take less time to read than a thread to start. */
const AT_ONCE_ROWS = 1_000

/** `day`: the rows are orders of this day as it stands. */
export async function reviewSource(
  store: Nouns,
  { data }: ComplexRecord,
  source: OrderSource,
  { day, ...given }: ImportOptions & { readonly day?: string | undefined },
): Promise<Omit<Reviewed, 'addresses'>> {
  const { id } = data.complex
  const complex = day === undefined ? data : dataOfDay(data, await problemOf(store, id, day))
  const options = { ...given, learned: await store.mappings.get(id) }
  const isSmall = !(source instanceof Uint8Array) && source.length <= AT_ONCE_ROWS
  const read = async (placements: ImportOptions['placements']): Promise<Reviewed> =>
    isSmall
      ? await reviewOrders(source, complex, { ...options, placements })
      : await readInThread({ kind: 'review', bytes: source, complex, options: { ...options, placements } })
  const first = await read({})
  if (first.addresses.length === 0) return first
  const { placements } = await locate([placedIn(store, id), towns], first.addresses, data.complex, '')
  return await read(placements)
}
