/** The policymaker's study: choose one, change what it rests on, read what it says and how sure that is. */
import { useDebouncedValue, useInViewport } from '@mantine/hooks'
import { useMemo, useRef, useState } from 'react'
import type { Issue } from '../../../solver/index.ts'
import { findStudyIssues, type Study } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { ServiceError } from '../../service/client.ts'
import { usePresets, useStudy } from '../../service/studies.ts'
import { Notice, SkeletonRows } from '../states.tsx'
import { useAddress } from '../useAddress.ts'
import { FirmUpload } from './complexes/FirmUpload.tsx'
import { IssueList } from './IssueList.tsx'
import { StudyBody } from './StudyBody.tsx'
import { StudyEditor } from './StudyEditor.tsx'
import { StudyJump } from './StudyJump.tsx'
import { presetView, StudyList } from './StudyList.tsx'

const UPLOADED = 'upload'
/** Until somebody has stopped typing. */
const TYPING_MS = 250

export function StudyScreen() {
  const { t, language } = useWords()
  const [{ view }, go] = useAddress()
  const presets = usePresets()
  const [uploaded, setUploaded] = useState<Study>()
  const [refused, setRefused] = useState<{ readonly name: string; readonly issues: readonly Issue[] | string }>()
  const [drafts, setDrafts] = useState<Readonly<Record<string, Study>>>({})
  const preset = presets.data?.find(({ id }) => presetView(id) === view)?.document
  const isOwn = view !== undefined && view !== UPLOADED && !view.startsWith('new~')
  const kept = useStudy(isOwn ? view : undefined)
  const source = isOwn ? kept.data?.document : view === UPLOADED ? uploaded : preset
  const draft = (view !== undefined && drafts[view]) || source
  const [settled] = useDebouncedValue(draft, TYPING_MS)
  const issues = useMemo(() => (settled ? findStudyIssues(settled, language) : []), [settled, language])
  // while a figure is wrong, the results are of the last ones that were right
  const last = useRef<{ readonly view: string | undefined; readonly study: Study }>(undefined)
  if (settled && draft && issues.length === 0 && settled.name === draft.name) last.current = { view, study: settled }
  const valid = last.current?.view === view ? last.current?.study : undefined

  const { ref: editor, inViewport: isAtEditor } = useInViewport()

  const upload = (name: string, text: string) => {
    setRefused(undefined)
    let document: unknown
    try {
      document = JSON.parse(text)
    } catch (error) {
      setRefused({ name, issues: error instanceof Error ? error.message : String(error) })
      return
    }
    const found = findStudyIssues(document, language)
    if (found.length > 0) {
      setRefused({ name, issues: found })
      return
    }
    setUploaded(document as Study)
    setDrafts(({ [UPLOADED]: _, ...others }) => others)
    go({ screen: 'study', date: undefined, view: UPLOADED })
  }
  return (
    <main className="compare study scroll">
      <div className="compare-top">
        <h1>{t.study.title}</h1>
        <p className="muted">{t.study.subtitle}</p>
      </div>
      <div className="study-columns">
        <div className="study-side">
          <StudyList view={view} onUpload={upload} />
          {draft?.kind === 'complexes' && view !== undefined && (
            <FirmUpload
              key={`${view} firms`}
              study={draft}
              onChange={(next) => setDrafts((before) => ({ ...before, [view]: next }))}
            />
          )}
          {draft && view !== undefined && (
            <StudyEditor
              key={view}
              ref={editor}
              study={draft}
              issues={issues}
              onChange={(next) => setDrafts((before) => ({ ...before, [view]: next }))}
            />
          )}
        </div>
        <div className="study-main" aria-live="off">
          {refused && <Faults name={refused.name} issues={refused.issues} uploaded />}
          {issues.length > 0 && <Faults issues={issues} />}
          {draft && view !== undefined && valid ? (
            <StudyBody
              key={view}
              draft={valid}
              onChange={(change) => setDrafts((before) => ({ ...before, [view]: change(before[view] ?? draft) }))}
              kept={isOwn ? kept.data : undefined}
              edited={drafts[view] !== undefined && drafts[view] !== source}
              faulty={issues.length > 0}
            />
          ) : isOwn && kept.error instanceof ServiceError && kept.error.status === 404 ? (
            <Notice bad icon="alert" title={t.study.gone} text={t.study.goneText} />
          ) : isOwn && kept.error ? (
            <Notice bad icon="alert" title={t.states.partTitle} text={kept.error.message}>
              <button type="button" className="button large" onClick={() => void kept.refetch()}>
                {t.states.retry}
              </button>
            </Notice>
          ) : issues.length > 0 || refused ? null : view !== undefined &&
            (presets.isPending || (isOwn && kept.isPending) || draft) ? (
            <div className="card">
              <SkeletonRows rows={8} />
            </div>
          ) : (
            <Notice icon="sum" title={t.study.choose} text={t.study.chooseText} />
          )}
        </div>
      </div>
      {draft && <StudyJump isAtEditor={isAtEditor} />}
    </main>
  )
}

interface FaultsProps {
  readonly name?: string
  readonly issues: readonly Issue[] | string
  readonly uploaded?: boolean
}

function Faults({ name, issues, uploaded = false }: FaultsProps) {
  const { t } = useWords()
  const list = typeof issues === 'string' ? [] : issues
  return (
    <section className="card study-faults" role="alert">
      <h2 className="bad">
        {typeof issues === 'string'
          ? t.study.unreadable(name ?? '', issues)
          : `${name ? `${name}: ` : ''}${t.study.faults(list.length)}`}
      </h2>
      {list.length > 0 && <p className="small muted">{uploaded ? t.study.faultsUpload : t.study.faultsHint}</p>}
      <IssueList issues={list} />
    </section>
  )
}
