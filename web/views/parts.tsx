/** The small parts that list, map, timeline and figures have in common. */
import { type CSSProperties, type ReactNode, useId } from 'react'
import type { Plan, Provenance } from '../../solver/index.ts'
import type { Figure } from '../format.ts'
import { useWords } from '../i18n/words.tsx'
import { colourIndexOf, ROUTE_DASHES } from '../state/tokens.ts'
import { useDay } from './context.tsx'

/** `--fill` and `--ink` of a route, for its badge, edge and blocks. */
export function routeStyle(number: number): CSSProperties {
  const { index } = colourIndexOf(number)
  return { '--fill': `var(--r${index + 1})`, '--ink': `var(--r${index + 1}-ink)` } as CSSProperties
}

export function RouteBadge({ number }: { readonly number: number }) {
  return (
    <span className="badge" style={routeStyle(number)}>
      {number}
    </span>
  )
}

export function StopBadge({ number, stop }: { readonly number: number; readonly stop: number }) {
  return (
    <span className="badge round" style={routeStyle(number)}>
      {stop}
    </span>
  )
}

interface DirectionProps {
  readonly pickup: boolean
  readonly drop: boolean
}

/** ▲ pickup, ▼ drop, side by side when both. */
export function Direction({ pickup, drop }: DirectionProps) {
  const { t } = useWords()
  const label = [pickup && t.map.pickup, drop && t.map.drop].filter(Boolean).join('·')
  const shapes = [...(pickup ? ['M0 7L4 0L8 7Z'] : []), ...(drop ? ['M0 0L4 7L8 0Z'] : [])]
  return (
    <svg
      className="direction"
      role="img"
      aria-label={label}
      width={shapes.length * 9 - 1}
      height="7"
      viewBox={`0 0 ${shapes.length * 9 - 1} 7`}
    >
      {shapes.map((d, index) => (
        <path key={d} d={d} transform={`translate(${index * 9})`} fill="currentColor" />
      ))}
    </svg>
  )
}

/** The colour and centre pattern of a route as a line: down the edge of a card, or across a legend. */
export function RouteEdge({ number, vertical }: { readonly number: number; readonly vertical: boolean }) {
  const id = useId()
  const { index, double } = colourIndexOf(number)
  const dashes = ROUTE_DASHES[index]!
  const period = dashes.reduce((sum, length) => sum + length, 0)
  let at = 0
  const marks = dashes.flatMap((length, part) => {
    const start = at
    at += length
    return part % 2 === 0 ? [{ start, length }] : []
  })
  const size = vertical ? { width: 6, height: '100%' } : { width: '100%', height: 6 }
  return (
    <svg className={vertical ? 'edge' : 'edge-line'} {...size} aria-hidden="true" style={routeStyle(number)}>
      {period > 0 && (
        <defs>
          <pattern id={id} patternUnits="userSpaceOnUse" width={vertical ? 6 : period} height={vertical ? period : 6}>
            {marks.map(({ start, length }) => (
              <rect
                key={start}
                x={vertical ? 2 : start}
                y={vertical ? start : 2}
                width={vertical ? 2 : length}
                height={vertical ? length : 2}
                rx={length < 2 ? 1 : 0}
                fill="var(--surface)"
              />
            ))}
          </pattern>
        </defs>
      )}
      <rect width="100%" height="100%" fill="var(--fill)" />
      {period > 0 && <rect width="100%" height="100%" fill={`url(#${id})`} />}
      {double && <rect x={vertical ? 5 : 0} y={vertical ? 0 : 5} width="100%" height="100%" fill="var(--surface)" />}
    </svg>
  )
}

interface EstimatedProps {
  /** Whose figures they are; of the day's plan where nothing is said. One on estimated roads is enough. */
  readonly of?: readonly Pick<Plan, 'provenance'>[]
}
function useProvenances(plans: EstimatedProps['of']): readonly Provenance[] {
  const { day } = useDay()
  return (plans ?? (day?.plan ? [day.plan] : [])).map(({ provenance }) => provenance)
}

/** Stands beside kilometres and times that come from estimated roads. */
export function Estimated({ of }: EstimatedProps) {
  const { t, language } = useWords()
  const provenances = useProvenances(of)
  if (!provenances.some(({ estimated }) => estimated)) return null
  const fallback = provenances.find((made) => made.fallback)?.fallback
  const why = fallback ? ` ${t.map.fallback(fallback.why[language])}` : ''
  return (
    <span className="estimate" title={`${t.map.estimatedHint}${why}`}>
      {t.kpi.estimated}
    </span>
  )
}

/** Stands beside tolls: some roads are known by times and kilometres alone. */
export function EstimatedTolls({ of }: EstimatedProps) {
  const { t } = useWords()
  const provenances = useProvenances(of)
  if (!provenances.some(({ estimated, estimatedTolls }) => estimated || estimatedTolls)) return null
  return (
    <span className="estimate" title={t.map.tollsHint}>
      {t.kpi.estimated}
    </span>
  )
}

/** Stands beside the name of a place whose address was not found. */
export function GuessedPlace() {
  const { t } = useWords()
  return (
    <span className="estimate" title={t.places.guessHint}>
      {t.places.guessMark}
    </span>
  )
}

interface ScrollsProps {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}

/** What scrolls, by the keyboard too. */
export function Scrolls({ label, className = '', children }: ScrollsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it may be there to be focused
    <section className={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}

/** Around a table that is wider than a narrow window. */
export const TableScroll = ({ className = '', ...props }: ScrollsProps) => (
  <Scrolls className={`ledger-scroll ${className}`} {...props} />
)

/** A figure with its unit smaller and paler. */
export function Amount({ figure }: { readonly figure: Figure }) {
  return (
    <>
      {figure.before}
      {figure.digits}
      {figure.after && <span className="unit">{figure.after}</span>}
    </>
  )
}

export function Won({ krw, signed = false }: { readonly krw: number; readonly signed?: boolean }) {
  const { f } = useWords()
  return <Amount figure={f.krwFigure(krw, signed)} />
}

/** Money less than zero is good news: a saving. */
export const toneOf = (krw: number): string => (krw < 0 ? 'good' : krw > 0 ? 'warn' : 'faint')

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}

/** One of a few: radio buttons, so the arrow keys work. */
export function Segments<T extends string>({ label, value, options, onChange, disabled = false }: SegmentsProps<T>) {
  const name = useId()
  return (
    <fieldset className="segments" disabled={disabled}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
