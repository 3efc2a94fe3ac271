/** Screen 5: who pays what of the plan, by which method, and whether anybody would be better off alone. */
import { useLocalStorage } from '@mantine/hooks'
import { useState } from 'react'
import type { MethodName, Split } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { useSplit } from '../service/queries.ts'
import { formatAddress } from '../state/address.ts'
import { METHODS, makeShareTable } from '../state/split.ts'
import { useDay } from './context.tsx'
import { SolverLine } from './SolverLine.tsx'
import { MethodList } from './SplitMethods.tsx'
import { IdleFirms, SplitNotes, StabilityCard, SubsidyCard, TightestCard } from './SplitNotes.tsx'
import { SplitTable } from './SplitTable.tsx'
import { Notice, SkeletonRows } from './states.tsx'

export function SplitScreen() {
  const { t } = useWords()
  const { date, day, settled, solve } = useDay()
  // of this plan only: another one is asked for anew
  const [everyOf, setEveryOf] = useState<string>()
  const { splits, error, looking } = useSplit(settled, everyOf !== undefined && everyOf === settled?.id)
  return (
    <main className="compare split scroll">
      {solve.running && <SolverLine />}
      {settled && splits ? (
        <Splits splits={splits} looking={looking} onEvery={() => setEveryOf(settled.id)} />
      ) : (
        <>
          <h1>{t.split.title}</h1>
          {error && settled ? (
            <Notice bad icon="alert" title={t.split.failed} text={error.message}>
              <RetryButton />
            </Notice>
          ) : solve.running ? (
            <Notice title={t.split.solving} text={t.split.solvingHint} />
          ) : settled || date.plan || (!day && date.shipments > 0) ? (
            <div className="card split-waiting" role="status">
              {settled && (
                <p>
                  <b>{t.split.waiting}</b>
                  <span className="muted">{t.split.waitingHint}</span>
                </p>
              )}
              <SkeletonRows rows={12} />
            </div>
          ) : (
            <Notice title={t.split.none} text={t.split.noneHint}>
              <ToPlan />
            </Notice>
          )}
        </>
      )}
    </main>
  )
}

function RetryButton() {
  const { t } = useWords()
  const { retry } = useDay()
  return (
    <button type="button" className="button large" onClick={retry}>
      {t.states.retry}
    </button>
  )
}

function ToPlan() {
  const { t } = useWords()
  const { date } = useDay()
  return (
    <a className="button primary large" href={formatAddress({ screen: 'plan', date: date.date })}>
      {t.compare.toPlan}
    </a>
  )
}

interface SplitsProps {
  readonly splits: readonly Split[]
  /** At the methods that take minutes. */
  readonly looking: boolean
  readonly onEvery: () => void
}

function Splits({ splits, looking, onEvery }: SplitsProps) {
  const { t, f } = useWords()
  const { date } = useDay()
  const [method, setMethod] = useLocalStorage<MethodName>({
    key: 'milkrun.method',
    defaultValue: 'duals',
    getInitialValueInEffect: false,
    deserialize: (text) => METHODS.find((name) => text?.includes(name)) ?? 'duals',
  })
  const table = makeShareTable(splits, method)
  if (!table || table.rows.length === 0) {
    return (
      <>
        <h1>{t.split.title}</h1>
        <Notice title={t.split.nobody} text={t.split.nobodyHint}>
          <ToPlan />
        </Notice>
      </>
    )
  }
  const { chosen } = table
  return (
    <div className="split-desk">
      <section className="card split-card">
        <header className="split-head">
          <h1>{t.split.title}</h1>
          <p className="muted">
            {t.split.subtitle(f.date(date.date), table.rows.length)}
            {chosen.unserved.length > 0 && (
              <>
                {' · '}
                <b className="warn">{t.split.leftOut(chosen.unserved.length)}</b>
              </>
            )}
          </p>
        </header>
        <SplitTable table={table} />
      </section>
      <div className="split-side">
        <StabilityCard split={chosen} />
        <SubsidyCard split={chosen} />
        <TightestCard split={chosen} tightest={table.tightest} />
        <MethodList splits={splits} chosen={chosen.method} onChoose={setMethod} looking={looking} onEvery={onEvery} />
        <IdleFirms split={chosen} />
        <SplitNotes split={chosen} />
      </div>
    </div>
  )
}
