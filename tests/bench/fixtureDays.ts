/** The fixture's days as problems, from its order files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importTable } from '../../server/imports/index.ts'
import { readTextTable } from '../../server/imports/table.ts'
import type { Problem } from '../../solver/index.ts'

const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'gwangju')
const complexData = JSON.parse(readFileSync(join(fixture, 'complex.json'), 'utf8'))

/** The twenty days of a seed. */
export function readDays(seed: string): Problem[] {
  const fileName = `seed-${seed.padStart(2, '0')}.csv`
  const bytes = readFileSync(join(fixture, 'orders', fileName))
  return importTable(readTextTable(bytes), complexData, { locale: 'en', fileName }).days.map(({ problem }) => problem)
}
