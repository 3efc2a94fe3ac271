import { Fragment, type ReactNode } from 'react'
import { isGuessed } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { LATE_FROM_S } from '../state/actuals.ts'
import type { RouteModel } from '../state/day.ts'
import { stopKey } from '../state/selection.ts'
import { useDay, useSelection } from './context.tsx'
import { LockMark, MoreButton } from './edit/EditMenu.tsx'
import { useGrip } from './edit/useGrip.ts'
import { useLive } from './live/LiveProvider.tsx'
import { Direction, Estimated, GuessedPlace, StopBadge } from './parts.tsx'

/** Waits shorter than this are not worth a line. */
const WAIT_FROM_S = 300

export function StopList({ model }: { readonly model: RouteModel }) {
  const { t, f } = useWords()
  const { day, clock } = useDay()
  const { selection, lit } = useSelection()
  const { lateOf } = useLive()
  const { route, number, vehicle } = model
  if (!day || !clock) return null
  const apart = route.costLines.some(({ kind }) => kind === 'toll')
  const narrowed = selection.kind !== 'route'
  const weight = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (day.shipments.get(id)?.weightKg ?? 0), 0)
  const garage = (id: string | null | undefined) => (id ? day.sites.get(id)?.name : undefined)
  const rests = (beforeStop: number) =>
    route.rests
      .filter((rest) => rest.beforeStop === beforeStop)
      .map((rest) => (
        <li key={`rest${rest.startS}`} className="stop-note rest">
          <span className="rest-box">{t.timeline.restShort}</span>
          <span className="stop-name cut">{t.routes.restAt(clock.range(rest.startS, rest.endS))}</span>
        </li>
      ))
  const end = (id: string | null | undefined, label: string, seconds: number) =>
    garage(id) && (
      <li className="stop-note">
        <span className="garage-dot" />
        <span className="stop-name cut">
          {garage(id)} {label}
        </span>
        <span className="stop-time">{clock.at(seconds)}</span>
      </li>
    )
  return (
    <ol className="stops">
      {end(vehicle?.start, t.routes.depart, route.departS)}
      {route.stops.map((stop, index) => {
        const site = day.sites.get(stop.site)
        const area = site ? day.places.area(site) : ''
        const up = weight(stop.pickups)
        const down = weight(stop.deliveries)
        const wait = stop.startS - stop.arriveS
        const key = stopKey(route.id, index)
        const picked = selection.kind === 'stop' && selection.route === route.id && selection.stop === index
        return (
          <Fragment key={key}>
            {rests(index)}
            <li className={`stop ${picked ? 'picked' : ''} ${narrowed && !lit.stops.has(key) ? 'faded' : ''}`}>
              <StopButton route={route.id} stop={index} picked={picked}>
                <StopBadge number={number} stop={index + 1} />
                <Direction pickup={up > 0 || stop.pickups.length > 0} drop={stop.deliveries.length > 0} />
                <span className="cut stop-name" title={[site?.name, site?.address].filter(Boolean).join(' · ')}>
                  {site?.name ?? stop.site}
                  {area && <span className="area"> {area}</span>} {site && isGuessed(site) && <GuessedPlace />}
                </span>
                <span className="stop-time">{clock.at(stop.startS)}</span>
                <span className="stop-weight">
                  {stop.pickups.length > 0 && `+${f.whole(up)}`}
                  {stop.deliveries.length > 0 && ` ${f.difference(-down)}`}
                  <span className="unit">kg</span>
                </span>
              </StopButton>
              <Lateness lateS={lateOf(route.id, index)} />
              <span className="card-tools">
                <LockMark target={{ kind: 'stop', route: route.id, stop: index }} />
                <MoreButton
                  target={{ kind: 'stop', route: route.id, stop: index }}
                  name={`${t.routes.number(number)} ${t.routes.stop(index + 1)}`}
                />
              </span>
              {wait >= WAIT_FROM_S && <span className="stop-wait">{t.routes.wait(f.duration(wait))}</span>}
            </li>
          </Fragment>
        )
      })}
      {rests(route.stops.length)}
      {end(vehicle?.end, t.routes.return, route.returnS)}
      {route.tollKrw > 0 && (
        <li className="stop-note">
          <span className="stop-name">
            {t.routes.toll(f.krw(route.tollKrw), apart)} <Estimated />
          </span>
        </li>
      )}
    </ol>
  )
}

/** Of what really happened; a minute or two is none. */
function Lateness({ lateS }: { readonly lateS: number | undefined }) {
  const { t, f } = useWords()
  if (lateS === undefined || Math.abs(lateS) < LATE_FROM_S) return null
  return (
    <span className={`stop-late ${lateS < 0 ? 'early' : ''}`} title={t.live.lateHint}>
      {t.live.late(f.difference(Math.round(lateS / 60)))}
    </span>
  )
}

interface StopButtonProps {
  readonly route: string
  readonly stop: number
  readonly picked: boolean
  readonly children: ReactNode
}

function StopButton({ route, stop, picked, children }: StopButtonProps) {
  const { select } = useSelection()
  const target = { kind: 'stop', route, stop } as const
  const grip = useGrip(target)
  return (
    <button type="button" className="stop-button" aria-pressed={picked} {...grip} onClick={() => select(target)}>
      {children}
    </button>
  )
}
