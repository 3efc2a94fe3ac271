/** Alone against pooled, two bars a row on one scale of won, with a mark where somebody would stop paying. */
import { useElementSize } from '@mantine/hooks'
import { ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const BAR = 15
const AXIS = 26

export interface PairRow {
  readonly id: string
  readonly name: string
  /** a line each */
  readonly notes: readonly string[]
  readonly aloneKrw: number
  readonly pooledKrw: number
  readonly markKrw: number | null
  readonly verdict: { readonly text: string; readonly good: boolean } | null
}

export function PairBars({ rows, label }: { readonly rows: readonly PairRow[]; readonly label: string }) {
  const { t, f } = useWords()
  const words = t.studySupply
  const { ref, width } = useElementSize()
  const narrow = width < 520
  const lines = Math.max(0, ...rows.map(({ notes }) => notes.length))
  const head = 24 + 17 * (lines + (narrow && rows.some(({ verdict }) => verdict) ? 1 : 0))
  const row = head + 2 * BAR + 18
  const names = 58
  const values = narrow ? 94 : 114
  const most = Math.max(1, ...rows.flatMap(({ aloneKrw, pooledKrw, markKrw }) => [aloneKrw, pooledKrw, markKrw ?? 0]))
  const x = (krw: number) => names + (Math.max(0, krw) / most) * (width - names - values)
  const height = rows.length * row + AXIS
  const ticks = ticksOf(0, most, narrow ? 2 : 4)
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticks.map((tick) => (
            <g key={tick}>
              {/* beside the bars alone: what is written above them stays clear */}
              {rows.map(({ id }, k) => (
                <path
                  key={id}
                  d={`M${x(tick)} ${k * row + head - 4}v${2 * BAR + 11}`}
                  className={tick === 0 ? 'zero-line' : 'axis-line'}
                />
              ))}
              <text x={x(tick)} y={height - 8} textAnchor="middle" className="axis-text">
                {f.krwAxis(tick)}
              </text>
            </g>
          ))}
          {rows.map(({ id, name, notes, aloneKrw, pooledKrw, markKrw, verdict }, k) => {
            const y = k * row
            const bars = [
              { word: words.alone, krw: aloneKrw, look: 'bar-more' },
              { word: words.pooled, krw: pooledKrw, look: 'bar-less' },
            ]
            return (
              <g key={id}>
                <text x={0} y={y + 14} className="bar-name halo">
                  {name}
                </text>
                {notes.map((note, n) => (
                  <text key={note} x={0} y={y + 31 + 17 * n} className="axis-text halo">
                    {note}
                  </text>
                ))}
                {verdict && (
                  <text
                    x={narrow ? 0 : width}
                    y={narrow ? y + 31 + 17 * lines : y + 14}
                    textAnchor={narrow ? 'start' : 'end'}
                    className={`bar-value halo ${verdict.good ? 'good-ink' : 'warn-ink'}`}
                  >
                    {verdict.text}
                  </text>
                )}
                {bars.map(({ word, krw, look }, b) => {
                  const top = y + head + b * (BAR + 3)
                  return (
                    <g key={word}>
                      <text x={0} y={top + 12} className="axis-text ink-text">
                        {word}
                      </text>
                      <rect x={x(0)} y={top} width={Math.max(2, x(krw) - x(0))} height={BAR} rx={2} className={look} />
                      <text x={width} y={top + 12} textAnchor="end" className="bar-value">
                        {f.krw(krw)}
                      </text>
                    </g>
                  )
                })}
                {markKrw !== null && (
                  <path d={`M${x(markKrw)} ${y + head - 4}v${2 * BAR + 11}`} className="target-line" />
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
