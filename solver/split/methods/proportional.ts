/** Every firm saves the same share of what its riding shipments would cost each by its cheapest mode. Easy to explain, and not always stable. */
import type { Method } from './method.ts'

export const proportional: Method = {
  name: 'proportional',
  mostFirms: Number.POSITIVE_INFINITY,
  share({ firms, planKrw }) {
    const all = firms.reduce((sum, { ridingKrw }) => sum + ridingKrw, 0)
    const shared = planKrw - firms.reduce((sum, { ownKrw }) => sum + ownKrw, 0)
    return { krw: Float64Array.from(firms, ({ ridingKrw }) => (all > 0 ? (shared * ridingKrw) / all : 0)) }
  },
}
