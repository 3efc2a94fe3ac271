/** Where figures come from: value, source, day and certainty of each, folded away until somebody asks. */
import type { SourceLine } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { useDay } from './context.tsx'

/** `topics`: what the figures above are made of. Nothing while the service has not told yet. */
export function Sources({ topics }: { readonly topics: readonly SourceLine['topic'][] }) {
  const { t } = useWords()
  const { footprint } = useDay()
  const lines = (footprint?.sources ?? []).filter(({ topic }) => topics.includes(topic))
  if (lines.length === 0) return null
  return (
    <details className="sources">
      <summary>{t.sources.summary(lines.length)}</summary>
      <SourceList lines={lines} />
    </details>
  )
}

/** All of them, a group for each topic. */
export function SourcesCard() {
  const { t } = useWords()
  const { footprint } = useDay()
  if (!footprint) return null
  const groups = Map.groupBy(footprint.sources, ({ topic }) => topic)
  return (
    <section className="card sources-card">
      <h2>{t.sources.title}</h2>
      <p className="muted small">{t.sources.certainties}</p>
      {[...groups].map(([topic, lines]) => (
        <details key={topic} className="sources">
          <summary>
            {t.sources.topics[topic]} <span className="faint">{lines.length}</span>
          </summary>
          <SourceList lines={lines} />
        </details>
      ))}
    </section>
  )
}

function SourceList({ lines }: { readonly lines: readonly SourceLine[] }) {
  const { t, language } = useWords()
  return (
    <dl className="source-list">
      {lines.map(({ name, value, source, asOf, certainty }) => (
        <div key={name.en}>
          <dt>
            {name[language]} <b>{value[language]}</b>
          </dt>
          <dd>
            <span
              className={`chip ${certainty === 'X' ? 'warn' : ''}`}
              title={certainty && t.sources.certainty[certainty]}
            >
              {certainty ?? t.sources.unknown}
            </span>{' '}
            {source[language]}
            {asOf && <span className="nowrap"> · {asOf}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
