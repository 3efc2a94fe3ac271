/** Which study: presets to begin from, those that are kept, and a document of one's own. */
import { useMediaQuery } from '@mantine/hooks'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import type { StudySummary } from '../../../server/api.ts'
import type { Study } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { type Preset, usePresets, useStudies } from '../../service/studies.ts'
import { formatAddress } from '../../state/address.ts'
import { Icon } from '../icons.tsx'
import { Notice, SkeletonRows } from '../states.tsx'

export const presetView = (id: string): string => `new~${id}`

/** Names of the lists stay above what is scrolled. */
const HEAD_PX = 27

interface StudyListProps {
  readonly view: string | undefined
  readonly onUpload: (name: string, text: string) => void
}

export function StudyList({ view, onUpload }: StudyListProps) {
  const { t } = useWords()
  const presets = usePresets()
  const studies = useStudies()
  const file = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  // the chosen one is in sight, wherever it stands in the list
  const picks = useRef<HTMLDivElement>(null)
  const loaded = (presets.data?.length ?? 0) + (studies.data?.items.length ?? 0)
  useEffect(() => {
    const row = picks.current?.querySelector('[aria-current]')
    if (!picks.current || !row) return
    const [own, pane] = [row.getBoundingClientRect(), picks.current.getBoundingClientRect()]
    if (own.top < pane.top || own.bottom > pane.bottom) picks.current.scrollTop += own.top - pane.top - HEAD_PX
  }, [view, loaded])
  // on a phone an open study has the room; elsewhere the list always stands
  const narrow = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false })
  const take = async (given: File | undefined) => {
    if (given) onUpload(given.name, await given.text())
    if (file.current) file.current.value = ''
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <section className="card study-list" aria-label={t.study.list}>
      <details key={`${narrow} ${view}`} open={!narrow || view === undefined}>
        <summary>{t.study.list}</summary>
        <div className="study-picks scroll" ref={picks}>
          <h2 className="study-list-head">{t.study.presets}</h2>
          {presets.isPending && <SkeletonRows rows={4} />}
          {presets.error && (
            <Notice bad icon="alert" title={t.states.partTitle} text={presets.error.message}>
              <button type="button" className="button" onClick={() => void presets.refetch()}>
                {t.states.retry}
              </button>
            </Notice>
          )}
          <ul>
            {presets.data?.map((preset) => (
              <PresetRow key={preset.id} preset={preset} view={view} />
            ))}
          </ul>
          <h2 className="study-list-head">{t.study.own}</h2>
          {studies.isPending && <SkeletonRows rows={2} />}
          {studies.error && <p className="bad small">{studies.error.message}</p>}
          {studies.data?.items.length === 0 && <p className="muted small">{t.study.noOwn}</p>}
          <ul className="study-own">
            {studies.data?.items.map((study) => (
              <StudyRow key={study.id} study={study} view={view} />
            ))}
          </ul>
        </div>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        <button
          type="button"
          className={`study-drop ${over ? 'over' : ''}`}
          onClick={() => file.current?.click()}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <Icon name="upload" size={16} />
          <span>
            <b>{t.study.upload}</b>
            <span className="small muted">{t.study.uploadHint}</span>
          </span>
        </button>
      </details>
    </section>
  )
}

export function KindChip({ kind }: { readonly kind: Study['kind'] }) {
  const { t } = useWords()
  return <span className="chip brand">{t.study.kinds[kind]}</span>
}

function PresetRow({ preset: { id, document }, view }: { readonly preset: Preset; readonly view: string | undefined }) {
  const { language } = useWords()
  return (
    <li>
      <a
        className="study-row"
        href={formatAddress({ screen: 'study', date: undefined, view: presetView(id) })}
        aria-current={view === presetView(id) ? 'page' : undefined}
      >
        <span className="study-name">{document.name[language]}</span>
        <KindChip kind={document.kind} />
      </a>
    </li>
  )
}

function StudyRow({ study, view }: { readonly study: StudySummary; readonly view: string | undefined }) {
  const { t, f, language } = useWords()
  const { id, name, kind, state, done, all, createdAt } = study
  return (
    <li>
      <a
        className="study-row"
        href={formatAddress({ screen: 'study', date: undefined, view: id })}
        aria-current={view === id ? 'page' : undefined}
      >
        <span className="study-name">{name[language]}</span>
        <KindChip kind={kind} />
        <span className="small muted row">
          <StateChip state={state} />
          {f.shortDate(createdAt.slice(0, 10))}
          {all > 0 && ` · ${t.study.progress(f.whole(done), f.whole(all))}`}
        </span>
        {all > 0 && done < all && <progress value={done} max={all} aria-label={name[language]} />}
      </a>
    </li>
  )
}

export function StateChip({ state }: { readonly state: StudySummary['state'] }) {
  const { t } = useWords()
  const tone = { queued: '', running: 'brand', done: 'good', stopped: 'warn', failed: 'bad' }[state]
  return <span className={`chip ${tone}`}>{t.study.states[state]}</span>
}
