/** What a newcomer finds: the complex of the fixture and twenty days of its orders. */
import type { Locale } from '../solver/index.ts'
import { loadComplex, loadOrders } from './complexes.ts'
import { importDays } from './jobs/importDays.ts'
import type { ComplexRecord, Nouns } from './store/store.ts'

const HOME = 'gwangju'
/** A seed of the development set. */
const SEED = 1

export async function addHomeComplex(store: Nouns): Promise<ComplexRecord> {
  await store.complexes.put(await loadComplex(HOME))
  return (await store.complexes.get(HOME))!
}

/** Ids of the problems, one a day. */
export async function addExampleDays(store: Nouns, complex: ComplexRecord, locale: Locale): Promise<string[]> {
  const { bytes, fileName } = await loadOrders(HOME, SEED)
  const { days } = await importDays(store, complex, bytes, { locale, fileName }, [])
  return days.map(({ problem }) => problem)
}
