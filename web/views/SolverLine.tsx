/** The search while it runs: what the best plan costs, how it fell, how long is left, and the way out. */
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { sparkline } from '../state/incumbents.ts'
import { useDay } from './context.tsx'
import { ReplanDialog, ReplanResult } from './edit/Replan.tsx'
import { Icon } from './icons.tsx'
import { Segments, Won } from './parts.tsx'
import { SECONDS, useSeconds } from './useSeconds.ts'

const CHART = { width: 150, height: 28 }

export function SolverLine() {
  const { t, f } = useWords()
  const { day, date, solve, kpis, lowerKrw, drawn } = useDay()
  const [asking, setAsking] = useState(false)
  const { job, history, running, connected } = solve
  const [choice, setChoice] = useSeconds()
  const state = running
    ? job?.state === 'queued'
      ? 'queued'
      : 'running'
    : (job?.state ?? (day?.plan ? 'idle' : 'none'))
  const cost = running ? job?.costKrw : (kpis?.costKrw ?? job?.costKrw)
  const limitS = job ? job.seconds + (job.boundSeconds ?? 0) : 0
  const left = job ? Math.max(0, limitS - job.elapsedS) : 0
  const gapKrw = cost !== undefined && lowerKrw !== undefined ? Math.max(0, cost - lowerKrw) : undefined
  const line = job && sparkline(history, job.elapsedS, limitS, CHART.width, CHART.height)
  const first = history[0]
  const last = history.at(-1)
  const provenance = day?.plan?.provenance
  return (
    <section className="solver" aria-label={t.solve.label}>
      <span className={`dot ${state}`} />
      <b className="solver-state">{t.solve[state]}</b>
      {running && job?.state === 'running' && (
        <span className="solver-clock">
          {f.seconds(job.elapsedS, 1)} <span className="faint">/ {f.seconds(limitS)}</span>
        </span>
      )}
      {line && (
        <svg
          className="sparkline"
          width={CHART.width}
          height={CHART.height}
          role="img"
          aria-label={`${t.solve.chart}${first && last ? `: ${f.krw(first.costKrw)} → ${f.krw(last.costKrw)}` : ''}`}
        >
          <path d={line.area} className="sparkline-area" />
          <path d={line.line} className="sparkline-line" />
          {line.lower && <path d={line.lower} className="sparkline-lower" />}
          <circle cx={line.tip.x} cy={line.tip.y} r="2.5" className="sparkline-tip" />
        </svg>
      )}
      {cost !== undefined && (
        <span className={`solver-best ${state === 'idle' ? 'quiet' : ''}`}>
          {line && <span className="solver-key" />}
          <span className="muted">{t.solve.best}</span>{' '}
          <b>
            <Won krw={cost} />
          </b>
        </span>
      )}
      {cost !== undefined && lowerKrw !== undefined && gapKrw !== undefined && (
        <span className={`solver-lower ${state === 'idle' ? 'quiet' : ''}`}>
          {line && <span className="solver-key lower" />}
          <span className="muted">{t.solve.lower}</span>{' '}
          <b>
            <Won krw={lowerKrw} />
          </b>
          <span className="muted"> · {t.solve.gap(f.share(cost > 0 ? gapKrw / cost : 0))}</span>
          <span className="faint solver-room"> · {t.solve.room(f.krw(gapKrw))}</span>
        </span>
      )}
      {gapKrw === undefined && first && last && first.costKrw > last.costKrw && (
        <span className="solver-fell good">{t.solve.fell(f.krwDifference(last.costKrw - first.costKrw))}</span>
      )}
      {!running && provenance && (
        <span className="solver-tried faint">
          {job && `${t.solve.tried(f.whole(job.iterations))} · `}
          {t.solve.foundAt(f.whole(provenance.iterations))} · {t.solve.seed(provenance.seed)}
        </span>
      )}
      {!connected && running && <span className="chip warn">{t.solve.reconnecting}</span>}
      <span className="push" />
      {running ? (
        <>
          <span className="muted solver-left">{t.solve.left(f.seconds(Math.ceil(left)))}</span>
          <button type="button" className="button" onClick={solve.stop}>
            <Icon name="stop" size={14} />
            {t.solve.stop}
          </button>
        </>
      ) : (
        <>
          <Segments
            label={t.solve.seconds}
            value={choice}
            options={SECONDS.map((value) => ({ value, label: t.solve.secondsOption(Number(value)) }))}
            onChange={setChoice}
          />
          <button
            type="button"
            className="button primary"
            disabled={
              !day ||
              date.shipments === 0 ||
              (drawn !== undefined && drawn.state !== 'draft') ||
              solve.kept !== undefined
            }
            onClick={() => (day?.plan ? setAsking(true) : solve.start(Number(choice)))}
          >
            <Icon name={day?.plan ? 'again' : 'play'} size={14} />
            {day?.plan ? t.solve.replan : t.solve.plan}
          </button>
        </>
      )}
      <SpokenProgress />
      {asking && <ReplanDialog seconds={Number(choice)} onClose={() => setAsking(false)} />}
      <ReplanResult />
    </section>
  )
}

/** A screen reader hears of a running search at most this often. */
const SPEAK_EVERY_MS = 5000

function SpokenProgress() {
  const { t, f } = useWords()
  const { date, solve } = useDay()
  const { job, running } = solve
  const [spoken, setSpoken] = useState('')
  const latest = useRef('')
  const over = job?.state === 'done'
  latest.current =
    job?.costKrw === undefined
      ? ''
      : over
        ? t.solve.spokenDone(f.krw(job.costKrw))
        : t.solve.spoken(
            f.krw(job.costKrw),
            f.seconds(Math.ceil(Math.max(0, job.seconds + (job.boundSeconds ?? 0) - job.elapsedS))),
          )
  // nothing of another day or an earlier search is left to be read
  useEffect(() => setSpoken(''), [date.date, job?.id])
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setSpoken(latest.current), SPEAK_EVERY_MS)
    return () => clearInterval(timer)
  }, [running])
  useEffect(() => {
    if (over) setSpoken(latest.current)
  }, [over])
  return (
    <p className="visually-hidden" aria-live="polite">
      {spoken}
    </p>
  )
}
