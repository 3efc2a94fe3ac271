/** The plans of the day and its scenarios: which is left, which is right, which stands for the day. */
import type { DayPlan, DayPlans } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { jobHasFailed, useJobs } from '../../service/compare.ts'
import type { SideName } from '../../state/twoPlans.ts'
import { Won } from '../parts.tsx'
import { type DayProblem, usePlanName } from './planName.ts'

interface PlanListProps {
  readonly plans: DayPlans
  readonly left: string | undefined
  readonly right: string | undefined
  readonly busy: boolean
  readonly onSide: (side: SideName, plan: string) => void
  readonly onUse: (problem: DayProblem, plan: DayPlan, name: string) => void
  readonly onSearch: (problem: string) => void
}

interface Row {
  readonly problem: DayProblem
  readonly plan: DayPlan | undefined
  readonly state: string | undefined
}

export function PlanList({ plans, left, right, busy, onSide, onUse, onSearch }: PlanListProps) {
  const { t, f, language } = useWords()
  const nameOf = usePlanName()
  const open = plans.problems.flatMap(({ job }) => job ?? [])
  const jobs = new Map(useJobs(open).map((job, index) => [open[index]!, job]))
  const today = plans.problems.find(({ standing }) => standing)?.plans[0]?.id
  const confirmed = plans.problems.find(({ standing }) => standing)?.plans.some(({ state }) => state === 'confirmed')
  const rows = plans.problems.flatMap((problem): Row[] => {
    const job = problem.job === undefined ? undefined : jobs.get(problem.job)
    const state =
      !problem.job || !job
        ? undefined
        : jobHasFailed(job)
          ? t.twoPlans.searchFailed
          : job.state === 'running'
            ? t.twoPlans.searching(
                f.seconds(Math.round(job.elapsedS)),
                f.seconds(job.seconds + (job.boundSeconds ?? 0)),
              )
            : t.twoPlans.waiting
    return problem.plans.length > 0
      ? problem.plans.map((plan, index) => ({ problem, plan, state: index === 0 ? state : undefined }))
      : [{ problem, plan: undefined, state }]
  })
  const side = (which: SideName, plan: DayPlan, name: string) => (
    <label className="side-choice">
      <input
        type="radio"
        name={`compare-${which}`}
        checked={(which === 'left' ? left : right) === plan.id}
        aria-label={`${t.twoPlans[which]}: ${name}`}
        onChange={() => onSide(which, plan.id)}
      />
    </label>
  )
  return (
    <section className="card plan-list" aria-labelledby="plan-list-title">
      <h2 id="plan-list-title">{t.twoPlans.list}</h2>
      <div className="plan-list-head faint small" aria-hidden="true">
        <span>{t.twoPlans.left}</span>
        <span>{t.twoPlans.right}</span>
      </div>
      <ol className="plan-rows scroll">
        {rows.map(({ problem, plan, state }) => {
          const { name, detail } = plan
            ? nameOf(problem, plan)
            : { name: problem.scenario?.name[language] ?? '', detail: '' }
          const tags = (
            <>
              {plan?.id === today && <span className="chip brand">{t.twoPlans.day}</span>}
              {problem.scenario && <span className="chip">{t.twoPlans.scenario}</span>}
              {!problem.scenario && !problem.standing && <span className="chip">{t.twoPlans.before}</span>}
              {plan?.state === 'confirmed' && <span className="chip good">{t.twoPlans.states.confirmed}</span>}
            </>
          )
          return (
            <li key={plan?.id ?? problem.problem} className={plan && [left, right].includes(plan.id) ? 'picked' : ''}>
              {plan ? (
                <>
                  {side('left', plan, name)}
                  {side('right', plan, name)}
                </>
              ) : (
                <span className="side-choice none" />
              )}
              <span className="plan-row-name">
                <span className="row wrap">
                  <b className="plan-row-title">{name}</b>
                  {tags}
                </span>
                <span className="faint small">
                  {[
                    detail,
                    t.twoPlans.orders(problem.shipments),
                    plan ? t.twoPlans.routes(plan.routes) : state ? '' : t.twoPlans.noPlanYet,
                    plan && plan.unserved > 0 ? t.twoPlans.unserved(plan.unserved) : '',
                    state,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className="plan-row-cost">{plan && <Won krw={plan.costKrw} />}</span>
              <span className="plan-row-act">
                {plan && plan.id !== today && plan.state !== 'confirmed' && (
                  <button
                    type="button"
                    className="button"
                    title={confirmed ? t.twoPlans.confirmedStands : t.twoPlans.chooseHint}
                    aria-label={`${t.twoPlans.choose}: ${name}`}
                    disabled={busy || confirmed}
                    onClick={() => onUse(problem, plan, name)}
                  >
                    {t.twoPlans.choose}
                  </button>
                )}
                {!plan && !problem.job && problem.shipments > 0 && (
                  <button type="button" className="button" disabled={busy} onClick={() => onSearch(problem.problem)}>
                    {t.twoPlans.search}
                  </button>
                )}
              </span>
            </li>
          )
        })}
      </ol>
      {plans.more && <p className="faint small">{t.twoPlans.more}</p>}
    </section>
  )
}
