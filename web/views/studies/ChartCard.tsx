/** Around every chart: what it is, what it says, its files, and where its figures come from. */
import { type ReactNode, useRef } from 'react'
import { nameAt, type Study, type StudySource, withKnown } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { uncertainAt } from '../../state/supplyView.ts'
import { Icon } from '../icons.tsx'
import { type Sheet, saveCsv, saveSvg } from './exportChart.ts'

interface ChartCardProps {
  readonly study: Study
  readonly title: string
  readonly note?: string
  readonly sentence?: ReactNode
  readonly sheet: Sheet
  readonly sources: readonly StudySource[]
  readonly wide?: boolean
  /** false: a table, which has no picture */
  readonly drawn?: boolean
  readonly children: ReactNode
}

export function ChartCard({
  study,
  title,
  note,
  sentence,
  sheet,
  sources,
  wide = false,
  drawn = true,
  children,
}: ChartCardProps) {
  const { t, language } = useWords()
  const body = useRef<HTMLDivElement>(null)
  const file = `${study.name[language]} ${title}`
  return (
    <section className={`card study-card ${wide ? 'wide' : ''}`} aria-label={title}>
      <div className="study-card-head">
        <h2>{title}</h2>
        {note && <span className="muted small">{note}</span>}
      </div>
      {sentence && <p className="study-sentence">{sentence}</p>}
      <div ref={body}>{children}</div>
      <div className="study-card-foot">
        <SourceNotes study={study} sources={sources} />
        <fieldset className="study-files" aria-label={t.study.exportLabel(title)}>
          {drawn && (
            <button
              type="button"
              className="button ghost"
              onClick={() => {
                const svg = body.current?.querySelector('svg.chart')
                if (svg instanceof SVGSVGElement) saveSvg(svg, file)
              }}
            >
              <Icon name="download" size={14} />
              {t.study.svg}
              <span className="visually-hidden"> (SVG)</span>
            </button>
          )}
          <button
            type="button"
            className="button ghost"
            onClick={() =>
              saveCsv({ ...sheet, columns: sheet.columns.map((name) => t.study.columns[name] ?? name) }, file)
            }
          >
            <Icon name="table" size={14} />
            {t.study.csv}
            <span className="visually-hidden"> (CSV)</span>
          </button>
        </fieldset>
      </div>
    </section>
  )
}

interface SourceNotesProps {
  readonly study: Study
  readonly sources: readonly StudySource[]
}

/** One click away from every figure. */
export function SourceNotes({ study, sources }: SourceNotesProps) {
  const { t, language } = useWords()
  if (sources.length === 0)
    return <p className="small faint">{study.kind === 'national' ? t.national.sources : t.study.sourcesNone}</p>
  // a known complex is an id in the document, its name comes with the program
  const document = withKnown(study) as Study
  return (
    <details className="sources">
      <summary>{t.study.sources(sources.length)}</summary>
      <dl className="source-list">
        {sources.map((source) => (
          <div key={source.path}>
            <dt>
              {(uncertainAt(study, source.path) ?? nameAt(document, source.path))?.[language] ??
                source.path.replace(/^complex/, t.study.complexData)}
            </dt>
            <dd>
              <Certainty of={source} /> {(language === 'ko' && source.sourceKo) || source.source}
              {source.asOf && <span className="nowrap"> · {source.asOf}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

export function Certainty({ of }: { readonly of: Pick<StudySource, 'certainty'> | undefined }) {
  const { t } = useWords()
  const certainty = of?.certainty
  return (
    <span
      className={`chip ${certainty === 'X' || !certainty ? 'warn' : ''}`}
      title={certainty ? t.sources.certainty[certainty] : t.sources.unknown}
    >
      {certainty ?? '?'}
      <span className="visually-hidden"> {certainty ? t.sources.certainty[certainty] : t.sources.unknown}</span>
    </span>
  )
}
