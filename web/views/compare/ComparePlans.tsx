/** Any two plans of a day side by side, scenarios among them: the same place, the same hours, only what differs in colour. */
import { useMemo } from 'react'
import type { DayPlan } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { takeBack, useComparedPlan, useDayPlans, useSwitched } from '../../service/compare.ts'
import { queryClient } from '../../service/queries.ts'
import { choosePlans, comparing as compare, SIDES } from '../../state/twoPlans.ts'
import { useDay } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { Notice, SkeletonRows } from '../states.tsx'
import { useAddress } from '../useAddress.ts'
import { PlanList } from './PlanList.tsx'
import { usePlanName } from './planName.ts'
import { ScenarioForm } from './ScenarioForm.tsx'
import { SideBySide } from './SideBySide.tsx'
import { Refused, Undoable, whatFailed } from './Switching.tsx'
import { usePlanSwitch } from './usePlanSwitch.ts'

const PROOF_FACTOR = 2

export function ComparePlans() {
  const { t, f, language } = useWords()
  const { complex, date, day } = useDay()
  const [address, go] = useAddress()
  const nameOf = usePlanName()
  const list = useDayPlans(complex.id, date.date)
  const switched = useSwitched()
  const { busy, trouble, refused, attempt, use, leave } = usePlanSwitch()

  const wanted = (address.view ?? '').split('..')
  const chosen = list.data
    ? choosePlans(list.data, wanted.length === 2 ? wanted : [])
    : { left: undefined, right: undefined }
  const left = useComparedPlan(chosen.left)
  const right = useComparedPlan(chosen.right)
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
  const showSides = (leftPlan: string | undefined, rightPlan: string | undefined) => {
    if (leftPlan && rightPlan) go({ screen: 'compare', date: date.date, view: `${leftPlan}..${rightPlan}` })
  }
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
  const failed = left.error ?? right.error ?? (list.data ? undefined : list.error)
  return (
    <>
      <p className="muted compare-sub">{t.twoPlans.subtitle(f.date(date.date))}</p>
      <Undoable step={switched.at(-1)} busy={busy} onUndo={() => attempt(async () => await takeBack(complex.id))} />
      {trouble && (
        <p className="bad switching" role="alert">
          {trouble}
        </p>
      )}
      {refused && <Refused {...refused} onCancel={leave} />}
      {failed && (
        <Notice bad icon="alert" title={t.states.downTitle} text={whatFailed(failed, t.states.downEmpty)}>
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
            onSearch={(problem) => attempt(async () => await search(problem, 10))}
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
              attempt(async () => {
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
      {pairing && right.stored && chosen.left && chosen.right && (
        <>
          <Headline left={chosen.left} right={chosen.right} names={names} />
          {pairing.left.problem.shipments.length !== pairing.right.problem.shipments.length && (
            <p className="warn small">
              {t.twoPlans.otherOrders(pairing.left.problem.shipments.length, pairing.right.problem.shipments.length)}
            </p>
          )}
          {pairing.left.plan.unserved.length !== pairing.right.plan.unserved.length && (
            <p className="warn small">
              {t.twoPlans.otherServed(pairing.left.plan.unserved.length, pairing.right.plan.unserved.length)}
            </p>
          )}
          {SIDES.map((side) => {
            const scenario = problemOf(chosen[side]?.problem)?.scenario
            return (
              scenario && (
                <p key={side} className="muted small">
                  {t.twoPlans.otherTerms(t.twoPlans[side], scenario.name[language])}
                </p>
              )
            )
          })}
          <SideBySide
            key={`${chosen.left.id} ${chosen.right.id}`}
            pairing={pairing}
            lines={{ left: left.geojson, right: right.geojson }}
            names={names}
            stored={right.stored}
          />
        </>
      )}
    </>
  )
}

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
