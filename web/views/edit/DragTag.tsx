/** At the pointer while something is dragged: what it is, and what dropping it here would mean. */
import { useEffect, useRef } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { toneOfOffer } from '../../state/offers.ts'
import { useAimed, useDay, useEdit } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { Estimated, Won } from '../parts.tsx'
import { OfferBadge, useOfferTitle } from './Offer.tsx'
import { pointer } from './useGrip.ts'
import { useEditWords } from './words.tsx'

const BESIDE_PX = 16
const WIDTH_PX = 250
const HEIGHT_PX = 170

export function DragTag() {
  const { t, f } = useWords()
  const { day } = useDay()
  const { held, editor } = useEdit()
  const aimed = useAimed()
  const { nameShipments, sayDeltas, sayPlace, sayRefusal, sayLines, nameEdit } = useEditWords()
  const titleOf = useOfferTitle()
  const tag = useRef<HTMLDivElement>(null)
  const follows = held?.from === 'pointer'
  useEffect(() => {
    if (!follows) return
    const place = () => {
      const left = Math.min(pointer.x + BESIDE_PX, window.innerWidth - WIDTH_PX)
      const top = Math.min(pointer.y + BESIDE_PX, window.innerHeight - HEIGHT_PX)
      if (tag.current) tag.current.style.transform = `translate(${left}px, ${top}px)`
    }
    const move = (event: PointerEvent) => {
      pointer.x = event.clientX
      pointer.y = event.clientY
      place()
    }
    place()
    window.addEventListener('pointermove', move)
    document.documentElement.classList.add('dragging')
    return () => {
      window.removeEventListener('pointermove', move)
      document.documentElement.classList.remove('dragging', 'drag-refused')
    }
  }, [follows])
  const tone = aimed && toneOfOffer(aimed)
  useEffect(() => {
    document.documentElement.classList.toggle('drag-refused', follows && tone === 'refused')
  }, [follows, tone])
  if (!follows || !held || !editor) return null
  const weight = held.shipments.reduce((sum, id) => sum + (day?.shipments.get(id)?.weightKg ?? 0), 0)
  const remedy = aimed && tone === 'refused' ? editor.remedy(aimed) : undefined
  const estimatedDeltas = aimed && (
    <span>
      {sayDeltas(aimed)} <Estimated />
    </span>
  )
  return (
    <div ref={tag} className={`drag-tag ${tone ? `tone-${tone}` : ''}`} aria-hidden="true">
      <p className="drag-what">
        <b className="cut">{nameShipments(held.shipments)}</b> <span>{f.kg(weight)}</span>
      </p>
      {aimed && (
        <>
          <p className="row">
            <OfferBadge judged={aimed} />
            <b>
              {titleOf(aimed)}
              {sayPlace(aimed) && ` · ${sayPlace(aimed)}`}
            </b>
          </p>
          {tone === 'refused' ? (
            <>
              <p className="drag-price">{t.edits.refusedTitle}</p>
              <p>{sayRefusal(aimed.broken)}</p>
            </>
          ) : (
            <>
              <p className="drag-price">
                <Won krw={aimed.deltaKrw} signed />
              </p>
              <p>{estimatedDeltas}</p>
            </>
          )}
          <p className="drag-note">
            <Icon name={tone === 'refused' ? 'ban' : tone === 'dearer' ? 'alert' : 'check'} size={14} />
            {tone === 'refused'
              ? remedy
                ? t.edits.remedy(`${nameEdit(remedy.edit, editor.plan)} ${f.krwDifference(remedy.deltaKrw)}`)
                : estimatedDeltas
              : tone === 'dearer'
                ? aimed.deltaUnserved > 0
                  ? t.edits.fewer
                  : sayLines(aimed.lines)
                : aimed.breaksLocks.length > 0
                  ? t.edits.breaksLocks(aimed.breaksLocks.length)
                  : t.edits.allKept}
          </p>
        </>
      )}
    </div>
  )
}
