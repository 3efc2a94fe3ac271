/** What waiting saves and costs: two plans of the same days by the same seconds, day by day, and the orders that wait. */
import { useMemo } from 'react'
import type { Complex, HorizonRecord, StoredPlan } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { type HorizonJobs, remember, useHorizonPlans, useHorizonSearch } from '../../service/compare.ts'
import { hasFailed } from '../../state/incumbents.ts'
import { type Waiting, weighWaiting } from '../../state/week.ts'
import { Icon } from '../icons.tsx'
import { TableScroll, Won } from '../parts.tsx'
import { SkeletonRows } from '../states.tsx'
import { WeekChart } from './WeekChart.tsx'

const MOVED_SHOWN = 100

interface WeekResultProps {
  readonly complex: Complex
  readonly horizon: HorizonRecord
  /** by problem, the plans that the days have */
  readonly planOf: ReadonlyMap<string, StoredPlan>
  readonly busy: boolean
  readonly attempt: (act: () => Promise<void>) => Promise<void>
}

export function WeekResult({ complex, horizon, planOf, busy, attempt }: WeekResultProps) {
  const { t, f } = useWords()
  const search = useHorizonSearch(horizon)
  const { jobs, through: ready } = search
  const read = useHorizonPlans(horizon, ready)
  const waiting = useMemo(() => {
    if (!read.data?.alone || !read.data.together) return undefined
    const own = horizon.days.flatMap(({ problem }) => planOf.get(problem)?.plan ?? [])
    const whole = own.length === horizon.days.length ? own : undefined
    return weighWaiting(read.data.days, horizon.options, read.data.together.plan, read.data.alone.plan, whole)
  }, [read.data, horizon, planOf])
  const stale = horizon.days.some(
    ({ date, problem }) => complex.days.find((day) => day.date === date)?.problem !== problem,
  )
  if (!ready || !read.data) {
    return (
      <section className="card week-result" aria-label={t.week.result} aria-busy="true">
        <h2>{t.week.result}</h2>
        {jobs && <Progress jobs={jobs} />}
        {search.error && <p className="bad">{search.error.message}</p>}
        <SkeletonRows rows={4} />
      </section>
    )
  }
  if (!waiting || !read.data.together) {
    return (
      <section className="card week-result" aria-label={t.week.result}>
        <p className="bad">{t.week.failed}</p>
      </section>
    )
  }
  const seconds = f.seconds(2 * (jobs?.each[0]?.seconds ?? 0))
  const plan = read.data.together.id
  return (
    <section className="card week-result" aria-labelledby="week-result">
      <div className="row wrap">
        <h2 id="week-result">{t.week.result}</h2>
        <span className="estimate" title={t.week.estimateHint}>
          {t.week.estimate}
        </span>
        <span className="muted small">
          {t.week[horizon.options.due === 'moves' ? 'freedomMoved' : 'freedom'](
            waiting.free,
            waiting.alone.reduce((all, { orders }) => all + orders, 0),
          )}
        </span>
      </div>
      <Sums waiting={waiting} horizon={horizon} seconds={seconds} />
      <WeekChart waiting={waiting} />
      <Moved waiting={waiting} days={read.data.days} />
      {stale ? (
        <p className="muted small">{t.week.stale}</p>
      ) : (
        <div className="row wrap week-apply">
          <p className="muted small">{t.week.applyHint}</p>
          <span className="push" />
          <button
            type="button"
            className="button primary"
            disabled={busy}
            onClick={() =>
              void attempt(async () => {
                const { days } = await service.applyHorizon(horizon.problem, plan)
                await remember({ what: t.week.applied(days.length), days })
              })
            }
          >
            <Icon name="check" size={14} />
            {t.week.apply}
          </button>
        </div>
      )}
    </section>
  )
}

