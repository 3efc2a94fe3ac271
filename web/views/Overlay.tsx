/** What is said over the map when there is no plan to see: no orders, not planned yet, still searching, or failed. */

import { useWords } from '../i18n/words.tsx'
import { hasFailed } from '../state/incumbents.ts'
import { useDay } from './context.tsx'
import { Icon } from './icons.tsx'
import { EmptyDay } from './orders/EmptyDay.tsx'
import { Notice } from './states.tsx'
import { useSeconds } from './useSeconds.ts'

export function Overlay() {
  const { t, f } = useWords()
  const { complex, date, day, solve, trouble, lost, retry } = useDay()
  const [choice] = useSeconds()
  const seconds = Number(choice)
  const { job, running, error } = solve

  if (date.shipments === 0) return <EmptyDay complex={complex} date={date.date} />
  if (running) {
    if (day?.plan || !job) return null
    return (
      <div className="notice slim" role="status">
        <span className="row">
          <b>{job.state === 'queued' ? t.solve.queued : t.states.unplannedWait}</b>
          <span className="push" />
          <span className="muted">
            {f.seconds(job.elapsedS, 1)} / {f.seconds(job.seconds)}
          </span>
        </span>
        <span className="progress">
          <span style={{ width: `${Math.min(100, (job.elapsedS / job.seconds) * 100)}%` }} />
        </span>
        <span className="muted">{t.states.mapAlive}</span>
      </div>
    )
  }
  // the banner says it, and the plan stays in sight
  if (lost || (error?.unreachable && day?.plan)) return null
  if ((job && hasFailed(job)) || error) {
    return (
      <Notice
        bad
        icon="alert"
        title={t.states.failedTitle}
        text={
          <>
            {error?.unreachable ? t.states.downTitle : (error?.message ?? job?.error)}
            {day?.plan && <span className="notice-more">{t.states.failedText}</span>}
          </>
        }
      >
        <button
          type="button"
          className="button large"
          onClick={() => solve.start(job?.seconds ?? seconds, day?.plan ? 'nothing' : undefined)}
        >
          <Icon name="again" />
          {t.states.retry}
        </button>
      </Notice>
    )
  }
  if (trouble) {
    return (
      <Notice bad icon="alert" title={t.states.partTitle} text={trouble}>
        <button type="button" className="button large" onClick={retry}>
          {t.states.retry}
        </button>
      </Notice>
    )
  }
  if (day && !day.plan && !date.plan) {
    return (
      <Notice title={t.states.unplannedTitle(f.shortDate(date.date))} text={t.states.unplannedText(date.shipments)}>
        <button type="button" className="button primary large" onClick={() => solve.start(seconds)}>
          <Icon name="play" size={14} />
          {t.solve.plan} · {t.solve.secondsOption(seconds)}
        </button>
      </Notice>
    )
  }
  return null
}
