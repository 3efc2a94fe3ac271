/** A complex of one's own: a list of its firms, read by the service, joins those of the study. */
import { useRef, useState } from 'react'
import type { Issue } from '../../../../solver/index.ts'
import { type ComplexesStudy, findStudyIssues } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { readFirms } from '../../../service/studies.ts'
import { entryId, withEntry } from '../../../state/complexFields.ts'
import { Icon } from '../../icons.tsx'
import { IssueList } from '../IssueList.tsx'

interface FirmUploadProps {
  readonly study: ComplexesStudy
  readonly onChange: (study: ComplexesStudy) => void
}

interface Told {
  readonly tone: 'good' | 'warn' | 'bad'
  readonly text: string
  readonly issues: readonly Issue[]
}

export function FirmUpload({ study, onChange }: FirmUploadProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const file = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told>()
  const read = async (given: File): Promise<Told> => {
    const { rows, entry, issues } = await readFirms(given, entryId(study))
    if (!entry) return { tone: 'bad', text: words.noFirms(rows), issues }
    const next = withEntry(study, entry)
    const faults = findStudyIssues(next, language)
    if (faults.length > 0) return { tone: 'bad', text: words.notAdded, issues: [...issues, ...faults] }
    onChange(next)
    const name = entry.name?.[language] ?? entry.id
    return { tone: issues.length > 0 ? 'warn' : 'good', text: words.added(name, entry.firmList?.length ?? 0), issues }
  }
  const take = async (given: File | undefined) => {
    if (!given) return
    setBusy(true)
    try {
      setTold(await read(given))
    } catch (error) {
      setTold({ tone: 'bad', text: error instanceof Error ? error.message : String(error), issues: [] })
    } finally {
      setBusy(false)
      if (file.current) file.current.value = ''
    }
  }
  return (
    <section className="card study-faults complex-upload" aria-label={words.add}>
      <input
        ref={file}
        type="file"
        accept=".csv,.xlsx,text/csv"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <button
        type="button"
        className="study-drop"
        disabled={busy}
        onClick={() => file.current?.click()}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void take(event.dataTransfer.files[0])
        }}
      >
        <Icon name="plus" size={16} />
        <span>
          <b>{words.add}</b>
          <span className="small muted">{words.addHint}</span>
        </span>
      </button>
      {busy && <p className="small muted">{words.reading}</p>}
      {told && !busy && (
        <div role={told.tone === 'bad' ? 'alert' : 'status'}>
          <p className={told.tone}>{told.text}</p>
          <IssueList issues={told.issues} />
        </div>
      )}
    </section>
  )
}