function Progress({ jobs }: { readonly jobs: HorizonJobs }) {
  const { t, f } = useWords()
  const [first, alone] = jobs.each
  const phases = [
    ['first', first],
    ['together', jobs.waiting[0]],
    ['alone', alone],
  ] as const
  return (
    <ol className="muted">
      {phases.map(([phase, job]) => (
        <li key={phase}>
          {t.week.phase[phase]}:{' '}
          {!job || job.state === 'queued'
            ? t.week.queued
            : hasFailed(job)
              ? t.week.failed
              : t.week.running(f.seconds(Math.min(job.seconds, Math.round(job.elapsedS))), f.seconds(job.seconds))}
        </li>
      ))}
    </ol>
  )
}

interface SumsProps {
  readonly waiting: Waiting
  readonly horizon: HorizonRecord
  readonly seconds: string
}

function Sums({ waiting, horizon, seconds }: SumsProps) {
  const { t, f } = useWords()
  const { aloneKrw, transportKrw, holdKrw, savingKrw } = waiting
  const { hold } = horizon.options
  const baseline = waiting.baseline === 'days' ? t.week.baselineDays : t.week.baseline(seconds)
  return (
    <>
      <dl className="week-sums">
        <div>
          <dt>{baseline}</dt>
          <dd>
            <Won krw={aloneKrw} />
          </dd>
        </div>
        <div>
          <dt>{t.week.transport(seconds)}</dt>
          <dd>
            <Won krw={transportKrw} />
          </dd>
        </div>
        <div>
          <dt>
            {t.week.stock}
            {hold?.note && <span className="faint small"> · {hold.note.source}</span>}
          </dt>
          <dd>{hold || holdKrw > 0 ? <Won krw={holdKrw} /> : <span className="faint small">{t.week.noStock}</span>}</dd>
        </div>
        <div className="week-saving">
          <dt>{t.week.saving}</dt>
          <dd className={savingKrw > 0 ? 'good' : savingKrw < 0 ? 'warn' : ''}>
            <Won krw={savingKrw} />
          </dd>
        </div>
      </dl>
      <p className="small">
        {savingKrw > 0 ? (
          <>
            {t.week.saves(f.share(aloneKrw > 0 ? savingKrw / aloneKrw : 0), baseline)}
            <span className="faint"> · {t.week.noCeiling}</span>
          </>
        ) : (
          <span className="warn">{t.week.savesNothing}</span>
        )}
      </p>
    </>
  )
}

interface MovedProps {
  readonly waiting: Waiting
  readonly days: readonly {
    readonly problem: { readonly firms: readonly { readonly id: string; readonly name: string }[] }
  }[]
}

function Moved({ waiting, days }: MovedProps) {
  const { t, f } = useWords()
  const firms = new Map(days.flatMap(({ problem }) => problem.firms.map(({ id, name }) => [id, name] as const)))
  const { moved } = waiting
  if (moved.length === 0) return <p className="nothing">{t.week.movedNone}</p>
  return (
    <>
      <h3 className="week-sub">
        {t.week.moved} <span className="muted">{f.whole(moved.length)}</span>
      </h3>
      <TableScroll label={t.week.moved} className="week-moved">
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{t.week.shipment}</th>
              <th scope="col">{t.week.firm}</th>
              <th scope="col">{t.week.fromTo}</th>
              <th scope="col">{t.week.waited}</th>
            </tr>
          </thead>
          <tbody>
            {moved.slice(0, MOVED_SHOWN).map(({ id, shipment, from, to, waitedDays }) => (
              <tr key={id}>
                <th scope="row">
                  {shipment.id}{' '}
                  <span className="faint">{[shipment.item, f.kg(shipment.weightKg)].filter(Boolean).join(' · ')}</span>
                </th>
                <td>{firms.get(shipment.firm) ?? shipment.firm}</td>
                <td className="nowrap">
                  {f.shortDate(from)} → {f.shortDate(to)}
                </td>
                <td>{t.week.waitedDays(waitedDays)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {moved.length > MOVED_SHOWN && <p className="faint small">{t.twoPlans.showing(MOVED_SHOWN, moved.length)}</p>}
    </>
  )
}
