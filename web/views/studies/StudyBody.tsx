/** One study: what can be done with it, how far it is, and what it says so far. */
import { useDebouncedValue } from '@mantine/hooks'
import { type ComponentProps, useMemo, useState } from 'react'
import type { StudyAnswer, StudyResult } from '../../../server/api.ts'
import {
  answerComplexes,
  answerSupply,
  appraise,
  consolidate,
  type ImportRange,
  type Study,
  sourcesOf,
} from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { addStudy, isOpen, removeStudy, resumeStudy, stopStudy, useEstimate } from '../../service/studies.ts'
import { type DrawnStudy, isDrawn, runsOf, setAt } from '../../state/study.ts'
import { Icon } from '../icons.tsx'
import { Notice, SkeletonRows } from '../states.tsx'
import { useAddress } from '../useAddress.ts'
import { AppraisalResults } from './AppraisalResults.tsx'
import { SourceNotes } from './ChartCard.tsx'
import { ComplexResults } from './complexes/ComplexResults.tsx'
import { save } from './exportChart.ts'
import { FrequencyResults } from './FrequencyResults.tsx'
import { ImportResults } from './ImportResults.tsx'
import { NationalResults } from './NationalResults.tsx'
import { PickupResults } from './PickupResults.tsx'
import { ReportLinks } from './ReportLinks.tsx'
import { KindChip, StateChip } from './StudyList.tsx'
import { SupplyResults } from './SupplyResults.tsx'
import { useImportRange } from './useImportRange.ts'

/** A laptop works an hour or more at so many. */
const MANY_RUNS = 5000
const ESTIMATE_AFTER_MS = 900

interface StudyBodyProps {
  /** without faults */
  readonly draft: Study
  readonly onChange: (change: (study: Study) => Study) => void
  readonly kept: StudyAnswer | undefined
  readonly edited: boolean
  readonly faulty: boolean
}

export function StudyBody({ draft, onChange, kept, edited, faulty }: StudyBodyProps) {
  const { t, f, language } = useWords()
  const [, go] = useAddress()
  const [busy, setBusy] = useState(false)
  const [sure, setSure] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await act()
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const add = () => attempt(async () => go({ screen: 'study', date: undefined, view: (await addStudy(draft)).id }))
  const open = isOpen(kept?.state)
  const isNew = kept === undefined || edited
  const sources = useMemo(() => sourcesOf(draft), [draft])
  return (
    <>
      <section className="card study-head">
        <div className="study-title">
          <h2>{draft.name[language]}</h2>
          <KindChip kind={draft.kind} />
          {kept && !edited ? <StateChip state={kept.state} /> : <span className="chip">{t.study.states.draft}</span>}
        </div>
        <div className="row wrap">
          {isNew && (
            <button type="button" className="button primary" disabled={busy || faulty} onClick={() => void add()}>
              <Icon name={isDrawn(draft) ? 'play' : 'check'} size={14} />
              {isDrawn(draft) ? t.study.run : t.study.save}
            </button>
          )}
          {open && kept && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void attempt(async () => await stopStudy(kept.id))}
            >
              <Icon name="stop" size={14} />
              {t.study.stop}
            </button>
          )}
          {kept &&
            !isNew &&
            !open &&
            (kept.state !== 'done' || kept.parts?.some(({ state }) => state === 'failed')) && (
              <button
                type="button"
                className="button primary"
                disabled={busy}
                onClick={() => void attempt(async () => await resumeStudy(kept.id))}
              >
                <Icon name="play" size={14} />
                {t.study.resume}
              </button>
            )}
          {kept && !open && (
            <button
              type="button"
              className={`button ${sure ? 'bad' : 'ghost'}`}
              disabled={busy}
              onBlur={() => setSure(false)}
              onClick={() =>
                sure
                  ? void attempt(async () => {
                      await removeStudy(kept.id)
                      go({ screen: 'study', date: undefined })
                    })
                  : setSure(true)
              }
            >
              {sure ? t.study.removeSure : t.study.remove}
            </button>
          )}
          <button
            type="button"
            className="button ghost"
            onClick={() =>
              save(`${JSON.stringify(draft, null, 2)}\n`, 'application/json', `${draft.name[language]}.json`)
            }
          >
            <Icon name="download" size={14} />
            {t.study.document}
          </button>
          {kept && !isNew && kept.result && <ReportLinks study={kept} />}
          {!isDrawn(draft) && <span className="small muted">{t.study.asYouType}</span>}
        </div>
        {trouble && (
          <p className="bad" role="alert">
            {trouble}
          </p>
        )}
        {isDrawn(draft) && isNew && <Estimated study={draft} faulty={faulty} />}
        {kept && kept.all > 0 && !isNew && kept.state !== 'done' && (
          <div className="study-progress">
            <progress
              value={kept.done}
              max={kept.all}
              aria-label={t.study.progress(f.whole(kept.done), f.whole(kept.all))}
            />
            <span className="small">{t.study.progress(f.whole(kept.done), f.whole(kept.all))}</span>
          </div>
        )}
        {kept?.error && !edited && (
          <p className="bad" role="alert">
            <b>{t.study.failed}.</b> {kept.why?.[language] ?? kept.error}
          </p>
        )}
      </section>
      {isDrawn(draft) ? (
        <Drawn kept={kept} edited={edited} />
      ) : draft.kind === 'complexes' ? (
        <Complexes study={draft} sources={sources} onChange={onChange} />
      ) : (
        <AtOnce study={draft} sources={sources} kept={edited ? null : (kept?.result ?? null)} />
      )}
      <section className="card study-card">
        <h2>{t.sources.title}</h2>
        <p className="small muted">{t.sources.certainties}</p>
        <SourceNotes study={draft} sources={kept && !edited ? kept.sources : sources} />
      </section>
    </>
  )
}

