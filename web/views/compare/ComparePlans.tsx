/** Any two plans of a day side by side, scenarios among them: the same place, the same hours, only what differs in colour. */
import { lazy, Suspense, useMemo, useState } from 'react'
import type { DayPlan } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { ServiceError, service } from '../../service/client.ts'
import {
  remember,
  setStanding,
  standingOf,
  takeBack,
  useComparedPlan,
  useDayPlans,
  useSwitched,
} from '../../service/compare.ts'
import { queryClient, useComparison } from '../../service/queries.ts'
import { makeDay } from '../../state/day.ts'
import type { BaselineId } from '../../state/kpi.ts'
import {
  choosePlans,
  commonHours,
  comparing as compare,
  type Marked,
  markShipment,
  UNMARKED,
} from '../../state/twoPlans.ts'
import { useDay } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { BASELINES } from '../KpiStrip.tsx'
import { Segments } from '../parts.tsx'
import { Boundary, Notice, SkeletonRows } from '../states.tsx'
import { useAddress } from '../useAddress.ts'
import { CompareTimeline } from './CompareTimeline.tsx'
import { DifferenceTable, MovedTable } from './DifferenceTable.tsx'
import { FallChart } from './FallChart.tsx'
import { PlanList } from './PlanList.tsx'
import { type DayProblem, usePlanName } from './planName.ts'
import { ScenarioForm } from './ScenarioForm.tsx'
import { Refused, Undoable } from './Switching.tsx'

const CompareMaps = lazy(() => import('../../map/CompareMaps.tsx').then((module) => ({ default: module.CompareMaps })))
const REASONS_SHOWN = 4
const PROOF_FACTOR = 2

interface Refusal {
  readonly name: string
  readonly reasons: readonly string[]
  readonly more: number
  readonly insist: () => void
}

