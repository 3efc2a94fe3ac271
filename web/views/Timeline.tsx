/** The day of every truck: a row each, on one axis of time that zooms. */
import { useElementSize, useLocalStorage } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useWords } from '../i18n/words.tsx'
import {
  hourPxOf,
  makeTimeline,
  nowWithin,
  routeOfRow,
  scrollAfterZoom,
  TIMELINE_SCALES,
  type Timeline as TimelineModel,
  type TimelineScale,
} from '../state/timeline.ts'
import { useDay, useSelection } from './context.tsx'
import { Icon } from './icons.tsx'
import { Estimated, Segments } from './parts.tsx'
import { AXIS_HEIGHT, Axis, Grid } from './timeline/Axis.tsx'
import { Legend } from './timeline/Legend.tsx'
import { isLit, ROW_HEIGHT, Row } from './timeline/Row.tsx'
import { useTimelineDrag } from './timeline/useTimelineDrag.ts'
import { useTimelineKeys } from './timeline/useTimelineKeys.tsx'
import { useNow } from './useNow.ts'

/** Rows beyond these are made when they come into sight. */
const ALL_ROWS_UP_TO = 40
const WHEEL_STEP = 1.2
const NAMES_PX = { desk: 172, phone: 112 }
const NAMES_NARROW = 520

interface TimelineProps {
  readonly collapsed: boolean
  readonly onCollapse?: (collapsed: boolean) => void
}

export function Timeline({ collapsed, onCollapse }: TimelineProps) {
  const { t } = useWords()
  const { day } = useDay()
  const timeline = useMemo(() => (day?.plan ? makeTimeline(day) : undefined), [day])
  const [scale, setScale] = useLocalStorage<TimelineScale>({ key: 'milkrun.timelineScale', defaultValue: 'day' })
  const label = collapsed ? t.timeline.expand : t.timeline.collapse
  return (
    <section className={`timeline ${collapsed ? 'collapsed' : ''}`} aria-label={t.timeline.label}>
      <div className="timeline-head">
        <h2>
          {t.timeline.label} <Estimated />
        </h2>
        {timeline && !collapsed && (
          <Segments
            label={t.mapline.zoom}
            value={typeof scale === 'number' ? '' : scale}
            onChange={(value) => value !== '' && setScale(value)}
            options={TIMELINE_SCALES.map((value) => ({ value, label: t.mapline.scale[value] }))}
          />
        )}
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
      {!collapsed && timeline && <Plane timeline={timeline} scale={scale} onScale={setScale} />}
    </section>
  )
}

interface PlaneProps {
  readonly timeline: TimelineModel
  readonly scale: TimelineScale
  readonly onScale: (scale: TimelineScale) => void
}

/** Scrolls both ways; the axis stays above and the names on the left. */
function Plane({ timeline, scale, onScale }: PlaneProps) {
  const { day } = useDay()
  const { lit, opened } = useSelection()
  const { ref: sized, width: seen } = useElementSize<HTMLDivElement>()
  const box = useRef<HTMLDivElement | null>(null)
  const { rows, fromS, toS } = timeline
  const names = seen > 0 && seen < NAMES_NARROW ? NAMES_PX.phone : NAMES_PX.desk
  const hourPx = hourPxOf(scale, timeline, Math.max(1, seen - names))
  const width = ((toS - fromS) / 3600) * hourPx
  const x = useMemo(() => (seconds: number) => ((seconds - fromS) / 3600) * hourPx, [fromS, hourPx])
  const nowS = day && nowWithin(day.problem, useNow())

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: rows.length <= ALL_ROWS_UP_TO ? ALL_ROWS_UP_TO : 6,
    scrollMargin: AXIS_HEIGHT,
    scrollPaddingStart: AXIS_HEIGHT,
  })
  // what is picked elsewhere comes into sight
  const wanted = rows.findIndex(({ owner }) =>
    owner.kind === 'route' ? owner.model.route.id === opened : isLit(owner, lit),
  )
  useEffect(() => {
    if (wanted >= 0) virtual.scrollToIndex(wanted, { align: 'auto' })
  }, [wanted, virtual])

  // what was under the pointer stays there; by button, it is the time that matters: now, what is open, or the first departure
  const anchorS = nowS ?? (rows[wanted] ?? rows[0])?.whole.fromS ?? fromS
  const zoomed = useRef({ pointerPx: undefined as number | undefined, hourPx, anchorS })
  zoomed.current.anchorS = anchorS
  useLayoutEffect(() => {
    const { pointerPx, hourPx: before, anchorS } = zoomed.current
    zoomed.current = { ...zoomed.current, pointerPx: undefined, hourPx }
    if (!box.current || before === hourPx) return
    const scrollPx = box.current.scrollLeft
    const anchorPx = Math.max(40, ((anchorS - fromS) / 3600) * before - scrollPx)
    box.current.scrollLeft = scrollAfterZoom(scrollPx, pointerPx ?? anchorPx, before, hourPx)
  }, [hourPx, fromS])
  useEffect(() => {
    const element = box.current
    const wheel = (event: WheelEvent) => {
      if (!element || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      zoomed.current.pointerPx = event.clientX - element.getBoundingClientRect().left - names
      onScale(Math.round(hourPx * (event.deltaY < 0 ? WHEEL_STEP : 1 / WHEEL_STEP)))
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [hourPx, names, onScale])

  const drag = useTimelineDrag({ rows, hourPx })
  const keys = useTimelineKeys({ rows, reveal: (row) => virtual.scrollToIndex(row, { align: 'auto' }) })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const entry = keys.row >= first && keys.row <= last ? keys.row : first
  return (
    <div
      className="timeline-body scroll"
      data-drop-own="timeline"
      ref={(element) => {
        box.current = element
        sized(element)
      }}
      onPointerMove={drag.aimAt}
    >
      <div
        className="timeline-plane"
        style={{ width: names + width, height: AXIS_HEIGHT + virtual.getTotalSize() + 4 }}
      >
        <Axis timeline={timeline} x={x} width={width} names={names} nowS={nowS} />
        <Grid timeline={timeline} x={x} width={width} names={names} nowS={nowS} />
        <ol className="timeline-names" {...keys.handlers}>
          {items.map(({ index, start }) => (
            <Row
              key={routeOfRow(rows[index]!.owner).id}
              row={rows[index]!}
              index={index}
              top={start}
              x={x}
              width={width}
              names={names}
              entry={index === entry}
              count={rows.length}
            />
          ))}
        </ol>
        {keys.tag}
      </div>
    </div>
  )
}
