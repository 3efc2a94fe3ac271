/** Another type of truck for a round: whether it keeps goods and times, and what it would be paid, before it is proposed. */
import { type FormEvent, useState } from 'react'
import type { MyCarrier, Sheet } from '../../../server/api.ts'
import { baseVehicle } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { useJudgedTruck } from '../../service/dispatch.ts'
import { trucksFor } from '../dispatch/DispatchForm.tsx'
import { JudgedWords } from '../dispatch/JudgedWords.tsx'
import { Won } from '../parts.tsx'
import { Choice, Field, Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'
import { OwnTrucks } from './OwnTrucks.tsx'
import { useSay } from './useSay.ts'

interface ProposeFormProps {
  readonly sheet: Sheet
  readonly own: MyCarrier
  readonly onDone: () => void
}

export function ProposeForm({ sheet, own: { carrier, vehicles }, onDone }: ProposeFormProps) {
  const { t } = useWords()
  const others = vehicles.filter(({ id }) => id !== baseVehicle(sheet.vehicle))
  const [vehicle, setVehicle] = useState('')
  const [plate, setPlate] = useState('')
  const [note, setNote] = useState('')
  const say = useSay(sheet)
  const judged = useJudgedTruck(sheet.plan, sheet.route, sheet.dispatch.version, vehicle || undefined)
  const { data } = judged
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const proposal = {
      vehicle,
      ...(plate.trim() && { plate: plate.trim() }),
      ...(note.trim() && { note: note.trim() }),
    }
    const { state } = sheet.dispatch
    // whoever proposes has not declined
    say.mutate({ state: state === 'accepted' ? 'accepted' : 'offered', proposal }, { onSuccess: onDone })
  }
  if (others.length === 0) return <p className="muted">{t.dispatch.noOther}</p>
  return (
    <form className="answer-form" onSubmit={submit} aria-label={t.dispatch.proposeTitle}>
      <p className="small muted">{t.dispatch.proposeText}</p>
      <Choice
        label={t.dispatch.truckKind}
        value={vehicle}
        onChange={(next) => {
          setVehicle(next)
          setPlate('')
        }}
        options={others}
      />
      {vehicle && judged.isPending && (
        <>
          <p className="small muted" role="status">
            {t.dispatch.judging}
          </p>
          <SkeletonRows rows={2} />
        </>
      )}
      <Refused error={judged.error} />
      {data && (
        <>
          <JudgedWords judged={data} />
          <dl className="dispatch-delta">
            <div>
              <dt>{t.dispatch.fareNow}</dt>
              <dd>
                <Won krw={data.fareBeforeKrw} />
              </dd>
            </div>
            {data.fareKrw !== undefined && (
              <div>
                <dt>{t.dispatch.fareThen}</dt>
                <dd>
                  <Won krw={data.fareKrw} />
                </dd>
              </div>
            )}
            {data.shiftS !== undefined && (
              <div>
                <dt>
                  {t.dispatch.times} {sheet.estimated && <span className="estimate">{t.kpi.estimated}</span>}
                </dt>
                <dd>{t.dispatch.shift(Math.round(data.shiftS / 60))}</dd>
              </div>
            )}
          </dl>
        </>
      )}
      {data?.fits && (
        <>
          <OwnTrucks
            trucks={trucksFor([carrier], carrier.id, vehicle)}
            plate={plate}
            onTruck={(truck) => setPlate(truck?.plate ?? '')}
          />
          <Field label={t.dispatch.plate} value={plate} onChange={setPlate} optional hint={t.dispatch.plateHint} />
          <Field label={t.dispatch.reason} value={note} onChange={setNote} optional />
          <Refused error={say.error} />
          <button type="submit" className="button primary large" disabled={say.isPending}>
            {say.isPending ? t.dispatch.saving : t.dispatch.send}
          </button>
        </>
      )}
    </form>
  )
}
