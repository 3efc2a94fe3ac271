/** While something is held: every place that it could go, the cheapest first. Stands where the routes stand. */
import { useEffect, useRef } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { isOrigin, placeStop, routeIn } from '../../state/offers.ts'
import { useAimed, useDay, useEdit } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { Estimated, StopBadge } from '../parts.tsx'
import { Offer } from './Offer.tsx'

export function PriceList() {
  const { t } = useWords()
  const { held, offers, editor, apply, cancel } = useEdit()
  const aimed = useAimed()
  const list = useRef<HTMLOListElement>(null)
  const at = aimed && offers.findIndex(({ edit }) => JSON.stringify(edit) === JSON.stringify(aimed.edit))
  // an edit of the place on the aimed truck stands in its row
  const row =
    at !== undefined && at < 0 && aimed?.edit.kind === 'move'
      ? offers.findIndex(
          ({ edit }) =>
            edit.kind === 'move' && JSON.stringify(edit.to) === JSON.stringify((aimed.edit as typeof edit).to),
        )
      : at
  useEffect(() => {
    if (row !== undefined && row >= 0) list.current?.children[row]?.scrollIntoView({ block: 'nearest' })
  }, [row])
  if (!held || !editor) return null
  return (
    <section className="pane price-list" aria-label={t.edits.offers}>
      <div className="pane-head">
        <h2>
          {t.edits.where} <Estimated />
        </h2>
        <span className="push" />
        <span className="faint small-note">{t.edits.whereNote}</span>
        <button type="button" className="button ghost icon" aria-label={t.edits.keyCancel} onClick={cancel}>
          <Icon name="close" size={14} />
        </button>
      </div>
      <ol className="offer-list scroll" ref={list}>
        {offers.map((judged, index) => {
          const shown = aimed && index === row ? aimed : judged
          const origin = isOrigin(judged, held.shipments, editor.plan) && shown === judged
          return (
            <Offer
              key={JSON.stringify(judged.edit)}
              judged={shown}
              origin={origin}
              aimed={index === row}
              onTake={
                held.from === 'keyboard'
                  ? () => {
                      cancel()
                      apply(shown.edit)
                    }
                  : undefined
              }
            >
              {origin && <Places />}
            </Offer>
          )
        })}
      </ol>
      <p className="price-note">
        <Icon name="undo" size={14} />
        {t.edits.undoNote}
      </p>
    </section>
  )
}

/** The other places of a stop on its own route. */
function Places() {
  const { t } = useWords()
  const { day } = useDay()
  const { held, editor, apply, cancel } = useEdit()
  const aimed = useAimed()
  const { route: id, stop } = held?.origin ?? {}
  const route = editor && routeIn(editor.plan, id)
  if (!route || stop === undefined || id === undefined) return null
  const number = day?.routes.find((model) => model.route.id === id)?.number ?? 0
  const others = route.stops.flatMap((one, index) => (index === stop ? [] : [{ one, index }]))
  return (
    <ul className="offer-places scroll">
      {[undefined, ...others].map((before, to) => {
        const edit = placeStop(editor.plan, id, stop, to)
        const text = JSON.stringify(edit)
        return (
          <li
            key={before?.index ?? 'first'}
            className={edit && JSON.stringify(aimed?.edit) === text ? 'aimed' : ''}
            data-drop={edit ? text : undefined}
          >
            <button
              type="button"
              disabled={!edit || held?.from !== 'keyboard'}
              onClick={() => {
                if (!edit) return
                cancel()
                apply(edit)
              }}
            >
              {before && <StopBadge number={number} stop={before.index + 1} />}
              <span className="cut">
                {before
                  ? t.edits.afterStop(before.index + 1, day?.sites.get(before.one.site)?.name ?? '')
                  : t.edits.atFirst}
              </span>
            </button>
            {!edit && <span className="chip">{t.edits.origin}</span>}
          </li>
        )
      })}
    </ul>
  )
}
