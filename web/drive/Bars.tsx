/** What the driver has to know before anything else: no connection, what waits, what changed, a clock that is wrong. */
import type { Drive } from '../../server/api.ts'
import { makeClock } from '../format.ts'
import { Icon } from '../views/icons.tsx'
import type { DriveState } from './useDrive.ts'
import { useDriveWords } from './words.tsx'

export function Bars({
  state,
  drive,
  changed,
  onSeen,
}: {
  readonly state: DriveState
  readonly drive: Drive
  readonly changed: boolean
  readonly onSeen: () => void
}) {
  const { t, f } = useDriveWords()
  const clock = makeClock(drive.startsAt, drive.timeZone)
  const { online, waiting, waitingProofs, refused, noRoom, clockOffS } = state
  const count = waiting.length + waitingProofs
  return (
    <div role="status">
      {!online && (
        <section className="bar warn">
          <Icon name="unplug" size={32} />
          <p>
            <b>{t.offline}</b>
            {count > 0 ? t.waiting(count) : t.offlineFine}
          </p>
        </section>
      )}
      {online && count > 0 && (
        <section className="bar">
          <Icon name="upload" size={28} />
          <p>{t.sending(count)}</p>
        </section>
      )}
      {noRoom && (
        <section className="bar bad">
          <Icon name="alert" size={28} />
          <p>{t.noRoom}</p>
        </section>
      )}
      {changed && (
        <section className="bar warn">
          <Icon name="route" size={28} />
          <p>{t.changed}</p>
          <button type="button" className="act plain" onClick={onSeen}>
            {t.ok}
          </button>
        </section>
      )}
      {clockOffS !== 0 && (
        <section className="bar warn">
          <Icon name="clock" size={28} />
          <p>{t.clock(f.duration(Math.abs(clockOffS)), clockOffS < 0)}</p>
        </section>
      )}
      {refused.length > 0 && (
        <details className="bar bad">
          <summary>{t.refused(refused.length)}</summary>
          <ul>
            {refused.map(({ id, message }) => (
              <li key={id}>{message}</li>
            ))}
          </ul>
        </details>
      )}
      {drive.messages
        .filter(({ seenAt }) => seenAt === undefined)
        .map(({ id, text, at }) => (
          <section key={id} className="bar message">
            <p>
              <small>{t.message(clock.at((Date.parse(at) - Date.parse(drive.startsAt)) / 1000))}</small>
              <b>{text}</b>
            </p>
            <button type="button" className="act plain" onClick={() => state.seen(id)}>
              {t.ok}
            </button>
          </section>
        ))}
      {drive.note && (
        <section className="bar">
          <Icon name="pencil" size={26} />
          <p>
            <b>{t.note}</b>
            {drive.note}
          </p>
        </section>
      )}
    </div>
  )
}
