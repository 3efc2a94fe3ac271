/** Above the panes while something is held: what it is, the keys, and what the edits of this sitting cost. */
import { useWords } from '../../i18n/words.tsx'
import { riderRoute } from '../../state/offers.ts'
import { useAimed, useDay, useEdit } from '../context.tsx'
import { Won } from '../parts.tsx'
import { useOfferTitle } from './Offer.tsx'
import { useEditWords } from './words.tsx'

export function EditLine() {
  const { t, f } = useWords()
  const { day } = useDay()
  const { held, editor, past } = useEdit()
  const { nameShipments } = useEditWords()
  if (!held || !editor) return null
  const weight = held.shipments.reduce((sum, id) => sum + (day?.shipments.get(id)?.weightKg ?? 0), 0)
  const [first] = held.shipments
  const carried = first === undefined ? undefined : day?.carried(first)
  const from =
    carried?.by === 'route'
      ? held.shipments.every((id) => riderRoute(editor.plan, id)?.id === carried.model.route.id)
        ? t.edits.fromStop(carried.model.number, carried.pickup + 1, carried.delivery + 1)
        : ''
      : carried?.by === 'direct'
        ? t.edits.fromDirect
        : t.edits.fromNobody
  const costKrw = past.reduce((sum, { step }) => sum + (step.kind === 'change' ? step.krw : 0), 0)
  const key = (keys: readonly string[], word: string) => (
    <span className="edit-key">
      {keys.map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}{' '}
      {word}
    </span>
  )
  return (
    <section className="solver edit-line" aria-label={t.edits.moving}>
      <b>{t.edits.moving}</b>
      <span className="cut edit-what">
        {nameShipments(held.shipments)} · {f.kg(weight)}
        {held.shipments.length === 1 && ` · ${from}`}
      </span>
      <span className="push" />
      {key(['←', '→'], t.edits.keyPlace)}
      {key(['↑', '↓'], t.edits.keyRoute)}
      {key(['Enter'], t.edits.keyDrop)}
      {key(['Esc'], t.edits.keyCancel)}
      <span className="edit-cost">
        {t.edits.sessionCost}{' '}
        <b>
          <Won krw={costKrw} signed />
        </b>
      </span>
      <SpokenAim />
    </section>
  )
}

/** Said for those who do not see the list. */
function SpokenAim() {
  const { t, f } = useWords()
  const { held, offers } = useEdit()
  const aimed = useAimed()
  const titleOf = useOfferTitle()
  const { nameShipments, sayRefusal, sayPlace } = useEditWords()
  const index = aimed ? offers.findIndex(({ edit }) => edit === aimed.edit) : -1
  const text = aimed
    ? [
        t.edits.spokenAim(
          [titleOf(aimed), sayPlace(aimed)].filter(Boolean).join(' '),
          aimed.plan ? f.krwDifference(aimed.deltaKrw) : `${t.edits.refused}: ${sayRefusal(aimed.broken)}`,
        ),
        index >= 0 && t.edits.nth(index + 1, offers.length),
      ]
        .filter(Boolean)
        .join('. ')
    : held
      ? t.edits.pickedUp(nameShipments(held.shipments))
      : ''
  return (
    <span className="visually-hidden" aria-live="assertive">
      {text}
    </span>
  )
}
