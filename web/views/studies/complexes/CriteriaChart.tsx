/** Scores of each criterion, one bar a complex; a criterion of which too little is known is a dashed bar from end to end. */
import { useElementSize } from '@mantine/hooks'
import type { Criterion } from '../../../../study/index.ts'
import { ticksOf } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import type { ComplexRow } from '../../../state/complexes.ts'
import { cutTo, widthOf } from '../text.ts'

const HEAD = 24
const ROW = 24
const GAP = 16

export function CriteriaChart({
  rows,
  criteria,
}: {
  readonly rows: readonly ComplexRow[]
  readonly criteria: readonly Criterion[]
}) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const { ref, width } = useElementSize()
  const across = width >= 620 && criteria.length > 1 ? 2 : 1
  const panel = (width - (across - 1) * 28) / across
  const longest = Math.max(...rows.map(({ number, name }) => widthOf(`${number} ${name[language]}`, 13)))
  const names = Math.min(longest + 12, panel * 0.5)
  const tail = 34
  const tall = HEAD + rows.length * ROW + GAP
  const height = Math.ceil(criteria.length / across) * tall + 4
  const x = (score: number) => names + score * (panel - names - tail)
  const label = criteria
    .map(
      (criterion) =>
        `${words.criteria[criterion]}: ${rows
          .map(({ name, ranked }) => {
            const range = ranked.criteria[criterion]
            return `${name[language]} ${range ? Math.round(range.value * 100) : words.notEnough}`
          })
          .join(', ')}`,
    )
    .join('; ')
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {criteria.map((criterion, c) => {
            const top = Math.floor(c / across) * tall
            return (
              <g key={criterion} transform={`translate(${(c % across) * (panel + 28)} ${top})`}>
                <text x={0} y={15} className="bar-name">
                  {words.criteria[criterion]}
                </text>
                {ticksOf(0, 1, 2).map((tick) => (
                  <g key={tick}>
                    <path d={`M${x(tick)} ${HEAD}V${tall - GAP}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
                    <text x={x(tick)} y={tall - 2} textAnchor="middle" className="axis-text">
                      {tick * 100}
                    </text>
                  </g>
                ))}
                {rows.map(({ id, number, name, ranked }, k) => {
                  const range = ranked.criteria[criterion]
                  const middle = HEAD + k * ROW + ROW / 2
                  return (
                    <g key={id}>
                      <text x={0} y={middle + 5} className="bar-name step">
                        {cutTo(`${number} ${name[language]}`, names - 6)}
                      </text>
                      {range ? (
                        <>
                          <rect
                            x={x(range.low)}
                            y={middle - 5}
                            width={Math.max(3, x(range.high) - x(range.low))}
                            height={10}
                            rx={3}
                            className="bar-range leader"
                          />
                          <circle cx={x(range.value)} cy={middle} r={4.5} className="point-best" />
                          <text x={panel} y={middle + 5} textAnchor="end" className="bar-value">
                            {Math.round(range.value * 100)}
                          </text>
                        </>
                      ) : (
                        <>
                          <rect x={x(0)} y={middle - 5} width={x(1) - x(0)} height={10} rx={3} className="bar-dark" />
                          <text x={x(0.5)} y={middle + 4} textAnchor="middle" className="axis-text halo">
                            {words.notEnough}
                          </text>
                        </>
                      )}
                    </g>
                  )
                })}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
