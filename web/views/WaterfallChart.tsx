/** From B1 to the plan in steps that add up to the won, with the announced target as a line and nothing more. */
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import type { Comparison } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { type Bar, makeWaterfall } from '../state/ledger.ts'

const HEIGHT = 330
const TOP = 26
const BASE = HEIGHT - 52
/** Right of the bars: nothing but the target line and its name. A phone has no room for it; there the head names the line. */
const TARGET_ROOM = 50

interface WaterfallChartProps {
  readonly comparison: Comparison
  /** What no plan can cost less than; absent while nothing is proved. */
  readonly lowerKrw: number | undefined
}

export function WaterfallChart({ comparison, lowerKrw }: WaterfallChartProps) {
  const { t, f } = useWords()
  const { ref, width } = useElementSize()
  const hatch = useId()
  const chart = makeWaterfall(comparison)
  if (!chart) return null
  const { bars, top, ticks, targetKrw } = chart
  const narrow = width < 560
  const axis = narrow ? 46 : 56
  const y = (krw: number) => BASE - (krw / top) * (BASE - TOP)
  const slot = (width - axis - (narrow ? 0 : TARGET_ROOM)) / bars.length
  const wide = Math.min(76, slot * (narrow ? 0.7 : 0.62))
  const x = (index: number) => axis + slot * (index + 0.5) - wide / 2
  const fill = (bar: Bar) =>
    bar.id === 'b1' ? 'var(--brand)' : bar.level ? 'var(--good)' : bar.krw > 0 ? 'var(--warn-line)' : 'var(--good)'
  const summary = bars.map(
    (bar) => `${t.compare.steps[bar.id]} ${bar.level ? f.krw(bar.krw) : f.krwDifference(bar.krw)}`,
  )
  return (
    <section className="card waterfall">
      <div className="waterfall-head">
        <h2>{t.compare.waterfall}</h2>
        <span className="muted small">{t.compare.waterfallNote}</span>
        <span className="push" />
        <span className="legend-item small muted">
          <span className="swatch less" />
          {t.compare.decrease}
        </span>
        <span className="legend-item small muted">
          <span className="swatch more" />
          {t.compare.increase}
        </span>
      </div>
      <p className="target-tag">
        <svg width="22" height="4" aria-hidden="true">
          <path d="M0 2H22" className="target-line" />
        </svg>
        {t.compare.targetLine(f.krw(targetKrw))}
      </p>
      {lowerKrw !== undefined && (
        <p className="target-tag ceiling-tag">
          <svg width="22" height="4" aria-hidden="true">
            <path d="M0 2H22" className="ceiling-line" />
          </svg>
          <span>
            {t.compare.ceilingLine(f.share((bars[0]!.krw - lowerKrw) / Math.max(1, bars[0]!.krw)), f.krw(lowerKrw))}
            <span className="muted"> · {t.compare.ceilingZone}</span>
          </span>
        </p>
      )}
      <div ref={ref}>
        {width > 0 && (
          <svg width={width} height={HEIGHT} role="img" aria-label={`${t.compare.waterfall}: ${summary.join(', ')}`}>
            {lowerKrw !== undefined && (
              <>
                <defs>
                  <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <path d="M0 0V7" className="ceiling-hatch" />
                  </pattern>
                </defs>
                <rect
                  x={axis}
                  y={y(lowerKrw)}
                  width={width - axis}
                  height={BASE - y(lowerKrw)}
                  fill={`url(#${hatch})`}
                />
              </>
            )}
            {ticks.map((tick) => (
              <g key={tick}>
                <path d={`M${axis} ${y(tick)}H${width}`} className="axis-line" />
                <text x={axis - 8} y={y(tick) + 4} textAnchor="end" className="axis-text">
                  {f.krwAxis(tick)}
                </text>
              </g>
            ))}
            {bars.map((bar, index) => {
              const high = Math.max(bar.from, bar.to)
              const tall = Math.max(2.5, y(Math.min(bar.from, bar.to)) - y(high))
              const centre = x(index) + wide / 2
              const next = bars[index + 1]
              return (
                <g key={bar.id}>
                  {next && <path d={`M${x(index) + wide} ${y(bar.to)}H${x(index + 1)}`} className="waterfall-join" />}
                  <rect
                    x={x(index)}
                    y={y(high)}
                    width={wide}
                    height={tall}
                    rx={tall > 6 ? 3 : 1}
                    fill={fill(bar)}
                    opacity={bar.level ? 1 : 0.82}
                  />
                  <text x={centre} y={BASE + 21} textAnchor="middle" className="waterfall-name">
                    {t.compare.steps[bar.id]}
                  </text>
                  {!narrow && (
                    <text x={centre} y={BASE + 38} textAnchor="middle" className="axis-text">
                      {t.compare.steps[`${bar.id}Note`]}
                    </text>
                  )}
                </g>
              )
            })}
            {lowerKrw !== undefined && <path d={`M${axis} ${y(lowerKrw)}H${width}`} className="ceiling-line" />}
            <path d={`M${axis} ${y(targetKrw)}H${width}`} className="target-line" />
            {!narrow && (
              <text x={width} y={y(targetKrw) - 6} textAnchor="end" className="target-share">
                −40 %
              </text>
            )}
            {/* over the line: it never strikes through an amount */}
            {bars.map((bar, index) => {
              const [low, high] = [Math.min(bar.from, bar.to), Math.max(bar.from, bar.to)]
              const label = bar.level ? f.krw(bar.krw) : f.krwDifference(bar.krw)
              return (
                <text
                  key={bar.id}
                  x={x(index) + wide / 2}
                  y={!bar.level && bar.krw < 0 ? y(low) + 17 : y(high) - 8}
                  textAnchor="middle"
                  className={`waterfall-value ${narrow ? 'narrow' : ''} ${bar.level ? '' : bar.krw < 0 ? 'good-ink' : bar.krw > 0 ? 'warn-ink' : ''}`}
                >
                  {narrow ? label.replace('원', '').replace('₩', '') : label}
                </text>
              )
            })}
          </svg>
        )}
      </div>
    </section>
  )
}
