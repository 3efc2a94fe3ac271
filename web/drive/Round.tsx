/** The round: the stop that is next on top, one large button for what comes now, and everything else one tap away. */
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Drive, DriveEvent } from '../../server/api.ts'
import { makeClock } from '../format.ts'
import { colourIndexOf } from '../state/tokens.ts'
import { Icon } from '../views/icons.tsx'
import { Bars } from './Bars.tsx'
import { DoneSheet } from './DoneSheet.tsx'
import type { Held } from './outbox.ts'
import { ProblemSheet } from './ProblemSheet.tsx'
import { driveLeftS, happenedOf, progressOf, restBefore } from './progress.ts'
import { SettingsSheet } from './SettingsSheet.tsx'
import { Sheet } from './Sheet.tsx'
import { StopCard } from './StopCard.tsx'
import { StopsSheet } from './StopsSheet.tsx'
import type { DriveState } from './useDrive.ts'
import { usePosition } from './usePosition.ts'
import { WaysSheet } from './WaysSheet.tsx'
import { useDriveWords } from './words.tsx'

const MapSheet = lazy(async () => ({ default: (await import('./MapSheet.tsx')).MapSheet }))

/** So long after an event its driver may take it back; the service allows a little more. */
const MAY_UNDO_MS = 10 * 60_000
/** Less than this from the plan is as planned. */
const ON_TIME_S = 60
const REST_MS = 800

type Open = 'done' | 'problem' | 'ways' | 'map' | 'stops' | 'settings'
interface Undoable {
  readonly events: readonly DriveEvent[]
  readonly atMs: number
  readonly what: string
}

