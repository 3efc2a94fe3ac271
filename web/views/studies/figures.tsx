/** The sentence a study opens with, and the figures beside it. Each says what it is held against. */
import type { ReactNode } from 'react'
import type { Estimate } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

interface HeadlineProps {
  readonly figure: string
  readonly tone: 'good' | 'warn' | 'bad'
  readonly range: string
  readonly note: ReactNode
  readonly children?: ReactNode
}

export function Headline({ figure, tone, range, note, children }: HeadlineProps) {
  return (
    <section className="card study-headline">
      <div className="study-first">
        <p className={`study-figure ${tone}`}>{figure}</p>
        <p className="study-range">{range}</p>
        <p className="small muted">{note}</p>
      </div>
      <dl className="study-figures">{children}</dl>
    </section>
  )
}

interface FigureProps {
  readonly label: string
  readonly note?: ReactNode
  readonly faint?: boolean
  readonly children: ReactNode
}

export function Figure({ label, note, faint = false, children }: FigureProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={faint ? 'faint' : ''}>{children}</dd>
      {note && <dd className="small muted note">{note}</dd>}
    </div>
  )
}

/** A difference of shares, in points; what rounds to nothing has no side. */
export function inPoints(share: number): string {
  const digits = (100 * Math.abs(share)).toFixed(1)
  return `${digits === '0.0' ? '±' : share > 0 ? '+' : '−'}${digits}`
}

/** An interval in words, or that there is none. No line ends inside of a figure. */
export function useRange() {
  const { t } = useWords()
  return ({ interval }: Estimate, show: (value: number) => string): string => {
    if (!interval) return t.study.noInterval
    const [low, high] = interval.map((end) => show(end).replaceAll(' ', '\u00a0').replace('−₩', '−\u2060₩'))
    return t.study.interval(low, high)
  }
}
