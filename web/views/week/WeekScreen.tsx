/** The days of a week side by side, and what may wait for a fuller truck. */
import { useMemo, useState } from 'react'
import type { Complex, Day, StoredPlan } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { ServiceError } from '../../service/client.ts'
import { takeBack, useHorizons, usePlans, useSwitched } from '../../service/compare.ts'
import { addDays, mondayOf, sumOfPlan, weekDays } from '../../state/week.ts'
import { Undoable, whatFailed } from '../compare/Switching.tsx'
import { Icon } from '../icons.tsx'
import { Segments, TableScroll, Won } from '../parts.tsx'
import { Notice, SkeletonRows } from '../states.tsx'
import { useAddress } from '../useAddress.ts'
import { WeekQuestion } from './WeekQuestion.tsx'
import { WeekResult } from './WeekResult.tsx'

const COUNTS = ['3', '5', '10'] as const

interface WeekScreenProps {
  readonly complex: Complex
  readonly date: string
}

export function WeekScreen({ complex, date }: WeekScreenProps) {
  const { t, f } = useWords()
  const [, go] = useAddress()
  const switched = useSwitched()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [count, setCount] = useState<(typeof COUNTS)[number]>('5')
  const monday = mondayOf(date)
  const week = weekDays(complex.days, monday, Number(count))
  const known = week.filter((day): day is Day => 'problem' in day)
  const plans = usePlans(known.flatMap(({ plan }) => plan ?? []))
  const planOf = useMemo(() => new Map(plans.data?.map((stored) => [stored.problem, stored])), [plans.data])
  const horizons = useHorizons(complex.id)
  const first = week[0]?.date ?? monday
  const last = week.at(-1)?.date ?? monday
  // the newest one that was asked of these very days
  const horizon = useMemo(() => {
    const dates = known.filter(({ shipments }) => shipments > 0).map((day) => day.date)
    return horizons.data?.find(({ days }) => days.map((day) => day.date).join() === dates.join())
  }, [horizons.data, known])
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await act()
    } catch (error) {
      setTrouble(
        error instanceof ServiceError
          ? [error.message, ...error.issues.map(({ message }) => message)].join(' ')
          : String(error),
      )
    } finally {
      setBusy(false)
    }
  }
  const step = (days: number) => go({ screen: 'week', date: addDays(monday, days) })
  return (
    <main className="compare week scroll">
      <div className="compare-top row wrap">
        <div>
          <h1>{t.week.title}</h1>
          <p className="muted">{t.week.subtitle}</p>
        </div>
        <span className="push" />
        <Segments
          label={t.week.days}
          value={count}
          options={COUNTS.map((value) => ({ value, label: t.week.daysOption(Number(value)) }))}
          onChange={setCount}
        />
        <div className="row">
          <button
            type="button"
            className="button icon"
            aria-label={t.week.previous}
            title={t.week.previous}
            onClick={() => step(-7)}
          >
            <Icon name="left" />
          </button>
          <b className="nowrap">
            {f.shortDate(first)} – {f.shortDate(last)}
          </b>
          <button
            type="button"
            className="button icon"
            aria-label={t.week.next}
            title={t.week.next}
            onClick={() => step(7)}
          >
            <Icon name="right" />
          </button>
        </div>
      </div>
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
      {plans.error && !plans.data && (
        <Notice bad icon="alert" title={t.states.downTitle} text={whatFailed(plans.error, t.states.downEmpty)}>
          <button type="button" className="button large" onClick={() => void plans.refetch()}>
            {t.states.reconnect}
          </button>
        </Notice>
      )}
      <WeekTable week={week} planOf={planOf} loading={plans.isLoading} />
      <WeekQuestion
        complex={complex}
        dates={known.filter(({ shipments }) => shipments > 0).map((day) => day.date)}
        busy={busy}
        attempt={attempt}
      />
      {horizon && (
        <WeekResult
          key={horizon.problem}
          complex={complex}
          horizon={horizon}
          planOf={planOf}
          busy={busy}
          attempt={attempt}
        />
      )}
      {horizons.isPending && (
        <div className="card">
          <SkeletonRows rows={3} />
        </div>
      )}
    </main>
  )
}

interface WeekTableProps {
  readonly week: readonly (Day | { readonly date: string })[]
  readonly planOf: ReadonlyMap<string, StoredPlan>
  readonly loading: boolean
}

function WeekTable({ week, planOf, loading }: WeekTableProps) {
  const { t, f } = useWords()
  const rows = week.map((day) => {
    const known = 'problem' in day ? day : undefined
    const stored = known && planOf.get(known.problem)
    const orders = known?.shipments ?? 0
    const state =
      !known || orders === 0
        ? 'none'
        : known.job
          ? 'running'
          : (stored?.state ?? known.planState ?? (known.plan ? 'draft' : 'unplanned'))
    return { date: day.date, orders, state, sum: stored && sumOfPlan(day.date, orders, stored.plan) } as const
  })
  const sums = rows.flatMap(({ sum }) => sum ?? [])
  const total = (value: (sum: (typeof sums)[number]) => number) => sums.reduce((all, sum) => all + value(sum), 0)
  const partial = sums.length < rows.filter(({ orders }) => orders > 0).length
  const none = <span className="faint">–</span>
  const waiting = loading ? <span className="skeleton" /> : none
  return (
    <section className="card">
      <TableScroll label={t.week.table}>
        <table className="ledger week-table">
          <thead>
            <tr>
              <th scope="col">{t.week.day}</th>
              {rows.map(({ date }) => (
                <th key={date} scope="col">
                  <a href={`#plan/${date}`}>{f.shortDate(date)}</a>
                </th>
              ))}
              <th scope="col">
                {t.week.sum}
                {partial && <span className="faint small"> · {t.week.partial}</span>}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t.week.state}</th>
              {rows.map(({ date, state }) => (
                <td key={date}>
                  <span className={`chip ${state === 'confirmed' ? 'good' : state === 'unplanned' ? 'warn' : ''}`}>
                    {t.week.states[state]}
                  </span>
                </td>
              ))}
              <td />
            </tr>
            <tr>
              <th scope="row">{t.week.orders}</th>
              {rows.map(({ date, orders }) => (
                <td key={date}>{f.whole(orders)}</td>
              ))}
              <td>{f.whole(rows.reduce((all, { orders }) => all + orders, 0))}</td>
            </tr>
            <tr>
              <th scope="row">{t.week.trucks}</th>
              {rows.map(({ date, sum }) => (
                <td key={date}>{sum ? f.whole(sum.trucks) : waiting}</td>
              ))}
              <td>{f.whole(total(({ trucks }) => trucks))}</td>
            </tr>
            <tr>
              <th scope="row">{t.week.km}</th>
              {rows.map(({ date, sum }) => (
                <td key={date}>{sum ? f.kmDigits(sum.distanceM) : waiting}</td>
              ))}
              <td>{f.kmDigits(total(({ distanceM }) => distanceM))}</td>
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.week.cost}</th>
              {rows.map(({ date, sum }) => (
                <td key={date}>
                  {sum ? <Won krw={sum.costKrw} /> : none}
                  {sum && sum.unserved > 0 && <span className="warn small"> {t.week.unserved(sum.unserved)}</span>}
                </td>
              ))}
              <td>
                <Won krw={total(({ costKrw }) => costKrw)} />
              </td>
            </tr>
          </tfoot>
        </table>
      </TableScroll>
    </section>
  )
}
