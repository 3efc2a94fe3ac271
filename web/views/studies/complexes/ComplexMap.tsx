/** The country with every complex whose place is known: its number, whether it can be first, and what is not known as a dashed ring. */
import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { useWords } from '../../../i18n/words.tsx'
import { COUNTRY, fitting, landPath } from '../../../map/provinces.ts'
import type { ComplexRow } from '../../../state/complexes.ts'
import { type Box, boxOf } from '../../../state/places.ts'
import { spread } from '../../../state/spread.ts'
import { widthOf } from '../text.ts'

const RADIUS = 10
/** As large as a finger’s target must be at least (WCAG 2.5.8). */
const GAP = 24
/** A mark that was pushed farther has a line to where it belongs. */
const MOVED_PX = 4
const TALLEST = 640
const EDGE = RADIUS + 4

interface ComplexMapProps {
  readonly rows: readonly ComplexRow[]
  readonly chosen: readonly string[]
  readonly onChoose: (id: string) => void
}

export function ComplexMap({ rows, chosen, onChoose }: ComplexMapProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const { ref, width } = useElementSize()
  const height = Math.min(TALLEST, width * 1.3)
  const placed = useMemo(
    () =>
      rows
        .flatMap((row) => (row.figures.place ? [{ row, at: row.figures.place }] : []))
        .toSorted((a, b) => a.row.at - b.row.at),
    [rows],
  )
  const box = useMemo(() => around(placed.map(({ at }) => at)), [placed])
  const project = useMemo(() => fitting(box, width, height), [box, width, height])
  const land = useMemo(() => landPath(project), [project])
  const marks = useMemo(() => {
    const spots = placed.map(({ at }) => {
      const [x, y] = project(at.lng, at.lat)
      return { x, y }
    })
    return spread(spots, GAP).map((mark, k) => ({
      ...placed[k],
      spot: spots[k],
      x: Math.min(width - EDGE, Math.max(EDGE, mark.x)),
      y: Math.min(height - EDGE, Math.max(EDGE, mark.y)),
    }))
  }, [placed, project, width, height])
  const named = namesFor(
    marks.map(({ x, y, row }) => ({
      x,
      y,
      id: row.id,
      text: row.name[language],
      wanted: chosen.includes(row.id) ? 2 : row.state === 'leader' ? 1 : 0,
    })),
    width,
  )
  const label = words.mapLabel(
    placed.map(({ row }) => `${row.number} ${row.name[language]} ${words.placeOf(...row.ranked.places)}`).join(', '),
  )
  return (
    <div ref={ref} className="complex-map">
      {width > 0 && (
        <>
          <svg className="chart" width={width} height={height} role="img" aria-label={label}>
            <rect width={width} height={height} className="sea" />
            <path d={land} className="land" />
            {marks.map(
              ({ x, y, spot, row }) =>
                Math.hypot(x - spot.x, y - spot.y) > MOVED_PX && (
                  <path key={row.id} d={`M${x} ${y}L${spot.x} ${spot.y}`} className="leader" />
                ),
            )}
            {marks.map(({ spot, row }) => (
              <circle key={row.id} cx={spot.x} cy={spot.y} r={2} className="spot" />
            ))}
            {marks.map(({ x, y, row }) => (
              <g key={row.id}>
                {chosen.includes(row.id) && <circle cx={x} cy={y} r={RADIUS + 3} className="mark-chosen" />}
                <circle cx={x} cy={y} r={RADIUS} className={`mark ${row.state}`} />
                <text x={x} y={y + 4} textAnchor="middle" className={`mark-number ${row.state}`}>
                  {row.number}
                </text>
              </g>
            ))}
            {named.map(({ id, x, y, anchor, text }) => (
              <text
                key={id}
                x={x}
                y={y}
                textAnchor={anchor}
                className={`mark-name ${chosen.includes(id) ? 'bold' : ''}`}
              >
                {text}
              </text>
            ))}
          </svg>
          {/* for the pointer alone: with keys one chooses in the ranking */}
          <div aria-hidden="true">
            {marks.map(({ x, y, row }) => (
              <button
                key={row.id}
                type="button"
                tabIndex={-1}
                className="complex-mark"
                style={{ left: x, top: y }}
                title={`${row.number} ${row.name[language]} · ${words.placeOf(...row.ranked.places)} · ${words.legend[row.state]}`}
                onClick={() => onChoose(row.id)}
              />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

/** The country, and whatever of the list lies outside of it. */
function around(spots: readonly { readonly lng: number; readonly lat: number }[]): Box {
  const own = boxOf(spots) ?? COUNTRY
  return [
    Math.min(COUNTRY[0], own[0] - 0.1),
    Math.min(COUNTRY[1], own[1] - 0.1),
    Math.max(COUNTRY[2], own[2] + 0.1),
    Math.max(COUNTRY[3], own[3] + 0.1),
  ]
}

interface Wanted {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly text: string
  /** 2: whatever it covers */
  readonly wanted: number
}
const NAME_PX = 12
const LINE_PX = 15

/** Names stand beside their marks where they cover neither a mark nor another name; those that must be read, where they cover the least. */
function namesFor(marks: readonly Wanted[], width: number) {
  const taken: (readonly [left: number, top: number, right: number, bottom: number])[] = []
  const hits = (box: (typeof taken)[number], id: string): number =>
    taken.filter(([left, top, right, bottom]) => box[0] < right && left < box[2] && box[1] < bottom && top < box[3])
      .length +
    marks.filter((other) => {
      if (other.id === id) return false
      const [x, y] = [
        Math.min(box[2], Math.max(box[0], other.x)) - other.x,
        Math.min(box[3], Math.max(box[1], other.y)) - other.y,
      ]
      return Math.hypot(x, y) < RADIUS + 1
    }).length
  return marks
    .filter(({ wanted }) => wanted > 0)
    .toSorted((a, b) => b.wanted - a.wanted)
    .flatMap(({ id, x, y, text, wanted }) => {
      const long = widthOf(text, NAME_PX)
      const beside = RADIUS + 7
      const sides = [
        { anchor: 'start' as const, from: x + beside, left: x + beside, middle: y },
        { anchor: 'end' as const, from: x - beside, left: x - beside - long, middle: y },
        ...[-1, 1].flatMap((up) => [
          { anchor: 'middle' as const, from: x, left: x - long / 2, middle: y + up * (RADIUS + 11) },
          { anchor: 'start' as const, from: x + 4, left: x + 4, middle: y + up * (RADIUS + 9) },
          { anchor: 'end' as const, from: x - 4, left: x - 4 - long, middle: y + up * (RADIUS + 9) },
        ]),
      ]
        .filter(({ left }) => left > 0 && left + long < width)
        .map((side) => ({
          ...side,
          box: [side.left, side.middle - LINE_PX / 2, side.left + long, side.middle + LINE_PX / 2] as const,
        }))
      const [side] = sides.toSorted((a, b) => hits(a.box, id) - hits(b.box, id))
      if (!side || (wanted < 2 && hits(side.box, id) > 0)) return []
      taken.push(side.box)
      return [{ id, x: side.from, y: side.middle + 4, anchor: side.anchor, text }]
    })
}
