/** A question with a price on every answer: with which shipment to swap, which truck to add or to change to, where to split. */
import { useEffect, useMemo, useState } from 'react'
import type { Edit, Editor, Judged, Plan } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { byPrice, riderRoute, routeIn, vehiclesLeft } from '../../state/offers.ts'
import { useDay, useEdit } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { Estimated } from '../parts.tsx'
import { Dialog } from './Dialog.tsx'
import { Offer } from './Offer.tsx'
import { useEditWords } from './words.tsx'

export type Question =
  | { readonly kind: 'swap'; readonly shipment: string }
  | { readonly kind: 'newTruck'; readonly shipments: readonly string[] }
  | { readonly kind: 'splitAt'; readonly route: string }
  | { readonly kind: 'split'; readonly route: string; readonly stop: number }
  | { readonly kind: 'retype'; readonly route: string }

/** More would be a list that nobody reads. */
const MOST_SHOWN = 30
/** One answer after another, so that the page stays alive while hundreds of swaps are worked out. */
const SLICE_MS = 12

export function ChoiceDialog({
  question,
  onClose,
  onAsk,
}: {
  readonly question: Question
  readonly onClose: () => void
  readonly onAsk: (question: Question) => void
}) {
  const { t } = useWords()
  const { day } = useDay()
  const { editor, apply } = useEdit()
  const { nameShipment } = useEditWords()
  const [query, setQuery] = useState('')
  const edits = useMemo(() => (editor ? editsOf(question, editor) : []), [question, editor])
  const { judged, done } = useJudged(editor, edits)
  const nameOf = ({ edit }: Judged) => (edit.kind === 'swap' ? nameShipment(edit.other) : undefined)
  const words = query.trim().toLowerCase()
  const found = judged.filter((one) => {
    if (!words || one.edit.kind !== 'swap') return true
    const shipment = day?.shipments.get(one.edit.other)
    return `${one.edit.other} ${shipment?.item ?? ''} ${nameOf(one)}`.toLowerCase().includes(words)
  })
  const shown = found.slice(0, MOST_SHOWN)
  const route = 'route' in question ? routeIn(editor?.plan ?? NO_PLAN, question.route) : undefined
  return (
    <Dialog
      title={
        <>
          {t.edits.choose[question.kind]} {question.kind !== 'splitAt' && <Estimated />}
        </>
      }
      onClose={onClose}
    >
      {question.kind === 'swap' && (
        <label className="field">
          <Icon name="search" size={14} />
          <span className="visually-hidden">{t.edits.choose.filter}</span>
          <input
            type="search"
            value={query}
            placeholder={t.edits.choose.filter}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      )}
      {question.kind === 'splitAt' ? (
        <ul className="choice-stops">
          {route?.stops.slice(1, -1).map(({ site, arriveS }, index) => (
            <li key={arriveS}>
              <button
                type="button"
                className="button"
                onClick={() => onAsk({ kind: 'split', route: question.route, stop: index + 1 })}
              >
                {t.edits.choose.from(index + 2, day?.sites.get(site)?.name ?? site)}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <ol className="offer-list choice scroll">
          {shown.map((one) => (
            <Offer
              key={JSON.stringify(one.edit)}
              judged={one}
              {...(nameOf(one) && { title: nameOf(one)! })}
              onTake={() => {
                onClose()
                apply(one.edit)
              }}
            />
          ))}
        </ol>
      )}
      <p className="faint choice-note" role="status">
        {!done
          ? t.edits.choose.computing
          : question.kind !== 'splitAt' && edits.length === 0
            ? t.edits.choose.none
            : found.length > shown.length
              ? t.edits.choose.fewest(shown.length, found.length)
              : ''}
      </p>
    </Dialog>
  )
}

const NO_PLAN = { routes: [] } as unknown as Plan

function useJudged(editor: Editor | undefined, edits: readonly Edit[]) {
  const [state, setState] = useState<{ readonly judged: readonly Judged[]; readonly done: boolean }>({
    judged: [],
    done: false,
  })
  useEffect(() => {
    if (!editor) return
    const judged: Judged[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const goOn = () => {
      const startMs = performance.now()
      while (judged.length < edits.length && performance.now() - startMs < SLICE_MS)
        judged.push(editor.judge(edits[judged.length]!))
      const done = judged.length === edits.length
      if (done) setState({ judged: judged.toSorted(byPrice), done })
      else timer = setTimeout(goOn)
    }
    goOn()
    return () => clearTimeout(timer)
  }, [editor, edits])
  return state
}

function editsOf(question: Question, editor: Editor): Edit[] {
  const { plan } = editor
  switch (question.kind) {
    case 'swap': {
      const { shipment: one } = question
      const all = [
        ...plan.routes.flatMap(({ stops }) => stops.flatMap(({ pickups }) => pickups)),
        ...plan.direct.map(({ shipment }) => shipment),
        ...plan.unserved.map(({ shipment }) => shipment),
      ]
      const own = riderRoute(plan, one)?.id
      return all
        .filter((other) => other !== one && (own !== undefined || riderRoute(plan, other) !== undefined))
        .map((other) => ({ kind: 'swap', one, other }))
    }
    case 'newTruck': {
      const { shipments } = question
      return vehiclesLeft(editor, shipments[0]!).map((vehicle) => ({
        kind: 'move',
        shipments: [...shipments],
        to: { vehicle },
      }))
    }
    case 'split': {
      const route = routeIn(plan, question.route)
      const shipments = [...new Set(route?.stops.slice(question.stop).flatMap(({ pickups }) => pickups))]
      if (!route || shipments.length === 0) return []
      return vehiclesLeft(editor, shipments[0]!).map((vehicle) => ({
        kind: 'split',
        route: question.route,
        shipments,
        vehicle,
      }))
    }
    case 'retype': {
      const route = routeIn(plan, question.route)
      const [first] = route?.stops.flatMap(({ pickups }) => pickups) ?? []
      if (!route || first === undefined) return []
      return vehiclesLeft(editor, first)
        .filter((vehicle) => vehicle !== route.vehicle)
        .map((vehicle) => ({ kind: 'retype', route: question.route, vehicle }))
    }
    case 'splitAt':
      return []
  }
}
