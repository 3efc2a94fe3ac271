/** Orders a year against cost, and against stock: two panels over one axis, since won and kg share no scale. */
import { useElementSize } from '@mantine/hooks'
import { type CurvePoint, IMPORT_STEPS, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const COST = { top: 20, base: 150 }
const STOCK = { top: 182, base: 262 }
const HEIGHT = 300
const LEFT = 52

interface CurveChartProps {
  readonly points: readonly CurvePoint[]
  readonly todayKrw: number
  readonly todayKg: number
  readonly label: string
}

export function CurveChart({ points, todayKrw, todayKg, label }: CurveChartProps) {
  const { t, f, language } = useWords()
  const { ref, width } = useElementSize()
  const first = points[0].orders
  const span = Math.max(1, points[points.length - 1].orders - first)
  const x = (orders: number) => LEFT + 10 + ((orders - first) / span) * (width - LEFT - 28)
  const panel = ({ top, base }: typeof COST, most: number) => {
    const ticks = ticksOf(0, most * 1.08, 3)
    const high = Math.max(most * 1.08, ticks[ticks.length - 1])
    return { ticks, y: (value: number) => base - (value / high) * (base - top), top, base }
  }
  const cost = panel(COST, Math.max(todayKrw, ...points.map(({ costKrw }) => costKrw)))
  const stock = panel(STOCK, Math.max(todayKg, ...points.map(({ stockKg }) => stockKg)))
  const line = (y: (point: CurvePoint) => number) => points.map((point) => `${x(point.orders)} ${y(point)}`).join('L')
  const best = points.find((point) => point.best)!
  const nearRight = x(best.orders) > width * 0.7
  // names of orders that would meet are left out, the cheapest never
  const shown = points.filter(
    ({ orders, best: isBest }, k) =>
      isBest || ((k === 0 || x(orders) - x(points[k - 1].orders) > 17) && Math.abs(x(orders) - x(best.orders)) > 17),
  )
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={HEIGHT} role="img" aria-label={label}>
          {[
            { ...cost, name: t.study.imports.cost, todayAt: cost.y(todayKrw), text: f.krwAxis },
            {
              ...stock,
              name: `${t.study.imports.stock} (t)`,
              todayAt: stock.y(todayKg),
              text: (kg: number) => f.kmDigits(kg).replace('.0', ''),
            },
          ].map(({ name, ticks, y, top, base, todayAt, text }) => (
            <g key={name}>
              <text x={0} y={top - 9} className="axis-text ink-text">
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
              <path d={`M${LEFT} ${todayAt}H${width}`} className="today-line" />
              <text x={width} y={todayAt - 5} textAnchor="end" className="axis-text ink-text halo">
                {IMPORT_STEPS.today[language]}
              </text>
              <path d={`M${x(best.orders)} ${base}V${y(ticks[ticks.length - 1])}`} className="best-line" />
            </g>
          ))}
          <path d={`M${line(({ costKrw }) => cost.y(costKrw))}`} className="curve-line" />
          <path d={`M${line(({ stockKg }) => stock.y(stockKg))}`} className="curve-line" />
          {points.map((point) => (
            <g key={point.orders}>
              <circle
                cx={x(point.orders)}
                cy={cost.y(point.costKrw)}
                r={point.best ? 5.5 : 3.5}
                className={point.best ? 'point-best' : 'point'}
              />
              <circle
                cx={x(point.orders)}
                cy={stock.y(point.stockKg)}
                r={point.best ? 5.5 : 3.5}
                className={point.best ? 'point-best' : 'point'}
              />
            </g>
          ))}
          {shown.map(({ orders }) => (
            <text key={orders} x={x(orders)} y={STOCK.base + 17} textAnchor="middle" className="axis-text">
              {orders}
            </text>
          ))}
          <text
            x={x(best.orders) + (nearRight ? -9 : 9)}
            y={cost.y(best.costKrw) + 22}
            textAnchor={nearRight ? 'end' : 'start'}
            className="bar-name halo"
          >
            {t.study.imports.best}
          </text>
          <text x={width} y={HEIGHT - 4} textAnchor="end" className="axis-text">
            {t.study.imports.ordersAxis}
          </text>
        </svg>
      )}
    </div>
  )
}
