/** With the milk run against without, by three baselines, to the won. */
import { lazy, Suspense } from 'react'
import type { Baseline } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { formatAddress } from '../state/address.ts'
import { ceilingOf, savingOf } from '../state/kpi.ts'
import { CarbonTable } from './CarbonTable.tsx'
import { CompareNotes } from './CompareNotes.tsx'
import { useDay } from './context.tsx'
import { Icon } from './icons.tsx'
import { BASELINES } from './KpiStrip.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import { Segments, Won } from './parts.tsx'
import { SolverLine } from './SolverLine.tsx'
import { SourcesCard } from './Sources.tsx'
import { Notice, SkeletonRows } from './states.tsx'
import { useAddress } from './useAddress.ts'
import { WaterfallChart } from './WaterfallChart.tsx'

// the two maps and the comparison of plans are of no use to who looks at the baselines
const ComparePlans = lazy(() =>
  import('./compare/ComparePlans.tsx').then((module) => ({ default: module.ComparePlans })),
)

/** Screen 2: a plan against the baselines, or against another plan. */
export function CompareScreen() {
  const { t } = useWords()
  const { date } = useDay()
  const [address, go] = useAddress()
  const plans = address.view !== undefined
  return (
    <main className="compare scroll">
      <div className="compare-top row wrap">
        <h1>{plans ? t.twoPlans.title : t.compare.title}</h1>
        <span className="push" />
        <Segments
          label={t.twoPlans.modes}
          value={plans ? 'plans' : 'baselines'}
          options={[
            { value: 'baselines', label: t.twoPlans.withBaselines },
            { value: 'plans', label: t.twoPlans.withPlans },
          ]}
          onChange={(mode) => go({ screen: 'compare', date: date.date, ...(mode === 'plans' && { view: 'plans' }) })}
        />
        <button type="button" className="button print-button" onClick={() => window.print()}>
          <Icon name="print" size={15} />
          {t.twoPlans.print}
        </button>
      </div>
      {plans ? (
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <ComparePlans key={date.date} />
        </Suspense>
      ) : (
        <WithBaselines />
      )}
    </main>
  )
}

function WithBaselines() {
  const { t, f } = useWords()
  const { date, day, comparing, solve, lowerKrw } = useDay()
  const comparison = day?.comparison
  const plan = day?.plan
  if (!comparison || !plan) {
    return (
      <>
        {comparing || (!day && date.shipments > 0) || (date.plan && !plan) ? (
          <div className="card">
            <SkeletonRows rows={10} />
          </div>
        ) : (
          <Notice title={t.compare.none} text={t.compare.noneHint}>
            <a className="button primary large" href={formatAddress({ screen: 'plan', date: date.date })}>
              {t.compare.toPlan}
            </a>
          </Notice>
        )}
      </>
    )
  }
  const served = day.problem.shipments.length - comparison.unserved.length
  return (
    <>
      {solve.running && <SolverLine />}
      <div className="compare-head">
        <p className="muted">
          {t.compare.subtitle(f.date(date.date), served)}
          {comparison.unserved.length > 0 && (
            <>
              {' · '}
              <b className="warn">{t.compare.leftOut(comparison.unserved.length)}</b>
            </>
          )}
        </p>
      </div>
      <div className="baseline-cards">
        {BASELINES.map((id) => {
          const saving = savingOf(comparison, plan, id)
          return saving && <BaselineCard key={id} {...saving} lowerKrw={lowerKrw} />
        })}
      </div>
      <div className="compare-middle">
        <WaterfallChart comparison={comparison} lowerKrw={lowerKrw} />
        <CompareNotes comparison={comparison} />
      </div>
      <LedgerTable comparison={comparison} />
      <CarbonTable comparison={comparison} />
      <SourcesCard />
    </>
  )
}

interface BaselineCardProps {
  readonly baseline: Baseline
  readonly share: number
  readonly krw: number
  readonly lowerKrw: number | undefined
}

function BaselineCard({ baseline, share, krw, lowerKrw }: BaselineCardProps) {
  const { t, f } = useWords()
  const words = {
    B0: { name: t.compare.b0, tag: t.compare.b0Tag, note: t.compare.b0Note },
    B1: { name: t.compare.b1, tag: t.compare.b1Tag, note: t.compare.b1Note },
    B2: { name: t.compare.b2, tag: t.compare.b2Tag, note: t.compare.b2Note },
  }[baseline.id]
  const tone = baseline.id === 'B0' ? 'faint' : krw >= 0 ? 'good' : 'warn'
  const [digits, percent] = [f.share(Math.abs(share)).replace('%', '').trim(), '%']
  return (
    <article className={`card baseline-card ${baseline.id}`}>
      <div className="row">
        <span className={`chip ${baseline.id === 'B1' ? 'brand' : ''}`}>{baseline.id}</span>
        <h2>{words.name}</h2>
        <span className="push" />
        <span className="faint nowrap small">{words.tag}</span>
      </div>
      <div className="row baseline-figures">
        <span className={`baseline-percent ${tone}`}>
          {digits}
          <span className="unit-percent"> {percent}</span>
        </span>
        <span className="muted nowrap">
          <b className="ink">
            <Won krw={Math.abs(krw)} />
          </b>{' '}
          {krw >= 0 ? t.compare.saved : t.compare.lost}
        </span>
        <span className="push" />
        <span className="muted nowrap baseline-total">
          <Won krw={baseline.costKrw} />
        </span>
      </div>
      {lowerKrw !== undefined && (
        <p className="small baseline-ceiling">
          {t.compare.ceiling(f.share(ceilingOf(baseline, lowerKrw)), f.krw(baseline.costKrw - lowerKrw))}
        </p>
      )}
      <p className="faint small">{words.note}</p>
      {baseline.excluded.length > 0 && (
        <p className="warn small">{t.compare.excluded(baseline.id, baseline.excluded.length)}</p>
      )}
    </article>
  )
}
