/** One complex a row with the range of its score: where bars overlap, the places are open. */
import { useElementSize } from '@mantine/hooks'
import type { KnownIndicator } from '../../../../study/index.ts'
import { ticksOf } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { type ComplexRow, countingOf, knownIn } from '../../../state/complexes.ts'
import { inHundred, linesOf } from '../text.ts'

const HEAD = 34
const MOST_LINES = 3
/** of text */
const LINE = 16

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
  const criteria = countingOf(indicators)
  const tail = narrow ? 0 : Math.max(132, 84 + criteria.length * 12)
  const places = narrow ? 0 : 58
  const names = narrow ? 0 : Math.min(280, Math.max(130, width * 0.39))
  const left = places + names + 8
  const right = width - tail - (narrow ? 14 : 8)
  // places on a scale, no lengths from nought: it may begin where the first range does
  const low = Math.floor(Math.min(...rows.map((one) => one.low)) * 10) / 10
  const high = Math.ceil(Math.max(...rows.map((one) => one.high), best?.high ?? 0) * 10) / 10
  const x = (score: number) => left + ((score - low) / Math.max(0.1, high - low)) * (right - left)
  const detail = ({ figures }: ComplexRow): string =>
    [
      figures.region?.[language] ?? '',
      figures.processes.map((process) => words.processes[process]).join('·') || words.noProcess,
      ...(figures.firms ? [words.firms(String(Math.round(figures.firms.value)))] : []),
    ]
      .filter(Boolean)
      .join(' · ')
  const room = narrow ? width - 96 : names - 8
  // names have the lines they need, and rows the height
  const lines = rows.map((one) => ({
    name: linesOf(`${one.number} ${one.name[language]}`, room, 13, MOST_LINES),
    detail: linesOf(detail(one), room, 12),
  }))
  const tall = lines.map(({ name, detail: more }) => LINE * (name.length + more.length) + (narrow ? 34 : 10))
  const tops = tall.map((_, k) => tall.slice(0, k).reduce((sum, one) => sum + one, HEAD))
  const height = tall.reduce((sum, one) => sum + one, HEAD) + 4
  const label = `${words.ranking}: ${rows
    .map(
      (one) =>
        `${one.name[language]} ${words.placeOf(...one.ranked.places)}, ${one.value === null ? words.dark : Math.round(one.value * 100)}`,
    )
    .join('; ')}`
  return (
    <div className="ranking">
      <ul className="ranking-choices" style={{ paddingTop: HEAD }} aria-label={words.compare}>
        {rows.map(({ id, name }, k) => (
          <li key={id} style={{ height: tall[k] }}>
            <label>
              <input
                type="checkbox"
                aria-label={words.choose(name[language])}
                checked={chosen.includes(id)}
                disabled={full && !chosen.includes(id)}
                onChange={() => onChoose(id)}
              />
            </label>
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
              const top = tops[k]
              const middle = narrow ? top + tall[k] - 16 : top + tall[k] / 2
              const text = top + 17
              const { name, detail: more } = lines[k]
              return (
                <g key={one.id}>
                  {k > 0 && <path d={`M0 ${top}H${width}`} className="axis-line faint-line" />}
                  {!narrow && (
                    <text x={0} y={middle + 5} className={one.value === null ? 'axis-text ink-text' : 'bar-value'}>
                      {words.placeOf(...one.ranked.places)}
                    </text>
                  )}
                  {name.map((line, n) => (
                    <text key={line} x={places} y={text + LINE * n} className="bar-name halo">
                      {line}
                    </text>
                  ))}
                  {more.map((line, n) => (
                    <text key={line} x={places} y={text + LINE * (name.length + n)} className="axis-text halo">
                      {line}
                    </text>
                  ))}
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
