/** From one cost to another by the lines of the ledger, lying down so that names and sums never meet. */
import { useState } from 'react'
import type { StoredPlan } from '../../../server/api.ts'
import type { CostLine } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { useComparison } from '../../service/queries.ts'
import type { BaselineId } from '../../state/kpi.ts'
import { COST_ORDER } from '../../state/ledger.ts'
import { type Comparing, fallBetween, type SideName } from '../../state/twoPlans.ts'
import { BASELINES } from '../KpiStrip.tsx'
import { Segments, Won } from '../parts.tsx'
import { SkeletonRows } from '../states.tsx'

interface FallChartProps {
  readonly from: { readonly name: string; readonly lines: readonly CostLine[] }
  readonly to: { readonly name: string; readonly lines: readonly CostLine[] }
}

function FallChart({ from, to }: FallChartProps) {
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

interface FallCardProps {
  readonly comparing: Comparing
  readonly names: Readonly<Record<SideName, string>>
  readonly right: StoredPlan
}

/** From the left plan, or from a baseline of the right one, whose figures take a while. */
export function FallCard({ comparing, names, right }: FallCardProps) {
  const { t } = useWords()
  const [from, setFrom] = useState<BaselineId | 'left'>('left')
  const comparison = useComparison(right, from !== 'left')
  const base = comparison.data?.problem === right.problem ? comparison.data.comparison : undefined
  const baseline = base?.baselines.find(({ id }) => id === from)
  const words: Readonly<Record<BaselineId, string>> = { B0: t.compare.b0, B1: t.compare.b1, B2: t.compare.b2 }
  return (
    <section className="card fall-card" aria-label={t.twoPlans.fall}>
      <div className="row wrap">
        <h2>{t.twoPlans.fall}</h2>
        <span className="push" />
        <Segments
          label={t.twoPlans.from}
          value={from}
          options={[
            { value: 'left', label: t.twoPlans.fromLeft },
            ...BASELINES.map((id) => ({ value: id, label: id })),
          ]}
          onChange={setFrom}
        />
      </div>
      <p className="faint small">{t.twoPlans.fallNote}</p>
      {from === 'left' || baseline ? (
        <FallChart
          from={
            baseline && from !== 'left'
              ? { name: `${from} ${words[from]}`, lines: baseline.costLines }
              : { name: names.left, lines: comparing.left.plan.costLines }
          }
          to={{ name: names.right, lines: comparing.right.plan.costLines }}
        />
      ) : comparison.error ? (
        <p className="bad small">{comparison.error.message}</p>
      ) : (
        <>
          <p className="faint small">{t.twoPlans.computing}</p>
          <SkeletonRows rows={5} />
        </>
      )}
    </section>
  )
}