export function ComparePlans() {
  const { t, f, language } = useWords()
  const { complex, date, day } = useDay()
  const [address, go] = useAddress()
  const nameOf = usePlanName()
  const list = useDayPlans(complex.id, date.date)
  const switched = useSwitched()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [refused, setRefused] = useState<Refusal>()
  const [picked, setPicked] = useState<{ readonly key: string; readonly marked: Marked }>()
  const [from, setFrom] = useState<BaselineId | 'left'>('left')

  const wanted = (address.view ?? '').split('..')
  const chosen = list.data
    ? choosePlans(list.data, wanted.length === 2 ? wanted : [])
    : { left: undefined, right: undefined }
  const left = useComparedPlan(chosen.left)
  const right = useComparedPlan(chosen.right)
  const comparison = useComparison(right.stored, from !== 'left')
  const pairing = useMemo(
    () =>
      left.stored && right.stored && left.problem && right.problem
        ? compare(
            { problem: left.problem, plan: left.stored.plan, co2G: left.co2G },
            { problem: right.problem, plan: right.stored.plan, co2G: right.co2G },
          )
        : undefined,
    [left.stored, right.stored, left.problem, right.problem, left.co2G, right.co2G],
  )
  const days = useMemo(
    () =>
      pairing && {
        left: makeDay(complex, pairing.left.problem, pairing.left.plan, undefined),
        right: makeDay(complex, pairing.right.problem, pairing.right.plan, undefined),
      },
    [pairing, complex],
  )
  const marked = picked?.marked ?? UNMARKED
  const pick = (key: string, next: Marked) =>
    setPicked((before) => (before?.key === key ? undefined : { key, marked: next }))
  const pickPair = (pair: number) => pick(`pair ${pair}`, { pairs: new Set([pair]), shipments: new Set() })

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true)
    setTrouble(undefined)
    setRefused(undefined)
    try {
      await act()
    } catch (error) {
      setTrouble(error instanceof ServiceError ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const showSides = (leftPlan: string | undefined, rightPlan: string | undefined) => {
    setPicked(undefined)
    if (leftPlan && rightPlan) go({ screen: 'compare', date: date.date, view: `${leftPlan}..${rightPlan}` })
  }
  const use = (problem: DayProblem, plan: DayPlan, name: string) =>
    void attempt(async () => {
      const before = standingOf(complex, date.date)
      if (!before) return
      const what = t.twoPlans.chosen(name)
      const settle = async (after: { problem: string; plan: string }) =>
        await setStanding(complex.id, what, [{ date: date.date, before, after }])
      if (problem.problem === before.problem && plan.state !== 'withdrawn')
        return await settle({ problem: problem.problem, plan: plan.id })
      try {
        const copy = await service.copyPlan(before.problem, plan.id)
        await remember({ what, days: [{ date: date.date, before, after: { problem: before.problem, plan: copy.id } }] })
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'plan.violations') throw error
        setRefused({
          name,
          reasons: error.issues.slice(0, REASONS_SHOWN).map(({ message }) => message),
          more: Math.max(0, error.issues.length - REASONS_SHOWN),
          insist: () => void attempt(async () => await settle({ problem: problem.problem, plan: plan.id })),
        })
      }
    })
  const search = async (problem: string, seconds: number) => {
    await service.startJob(problem, { seconds, boundSeconds: PROOF_FACTOR * seconds })
    await queryClient.invalidateQueries({ queryKey: ['dayPlans'] })
  }

  const problemOf = (id: string | undefined) => list.data?.problems.find(({ problem }) => problem === id)
  const said = (entry: DayPlan | undefined) => {
    const problem = problemOf(entry?.problem)
    return entry && problem ? nameOf(problem, entry).name : ''
  }
  const names = { left: said(chosen.left), right: said(chosen.right) }
  const hours = pairing && commonHours(pairing)
  const clock = pairing && makeClock(pairing.left.problem.startsAt, pairing.left.problem.timeZone)
  const base = comparison.data?.problem === right.stored?.problem ? comparison.data?.comparison : undefined
  const baseline = base?.baselines.find(({ id }) => id === from)
  const failed = left.error ?? right.error ?? (list.data ? undefined : list.error)
  return (
    <>
      <p className="muted compare-sub">{t.twoPlans.subtitle(f.date(date.date))}</p>
      <Undoable
        step={switched.at(-1)}
        busy={busy}
        onUndo={() => void attempt(async () => await takeBack(complex.id))}
      />
      {trouble && (
        <p className="bad switching" role="alert">
          {trouble}
        </p>
      )}
      {refused && <Refused {...refused} onCancel={() => setRefused(undefined)} />}
      {failed && (
        <Notice bad icon="alert" title={t.states.downTitle} text={failed.message}>
          <button
            type="button"
            className="button large"
            onClick={() => {
              void list.refetch()
              left.retry()
              right.retry()
            }}
          >
            {t.states.reconnect}
          </button>
        </Notice>
      )}
      <div className="compare-choice">
        {list.data ? (
          <PlanList
            plans={list.data}
            left={chosen.left?.id}
            right={chosen.right?.id}
            busy={busy}
            onSide={(side, plan) =>
              side === 'left' ? showSides(plan, chosen.right?.id ?? plan) : showSides(chosen.left?.id ?? plan, plan)
            }
            onUse={use}
            onSearch={(problem) => void attempt(async () => await search(problem, 10))}
          />
        ) : (
          <div className="card">{!failed && <SkeletonRows rows={4} />}</div>
        )}
        {day && (
          <ScenarioForm
            key={date.problem}
            problem={day.problem}
            busy={busy}
            onMake={(changes, name, seconds) =>
              void attempt(async () => {
                const body = { changes: [...changes], ...(name !== '' && { name }) }
                const made = await service.addScenario(date.problem, body)
                await search(made.problem, seconds)
              })
            }
          />
        )}
      </div>
      {list.data && !chosen.right && (
        <Notice
          title={chosen.left ? t.twoPlans.onlyOne : t.twoPlans.noPlanYet}
          text={chosen.left ? t.twoPlans.onlyOneHint : t.twoPlans.noneHint}
        />
      )}
      {chosen.right && !pairing && !failed && (
        <div className="card">
          <SkeletonRows rows={10} />
        </div>
      )}
      {pairing && days && chosen.left && chosen.right && (
        <>
          <Headline left={chosen.left} right={chosen.right} names={names} />
          {pairing.left.problem.shipments.length !== pairing.right.problem.shipments.length && (
            <p className="warn small">
              {t.twoPlans.otherOrders(pairing.left.problem.shipments.length, pairing.right.problem.shipments.length)}
            </p>
          )}
          {(['left', 'right'] as const).map((side) => {
            const scenario = problemOf(chosen[side]?.problem)?.scenario
            return (
              scenario && (
                <p key={side} className="muted small">
                  {t.twoPlans.otherTerms(t.twoPlans[side], scenario.name[language])}
                </p>
              )
            )
          })}
          <section className="card compare-block" aria-label={t.twoPlans.maps}>
            <div className="row wrap compare-block-head">
              <h2>{t.twoPlans.maps}</h2>
              <span className="push" />
              <span className="legend-item small muted">
                <span className="swatch own" />
                {t.twoPlans.legend.own}
              </span>
              <span className="legend-item small muted">
                <span className="swatch same" />
                {t.twoPlans.legend.same}
              </span>
            </div>
            <Boundary fallback={() => <p className="map-unable">{t.map.noMap}</p>}>
              <Suspense fallback={<div className="compare-maps waiting" />}>
                <CompareMaps
                  comparing={pairing}
                  days={days}
                  lines={{ left: left.geojson, right: right.geojson }}
                  marked={marked}
                />
              </Suspense>
            </Boundary>
          </section>
          {hours && clock && (
            <section className="card compare-block" aria-label={t.twoPlans.times}>
              <h2>{t.twoPlans.times}</h2>
              <div className="compare-timelines scroll">
                {(['left', 'right'] as const).map((side) => (
                  <div key={side} className="compare-timeline-side">
                    <p className="small muted">
                      {t.twoPlans[side === 'left' ? 'leftIs' : 'rightIs']} · {names[side]}
                    </p>
                    <CompareTimeline
                      comparing={pairing}
                      side={side}
                      day={days[side]}
                      clock={clock}
                      hours={hours}
                      marked={marked}
                      onPair={pickPair}
                      onShipment={(shipment) => pick(shipment, markShipment(pairing, shipment))}
                    />
                  </div>
                ))}
              </div>
            </section>
          )}
          <div className="compare-figures">
            <DifferenceTable comparing={pairing} picked={picked?.key} onPick={pick} names={names} />
            <div className="compare-right">
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
                        ? { name: `${from} ${BASELINE_WORDS(t)[from]}`, lines: baseline.costLines }
                        : { name: names.left, lines: pairing.left.plan.costLines }
                    }
                    to={{ name: names.right, lines: pairing.right.plan.costLines }}
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
              <MovedTable comparing={pairing} picked={picked?.key} onPick={pick} />
            </div>
          </div>
        </>
      )}
    </>
  )
}

