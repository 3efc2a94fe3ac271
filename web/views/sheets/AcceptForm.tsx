/** Accepting a round, with the truck and driver that will come: chosen from the own ones, or written. */
import { type FormEvent, useState } from 'react'
import type { MyCarrier, Sheet } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { trucksFor } from '../dispatch/DispatchForm.tsx'
import { Field, Refused } from '../people.tsx'
import { OwnTrucks } from './OwnTrucks.tsx'
import { useSay } from './useSay.ts'

interface AcceptFormProps {
  readonly sheet: Sheet
  readonly own: MyCarrier
  /** plates that are elsewhere at that time */
  readonly busy: ReadonlySet<string>
  readonly onDone: () => void
}

export function AcceptForm({ sheet, own: { carrier }, busy, onDone }: AcceptFormProps) {
  const { t } = useWords()
  const { dispatch, vehicle } = sheet
  const trucks = trucksFor([carrier], carrier.id, vehicle)
  const free = trucks.find((truck) => !busy.has(truck.plate))
  const [plate, setPlate] = useState(dispatch.plate ?? free?.plate ?? '')
  const [driver, setDriver] = useState(dispatch.driver ?? free?.driver ?? '')
  const [phone, setPhone] = useState(dispatch.phone ?? free?.phone ?? '')
  const say = useSay(sheet)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // with the truck that is planned: another one is no longer asked for
    say.mutate(
      { state: 'accepted', plate: plate.trim(), driver: driver.trim(), phone: phone.trim(), proposal: undefined },
      { onSuccess: onDone },
    )
  }
  const known = trucks.some((truck) => truck.plate === plate)
  const fields = (
    <>
      <Field label={t.dispatch.plate} value={plate} onChange={setPlate} optional hint={t.dispatch.plateHint} />
      <Field label={t.dispatch.driver} value={driver} onChange={setDriver} optional />
      <Field label={t.dispatch.phone} value={phone} onChange={setPhone} optional type="tel" />
    </>
  )
  return (
    <form className="answer-form" onSubmit={submit}>
      <OwnTrucks
        trucks={trucks}
        plate={plate}
        onTruck={(truck) => {
          setPlate(truck?.plate ?? '')
          setDriver(truck?.driver ?? '')
          setPhone(truck?.phone ?? '')
        }}
      />
      {trucks.length === 0 ? (
        fields
      ) : (
        <>
          {known && <p>{[driver, phone].filter(Boolean).join(' · ')}</p>}
          <details open={!known}>
            <summary>{t.dispatch.otherDriver}</summary>
            {fields}
          </details>
        </>
      )}
      <Refused error={say.error} />
      <button type="submit" className="button primary large" disabled={say.isPending}>
        {say.isPending ? t.dispatch.saving : dispatch.state === 'accepted' ? t.dispatch.keep : t.dispatch.accept}
      </button>
    </form>
  )
}
