/** The stops of a round: planned beside real beside expected, and what is late with since when that was to be seen. */
import type { BoardRound, BoardStop } from '../../../server/api.ts'
import type { Clock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { isOpen } from '../../state/board.ts'
import { Icon } from '../icons.tsx'
import { Direction, RouteBadge, StopBadge, TableScroll } from '../parts.tsx'

interface StopTableProps {
  readonly round: BoardRound
  readonly name: string
  readonly clock: Clock
}

export function StopTable({ round, name, clock }: StopTableProps) {
  const { t, f } = useWords()
  const timeOf = (stop: BoardStop, recorded: number | undefined, best: number) =>
    recorded !== undefined ? (
      <b>{clock.at(recorded)}</b>
    ) : stop.state === 'passed' ? (
      <span className="faint">–</span>
    ) : (
      <span className={isOpen(stop) ? 'board-expected' : 'faint'}>{isOpen(stop) ? clock.at(best) : '–'}</span>
    )
  return (
    <TableScroll label={t.board.stops(name)}>
      <table className="board-stops">
        <caption className="visually-hidden">{t.board.stops(name)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.board.stop}</th>
            <th scope="col">
              {t.board.arrival} <span className="muted">{t.board.plan}</span>
            </th>
            <th scope="col">
              {t.board.real} · {t.board.expected}
            </th>
            <th scope="col">
              {t.board.leaving} <span className="muted">{t.board.plan}</span>
            </th>
            <th scope="col">
              {t.board.real} · {t.board.expected}
            </th>
            <th scope="col">{t.board.limit}</th>
            <th scope="col">{t.board.room2}</th>
          </tr>
        </thead>
        <tbody>
          {round.stops.map((stop, index) => (
            <tr key={index} className={`${stop.state} ${stop.lateS > 0 ? 'late' : ''}`}>
              <th scope="row">
                <span className="row">
                  {round.number === undefined ? (
                    <span className="badge round neutral">{index + 1}</span>
                  ) : (
                    <StopBadge number={round.number} stop={index + 1} />
                  )}
                  <Direction pickup={stop.pickups > 0} drop={stop.deliveries > 0} />
                  <span>{stop.name}</span>
                  {stop.phone !== undefined && (
                    <a className="board-phone" href={`tel:${stop.phone}`} aria-label={t.board.call(stop.name)}>
                      <Icon name="phone" size={13} />
                    </a>
                  )}
                </span>
                <span className={stop.state === 'there' || stop.state === 'passed' ? 'small muted' : 'visually-hidden'}>
                  {t.board.stopStates[stop.state]}
                </span>
              </th>
              <td>{clock.at(stop.planned.arriveS)}</td>
              <td>{timeOf(stop, stop.arrivedS, stop.arriveS)}</td>
              <td>{clock.at(stop.planned.leaveS)}</td>
              <td>{timeOf(stop, stop.leftS, stop.leaveS)}</td>
              <td>{stop.latestS === undefined ? <span className="faint">–</span> : clock.at(stop.latestS)}</td>
              <td>
                <Room stop={stop} clock={clock} />
                {stop.lateS === 0 && stop.wishedLateS > 0 && (
                  <span className="small warn">{t.board.wishLate(f.duration(stop.wishedLateS))}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function Room({ stop, clock }: { readonly stop: BoardStop; readonly clock: Clock }) {
  const { t, f } = useWords()
  if (stop.lateS > 0) {
    const duration = f.duration(Math.max(60, stop.lateS))
    return (
      <>
        <span className="bad row">
          <Icon name="alert" size={13} />
          {isOpen(stop) ? t.board.willBeLate(duration) : t.board.lateBy(duration)}
        </span>
        {stop.foreseenS !== undefined && (
          <span className="small muted">
            {stop.foreseenS === 0 ? t.board.sincePlan : t.board.since(clock.at(stop.foreseenS))}
          </span>
        )}
      </>
    )
  }
  if (stop.slackS === undefined || !isOpen(stop)) return <span className="faint">–</span>
  return <span>{f.duration(stop.slackS)}</span>
}

/** Badge of a round as everywhere, or the truck of a shipment alone. */
export function BoardBadge({ round }: { readonly round: Pick<BoardRound, 'number'> }) {
  return round.number === undefined ? (
    <span className="solo-badge">
      <Icon name="truck" size={14} />
    </span>
  ) : (
    <RouteBadge number={round.number} />
  )
}
