import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { useWords } from '../i18n/words.tsx'
import { hourTicks, makeTimeline, type RowOwner, routeOfRow } from '../state/timeline.ts'
import { useDay, useSelection } from './context.tsx'
import { Icon } from './icons.tsx'
import { Estimated, RouteBadge } from './parts.tsx'
import { isLit, ROW_HEIGHT, selectionOf, TimelineRow } from './TimelineRow.tsx'

const AXIS_HEIGHT = 20
/** Below this an hour is too narrow to read; the axis scrolls instead. */
const MIN_HOUR_PX = 46

interface TimelineProps {
  readonly collapsed: boolean
  readonly onCollapse?: (collapsed: boolean) => void
}

export function Timeline({ collapsed, onCollapse }: TimelineProps) {
  const { t } = useWords()
  const { day, clock } = useDay()
  const { ref, width } = useElementSize()
  const timeline = useMemo(() => (day?.plan ? makeTimeline(day) : undefined), [day])
  const label = collapsed ? t.timeline.expand : t.timeline.collapse
  return (
    <section className={`timeline ${collapsed ? 'collapsed' : ''}`} aria-label={t.timeline.label}>
      <div className="timeline-head">
        <h2>
          {t.timeline.label} <Estimated />
        </h2>
        <span className="push" />
        {timeline && !collapsed && <Legend />}
        {onCollapse && (
          <button
            type="button"
            className="button ghost icon"
            aria-expanded={!collapsed}
            aria-label={label}
            title={label}
            onClick={() => onCollapse(!collapsed)}
          >
            <Icon name={collapsed ? 'up' : 'down'} />
          </button>
        )}
      </div>
      {!collapsed && day && !timeline && <p className="nothing">{t.timeline.none}</p>}
      {!collapsed && timeline && (
        <div className="timeline-body scroll">
          <ol className="timeline-names" style={{ paddingTop: AXIS_HEIGHT }}>
            {timeline.rows.map(({ owner }) => (
              <RowName key={routeOfRow(owner).id} owner={owner} />
            ))}
          </ol>
          <div className="timeline-scroll" ref={ref}>
            {clock && width > 0 && (
              <Chart
                timeline={timeline}
                width={Math.max(width, ((timeline.toS - timeline.fromS) / 3600) * MIN_HOUR_PX)}
              />
            )}
          </div>
        </div>
      )}
    </section>
  )
}

/** The button of a row; the chart beside it is for the eye and the pointer. */
function RowName({ owner }: { readonly owner: RowOwner }) {
  const { t, f } = useWords()
  const { clock } = useDay()
  const { selection, lit, opened, select } = useSelection()
  const route = routeOfRow(owner)
  const vehicle = owner.kind === 'route' ? owner.model.vehicle : owner.vehicle
  const range = clock?.range(route.departS, route.returnS) ?? ''
  const kind = owner.kind === 'solo' ? t.kind.solo : vehicle ? t.kind[vehicle.kind] : ''
  const picked =
    owner.kind === 'route'
      ? opened === route.id
      : selection.kind === 'shipment' && selection.shipment === owner.shipment
  return (
    <li className={isLit(owner, lit) ? 'lit' : ''} style={{ height: ROW_HEIGHT }}>
      <button type="button" aria-pressed={picked} onClick={() => select(selectionOf(owner))}>
        <span className="visually-hidden">
          {owner.kind === 'route'
            ? t.timeline.row(owner.model.number, range, route.stops.length)
            : t.timeline.solo(owner.shipment, range)}
        </span>
        {owner.kind === 'route' ? (
          <RouteBadge number={owner.model.number} />
        ) : (
          <span className="solo-badge">
            <Icon name="truck" size={14} />
          </span>
        )}
        <span className="cut">{vehicle ? `${f.truck(vehicle.truck)} ${kind}` : route.vehicle}</span>
      </button>
    </li>
  )
}

interface ChartProps {
  readonly timeline: NonNullable<ReturnType<typeof makeTimeline>>
  readonly width: number
}

function Chart({ timeline, width }: ChartProps) {
  const { t } = useWords()
  const { clock } = useDay()
  const { fromS, toS, rows, closed } = timeline
  const height = AXIS_HEIGHT + rows.length * ROW_HEIGHT + 4
  const x = (seconds: number) => ((seconds - fromS) / (toS - fromS)) * width
  const hours = hourTicks(timeline, width, 58)
  const hourPx = x(hours[1] ?? toS) - x(hours[0] ?? fromS)
  return (
    // the rows are buttons in the list of names beside it, the stops are in the route list
    <svg className="timeline-chart" width={width} height={height} aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--surface)" />
          <path d="M0 0V5" stroke="var(--border-strong)" strokeWidth="1.4" />
        </pattern>
      </defs>
      {closed.map((gap) => (
        <g key={gap.fromS}>
          <rect
            x={x(gap.fromS)}
            y={AXIS_HEIGHT}
            width={x(gap.toS) - x(gap.fromS)}
            height={height}
            className="timeline-closed"
          />
        </g>
      ))}
      {hours.map((seconds) => {
        const gap = closed.find((one) => one.fromS === seconds)
        return (
          <g key={seconds}>
            <path d={`M${x(seconds)} ${AXIS_HEIGHT - 4}V${height}`} className="timeline-grid" />
            <text x={x(seconds) + 4} y={14} className="timeline-hour">
              {clock?.bare(seconds)}
              {gap && hourPx >= 112 && ` ${t.timeline.lunch}`}
            </text>
          </g>
        )
      })}
      {rows.map((row, index) => (
        <TimelineRow
          key={routeOfRow(row.owner).id}
          row={row}
          y={AXIS_HEIGHT + index * ROW_HEIGHT}
          x={x}
          width={width}
        />
      ))}
    </svg>
  )
}

function Legend() {
  const { t } = useWords()
  const item = (shape: React.ReactNode, word: string) => (
    <span className="legend-item">
      <svg width="18" height="14" aria-hidden="true">
        {shape}
      </svg>
      {word}
    </span>
  )
  return (
    <div className="legend">
      {item(<path d="M1 7H17" stroke="var(--text-2)" strokeWidth="3.5" strokeLinecap="round" />, t.timeline.drive)}
      {item(<rect x="3" y="1" width="12" height="12" rx="3" fill="var(--text-2)" />, t.timeline.load)}
      {item(
        <rect x="1.5" y="2.5" width="15" height="9" fill="url(#hatch)" stroke="var(--border-strong)" />,
        t.timeline.wait,
      )}
      {item(
        <>
          <rect x="1.5" y="0.5" width="15" height="13" rx="3" className="rest-shape" />
          <text x="9" y="11" textAnchor="middle" className="rest-letter">
            {t.timeline.restShort}
          </text>
        </>,
        t.timeline.rest,
      )}
      {item(
        <path d="M6 1H3V13H6M12 1H15V13H12" fill="none" stroke="var(--text)" strokeWidth="1.6" />,
        t.timeline.window,
      )}
    </div>
  )
}
