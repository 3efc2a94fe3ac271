/** Places when one criterion counts half or twice as much: a row a complex, a column a weighting; what moved is marked. */
import { useElementSize } from '@mantine/hooks'
import type { Criterion } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import type { ComplexRow, Turn } from '../../../state/complexes.ts'
import { cutTo } from '../text.ts'

const HEAD = 40
const ROW = 28
const FACTORS = [0.5, 2] as const

interface TurnsChartProps {
  /** that have a weight to change */
  readonly criteria: readonly Criterion[]
  /** the first of the ranking, in its order */
  readonly rows: readonly ComplexRow[]
  /** everything that is ranked, as the weights are */
  readonly order: readonly string[]
  readonly turns: readonly Turn[]
}

export function TurnsChart({ criteria, rows, order, turns }: TurnsChartProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const { ref, width } = useElementSize()
  const names = Math.max(84, Math.min(190, width * 0.3))
  const column = (width - names) / (1 + 2 * criteria.length)
  const height = HEAD + rows.length * ROW
  const placeIn = (ids: readonly string[], id: string): number => ids.indexOf(id) + 1
  const turn = (criterion: string, factor: number) =>
    turns.find((one) => one.criterion === criterion && one.factor === factor)?.order ?? []
  const narrow = width < 420
  const label = `${words.turns}: ${turns
    .map((one) => {
      const top = rows.find(({ id }) => id === one.order[0])
      return `${words.criteria[one.criterion]} ${one.factor === 2 ? words.twice : words.half}: ${top?.name[language] ?? '–'}`
    })
    .join(', ')}`
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          <text x={names + column / 2} y={HEAD - 8} textAnchor="middle" className="axis-text ink-text">
            {words.turnsAs}
          </text>
          {criteria.map((criterion, c) => (
            <g key={criterion}>
              <text
                x={names + column * (2 + 2 * c)}
                y={14}
                textAnchor="middle"
                className={`axis-text ink-text ${narrow ? 'tight' : ''}`}
              >
                {cutTo(words.short[criterion], column * 2 - 4, 12)}
              </text>
              {FACTORS.map((factor, k) => (
                <text
                  key={factor}
                  x={names + column * (1.5 + 2 * c + k)}
                  y={HEAD - 8}
                  textAnchor="middle"
                  className="axis-text"
                >
                  {factor === 2 ? '×2' : '×½'}
                </text>
              ))}
              <path d={`M${names + column * (1 + 2 * c)} 4V${height}`} className="axis-line" />
            </g>
          ))}
          {rows.map(({ id, number, name }, k) => {
            const y = HEAD + k * ROW
            const now = placeIn(order, id)
            return (
              <g key={id}>
                <path d={`M0 ${y}H${width}`} className="axis-line" />
                <text x={0} y={y + 19} className="bar-name step">
                  {cutTo(`${number} ${name[language]}`, names - 6)}
                </text>
                <text x={names + column / 2} y={y + 19} textAnchor="middle" className="bar-value">
                  {now}
                </text>
                {criteria.flatMap((criterion, c) =>
                  FACTORS.map((factor, f) => {
                    const place = placeIn(turn(criterion, factor), id)
                    const left = names + column * (1 + 2 * c + f)
                    return (
                      <g key={`${criterion} ${factor}`}>
                        {place !== now && (
                          <rect
                            x={left + 2}
                            y={y + 3}
                            width={column - 4}
                            height={ROW - 6}
                            rx={3}
                            className={place < now ? 'turn-up' : 'turn-down'}
                          />
                        )}
                        <text
                          x={left + column / 2}
                          y={y + 19}
                          textAnchor="middle"
                          className={place === now ? 'axis-text' : `bar-value ${place < now ? 'good-ink' : 'warn-ink'}`}
                        >
                          {place}
                        </text>
                      </g>
                    )
                  }),
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
