/** What is on board over the kilometres of a route, under the dashed line of what the truck may carry. */
import { useWords } from '../i18n/words.tsx'
import type { RouteModel } from '../state/day.ts'

const WIDTH = 58
const HEIGHT = 16
const TOP = 2

export function LoadChart({ model }: { readonly model: RouteModel }) {
  const { t, f } = useWords()
  const capacityKg = model.vehicle?.capacityKg
  if (!capacityKg) return null
  const y = (kg: number) => HEIGHT - (Math.min(kg, capacityKg) / capacityKg) * (HEIGHT - TOP)
  const steps = model.load.map(({ at, weightKg }) => `H${(at * WIDTH).toFixed(1)}V${y(weightKg).toFixed(1)}`).join('')
  const label = t.routes.load(f.share(model.peakShare), f.kg(model.route.peakWeightKg), f.kg(capacityKg))
  return (
    <svg className="load-chart" width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <path d={`M0 ${HEIGHT}${steps}H${WIDTH}V${HEIGHT}Z`} fill="var(--fill)" opacity="0.18" />
      <path d={`M0 ${HEIGHT}${steps}H${WIDTH}`} fill="none" stroke="var(--fill)" strokeWidth="1.5" />
      <path d={`M0 ${TOP - 0.5}H${WIDTH}`} stroke="var(--text-3)" strokeDasharray="2 2" />
    </svg>
  )
}
