/** Travel by time of day for tests: random slices over the figures of a table, down to slices of minutes and roads that are faster in them. */
import type { Travel, TravelTable } from '../../solver/index.ts'
import { DAY_S } from '../../solver/index.ts'
import type { Random } from '../../solver/random.ts'

type Slice = NonNullable<TravelTable['slices']>[number]

/** Up to `most` slices, apart or touching, anywhere in the day. */
export function randomSlices(random: Random, { durationS, tollKrw }: Omit<TravelTable, 'trucks'>, most = 5): Slice[] {
  const count = 1 + random.below(most)
  const minute = random.unit() < 0.2 ? 1 : 60
  const edges = new Set(Array.from({ length: 2 * count }, () => minute * random.below(DAY_S / minute + 1)))
  const sorted = [...edges].sort((a, b) => a - b)
  const slices: Slice[] = []
  for (let k = 0; k + 1 < sorted.length; k += random.unit() < 0.6 ? 2 : 1) {
    const pace = 0.5 + 2.5 * random.unit()
    const cells = durationS.map((seconds) => Math.round(seconds * pace * (0.8 + 0.4 * random.unit())))
    const share = random.unit()
    slices.push({
      fromS: sorted[k],
      toS: sorted[k + 1],
      durationS: cells,
      ...(random.unit() < 0.5 ? { tollKrw: tollKrw.map((krw) => Math.round(krw * 2 * share)) } : {}),
    })
  }
  return slices
}

/** The same roads with slices on every table. */
export const byHours = (travel: Travel, random: Random, most = 5): Travel => ({
  ...travel,
  tables: travel.tables.map((table) => ({ ...table, slices: randomSlices(random, table, most) })),
})
