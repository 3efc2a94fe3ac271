/** Turns an order file into stored problems, one a day, in a thread: 20 MB of cells take longer than a reader should wait. */
import type { ImportResult } from '../api.ts'
import type { ImportOptions } from '../imports/index.ts'
import { describeDays } from '../routes/complexes.ts'
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
  // all days or none, and once for a key
  return await store.once(data.complex.id, key, async (nouns) => {
    const stored: { date: string; problem: string }[] = []
    for (const { date, problem } of days) {
      const id = await nouns.problems.add(data.complex.id, problem)
      await nouns.complexes.setDay(data.complex.id, date, id)
      stored.push({ date, problem: id })
    }
    return { ...counts, issues: [...counts.issues], days: await describeDays(stored, nouns) }
  })
}
