/** The complexes that come with the program, as data under fixtures/. */
import { readFile } from 'node:fs/promises'
import { type ComplexData, parseComplexData } from './imports/complexData.ts'

export type { ComplexData }

const FIXTURES = new URL('../fixtures/', import.meta.url)
export const COMPLEX_IDS = ['gwangju'] as const
export type ComplexId = (typeof COMPLEX_IDS)[number]

export const isComplexId = (id: string): id is ComplexId => (COMPLEX_IDS as readonly string[]).includes(id)

export async function loadComplex(id: ComplexId): Promise<ComplexData> {
  return parseComplexData(JSON.parse(await readFile(new URL(`${id}/complex.json`, FIXTURES), 'utf8')))
}

/** The order file of one seed, as a coordinator would have it. */
export async function loadOrders(
  id: ComplexId,
  seed: number,
): Promise<{ readonly bytes: Uint8Array; readonly fileName: string }> {
  const fileName = `seed-${String(seed).padStart(2, '0')}.csv`
  return { bytes: await readFile(new URL(`${id}/orders/${fileName}`, FIXTURES)), fileName }
}
