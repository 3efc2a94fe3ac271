/** All stops, and the way to take another one first. */
import type { Drive } from '../../server/api.ts'
import type { Clock } from '../format.ts'
import { Icon } from '../views/icons.tsx'
import type { Progress } from './progress.ts'
import { Sheet } from './Sheet.tsx'
import { useDriveWords } from './words.tsx'

export function StopsSheet({
  drive,
  progress,
  clock,
  onClose,
  onGoFirst,
}: {
  readonly drive: Drive
  readonly progress: Progress
  readonly clock: Clock
  readonly onClose: () => void
  readonly onGoFirst: (stop: number) => void
}) {
  const { t, f } = useDriveWords()
  return (
    <Sheet title={t.allStops} onClose={onClose}>
      <ol className="stops">
        {drive.stops.map((stop, index) => {
          const { doneS, problems } = progress.stops[index]!
          const rest = drive.rests.find(({ beforeStop }) => beforeStop === index)
          const isNow = index === progress.current
          return (
            <li key={index} className={isNow ? 'now' : doneS !== undefined ? 'done' : ''}>
              {rest && <p className="quiet">{t.restOnWay(f.duration(rest.endS - rest.startS))}</p>}
              <div className="line">
                <span className="badge">{doneS === undefined ? index + 1 : <Icon name="check" size={20} />}</span>
                <span className="name">
                  <b>{stop.name}</b>
                  <small>
                    {clock.at(stop.arriveS)}
                    {stop.latestS !== undefined && ` · ${t.until(clock.at(stop.latestS))}`}
                    {doneS !== undefined && ` · ${t.done} ${clock.at(doneS)}`}
                    {isNow && ` · ${t.current}`}
                  </small>
                </span>
                {problems > 0 && <Icon name="alert" size={24} />}
              </div>
              {doneS === undefined && !isNow && !progress.isThere && (
                <button type="button" className="act plain" onClick={() => onGoFirst(index)}>
                  {t.goFirst}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </Sheet>
  )
}
