/** Small multiples: each day alone beside what it is when orders may wait, all on one scale from zero. */
import { useWords } from '../../i18n/words.tsx'
import type { DaySum, Waiting } from '../../state/week.ts'

const HEIGHT = 96
const WIDTH = 92
const BAR = 26

export function WeekChart({ waiting }: { readonly waiting: Waiting }) {
  const { t, f } = useWords()
  const { alone, together } = waiting
  const top = Math.max(1, ...[...alone, ...together].map(({ costKrw }) => costKrw))
  const tall = (krw: number) => (krw / top) * (HEIGHT - 24)
  const bar = ({ costKrw, trucks }: DaySum, x: number, tone: string) => (
    <g>
      <rect x={x} y={HEIGHT - tall(costKrw)} width={BAR} height={Math.max(1, tall(costKrw))} rx="2" className={tone} />
      <text x={x + BAR / 2} y={HEIGHT - tall(costKrw) - 5} textAnchor="middle" className="axis-text">
        {trucks}
      </text>
    </g>
  )
  return (
    <figure className="week-chart">
      <figcaption className="small muted row wrap">
        {t.week.chart} ({t.week.trucks})
        <span className="legend-item">
          <span className="swatch alone" />
          {t.week.phase.alone}
        </span>
        <span className="legend-item">
          <span className="swatch together" />
          {t.week.phase.together}
        </span>
      </figcaption>
      <ol>
        {alone.map((day, index) => {
          const other = together[index] ?? day
          const krw = other.costKrw - day.costKrw
          return (
            <li key={day.date}>
              <svg
                width={WIDTH}
                height={HEIGHT + 1}
                role="img"
                aria-label={`${f.shortDate(day.date)}: ${t.week.phase.alone} ${f.krw(day.costKrw)}, ${t.week.phase.together} ${f.krw(other.costKrw)}`}
              >
                <path d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} className="axis-line" />
                {bar(day, 16, 'bar-alone')}
                {bar(other, 50, 'bar-together')}
              </svg>
              <span className="small">{f.shortDate(day.date)}</span>
              <span className={`small ${krw < 0 ? 'good' : krw > 0 ? 'warn' : 'faint'}`}>{f.krwDifference(krw)}</span>
              <span className="small faint">
                {day.orders} → {other.orders}
              </span>
            </li>
          )
        })}
      </ol>
    </figure>
  )
}