/** No days to be drawn: worked out here, while somebody types. */
function AtOnce({
  study,
  sources,
  kept,
}: {
  readonly study: Exclude<Study, { kind: 'pickup' | 'national' | 'complexes' }>
  readonly sources: ReturnType<typeof sourcesOf>
  /** of this very document: with the roads that only the server has */
  readonly kept: StudyResult | null
}) {
  const worked = useMemo(() => {
    switch (study.kind) {
      case 'imports':
        return { kind: study.kind, study, answer: consolidate(study) } as const
      case 'appraisal':
        return { kind: study.kind, study, answer: appraise(study) } as const
      case 'supply':
        return { kind: study.kind, study, answer: keptSupply(kept) ?? answerSupply(study) } as const
    }
  }, [study, kept])
  if (worked.kind === 'imports')
    return <Imports {...worked} sources={sources} kept={kept?.kind === 'imports' ? kept.imports.range : undefined} />
  if (worked.kind === 'appraisal') return <AppraisalResults {...worked} sources={sources} />
  return <SupplyResults {...worked} sources={sources} />
}

/** Undefined: not worked out by this version of the program, or not at all. */
const keptSupply = (kept: StudyResult | null) =>
  kept?.kind === 'supply' && 'fetches' in kept.supply ? kept.supply : undefined

function Imports({
  kept,
  ...props
}: Omit<ComponentProps<typeof ImportResults>, 'range'> & { readonly kept: ImportRange | null | undefined }) {
  return <ImportResults {...props} range={useImportRange(props.study, kept)} />
}

const EVEN = { stability: 1, economy: 1, infrastructure: 1, geography: 1 }

interface ComplexesProps {
  readonly study: Extract<Study, { kind: 'complexes' }>
  readonly sources: ReturnType<typeof sourcesOf>
  readonly onChange: StudyBodyProps['onChange']
}

/** Figures rest on what is known alone: moving a weight does not work them out again. */
function Complexes({ study, sources, onChange }: ComplexesProps) {
  const { name, complexes, indicators } = study
  const answer = useMemo(
    () => answerComplexes({ kind: 'complexes', name, complexes, weights: EVEN, ...(indicators && { indicators }) }),
    [name, complexes, indicators],
  )
  return (
    <ComplexResults
      study={study}
      answer={answer}
      sources={sources}
      onWeights={(weights) => onChange((draft) => setAt(draft, ['weights'], { ...study.weights, ...weights }))}
    />
  )
}

function Drawn({ kept, edited }: { readonly kept: StudyAnswer | undefined; readonly edited: boolean }) {
  const { t } = useWords()
  const study = kept?.document
  const result = kept?.result ?? undefined
  if (!kept || !study || !isDrawn(study)) return <Notice icon="play" title={t.study.notRun} text={t.study.notRunText} />
  const some =
    (result?.kind === 'pickup' && result.pickup.settings.length > 0) ||
    (result?.kind === 'national' && result.national.all.length > 0)
  return (
    <>
      {edited && some && (
        <p className="card study-note warn" role="status">
          {t.study.changed}
        </p>
      )}
      {!edited && some && kept.state !== 'done' && (
        <p className="card study-note" role="status">
          {isOpen(kept.state) ? t.study.partial : t.study.stoppedNote}
        </p>
      )}
      {study.kind === 'pickup' && result?.kind === 'pickup' && result.pickup.frequency && (
        <FrequencyResults study={study} result={result.pickup.frequency} sources={kept.sources} />
      )}
      {some && study.kind === 'pickup' && result?.kind === 'pickup' && (
        <PickupResults study={study} result={result.pickup} sources={kept.sources} />
      )}
      {study.kind === 'national' && (
        <NationalResults
          study={study}
          result={result?.kind === 'national' ? result.national : undefined}
          parts={kept.parts ?? []}
          sources={kept.sources}
        />
      )}
      {!some && kept.state === 'stopped' && (
        <Notice icon="stop" title={t.study.stoppedEarly} text={t.study.stoppedEarlyText} />
      )}
      {!some && isOpen(kept.state) && (
        <div className="card study-card">
          <p className="muted">{t.study.waiting}</p>
          <SkeletonRows rows={6} />
        </div>
      )}
    </>
  )
}

function Estimated({ study, faulty }: { readonly study: DrawnStudy; readonly faulty: boolean }) {
  const { t, f } = useWords()
  const [settled] = useDebouncedValue(study, ESTIMATE_AFTER_MS)
  const estimate = useEstimate(settled, !faulty)
  const runs = runsOf(study)
  const { data } = estimate
  const minutes = data && data.runs > 0 ? (data.minutes * runs) / data.runs : 0
  return (
    <p className="small study-estimate" role="status">
      <span className="chip warn" title={t.study.estimateHint}>
        {t.study.estimated}
      </span>{' '}
      {data ? (
        <>
          <b>{t.study.estimate(f.whole(runs), f.duration(Math.max(60, minutes * 60)), data.workers)}</b>{' '}
          <span className="muted">
            {t.study.estimateHint} {data.basis && t.study.measuredDay(f.seconds(data.basis.secondsARun, 1))}
          </span>
        </>
      ) : estimate.error ? (
        <span className="bad">{estimate.error.message}</span>
      ) : (
        <span className="muted">{t.study.estimating}</span>
      )}
      {runs > MANY_RUNS && <b className="warn"> {t.study.tooMany(f.whole(runs))}</b>}
    </p>
  )
}
