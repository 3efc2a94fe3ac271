/** Turns an order file into stored problems, one a day, in a thread: 20 MB of cells take longer than a reader should wait. */
import type { ImportResult } from '../api.ts'
import type { ImportOptions } from '../imports/index.ts'
import type { IdempotencyKey } from '../store/idempotency.ts'
import type { ComplexRecord, Nouns } from '../store/store.ts'
import { startThread } from './thread.ts'

export async function importDays(
  store: Nouns,
  { data }: ComplexRecord,
  bytes: Uint8Array,
  options: ImportOptions,
  key?: IdempotencyKey,
): Promise<ImportResult> {
  const { days, ...counts } = await startThread({ kind: 'import', bytes, complex: data, options }).outcome
  const { rows, accepted } = counts
  const summary = { fileName: options.fileName ?? '', rows, accepted }
  // once for a key
  return await store.once(data.complex.id, key, async (nouns) => ({
    ...counts,
    issues: [...counts.issues],
    days: await nouns.complexes.addDays(data.complex.id, days, summary),
  }))
}
