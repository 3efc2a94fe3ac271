/** A few complexes side by side: the criteria as ranges, and every indicator with how sure it is and where it comes from. */
import type { ComplexesStudy, KnownIndicator, StudySource } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { type ComparedCell, type ComplexRow, compareByIndicator, countingOf } from '../../../state/complexes.ts'
import { Icon } from '../../icons.tsx'
import { TableScroll } from '../../parts.tsx'
import { Notice } from '../../states.tsx'
import { Certainty, ChartCard } from '../ChartCard.tsx'
import { valueText } from '../text.ts'
import { CriteriaChart } from './CriteriaChart.tsx'

interface ComparisonProps {
  readonly study: ComplexesStudy
  /** in the order of the ranking */
  readonly rows: readonly ComplexRow[]
  readonly indicators: readonly KnownIndicator[]
  readonly sources: readonly StudySource[]
  readonly onRemove: (id: string) => void
}

export function ComparisonCard({ study, rows, indicators, sources, onRemove }: ComparisonProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const column = (name: string): string => words.columns[name] ?? name
  if (rows.length < 2)
    return (
      <section className="card study-card wide" aria-label={words.compare}>
        <Notice title={words.compareNone} text={words.compareNoneText} />
      </section>
    )
  const criteria = countingOf(indicators)
  const groups = compareByIndicator(
    rows.map(({ figures }) => figures),
    indicators,
  )
  return (
    <>
      <ChartCard
        study={study}
        sources={sources}
        title={words.compare}
        note={words.compareNote}
        wide
        sheet={{
          columns: ['criterion', 'complex', 'low score', 'score', 'high score'].map(column),
          rows: criteria.flatMap((criterion) =>
            rows.map(({ name, ranked }) => {
              const range = ranked.criteria[criterion]
              return [
                words.criteria[criterion],
                name[language],
                ...(range ? [range.low, range.value, range.high].map((score) => score * 100) : [null, null, null]),
              ]
            }),
          ),
        }}
      >
        <p className="row wrap complex-chosen">
          {rows.map(({ id, number, name }) => (
            <button
              key={id}
              type="button"
              className="button"
              aria-label={words.remove(`${number} ${name[language]}`)}
              onClick={() => onRemove(id)}
            >
              {number} {name[language]} <Icon name="close" size={12} />
            </button>
          ))}
        </p>
        <CriteriaChart rows={rows} criteria={criteria} />
        <p className="small muted">{words.compareAlone}</p>
      </ChartCard>
      <ChartCard
        study={study}
        sources={sources}
        title={words.compareTable}
        note={words.compareTableNote}
        wide
        drawn={false}
        sheet={{
          columns: ['criterion', 'indicator', 'complex', 'low value', 'value', 'high value', 'certainty', 'source'].map(
            column,
          ),
          rows: groups.flatMap(({ criterion, rows: own, unknown }) => [
            ...own.flatMap(({ indicator, cells }) =>
              cells.map(({ figure, missing }, k) => [
                words.criteria[criterion],
                words.indicators[indicator.id] ?? indicator.id,
                rows[k].name[language],
                figure?.low ?? null,
                figure?.value ?? null,
                figure?.high ?? null,
                figure?.certainty ?? words.notEnough,
                figure
                  ? figure.sources.map(({ source, sourceKo }) => (language === 'ko' && sourceKo) || source).join('; ')
                  : (words.missing[missing ?? ''] ?? ''),
              ]),
            ),
            ...unknown.flatMap(({ indicator, missing }) =>
              rows.map(({ name }) => [
                words.criteria[criterion],
                words.indicators[indicator.id] ?? indicator.id,
                name[language],
                null,
                null,
                null,
                words.notEnough,
                words.missing[missing] ?? '',
              ]),
            ),
          ]),
        }}
      >
        <TableScroll label={words.compareTable}>
          <table className="ledger complex-table">
            <thead>
              <tr>
                <th scope="col">{words.indicator}</th>
                {rows.map(({ id, number, name }) => (
                  <th key={id} scope="col">
                    {number} {name[language]}
                  </th>
                ))}
              </tr>
            </thead>
            {groups.map(({ criterion, rows: own, unknown }) => (
              <tbody key={criterion}>
                <tr className="headline">
                  <th scope="rowgroup">{words.criteria[criterion]}</th>
                  {rows.map(({ id, ranked }) => {
                    const range = ranked.criteria[criterion]
                    return (
                      <td key={id}>
                        {range ? (
                          <>
                            <b>{Math.round(range.value * 100)}</b>{' '}
                            <span className="small muted">
                              {words.range(`${Math.round(range.low * 100)}`, `${Math.round(range.high * 100)}`)}
                            </span>
                          </>
                        ) : criteria.includes(criterion) ? (
                          <span className="chip warn">{words.notEnough}</span>
                        ) : (
                          <span className="small faint">{words.notCounted}</span>
                        )}
                      </td>
                    )
                  })}
                </tr>
                {own.map(({ indicator, counts, cells }) => (
                  <tr key={indicator.id}>
                    <th scope="row">
                      {words.indicators[indicator.id]}
                      {!counts && criteria.includes(criterion) && (
                        <span className="small faint"> · {words.notCounted}</span>
                      )}
                    </th>
                    {cells.map((cell) => (
                      <td key={cell.id}>
                        <Cell cell={cell} indicator={indicator} />
                      </td>
                    ))}
                  </tr>
                ))}
                {unknown.length > 0 && (
                  <tr>
                    <td colSpan={rows.length + 1} className="complex-unknown">
                      <details>
                        <summary className="small muted">{words.unknownTo(unknown.length)}</summary>
                        <ul className="small muted">
                          {unknown.map(({ indicator, missing }) => (
                            <li key={indicator.id}>
                              {words.indicators[indicator.id]}: {words.missing[missing]}
                            </li>
                          ))}
                        </ul>
                      </details>
                    </td>
                  </tr>
                )}
              </tbody>
            ))}
          </table>
        </TableScroll>
      </ChartCard>
    </>
  )
}

function Cell({ cell, indicator }: { readonly cell: ComparedCell; readonly indicator: KnownIndicator }) {
  const { t, f, language } = useWords()
  const words = t.studyComplexes
  const { figure, missing, ahead } = cell
  if (!figure)
    return (
      <span className="complex-missing small faint">
        {words.notEnough}
        {missing && <span className="complex-range">{words.missing[missing]}</span>}
      </span>
    )
  const text = (value: number) => valueText(value, indicator, f, t)
  return (
    <details className="complex-figure">
      <summary>
        <b className={ahead ? 'good' : ''}>{text(figure.value)}</b>
        {ahead && <Icon name="check" size={12} />}
        <Certainty of={figure} />
        {figure.low !== figure.high && (
          <span className="small muted complex-range">{words.range(text(figure.low), text(figure.high))}</span>
        )}
      </summary>
      <div className="small muted">
        {ahead && <p className="good">{words.ahead}</p>}
        <p>{figure.how === 'computed' ? words.computed : words.given}</p>
        {figure.sources.map(({ source, sourceKo, certainty, asOf }) => (
          <p key={`${source} ${asOf}`}>
            <Certainty of={certainty ? { certainty } : undefined} /> {(language === 'ko' && sourceKo) || source}
            {asOf && <span className="nowrap"> · {asOf}</span>}
          </p>
        ))}
      </div>
    </details>
  )
}
