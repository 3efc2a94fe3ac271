/** One stop: when, where, what, whom to call. */
import type { DriveStop } from '../../server/api.ts'
import type { Clock } from '../format.ts'
import { Icon } from '../views/icons.tsx'
import { telOf } from './mapLinks.ts'
import { WayMark } from './WayMark.tsx'
import { useDriveWords } from './words.tsx'

/** An expected time is worth a line only where it is so much later than planned; who is early keeps the planned one. */
const TOLD_S = 180

export function StopCard({
  stop,
  number,
  clock,
  lateS,
  arrivedS,
  onWays,
  onMap,
}: {
  readonly stop: DriveStop
  readonly number: number
  readonly clock: Clock
  readonly lateS: number | undefined
  readonly arrivedS: number | undefined
  readonly onWays: () => void
  readonly onMap: () => void
}) {
  const { t, f } = useDriveWords()
  const has = (way: 'pickup' | 'delivery') => stop.goods.some((piece) => piece.way === way)
  const notes = [...new Set(stop.goods.flatMap(({ note }) => note ?? []))]
  return (
    <section className="card">
      <div className="line top">
        <span className="badge large">{number}</span>
        {has('delivery') && (
          <span className="way">
            <WayMark way="delivery" />
            {t.delivery}
          </span>
        )}
        {has('pickup') && (
          <span className="way">
            <WayMark way="pickup" />
            {t.pickup}
          </span>
        )}
        <span className="push" />
        <div className="when">
          <b>{clock.at(stop.arriveS)}</b>
          {arrivedS !== undefined ? (
            <span className="good">{t.here(clock.at(arrivedS))}</span>
          ) : lateS !== undefined && lateS >= TOLD_S ? (
            <span className="warn">{t.expected(clock.at(stop.arriveS + lateS))}</span>
          ) : null}
          {stop.latestS !== undefined && <span>{t.until(clock.at(stop.latestS))}</span>}
        </div>
      </div>
      <h2>{stop.name}</h2>
      <p className="quiet">{[stop.address, stop.guessed ? t.guessed : undefined].filter(Boolean).join(' · ')}</p>
      <ul className="goods">
        {stop.goods.map(({ shipment, way, item, weightKg, pallets, handling, other }) => (
          <li key={`${way} ${shipment}`}>
            <WayMark way={way} />
            <span className="what">
              <span className="visually-hidden">{way === 'pickup' ? t.pickup : t.delivery}: </span>
              {item ?? shipment}
              <small>
                {[
                  way === 'pickup' ? t.to(other) : t.from(other),
                  pallets ? t.pallets(pallets) : '',
                  handling.map((gear) => t.gears[gear]).join('·'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            <b>{f.kg(weightKg)}</b>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="mind">
          <Icon name="alert" size={24} />
          {note}
        </p>
      ))}
      <div className="trio">
        {stop.phone && (
          <a className="act plain" href={telOf(stop.phone)}>
            <Icon name="phone" size={26} />
            <span>
              {stop.phone}
              {stop.contact && <small>{stop.contact}</small>}
            </span>
          </a>
        )}
        <button type="button" className="act plain" onClick={onWays}>
          <Icon name="send" size={26} />
          {t.directions}
        </button>
        <button type="button" className="act plain" onClick={onMap}>
          <Icon name="map" size={26} />
          {t.map}
        </button>
      </div>
    </section>
  )
}
