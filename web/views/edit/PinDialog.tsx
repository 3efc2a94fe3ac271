/** The time before which a stop does not begin; what follows moves with it, and what that costs is said before it is set. */
import { useMemo, useState } from 'react'
import type { Edit } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { routeIn } from '../../state/offers.ts'
import { useDay, useEdit } from '../context.tsx'
import { Dialog } from './Dialog.tsx'
import { Offer } from './Offer.tsx'

interface PinDialogProps {
  readonly route: string
  readonly stop: number
  readonly onClose: () => void
}

export function PinDialog({ route: id, stop, onClose }: PinDialogProps) {
  const { t } = useWords()
  const { day, clock } = useDay()
  const { editor, apply } = useEdit()
  const entry = editor && routeIn(editor.plan, id)?.stops[stop]
  const [time, setTime] = useState(() => (entry && clock ? clock.bare(entry.startS) : ''))
  const startS = entry && clock ? nearest(time, entry.startS, clock.bare) : undefined
  const edit: Edit | undefined = startS === undefined ? undefined : { kind: 'time', route: id, stop, startS }
  const key = JSON.stringify(edit)
  const judged = useMemo(() => (key && editor ? editor.judge(JSON.parse(key) as Edit) : undefined), [key, editor])
  if (!entry || !clock) return null
  return (
    <Dialog title={t.edits.pin.title(day?.sites.get(entry.site)?.name ?? entry.site)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (edit && judged?.plan) {
            onClose()
            apply(edit)
          }
        }}
      >
        <label className="pin-time">
          {t.edits.pin.time}
          <input type="time" value={time} required onChange={(event) => setTime(event.currentTarget.value)} />
          <span className="faint">{t.edits.pin.now(clock.at(entry.startS))}</span>
        </label>
        {judged && (
          <ul className="offer-list choice">
            <Offer judged={judged} />
          </ul>
        )}
        <div className="row dialog-acts">
          <span className="push" />
          <button type="submit" className="button primary large" disabled={!judged?.plan}>
            {t.edits.pin.set}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const DAY_S = 24 * 3600
/** The instant of this time of day that is closest to what the plan has. */
function nearest(time: string, nowS: number, bare: (seconds: number) => string): number | undefined {
  const minutes = (text: string) => {
    const [h, m] = text.split(':').map(Number)
    return h === undefined || m === undefined || Number.isNaN(h + m) ? undefined : h * 60 + m
  }
  const [wanted, now] = [minutes(time), minutes(bare(nowS))]
  if (wanted === undefined || now === undefined) return undefined
  if (wanted === now) return nowS
  const shift = (((wanted - now) * 60 + DAY_S / 2 + DAY_S) % DAY_S) - DAY_S / 2
  return nowS - (nowS % 60) + shift
}
