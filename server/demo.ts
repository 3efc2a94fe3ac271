/** What a newcomer finds: the complex of the fixture and twenty days of its orders. */
import type { Locale } from '../solver/index.ts'
import { loadComplex, loadOrders } from './complexes.ts'
import { importDays } from './jobs/importDays.ts'
import type { ComplexRecord, Store } from './store/store.ts'

const HOME = 'gwangju'
/** A seed of the development set. */
const SEED = 1

export async function addHomeComplex(store: Store): Promise<ComplexRecord> {
  const complex = { data: await loadComplex(HOME), days: [] }
  await store.complexes.add(complex.data)
  return complex
}

/** Ids of the problems, one a day. */
export async function addExampleDays(store: Store, complex: ComplexRecord, locale: Locale): Promise<string[]> {
  const { bytes, fileName } = await loadOrders(HOME, SEED)
  const { days } = await importDays(store, complex, bytes, { locale, fileName })
  return days.map(({ problem }) => problem)
}