const BASELINE_WORDS = (t: ReturnType<typeof useWords>['t']): Readonly<Record<BaselineId, string>> => ({
  B0: t.compare.b0,
  B1: t.compare.b1,
  B2: t.compare.b2,
})

interface HeadlineProps {
  readonly left: DayPlan
  readonly right: DayPlan
  readonly names: { readonly left: string; readonly right: string }
}

/** One sentence: the difference, with its baseline by name and the ceiling that is proved of the right one. */
function Headline({ left, right, names }: HeadlineProps) {
  const { t, f } = useWords()
  const krw = right.costKrw - left.costKrw
  const share = left.costKrw > 0 ? Math.abs(krw) / left.costKrw : 0
  const ceiling =
    right.lowerKrw === undefined || left.costKrw === 0 ? undefined : (left.costKrw - right.lowerKrw) / left.costKrw
  return (
    <p className="compare-headline" aria-live="polite">
      <Icon name="sum" size={17} />
      <b className={krw < 0 ? 'good' : krw > 0 ? 'warn' : ''}>{f.krwDifference(krw)}</b>
      <span>
        {krw === 0 ? t.twoPlans.sameCost(names.left) : t.twoPlans.headline(names.left, f.share(share), krw < 0)}
      </span>
      <span className="faint">
        {ceiling === undefined ? t.twoPlans.noCeiling : t.twoPlans.ceiling(f.share(ceiling))}
      </span>
    </p>
  )
}
