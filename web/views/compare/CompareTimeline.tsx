/** One side's trucks along the hours of both: rows in the order of the diff, so that a truck is on the same line left and right. */
import { useElementSize } from '@mantine/hooks'
import type { CSSProperties } from 'react'
import type { Route } from '../../../solver/index.ts'
import type { Clock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import type { DayModel } from '../../state/day.ts'
import { hourTicks, type Span } from '../../state/timeline.ts'
import { type Comparing, type Marked, numberOf, type SideName, soloPairs } from '../../state/twoPlans.ts'
import { Icon } from '../icons.tsx'
import { RouteBadge, routeStyle } from '../parts.tsx'

const ROW = 25
const AXIS = 20
const BLOCK = 15
const WAIT_FROM_S = 60
/** A truck for one shipment has no colour of its own: colour means a route. */
const SOLO = { '--fill': 'var(--text)', '--ink': 'var(--surface)' } as CSSProperties

interface CompareTimelineProps {
  readonly comparing: Comparing
  readonly side: SideName
  readonly day: DayModel
  readonly clock: Clock
  readonly hours: Span
  readonly marked: Marked
  readonly onPair: (pair: number) => void
  readonly onShipment: (shipment: string) => void
}

export function CompareTimeline({
  comparing,
  side,
  day,
  clock,
  hours,
  marked,
  onPair,
  onShipment,
}: CompareTimelineProps) {
  const { t, f } = useWords()
  const { ref, width } = useElementSize()
  const { pairs } = comparing.diff
  const solos = soloPairs(comparing)
  const rows = pairs.length + solos.length
  const any = marked.pairs.size > 0 || marked.shipments.size > 0
  const label = t.twoPlans.timesOf(t.twoPlans[side])
  const x = (s: number) => ((s - hours.fromS) / (hours.toS - hours.fromS)) * width
  return (
    <section className="compare-timeline" aria-label={label}>
      <ol className="compare-names" style={{ paddingTop: AXIS }}>
        {pairs.map((pair, index) => {
          const route = pair[side]
          const vehicle = route && day.vehicles.get(route.vehicle)
          const other = pair.left && pair.right && pair.left.vehicle !== pair.right.vehicle
          const name = vehicle ? f.truck(vehicle.truck) : (route?.vehicle ?? t.twoPlans.idle)
          return (
            <li key={index} style={{ height: ROW }}>
              <button type="button" aria-pressed={marked.pairs.has(index)} onClick={() => onPair(index)}>
                <span className={pair.change === 'same' ? 'quiet-badge' : ''}>
                  <RouteBadge number={numberOf(index)} />
                </span>
                <span className={`cut ${route ? (other ? 'other-truck' : '') : 'faint'}`}>{name}</span>
                <span className="visually-hidden">
                  {t.twoPlans.change[pair.change]} {route && clock.range(route.departS, route.returnS)}
                </span>
              </button>
            </li>
          )
        })}
        {solos.map((solo) => {
          const route = solo[side]
          const order = day.shipments.get(solo.shipment)
          return (
            <li key={solo.shipment} style={{ height: ROW }}>
              <button
                type="button"
                aria-pressed={marked.shipments.has(solo.shipment)}
                onClick={() => onShipment(solo.shipment)}
              >
                <span className="solo-badge">
                  <Icon name="truck" size={14} />
                </span>
                <span className={`cut ${route ? '' : 'faint'}`}>
                  {route ? t.twoPlans.soloOf(order?.item ?? solo.shipment) : t.twoPlans.idle}
                </span>
                <span className="visually-hidden">{route && clock.range(route.departS, route.returnS)}</span>
              </button>
            </li>
          )
        })}
      </ol>
      <div ref={ref} className="compare-chart">
        {width > 0 && (
          <svg width={width} height={AXIS + rows * ROW + 4} aria-hidden="true">
            {hourTicks(hours, width, 54).map((s) => (
              <g key={s}>
                <path d={`M${x(s)} ${AXIS - 4}V${AXIS + rows * ROW}`} className="compare-grid" />
                <text x={x(s) + 3} y={13} className="compare-hour">
                  {clock.bare(s)}
                </text>
              </g>
            ))}
            {pairs.map((pair, index) => {
              const route = pair[side]
              const dim = any && !marked.pairs.has(index)
              const own = pair[side === 'left' ? 'leftStops' : 'rightStops']
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the names are the buttons
                <g
                  key={index}
                  className={dim ? 'compare-row dim' : 'compare-row'}
                  style={routeStyle(numberOf(index))}
                  onClick={() => onPair(index)}
                >
                  <rect
                    y={AXIS + index * ROW}
                    width={width}
                    height={ROW}
                    className={marked.pairs.has(index) ? 'compare-band lit' : 'compare-band'}
                  />
                  {route && (
                    <Row
                      route={route}
                      own={own}
                      whole={pair.change === 'added' || pair.change === 'removed'}
                      y={AXIS + index * ROW}
                      x={x}
                    />
                  )}
                </g>
              )
            })}
            {solos.map((solo, index) => {
              const route = solo[side]
              const y = AXIS + (pairs.length + index) * ROW
              const own = route !== undefined && (side === 'left' ? solo.right : solo.left) === undefined
              const picked = marked.shipments.has(solo.shipment)
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the names are the buttons
                <g
                  key={solo.shipment}
                  className={any && !picked ? 'compare-row dim' : 'compare-row'}
                  style={SOLO}
                  onClick={() => onShipment(solo.shipment)}
                >
                  <rect y={y} width={width} height={ROW} className={picked ? 'compare-band lit' : 'compare-band'} />
                  {route && <Row route={route} own={route.stops.map(() => own)} whole={own} y={y} x={x} />}
                </g>
              )
            })}
          </svg>
        )}
      </div>
    </section>
  )
}

interface RowProps {
  readonly route: Route
  /** [stop] made on this side only */
  readonly own: readonly boolean[]
  readonly whole: boolean
  readonly y: number
  readonly x: (s: number) => number
}

function Row({ route, own, whole, y, x }: RowProps) {
  const { t } = useWords()
  const middle = y + ROW / 2
  return (
    <>
      <path
        d={`M${x(route.departS)} ${middle}H${x(route.returnS)}`}
        className={`compare-drive ${whole ? 'own' : ''}`}
      />
      {route.stops.map((stop, k) => {
        const wide = Math.max(3, x(stop.leaveS) - x(stop.startS) - 1)
        return (
          <g key={k} className={`compare-load ${own[k] ? 'own' : ''}`}>
            {stop.startS - stop.arriveS >= WAIT_FROM_S && (
              <path d={`M${x(stop.arriveS)} ${middle}H${x(stop.startS)}`} className="compare-wait" />
            )}
            <rect x={x(stop.startS)} y={middle - BLOCK / 2} width={wide} height={BLOCK} rx="3" />
            {wide >= 11 && (
              <text x={x(stop.startS) + wide / 2} y={middle + 4} textAnchor="middle">
                {k + 1}
              </text>
            )}
          </g>
        )
      })}
      {route.rests.map(({ startS, endS }) => (
        <g key={startS}>
          <rect
            x={x(startS)}
            y={middle - BLOCK / 2 + 1}
            width={Math.max(16, x(endS) - x(startS))}
            height={BLOCK - 2}
            rx="3"
            className="compare-rest"
          />
          <text
            x={x(startS) + Math.max(16, x(endS) - x(startS)) / 2}
            y={middle + 4}
            textAnchor="middle"
            className="compare-rest-letter"
          >
            {t.timeline.restShort}
          </text>
        </g>
      ))}
    </>
  )
}
