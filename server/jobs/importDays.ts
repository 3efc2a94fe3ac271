/** Turns an order file into stored problems, one a day, in a thread: 20 MB of cells take longer than a reader should wait. */
import type { ImportOptions } from '../imports/index.ts'
import type { ComplexRecord, Nouns } from '../store/store.ts'
import type { Outcomes } from './tasks.ts'
import { startThread } from './thread.ts'

export interface StoredDays extends Omit<Outcomes['import'], 'days'> {
  readonly days: ComplexRecord['days']
}

export async function importDays(
  store: Nouns,
  complex: ComplexRecord,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<StoredDays> {
  const { data } = complex
  const { days, ...counts } = await startThread({ kind: 'import', bytes, complex: data, options }).outcome
  const { rows, accepted } = counts
  const file = { name: options.fileName ?? '', rows, accepted }
  return { ...counts, days: await store.complexes.addDays(data.complex.id, days, file) }
}
