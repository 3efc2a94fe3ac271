/** From one cost to another by the lines of the ledger, lying down so that names and sums never meet. */
import type { CostLine } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { COST_ORDER } from '../../state/ledger.ts'
import { fallBetween } from '../../state/twoPlans.ts'
import { Won } from '../parts.tsx'

interface FallChartProps {
  readonly from: { readonly name: string; readonly lines: readonly CostLine[] }
  readonly to: { readonly name: string; readonly lines: readonly CostLine[] }
}

export function FallChart({ from, to }: FallChartProps) {
  const { t } = useWords()
  const { steps, low, high } = fallBetween(from.lines, to.lines, COST_ORDER)
  const at = (krw: number) => `${((krw - low) / (high - low)) * 100}%`
  return (
    <ol className="fall">
      {steps.map(({ key, from: start, to: end, krw }) => {
        const level = key === 'left' || key === 'right'
        const name = key === 'left' ? from.name : key === 'right' ? to.name : t.lines[key]
        const tone = level ? '' : krw < 0 ? 'less' : 'more'
        return (
          <li key={key} className={level ? 'level' : ''}>
            <span className="fall-name cut" title={name}>
              {name}
            </span>
            <span className="fall-track" aria-hidden="true">
              <span
                className={`fall-bar ${tone}`}
                style={{ left: at(Math.min(start, end)), right: `calc(100% - ${at(Math.max(start, end))})` }}
              />
            </span>
            <span className={`fall-value ${level ? '' : krw < 0 ? 'good' : 'warn'}`}>
              <Won krw={krw} signed={!level} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
