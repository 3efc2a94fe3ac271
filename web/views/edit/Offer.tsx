/** One way that something could go, with its price, what it breaks or what it costs, and how to take it. */
import type { ReactNode } from 'react'
import type { Judged } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { routeName } from '../../state/day.ts'
import { toneOfOffer } from '../../state/offers.ts'
import { useDay } from '../context.tsx'
import { Icon, type IconName } from '../icons.tsx'
import { RouteBadge, routeStyle, Won } from '../parts.tsx'
import { useRuleWords } from '../reasons.tsx'
import { useEditWords } from './words.tsx'

const TONE_ICONS = { cheaper: 'check', same: 'check', dearer: 'alert', refused: 'ban' } as const
const TONE_CHIPS = { cheaper: 'good', same: '', dearer: 'warn', refused: 'bad' } as const

/** The route that it goes to, if it goes to one that drives already. */
function useGoal(judged: Judged) {
  const { day } = useDay()
  const { edit } = judged
  const id =
    edit.kind === 'move' ? ('route' in edit.to ? edit.to.route : undefined) : 'route' in edit ? edit.route : undefined
  return day?.routes.find(({ route }) => route.id === id)
}

export function OfferBadge({ judged }: { readonly judged: Judged }) {
  const goal = useGoal(judged)
  if (goal) return <RouteBadge number={goal.number} />
  const { edit } = judged
  const icon: IconName =
    edit.kind === 'leave' ? 'close' : edit.kind === 'direct' && edit.mode === 'terminal' ? 'box' : 'truck'
  return (
    <span className="offer-mode">
      <Icon name={icon} size={14} />
    </span>
  )
}

export function useOfferTitle() {
  const { t } = useWords()
  const { day } = useDay()
  const { truckOf } = useRuleWords()
  const { nameEdit } = useEditWords()
  return ({ edit }: Judged): string => {
    if (edit.kind === 'move' && 'route' in edit.to) {
      const { route } = edit.to
      const model = day?.routes.find((candidate) => candidate.route.id === route)
      return model ? routeName(model, t.routes) : route
    }
    if (edit.kind === 'move' && 'vehicle' in edit.to) return t.edits.newTruck(truckOf(edit.to.vehicle))
    if (edit.kind === 'direct') return edit.mode ? t.mode[edit.mode] : t.kpi.direct
    if (edit.kind === 'leave') return t.edits.leave
    if (edit.kind === 'split' || edit.kind === 'retype') return truckOf(edit.vehicle)
    return day?.plan ? nameEdit(edit, day.plan) : edit.kind
  }
}

interface OfferProps {
  readonly judged: Judged
  readonly title?: string
  readonly origin?: boolean
  readonly aimed?: boolean
  readonly onTake?: (() => void) | undefined
  readonly children?: ReactNode
}

export function Offer({ judged, title, origin = false, aimed = false, onTake, children }: OfferProps) {
  const { t, f } = useWords()
  const { clock, day } = useDay()
  const titleOf = useOfferTitle()
  const { sayPlace, sayDeltas, sayRefusal, sayLines } = useEditWords()
  const goal = useGoal(judged)
  const tone = toneOfOffer(judged)
  const place = sayPlace(judged)
  const minus = judged.after
    .filter(({ id }) => id !== goal?.route.id)
    .flatMap((route) => {
      const before = day?.routes.find((model) => model.route.id === route.id)
      return before && before.route.returnS !== route.returnS && clock
        ? [t.edits.ends(before.number, clock.at(before.route.returnS), clock.at(route.returnS))]
        : []
    })
  return (
    <li
      className={`offer ${origin ? 'origin' : `tone-${tone}`} ${aimed ? 'aimed' : ''}`}
      style={goal && routeStyle(goal.number)}
      data-drop={origin ? undefined : JSON.stringify(judged.edit)}
      aria-current={aimed ? 'true' : undefined}
    >
      <p className="row">
        <OfferBadge judged={judged} />
        <b className="cut offer-title">{title ?? titleOf(judged)}</b>
        <span className="push" />
        {origin ? (
          <span className="chip">
            <Icon name="grip" size={12} />
            {t.edits.origin}
          </span>
        ) : (
          <span className={`chip ${TONE_CHIPS[tone]}`}>
            <Icon name={TONE_ICONS[tone]} size={12} />
            {t.edits[tone]}
          </span>
        )}
      </p>
      {!origin && tone !== 'refused' && (
        <p className="row offer-price">
          <b className={tone === 'dearer' ? 'warn' : tone === 'cheaper' ? 'good' : ''}>
            <Won krw={judged.deltaKrw} signed />
          </b>
          <span className="muted nowrap">{sayDeltas(judged)}</span>
          <span className="push" />
          {place && <span className="muted cut">{place}</span>}
        </p>
      )}
      {!origin && tone === 'refused' && (
        <>
          <p className="bad offer-why">{sayRefusal(judged.broken)}</p>
          {judged.priced && (
            <p className="faint offer-why">
              {f.krwDifference(judged.deltaKrw)} · {sayDeltas(judged)}
            </p>
          )}
        </>
      )}
      {!origin && tone === 'dearer' && (
        <p className="warn offer-why">{judged.deltaUnserved > 0 ? t.edits.fewer : sayLines(judged.lines)}</p>
      )}
      {!origin && tone !== 'refused' && minus.length > 0 && <p className="muted offer-why">{minus.join(' · ')}</p>}
      {!origin && judged.breaksLocks.length > 0 && (
        <p className="warn offer-why row">
          <Icon name="lock" size={12} />
          {t.edits.breaksLocks(judged.breaksLocks.length)}
        </p>
      )}
      {children}
      {!origin && tone !== 'refused' && onTake && (
        <p className="row offer-take">
          <button type="button" className="button" onClick={onTake}>
            {tone === 'dearer' ? t.edits.placeAnyway : t.edits.place}
          </button>
          {tone === 'dearer' && <span className="faint">{t.edits.toLedger}</span>}
        </p>
      )}
    </li>
  )
}
