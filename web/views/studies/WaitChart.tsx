/** Mean wait against saving, and against stock: two panels over one axis. Points wear the numbers of the list below them. */
import { useElementSize } from '@mantine/hooks'
import { ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { tenths, type WaitPoint } from '../../state/frequency.ts'

const SAVING = { top: 24, base: 190 }
const STOCK = { top: 226, base: 300 }
const HEIGHT = 350
const LEFT = 52
const RADIUS = 10
/** Points of one wait would lie on each other. */
const APART = 2 * RADIUS + 2

interface WaitChartProps {
  readonly points: readonly (WaitPoint & { readonly number: number })[]
  readonly label: string
}

export function WaitChart({ points, label }: WaitChartProps) {
  const { t } = useWords()
  const words = t.studyFrequency
  const { ref, width } = useElementSize()
  const most = Math.max(0.5, ...points.map(({ waitDays }) => waitDays))
  const xTicks = ticksOf(0, most, 5)
  const right = Math.max(most, xTicks[xTicks.length - 1])
  const xOf = (days: number) => LEFT + 14 + (days / right) * (width - LEFT - 34)
  const savings = points.map(({ saving }) => saving)
  const [low, high] = [Math.min(0, ...savings), Math.max(0.1, ...savings)]
  const pad = (high - low) * 0.18
  const panel = ({ top, base }: typeof SAVING, from: number, to: number) => ({
    ticks: ticksOf(from, to, 4),
    y: (value: number) => base - ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (base - top),
  })
  const saving = panel(SAVING, low < 0 ? low - pad : 0, high + pad)
  const tonnes = panel(STOCK, 0, 1.2 * Math.max(0.001, ...points.map(({ stockKg }) => stockKg / 1000)))
  const placed: (WaitPoint & { readonly number: number; readonly x: number })[] = []
  for (const point of points) {
    const last = placed.at(-1)
    const x = xOf(point.waitDays)
    const near = last && x - last.x < APART && Math.abs(saving.y(point.saving) - saving.y(last.saving)) < APART
    placed.push({ ...point, x: near ? last.x + APART : x })
  }
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={HEIGHT} role="img" aria-label={label}>
          {[
            { ...saving, name: words.saving, text: (share: number) => `${Math.round(100 * share)} %`, at: SAVING },
            { ...tonnes, name: `${words.stock} (t)`, text: (t: number) => String(t), at: STOCK },
          ].map(({ name, ticks, y, text, at }) => (
            <g key={name}>
              <text x={0} y={at.top - 10} className="axis-text ink-text">
                {name}
              </text>
              {ticks.map((tick) => (
                <g key={tick}>
                  <path d={`M${LEFT} ${y(tick)}H${width}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
                  <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="axis-text">
                    {text(tick)}
                  </text>
                </g>
              ))}
            </g>
          ))}
          {placed.map(({ setting, x, interval }) =>
            interval ? (
              <path
                key={setting}
                d={`M${x} ${saving.y(interval[0])}V${saving.y(interval[1])}`}
                className="whisker wait-whisker"
              />
            ) : null,
          )}
          {placed.map(({ setting, x, saving: share, stockKg, best, number }) => (
            <g key={setting}>
              {[saving.y(share), tonnes.y(stockKg / 1000)].map((y, k) => (
                <g key={k === 0 ? 'saving' : 'stock'}>
                  <circle cx={x} cy={y} r={RADIUS} className={best ? 'point-best' : 'wait-point'} />
                  <text x={x} y={y + 4} textAnchor="middle" className={best ? 'wait-number best' : 'wait-number'}>
                    {number}
                  </text>
                </g>
              ))}
            </g>
          ))}
          {xTicks.map((tick) => (
            <text key={tick} x={xOf(tick)} y={STOCK.base + 26} textAnchor="middle" className="axis-text">
              {tenths(tick)}
            </text>
          ))}
          <text x={width} y={HEIGHT - 4} textAnchor="end" className="axis-text">
            {words.waitAxis}
          </text>
        </svg>
      )}
    </div>
  )
}
