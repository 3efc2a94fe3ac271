/** One address: why it waits, what it may be, and where it is to be put. */
import { type FormEvent, useId, useState } from 'react'
import type { Candidates, Place } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import type { Point } from '../map/PlaceMap.tsx'
import { service } from '../service/client.ts'
import { usePlacing } from '../service/places.ts'
import { Icon } from './icons.tsx'
import { Refused, Twice } from './people.tsx'

interface PlaceCardProps {
  readonly place: Place
  readonly pin: Point | undefined
  readonly onPin: (point: Point) => void
  /** chosen here: to be brought into sight */
  readonly onCandidate: (point: Point) => void
  readonly candidates: Candidates | undefined
  readonly looking: boolean
  readonly onPlaced: (place: Place) => void
  readonly onForgotten: () => void
}

export function PlaceCard({
  place,
  pin,
  onPin,
  onCandidate,
  candidates,
  looking,
  onPlaced,
  onForgotten,
}: PlaceCardProps) {
  const { t, f } = useWords()
  const put = usePlacing((point: Point) => service.place(place.id, point))
  const forget = usePlacing(() => service.forgetPlace(place.id))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // the card may be gone from the list before the answer is told to it
    if (pin) void put.mutateAsync(pin).then(onPlaced, () => {})
  }
  // one of the two alone is no place yet
  const [typed, setTyped] = useState<Partial<Point>>({})
  const type = (next: Partial<Point>) => {
    const [lng, lat] = [next.lng ?? pin?.lng, next.lat ?? pin?.lat]
    const whole = lng !== undefined && lat !== undefined
    setTyped(whole ? {} : next)
    if (whole) onPin({ lng, lat })
  }
  const stays = pin && pin.lng === place.lng && pin.lat === place.lat
  const { neededBy } = place
  return (
    <form className="place-card" aria-label={place.address} onSubmit={submit}>
      <p className="small">
        {place.reason && `${t.places.reason[place.reason]} `}
        {place.state === 'waiting' && t.places.waits}
        {place.state === 'guess' && place.precision && t.places.guessed(t.places.precision[place.precision])}
        {place.state === 'placed' && t.places.by[place.source === 'file' ? 'file' : 'hand']}
      </p>
      {neededBy && <p className="small muted">{t.places.neededBy(neededBy.file, listRows(neededBy.rows))}</p>}
      <fieldset className="candidates">
        <legend>{t.places.candidates}</legend>
        {looking && <span className="small muted">{t.places.looking}</span>}
        {candidates?.candidates.length === 0 && <span className="small muted">{t.places.noCandidates}</span>}
        {candidates?.candidates.map(({ lng, lat, label, precision, source, withinM }, index) => (
          <button
            key={`${source}${label}${lng}`}
            type="button"
            className="candidate"
            aria-pressed={pin?.lng === lng && pin.lat === lat}
            onClick={() => onCandidate({ lng, lat })}
          >
            <span className="candidate-spot">{index + 1}</span>
            <span className="candidate-text">
              {label}
              <span className="small muted">
                {[t.places.precision[precision], withinM && t.places.within(f.km(withinM)), source]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </button>
        ))}
        {candidates?.failures.map((failure) => (
          <p key={failure} className="row small warn">
            <Icon name="alert" size={14} />
            <span>{failure}</span>
          </p>
        ))}
      </fieldset>
      <p className="small muted">{t.places.how}</p>
      <div className="row degrees">
        <Degrees label={t.places.lat} value={typed.lat ?? pin?.lat} onChange={(lat) => type({ ...typed, lat })} />
        <Degrees label={t.places.lng} value={typed.lng ?? pin?.lng} onChange={(lng) => type({ ...typed, lng })} />
      </div>
      <Refused error={put.error ?? forget.error} />
      <div className="row place-acts">
        <button
          type="submit"
          className="button primary large"
          disabled={!pin || put.isPending || (place.state === 'placed' && stays)}
        >
          {place.state === 'guess' && stays
            ? t.places.confirm
            : place.state === 'placed'
              ? t.places.move
              : t.places.save}
        </button>
        {place.state === 'placed' && (
          <Twice
            className="button large"
            label={t.places.forget}
            sure={t.places.forgetSure}
            onClick={() => void forget.mutateAsync(undefined).then(onForgotten, () => {})}
          />
        )}
      </div>
    </form>
  )
}

/** Two or three, and that there are more. */
const listRows = (rows: readonly number[]): string => `${rows.slice(0, 6).join(', ')}${rows.length > 6 ? ' …' : ''}`

interface DegreesProps {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (degrees: number) => void
}

function Degrees({ label, value, onChange }: DegreesProps) {
  const id = useId()
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <span className="field">
        <input
          id={id}
          type="number"
          step="0.00001"
          inputMode="decimal"
          required
          value={value ?? ''}
          onChange={({ currentTarget }) =>
            Number.isFinite(currentTarget.valueAsNumber) && onChange(currentTarget.valueAsNumber)
          }
        />
      </span>
    </div>
  )
}
