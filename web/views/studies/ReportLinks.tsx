/** A study to take away: paper for a desk, workbook for whoever works on with it. */
import type { StudyAnswer } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'

export function ReportLinks({ study: { id, name, state } }: { readonly study: StudyAnswer }) {
  const { t, language } = useWords()
  const words = t.studyReport
  return (
    <span className="study-report" title={state === 'done' ? words.hint : words.partial}>
      <span className="small muted">{words.name}</span>
      {(['pdf', 'xlsx'] as const).map((format) => (
        <a
          key={format}
          className="button"
          // a download says nothing of the language of the page by itself
          href={`/api/studies/${encodeURIComponent(id)}/report?format=${format}&lang=${language}`}
          download
          aria-label={words.download(format.toUpperCase(), name[language])}
        >
          <Icon name="download" size={14} />
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  )
}
