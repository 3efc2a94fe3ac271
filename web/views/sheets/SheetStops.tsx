/** Where a round goes: each stop with its time and what is loaded and unloaded there, rests, and the fuel to expect. */
import type { Sheet } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { GuessedPlace } from '../parts.tsx'

export function SheetStops({ sheet }: { readonly sheet: Sheet }) {
  const { t, f } = useWords()
  const clock = makeClock(sheet.startsAt, sheet.timeZone)
  type Pieces = Sheet['stops'][number]['pickups']
  const goods = (label: string, pieces: Pieces) =>
    pieces.length > 0 && (
      <span className="sheet-goods">
        <b>{label}</b>{' '}
        {pieces.map(({ shipment, item, weightKg }) => [item ?? shipment, f.kg(weightKg)].join(' ')).join(', ')}
      </span>
    )
  return (
    <>
      <ol className="sheet-stops">
        {sheet.stops.map((stop, index) => (
          <li key={`${stop.name}/${stop.arriveS}/${stop.startS}`} className="person">
            <div className="person-who">
              <b className="cut">
                {index + 1}. {stop.name}
              </b>
              {stop.guessed && <GuessedPlace />}
              <span className="muted">{clock.range(stop.startS, stop.leaveS)}</span>
            </div>
            <span className="sheet-what">
              {goods(t.people.pickup, stop.pickups)}
              {goods(t.people.delivery, stop.deliveries)}
            </span>
          </li>
        ))}
      </ol>
      {sheet.rests.length > 0 && (
        <p className="small muted">
          {t.people.rest} {sheet.rests.map(({ startS, endS }) => clock.range(startS, endS)).join(', ')}
        </p>
      )}
      {sheet.burn && (
        <p className="small muted">
          {t.people.burn(
            f.litres(sheet.burn.fuelMl),
            f.krw(sheet.burn.fuelKrw),
            f.krw(sheet.burn.subsidyKrw),
            f.krw(sheet.burn.fuelKrw - sheet.burn.subsidyKrw),
          )}{' '}
          · {t.people.carbon(f.co2(sheet.burn.ttwCo2G), f.co2(sheet.burn.wtwCo2eG))}
        </p>
      )}
    </>
  )
}