export function Round({
  state,
  drive,
  offsetMs,
  link,
}: {
  readonly state: DriveState
  readonly drive: Drive
  readonly offsetMs: number
  readonly link: string
}) {
  const { t, f } = useDriveWords()
  const [open, setOpen] = useState<Open>()
  const [chosen, setChosen] = useChosen(link, drive.plan)
  const [undoable, setUndoable] = useState<Undoable>()
  const nowMs = useNow()
  const seen = useSeenPlan(link, drive)
  const position = usePosition()
  const [resting, setResting] = useState(false)

  const clock = makeClock(drive.startsAt, drive.timeZone)
  const nowS = Math.round((nowMs + offsetMs - Date.parse(drive.startsAt)) / 1000)
  const happened = happenedOf(drive, state.waiting, offsetMs)
  const progress = progressOf(drive, happened, chosen, nowS)
  const { current, isThere, lateS } = progress
  const stop = current === undefined ? undefined : drive.stops[current]
  const left = progress.departedS !== undefined || progress.stops.some(({ arrivedS }) => arrivedS !== undefined)
  const { index } = colourIndexOf(drive.number)
  const colours = { '--fill': `var(--r${index + 1})`, '--ink': `var(--r${index + 1}-ink)` } as React.CSSProperties
  const following = drive.stops.findIndex((_, k) => k !== current && progress.stops[k]!.doneS === undefined)
  const rest = restBefore(drive, current)
  const leftS = driveLeftS(drive, current)

  /** A finger that trembles is one tap: the next button lies where the last one was. */
  const record = (
    events: readonly Omit<DriveEvent, 'id' | 'plan' | 'at'>[],
    what: string,
    proofs: readonly Held[] = [],
  ) => {
    if (resting) return
    setResting(true)
    setTimeout(() => setResting(false), REST_MS)
    const at = new Date()
    const made = events.map((event) => ({
      ...event,
      ...position.last(),
      id: crypto.randomUUID(),
      plan: drive.plan,
      at: at.toISOString(),
    }))
    setUndoable({ events: made, atMs: at.getTime(), what: t.recorded(what, clock.at(nowS)) })
    state.record(made, proofs)
    scrollTo(0, 0)
  }
  const undo = () => {
    if (!undoable) return
    const at = new Date().toISOString()
    state.record(
      undoable.events.map(({ kind, stop: of, plan, id }) => ({
        id: crypto.randomUUID(),
        plan,
        kind,
        ...(of !== undefined && { stop: of }),
        at,
        corrects: id,
        void: true,
      })),
    )
    setUndoable(undefined)
  }
  const goFirst = (to: number) => {
    const inOrder = progress.stops.findIndex(({ doneS }) => doneS === undefined)
    setChosen(to)
    setOpen(undefined)
    if (to === inOrder) return
    const name = drive.stops[to]!.name
    record([{ kind: 'problem', stop: to, problem: 'other', note: t.outOfOrder(name) }], t.goesFirst(name))
  }
  const doneWord = (goods: Drive['stops'][number]['goods']) =>
    goods.every(({ way }) => way === 'pickup')
      ? t.loadDone
      : goods.every(({ way }) => way === 'delivery')
        ? t.unloadDone
        : t.bothDone
  const canUndo = undoable !== undefined && nowMs - undoable.atMs < MAY_UNDO_MS
  const [before, nth] = t.progress(drive.stops.length, (current ?? 0) + 1) as [string, string]

  return (
    <div className="round" style={colours}>
      <Bars state={state} drive={drive} changed={seen.changed} onSeen={seen.accept} />
      <header className="head">
        <div className="line">
          <span className="badge route">{drive.number}</span>
          <h1>{drive.vehicle}</h1>
          <span className="quiet">{drive.plate ?? ''}</span>
          <button type="button" className="square" aria-label={t.settings} onClick={() => setOpen('settings')}>
            <Icon name="dots" size={26} />
          </button>
        </div>
        <ol className="steps" aria-hidden="true">
          {progress.stops.map(({ doneS }, k) => (
            <li key={k} className={doneS !== undefined ? 'done' : k === current ? 'now' : ''} />
          ))}
        </ol>
        <div className="line">
          <p>
            {current === undefined ? (
              t.allDone(drive.stops.length)
            ) : (
              <>
                {before}
                <b>{nth}</b>
              </>
            )}
          </p>
          <Lateness lateS={left ? lateS : undefined} departs={clock.at(drive.departS)} />
        </div>
      </header>
      <main>
        {canUndo && (
          <p className="undo" role="status">
            <span>{undoable.what}</span>
            <button type="button" className="act plain" onClick={undo}>
              <Icon name="undo" size={24} />
              {t.undo}
            </button>
          </p>
        )}
        {stop && current !== undefined ? (
          <>
            <StopCard
              stop={stop}
              number={current + 1}
              clock={clock}
              lateS={left && !isThere ? lateS : undefined}
              arrivedS={isThere ? progress.stops[current]!.arrivedS : undefined}
              onWays={() => setOpen('ways')}
              onMap={() => setOpen('map')}
            />
            {rest && !isThere && (
              <p className="rest">
                <Icon name="clock" size={24} />
                {t.restOnWay(f.duration(rest.endS - rest.startS))}
              </p>
            )}
          </>
        ) : (
          <section className="card finished">
            <Icon name="check" size={56} />
            <h2>{t.finished}</h2>
            <p>{t.finishedMore}</p>
            <p className="quiet">{t.back(clock.at(drive.returnS))}</p>
          </section>
        )}
        {following >= 0 && stop && (
          <button type="button" className="next line" onClick={() => setOpen('stops')}>
            <span className="badge pale">{following + 1}</span>
            <span className="quiet">{t.next}</span>
            <b className="cut">{drive.stops[following]!.name}</b>
            <span className="push" />
            <span className="quiet">{clock.at(drive.stops[following]!.arriveS)}</span>
          </button>
        )}
      </main>
      <footer className="foot">
        {stop && current !== undefined && (
          <div className="acts">
            {!left ? (
              <button
                type="button"
                className="act primary tall"
                disabled={resting}
                onClick={() => record([{ kind: 'departed' }], t.kinds.departed)}
              >
                <Icon name="truck" size={36} />
                {t.depart}
              </button>
            ) : isThere ? (
              <button type="button" className="act primary tall" disabled={resting} onClick={() => setOpen('done')}>
                <Icon name="box" size={36} />
                {doneWord(stop.goods)}
              </button>
            ) : (
              <button
                type="button"
                className="act primary tall"
                disabled={resting}
                onClick={() => record([{ kind: 'arrived', stop: current }], t.kinds.arrived)}
              >
                <Icon name="pin" size={36} />
                {t.arrive}
              </button>
            )}
            <div className="pair">
              {!isThere && (
                <button type="button" className="act off" disabled>
                  <span>
                    {doneWord(stop.goods)}
                    <small>{t.afterArrival}</small>
                  </span>
                </button>
              )}
              <button type="button" className="act bad" onClick={() => setOpen('problem')}>
                <Icon name="alert" size={30} />
                {t.problem}
              </button>
            </div>
          </div>
        )}
        <button type="button" className="line" onClick={() => setOpen('stops')}>
          <Icon name="clock" size={24} />
          <span className="cut">
            {leftS === undefined
              ? t.back(clock.at(drive.returnS))
              : leftS === 0
                ? t.restDue(f.duration(drive.law.restS))
                : t.restLeft(f.duration(leftS))}
          </span>
          <span className="push" />
          <b>{t.all(drive.stops.length)}</b>
          <Icon name="up" size={22} />
        </button>
      </footer>
      {open === 'done' && stop && current !== undefined && (
        <DoneSheet
          stop={stop}
          title={doneWord(stop.goods)}
          onClose={() => setOpen(undefined)}
          onDone={(events, proofs) => {
            setOpen(undefined)
            const at = new Date().toISOString()
            record(
              events.map((event) => ({ ...event, stop: current })),
              doneWord(stop.goods),
              proofs.map((proof) => ({ ...proof, ...position.last(), plan: drive.plan, stop: current, at })),
            )
          }}
        />
      )}
      {open === 'problem' && (
        <ProblemSheet
          drive={drive}
          onClose={() => setOpen(undefined)}
          onSend={(problem, note, photos) => {
            setOpen(undefined)
            const where = current === undefined ? {} : { stop: current }
            const at = new Date().toISOString()
            record(
              [{ kind: 'problem', problem, ...where, ...(note && { note }) }],
              t.problems[problem],
              photos.map((proof) => ({ ...proof, ...position.last(), plan: drive.plan, ...where, at })),
            )
          }}
        />
      )}
      {open === 'ways' && <WaysSheet drive={drive} current={current} onClose={() => setOpen(undefined)} />}
      {open === 'map' && (
        <Suspense
          fallback={
            <Sheet title={t.map} onClose={() => setOpen(undefined)}>
              {t.loading}
            </Sheet>
          }
        >
          <MapSheet drive={drive} current={current} states={progress.stops} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
      {open === 'stops' && (
        <StopsSheet
          drive={drive}
          progress={progress}
          clock={clock}
          onClose={() => setOpen(undefined)}
          onGoFirst={goFirst}
        />
      )}
      {open === 'settings' && <SettingsSheet drive={drive} position={position} onClose={() => setOpen(undefined)} />}
    </div>
  )

  function Lateness({ lateS: by, departs }: { readonly lateS: number | undefined; readonly departs: string }) {
    if (by === undefined) return <p className="quiet">{t.notLeft(departs)}</p>
    if (Math.abs(by) < ON_TIME_S)
      return (
        <p className="good">
          <Icon name="check" size={22} />
          {t.onTime}
        </p>
      )
    return (
      <p className={by < 0 ? 'good' : 'warn'}>
        <Icon name={by < 0 ? 'check' : 'clock'} size={22} />
        {by < 0 ? t.early(f.duration(-by)) : t.late(f.duration(by))}
      </p>
    )
  }
}

/** The stop that goes before the others, kept over a reload; a plan that has changed begins anew. */
function useChosen(link: string, plan: string): [number | undefined, (stop: number) => void] {
  const key = `milkrun.drive.first.${link}`
  const read = () => {
    const [of, stop] = (localStorage.getItem(key) ?? '').split(' ')
    return of === plan && stop !== undefined ? Number(stop) : undefined
  }
  const [, again] = useState(0)
  const choose = (stop: number) => {
    try {
      localStorage.setItem(key, `${plan} ${stop}`)
    } finally {
      again((count) => count + 1)
    }
  }
  return [read(), choose]
}

/** Whether the plan is another one than the driver has seen last. */
function useSeenPlan(link: string, { plan }: Drive): { readonly changed: boolean; readonly accept: () => void } {
  const key = `milkrun.drive.seen.${link}`
  const [seen, setSeen] = useState(() => localStorage.getItem(key) ?? plan)
  useEffect(() => {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, seen)
  }, [key, seen])
  return {
    changed: seen !== plan,
    accept: () => {
      localStorage.setItem(key, plan)
      setSeen(plan)
    },
  }
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
