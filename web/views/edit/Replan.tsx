/** Planning a planned day again: one question before it, and the difference before anything is replaced. */
import { useEffect, useRef, useState } from 'react'
import { routeNumber } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { queryClient } from '../../service/queries.ts'
import { useCandidate } from '../../service/replan.ts'
import { showStep } from '../../service/switchPlan.ts'
import { hasFailed } from '../../state/incumbents.ts'
import { LEVELS, type Level } from '../../state/replan.ts'
import { useDay, useEdit } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { Estimated, RouteBadge, toneOf } from '../parts.tsx'
import { Dialog } from './Dialog.tsx'
import { notify } from './Notices.tsx'
import { shipmentName } from './words.tsx'

interface ReplanDialogProps {
  readonly seconds: number
  readonly onClose: () => void
}

export function ReplanDialog({ seconds, onClose }: ReplanDialogProps) {
  const { t, f } = useWords()
  const r = t.edits.replan
  const { solve, day } = useDay()
  const { locks } = useEdit()
  const [level, setLevel] = useState<Level>(day?.plan?.edits?.length ? 'trucks' : 'nothing')
  return (
    <Dialog title={r.title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          solve.start(seconds, level)
        }}
      >
        <fieldset className="replan-levels">
          <legend className="visually-hidden">{r.title}</legend>
          {LEVELS.map((name) => (
            <label key={name}>
              <input type="radio" name="level" value={name} checked={level === name} onChange={() => setLevel(name)} />
              <span>
                <b>{r.levels[name].name}</b>
                <span className="muted">{r.levels[name].text}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="muted replan-note">
          {locks.all.length > 0 && `${r.locks(locks.all.length)} `}
          {r.keepEdits}
        </p>
        <div className="row dialog-acts">
          <span className="push" />
          <button type="submit" className="button primary large">
            <Icon name="again" size={14} />
            {r.start(f.seconds(seconds))}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Once a search beside the plan in sight is over. */
export function ReplanResult() {
  const { t, f } = useWords()
  const r = t.edits.replan
  const { solve, day, date, drawn, complex } = useDay()
  const { remember, keepForRedo } = useEdit()
  const { job, kept, running, forget } = solve
  const over = kept !== undefined && !running && job !== undefined
  const found = over && !hasFailed(job) && job.state !== 'cancelled' ? job.plan : undefined
  const before = drawn?.id === kept ? day?.plan : undefined
  const { data, isError } = useCandidate(found, before, day?.problem)
  const settling = useRef(false)

  const step = data && {
    kind: 'switch' as const,
    cause: 'replan' as const,
    krw: data.difference.deltaKrw,
    before: { problem: date.problem, plan: kept },
    after: { problem: date.problem, plan: data.stored.id },
  }
  const keep = async (text: string) => {
    if (settling.current) return
    settling.current = true
    try {
      await showStep(complex.id, date.date, { problem: date.problem, plan: kept })
      if (step) keepForRedo(step)
      forget()
      notify(text)
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'bad')
    } finally {
      settling.current = false
    }
  }
  const take = async () => {
    await queryClient.invalidateQueries({ queryKey: ['complexes'] })
    if (step) remember(step)
    forget()
    notify(r.taken, 'good')
  }
  const d = data?.difference
  const same = d && d.deltaKrw === 0 && d.moved.length === 0 && d.changed.length === 0
  const nothing = over && (same || (!found && !hasFailed(job)) || isError)
  const settle = async () => {
    // the same plan, and perhaps a better proof of what no plan can cost less than; a ledger would be lost with it
    if (!same || before?.edits?.length) return await keep(r.nothingBetter)
    await queryClient.invalidateQueries({ queryKey: ['complexes'] })
    forget()
    notify(r.nothingBetter)
  }
  const settleNow = useRef(settle)
  settleNow.current = settle
  useEffect(() => {
    if (nothing) void settleNow.current()
  }, [nothing])
  useEffect(() => {
    // what failed is said over the map; the plan stays
    if (over && job && hasFailed(job)) sessionStorage.removeItem(`milkrun.kept.${job.problem}`)
  }, [over, job])
  if (!over || !d || same || !before || !data) return null
  const after = data.stored.plan
  const way = (plan: typeof after, shipment: string): string => {
    const index = plan.routes.findIndex(({ stops }) => stops.some(({ pickups }) => pickups.includes(shipment)))
    const direct = plan.direct.find((entry) => entry.shipment === shipment)
    return index >= 0
      ? r.route(routeNumber(plan.routes[index]!, index))
      : direct
        ? t.mode[direct.mode]
        : t.pool.unserved
  }
  const rows: readonly (readonly [string, string, string, number | undefined])[] = [
    [r.cost, f.krw(before.costKrw), f.krw(after.costKrw), undefined],
    [r.trucks, f.whole(before.routes.length), f.whole(after.routes.length), d.deltaRoutes],
    [r.direct, f.whole(before.direct.length), f.whole(after.direct.length), d.deltaDirect],
    [r.unserved, f.whole(before.unserved.length), f.whole(after.unserved.length), d.deltaUnserved],
  ]
  return (
    <Dialog title={r.resultTitle} onClose={() => void keep(r.kept)}>
      <p className={`replan-delta ${toneOf(d.deltaKrw)}`}>
        <b>{d.deltaKrw < 0 ? r.cheaper(f.krw(-d.deltaKrw)) : d.deltaKrw > 0 ? r.dearer(f.krw(d.deltaKrw)) : r.equal}</b>
      </p>
      <table className="replan-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{r.before}</th>
            <th scope="col">{r.after}</th>
            <th scope="col">±</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, was, is, delta]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{was}</td>
              <td>{is}</td>
              <td>{delta === undefined ? f.krwDifference(d.deltaKrw) : f.difference(delta)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              {r.distance} <Estimated of={[before, after]} />
            </th>
            <td />
            <td />
            <td>{f.thousandthsDifference(d.deltaM)} km</td>
          </tr>
        </tbody>
      </table>
      {d.changed.length > 0 && (
        <p className="row replan-changed">
          {r.changedRoutes(d.changed.length)}
          {d.changed.map((number) => (
            <RouteBadge key={number} number={number} />
          ))}
        </p>
      )}
      <details className="replan-moved" open={d.moved.length > 0 && d.moved.length <= 8}>
        <summary>{d.moved.length > 0 ? r.moved(d.moved.length) : r.noneMoved}</summary>
        <ul className="scroll">
          {d.moved.map((shipment) => (
            <li key={shipment} className="row">
              <span className="cut">{shipmentName(day, shipment)}</span>
              <span className="push" />
              <span className="muted nowrap">{r.way(way(before, shipment), way(after, shipment))}</span>
            </li>
          ))}
        </ul>
      </details>
      {d.refusedLocks > 0 && (
        <p className="warn row">
          <Icon name="lock" size={14} />
          {r.refusedLocks(d.refusedLocks)}
        </p>
      )}
      <div className="row dialog-acts">
        <span className="push" />
        <button type="button" className="button large" onClick={() => void keep(r.kept)}>
          {r.keep}
        </button>
        <button type="button" className="button primary large" onClick={() => void take()}>
          {r.take}
        </button>
      </div>
    </Dialog>
  )
}
