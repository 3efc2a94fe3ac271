/** One round: who drives, how it goes, what is next, and stop by stop when it is opened. */
import { type ReactNode, useId } from 'react'
import type { Board, BoardRound } from '../../../server/api.ts'
import type { TruckClass } from '../../../solver/index.ts'
import type { Clock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { ON_PLAN_S } from '../../state/board.ts'
import type { Span } from '../../state/timeline.ts'
import { Icon, type IconName } from '../icons.tsx'
import { RoundTimeline } from './RoundTimeline.tsx'
import { BoardBadge, StopTable } from './StopTable.tsx'

interface RoundRowProps {
  readonly board: Board
  readonly round: BoardRound
  readonly span: Span
  readonly clock: Clock
  readonly opened: boolean
  readonly onOpen: () => void
  /** what can be done with it: the coordinator writes and replans, the carrier looks */
  readonly actions?: ReactNode
}

const TONES: Readonly<Record<BoardRound['need'], readonly [tone: string, icon: IconName]>> = {
  problem: ['bad', 'alert'],
  late: ['bad', 'clock'],
  quiet: ['warn', 'question'],
  message: ['warn', 'message'],
  tight: ['warn', 'clock'],
  going: ['good', 'check'],
  waiting: ['', 'clock'],
  finished: ['', 'check'],
}

export const useRoundName = () => {
  const { t } = useWords()
  return ({ number, shipment }: Pick<BoardRound, 'number' | 'shipment'>): string =>
    number === undefined ? t.board.alone(shipment ?? '') : t.board.round(`${number}`)
}

export function RoundRow({ board, round, span, clock, opened, onOpen, actions }: RoundRowProps) {
  const { t, f } = useWords()
  const id = useId()
  const name = useRoundName()(round)
  const [tone, icon] = TONES[round.need]
  const noRecord = board.over && round.heardS === undefined
  const state = noRecord ? t.board.noRecord : t.board.states[round.state]
  const who = round.driver ?? t.board.noDriver
  const truck = [round.truck && f.truck(round.truck as TruckClass), round.plate, round.carrier]
    .filter(Boolean)
    .join(' · ')
  return (
    <article className={`board-round need-${round.need} ${opened ? 'opened' : ''}`} aria-labelledby={id}>
      <div className="board-head">
        <BoardBadge round={round} />
        <div className="board-who">
          <h3 id={id}>
            <span className="visually-hidden">{name} </span>
            {round.number === undefined ? name : who}
          </h3>
          <p className="small muted cut">{truck}</p>
        </div>
        <div className="board-state">
          <span className={`chip ${noRecord ? '' : tone}`}>
            <Icon name={noRecord ? 'question' : icon} size={13} />
            {noRecord ? t.board.noRecord : t.board.needs[round.need]}
          </span>
          {!noRecord && state !== t.board.needs[round.need] && <span className="small">{state}</span>}
        </div>
        <div className="board-next">
          <Next round={round} clock={clock} />
          <Facts
            round={round}
            over={board.over}
            at={(moment) => clock.at(Math.round((Date.parse(moment) - Date.parse(board.startsAt)) / 1000))}
          />
        </div>
        <RoundTimeline board={board} round={round} name={name} span={span} clock={clock} />
        <div className="board-actions">
          {round.phone !== undefined && (
            <a
              className="button"
              href={`tel:${round.phone}`}
              title={t.board.call(who)}
              aria-label={t.board.call(`${name} ${who}`)}
            >
              <Icon name="phone" size={14} />
            </a>
          )}
          {actions}
          <button
            type="button"
            className="button ghost icon"
            aria-expanded={opened}
            aria-label={`${name}: ${t.board.open}`}
            title={t.board.open}
            onClick={onOpen}
          >
            <Icon name={opened ? 'up' : 'down'} size={14} />
          </button>
        </div>
      </div>
      {opened && (
        <div className="board-body">
          <Problems board={board} round={round} clock={clock} />
          {round.restDoubt.length > 0 && (
            <p className="warn row">
              <Icon name="alert" size={14} />
              {t.board.restDoubtHint(round.restDoubt.map((stop) => stop + 1).join(', '))}
            </p>
          )}
          <StopTable round={round} name={name} clock={clock} />
        </div>
      )}
    </article>
  )
}

function Next({ round, clock }: { readonly round: BoardRound; readonly clock: Clock }) {
  const { t } = useWords()
  const stop = round.next === undefined ? undefined : round.stops[round.next]
  if (!stop)
    return (
      <p className="cut">
        {round.state === 'finished' ? t.board.returns : t.board.home} <b>{clock.at(round.returnS)}</b>
      </p>
    )
  const index = round.next! + 1
  return (
    <p className="cut" title={stop.name}>
      {stop.state === 'there' ? t.board.at(index, stop.name) : t.board.next(index, stop.name)}{' '}
      <b>{clock.at(stop.state === 'there' ? stop.leaveS : stop.arriveS)}</b>
    </p>
  )
}

interface FactsProps {
  readonly round: BoardRound
  readonly over: boolean
  readonly at: (moment: string) => string
}

/** What is said of it beside where it is: late before quiet before how far from the plan. */
function Facts({ round, over, at }: FactsProps) {
  const { t, f } = useWords()
  const { behindS, lateStops, lateS, quietS, roomS, link, unread } = round
  const said: ReactNode[] = []
  if (lateStops > 0) said.push(<b className="bad">{t.board.lateStops(lateStops, f.duration(Math.max(60, lateS)))}</b>)
  if ((quietS ?? 0) >= 60 && !over) said.push(<span className="warn">{t.board.quietFor(f.duration(quietS!))}</span>)
  if (round.state !== 'waiting' && !(over && round.heardS === undefined))
    said.push(
      Math.abs(behindS) < ON_PLAN_S ? (
        <span>{t.board.onPlan}</span>
      ) : behindS > 0 ? (
        <span>{t.board.behind(f.duration(behindS))}</span>
      ) : (
        <span className="good">{t.board.ahead(f.duration(-behindS))}</span>
      ),
    )
  if (roomS !== undefined && lateStops === 0 && round.state !== 'finished')
    said.push(<span>{t.board.room(f.duration(roomS))}</span>)
  if (unread > 0) said.push(<b className="warn">{t.board.unread(unread)}</b>)
  if (round.restDoubt.length > 0) said.push(<span className="warn">{t.board.restDoubt}</span>)
  if (link) said.push(<span>{link.seenAt ? t.board.seen(at(link.seenAt)) : t.board.notSeen}</span>)
  return (
    <p className="board-facts small muted">
      {said.map((fact, k) => (
        <span key={k}>{fact}</span>
      ))}
    </p>
  )
}

function Problems({
  board,
  round,
  clock,
}: {
  readonly board: Board
  readonly round: BoardRound
  readonly clock: Clock
}) {
  const { t } = useWords()
  if (round.problems.length === 0) return null
  const startMs = Date.parse(board.startsAt)
  return (
    <ul className="board-problems" aria-label={t.board.problems}>
      {round.problems.map(({ id, kind, note, stop, at, open, photos }) => (
        <li key={id} className={open ? 'open' : ''}>
          <Icon name="alert" size={14} />
          <div>
            <p>
              <b>{(kind && t.board.problemKinds[kind]) ?? t.board.needs.problem}</b> {note}
            </p>
            <p className="small muted">
              {t.board.problemAt(
                clock.at(Math.round((Date.parse(at) - startMs) / 1000)),
                stop === undefined ? t.board.onRoad : `${stop + 1}. ${round.stops[stop]?.name ?? ''}`,
              )}
            </p>
            {photos.length > 0 && (
              <p className="row">
                {photos.map((photo, index) => (
                  <a key={photo} href={`/api/plans/${board.plan}/proofs/${photo}`} target="_blank" rel="noreferrer">
                    <img
                      className="board-photo"
                      src={`/api/plans/${board.plan}/proofs/${photo}`}
                      alt={t.board.photo(index + 1)}
                      loading="lazy"
                    />
                  </a>
                ))}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
