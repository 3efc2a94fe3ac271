/** One round in the coordinator's hands: whose it is, truck and driver, and what was said by telephone. */
import { type FormEvent, useId, useState } from 'react'
import type { Carrier, Dispatch, DispatchContent } from '../../../server/api.ts'
import { baseVehicle, type Route } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { usePutDispatch } from '../../service/dispatch.ts'
import { NoticeLine, notify } from '../edit/Notices.tsx'
import { Field, Refused } from '../people.tsx'

interface DispatchFormProps {
  readonly plan: string
  readonly dispatch: Dispatch
  readonly round: Route
  readonly name: string
  readonly carriers: readonly Carrier[]
}

export function DispatchForm({ plan, dispatch, round, name, carriers }: DispatchFormProps) {
  const { t } = useWords()
  const select = useId()
  const [carrier, setCarrier] = useState(dispatch.carrier ?? '')
  const [plate, setPlate] = useState(dispatch.plate ?? '')
  const [driver, setDriver] = useState(dispatch.driver ?? '')
  const [phone, setPhone] = useState(dispatch.phone ?? '')
  const [note, setNote] = useState(dispatch.note ?? '')
  const put = usePutDispatch(plan)
  const trucks = trucksFor(carriers, carrier, round.vehicle)

  const say = (state: Dispatch['state']) => {
    const { route, version, ...before } = dispatch
    const text = note.trim()
    const same = carrier === (dispatch.carrier ?? '')
    // why somebody has declined is not to be minded by who is asked next
    const kept = dispatch.state === 'declined' && state !== 'declined' && text === dispatch.note ? '' : text
    const body: DispatchContent = {
      state,
      ...given('carrier', carrier),
      ...given('plate', plate),
      ...given('driver', driver),
      ...given('phone', phone),
      ...given('note', kept),
      ...(same && dispatch.proposal && state !== 'declined' && { proposal: dispatch.proposal }),
    }
    put.mutate(
      { route, body: { ...body, version } },
      {
        onSuccess: (saved) =>
          notify(
            <NoticeLine
              text={t.dispatch.saved(name, state)}
              action={t.dispatch.undo}
              onAction={() => put.mutate({ route, body: { ...before, version: saved.version } })}
            />,
          ),
      },
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    say(dispatch.state)
  }
  const choosePlate = (next: string) => {
    setPlate(next)
    const truck = trucks.find((one) => one.plate === next)
    if (truck?.driver) setDriver(truck.driver)
    if (truck?.phone) setPhone(truck.phone)
  }
  const { state } = dispatch
  const act = (to: Dispatch['state'], primary = false) => (
    <button
      type="button"
      className={`button ${primary ? 'primary' : ''}`}
      disabled={put.isPending}
      onClick={() => say(to)}
    >
      {to === 'offered' && state !== 'open' ? t.dispatch.again : t.dispatch.acts[to]}
    </button>
  )
  return (
    <form className="dispatch-form" onSubmit={submit}>
      <div className="labelled">
        <label htmlFor={select}>{t.dispatch.carrier}</label>
        <span className="field">
          <select
            id={select}
            value={carrier}
            onChange={({ currentTarget: { value } }) => {
              setCarrier(value)
              // truck and driver are of the one it was
              setPlate('')
              setDriver('')
              setPhone('')
            }}
          >
            <option value="">{t.people.choose}</option>
            {carriers.map(({ id, name: carrierName }) => (
              <option key={id} value={id}>
                {carrierName}
              </option>
            ))}
          </select>
        </span>
      </div>
      <Field
        label={t.dispatch.plate}
        value={plate}
        onChange={choosePlate}
        optional
        suggestions={trucks.map((truck) => ({ value: truck.plate, label: truck.driver }))}
      />
      <Field label={t.dispatch.driver} value={driver} onChange={setDriver} optional />
      <Field label={t.dispatch.phone} value={phone} onChange={setPhone} optional type="tel" />
      <div className="dispatch-note">
        <Field
          label={state === 'declined' ? t.dispatch.noteDeclined : t.dispatch.note}
          value={note}
          onChange={setNote}
          optional
        />
      </div>
      <Refused error={put.error} />
      <div className="row dispatch-acts">
        <button type="submit" className="button" disabled={put.isPending}>
          {put.isPending ? t.dispatch.saving : t.dispatch.save}
        </button>
        <span className="push" />
        {state !== 'open' && act('open')}
        {state !== 'declined' && state !== 'open' && act('declined')}
        {state !== 'accepted' && state !== 'open' && act('accepted')}
        {state !== 'offered' && state !== 'accepted' && act('offered', true)}
      </div>
    </form>
  )
}

/** An empty field says nothing. */
const given = <K extends string>(key: K, value: string): { [name in K]?: string } =>
  value.trim() === '' ? {} : ({ [key]: value.trim() } as { [name in K]: string })

/** Of a carrier, those that can drive such a round. */
export const trucksFor = (carriers: readonly Carrier[], carrier: string, vehicle: string) =>
  (carriers.find(({ id }) => id === carrier)?.trucks ?? []).filter((truck) => truck.vehicle === baseVehicle(vehicle))
