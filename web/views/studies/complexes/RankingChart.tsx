/** One complex a row with the range of its score: where bars overlap, the places are open. */
import { useElementSize } from '@mantine/hooks'
import type { KnownIndicator } from '../../../../study/index.ts'
import { ticksOf } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { type ComplexRow, countingOf, knownIn } from '../../../state/complexes.ts'
import { cutTo, inHundred } from './text.ts'

const HEAD = 34

interface RankingChartProps {
  readonly rows: readonly ComplexRow[]
  readonly best: ComplexRow | null
  readonly indicators: readonly KnownIndicator[]
  readonly chosen: readonly string[]
  readonly full: boolean
  readonly onChoose: (id: string) => void
}

export function RankingChart({ rows, best, indicators, chosen, full, onChoose }: RankingChartProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const { ref, width } = useElementSize()
  const narrow = width < 500
  const row = narrow ? 66 : 38
  const criteria = countingOf(indicators)
  const tail = narrow ? 0 : Math.max(132, 84 + criteria.length * 12)
  const places = narrow ? 0 : 58
  const names = narrow ? 0 : Math.min(230, Math.max(130, width * 0.33))
  const left = places + names + 8
  const right = width - tail - (narrow ? 14 : 8)
  // places on a scale, no lengths from nought: it may begin where the first range does
  const low = Math.floor(Math.min(...rows.map((one) => one.low)) * 10) / 10
  const high = Math.ceil(Math.max(...rows.map((one) => one.high), best?.high ?? 0) * 10) / 10
  const x = (score: number) => left + ((score - low) / Math.max(0.1, high - low)) * (right - left)
  const height = HEAD + rows.length * row + 4
  const detail = ({ figures }: ComplexRow): string =>
    [
      figures.region?.[language] ?? '',
      figures.processes.map((process) => words.processes[process]).join('·') || words.noProcess,
      ...(figures.firms ? [words.firms(String(Math.round(figures.firms.value)))] : []),
    ]
      .filter(Boolean)
      .join(' · ')
  const label = `${words.ranking}: ${rows
    .map(
      (one) =>
        `${one.name[language]} ${words.placeOf(...one.ranked.places)}, ${one.value === null ? words.dark : Math.round(one.value * 100)}`,
    )
    .join('; ')}`
  return (
    <div className="ranking">
      <ul className="ranking-choices" style={{ paddingTop: HEAD }} aria-label={words.compare}>
        {rows.map(({ id, name }) => (
          <li key={id} style={{ height: row }}>
            <input
              type="checkbox"
              aria-label={words.choose(name[language])}
              checked={chosen.includes(id)}
              disabled={full && !chosen.includes(id)}
              onChange={() => onChoose(id)}
            />
          </li>
        ))}
      </ul>
      <div ref={ref} className="ranking-chart">
        {width > 0 && (
          <svg className="chart" width={width} height={height} role="img" aria-label={label}>
            {!narrow && (
              <>
                <text x={0} y={14} className="axis-text">
                  {words.place}
                </text>
                <text x={places} y={14} className="axis-text">
                  {words.complex}
                </text>
                <text x={width} y={14} textAnchor="end" className="axis-text">
                  {words.first}
                </text>
                <text x={width} y={28} textAnchor="end" className="axis-text">
                  {words.firstUnit}
                </text>
                <text x={right + 14} y={14} className="axis-text">
                  {words.data}
                </text>
              </>
            )}
            {best && (
              <rect
                x={x(Math.max(low, best.low))}
                y={HEAD}
                width={x(best.high) - x(Math.max(low, best.low))}
                height={height - HEAD}
                className="band"
              />
            )}
            {ticksOf(low, high, narrow ? 2 : 4).map((tick) => (
              <g key={tick}>
                <path d={`M${x(tick)} ${HEAD}V${height}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
                <text x={x(tick)} y={HEAD - 6} textAnchor="middle" className="axis-text">
                  {Math.round(tick * 100)}
                </text>
              </g>
            ))}
            {rows.map((one, k) => {
              const top = HEAD + k * row
              const middle = narrow ? top + 50 : top + row / 2
              const text = narrow ? top + 17 : top + 16
              const name = `${one.number} ${one.name[language]}`
              return (
                <g key={one.id}>
                  {k > 0 && <path d={`M0 ${top}H${width}`} className="axis-line faint-line" />}
                  {!narrow && (
                    <text x={0} y={middle + 5} className={one.value === null ? 'axis-text ink-text' : 'bar-value'}>
                      {words.placeOf(...one.ranked.places)}
                    </text>
                  )}
                  <text x={places} y={text} className="bar-name">
                    {cutTo(name, narrow ? width - 92 : names - 4)}
                  </text>
                  <text x={places} y={text + 15} className="axis-text">
                    {cutTo(detail(one), narrow ? width - 92 : names - 4, 12)}
                  </text>
                  {narrow && (
                    <>
                      <text x={width} y={text} textAnchor="end" className="bar-value">
                        {words.placeOf(...one.ranked.places)}
                      </text>
                      <text x={width} y={text + 15} textAnchor="end" className="axis-text">
                        {words.inHundred(inHundred(one.first))}
                      </text>
                    </>
                  )}
                  <rect
                    x={x(one.low)}
                    y={middle - 5}
                    width={Math.max(3, x(one.high) - x(one.low))}
                    height={10}
                    rx={3}
                    className={one.value === null ? 'bar-dark' : `bar-range ${one.state}`}
                  />
                  {one.value !== null && (
                    <circle
                      cx={x(one.value)}
                      cy={middle}
                      r={4.5}
                      className={one.state === 'leader' ? 'point-best' : 'point'}
                    />
                  )}
                  {!narrow && (
                    <>
                      {criteria.map((criterion, c) => {
                        const { known, all } = knownIn(one.figures, indicators, criterion)
                        const share = all === 0 ? 0 : known / all
                        return (
                          <g key={criterion}>
                            <rect
                              x={right + 14 + c * 12}
                              y={middle - 8}
                              width={8}
                              height={16}
                              rx={1.5}
                              className="pip"
                            />
                            <rect
                              x={right + 14 + c * 12}
                              y={middle + 8 - 16 * share}
                              width={8}
                              height={16 * share}
                              rx={1.5}
                              className={one.ranked.criteria[criterion] ? 'pip-full' : 'pip-part'}
                            />
                          </g>
                        )
                      })}
                      <text
                        x={width}
                        y={middle + 5}
                        textAnchor="end"
                        className={one.value === null ? 'axis-text' : 'bar-value'}
                      >
                        {inHundred(one.first)}
                      </text>
                    </>
                  )}
                </g>
              )
            })}
          </svg>
        )}
      </div>
    </div>
  )
}
