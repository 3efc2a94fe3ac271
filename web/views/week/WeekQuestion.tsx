/** How long orders may wait, what that costs, how long to search: asked once, planned twice. */
import { useState } from 'react'
import type { Complex } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { queryClient } from '../../service/queries.ts'
import { Icon } from '../icons.tsx'
import { Segments } from '../parts.tsx'

const WAITS = ['1', '2', '3'] as const
/** Of each side; the first half is common to both. */
const SECONDS = ['20', '60', '120'] as const

interface WeekQuestionProps {
  readonly complex: Complex
  /** with orders */
  readonly dates: readonly string[]
  readonly busy: boolean
  readonly attempt: (act: () => Promise<void>) => Promise<void>
}

export function WeekQuestion({ complex, dates, busy, attempt }: WeekQuestionProps) {
  const { t } = useWords()
  const [wait, setWait] = useState<(typeof WAITS)[number]>('1')
  const [due, setDue] = useState<'kept' | 'moves'>('kept')
  const [seconds, setSeconds] = useState<(typeof SECONDS)[number]>('60')
  const [krw, setKrw] = useState('')
  const [source, setSource] = useState('')
  const price = Number(krw)
  const priced = krw.trim() !== '' && Number.isFinite(price) && price > 0
  const start = async () => {
    const horizon = await service.addHorizon(complex.id, {
      dates: [...dates],
      waitDays: Number(wait),
      due,
      ...(priced && {
        hold: {
          krwPerTonneDay: price,
          ...(source.trim() !== '' && { note: { source: source.trim(), asOf: new Date().toISOString().slice(0, 10) } }),
        },
      }),
    })
    await service.startJob(horizon.alone, { seconds: Number(seconds) / 2, boundSeconds: 0 })
    await Promise.all(
      [['horizons'], ['horizonPlans'], ['horizonJobs']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    )
  }
  return (
    <section className="card week-question" aria-labelledby="week-question">
      <h2 id="week-question">{t.week.ask}</h2>
      <p className="muted small">{t.week.askHint}</p>
      <div className="week-fields">
        <div className="scenario-field">
          <span>{t.week.waitDays}</span>
          <Segments
            label={t.week.waitDays}
            value={wait}
            options={WAITS.map((value) => ({ value, label: t.week.waitOption(Number(value)) }))}
            onChange={setWait}
          />
        </div>
        <div className="scenario-field">
          <span>{t.week.due}</span>
          <Segments
            label={t.week.due}
            value={due}
            options={[
              { value: 'kept', label: t.week.dueKept },
              { value: 'moves', label: t.week.dueMoves },
            ]}
            onChange={setDue}
          />
        </div>
        <label className="scenario-field">
          <span>{t.week.hold}</span>
          <input
            type="number"
            inputMode="numeric"
            min="0"
            value={krw}
            placeholder="0"
            title={t.week.holdHint}
            onChange={(event) => setKrw(event.currentTarget.value)}
          />
        </label>
        {priced && (
          <label className="scenario-field">
            <span>{t.week.source}</span>
            <input
              type="text"
              maxLength={200}
              value={source}
              placeholder={t.week.sourceHint}
              onChange={(event) => setSource(event.currentTarget.value)}
            />
          </label>
        )}
        <div className="scenario-field">
          <span>{t.week.seconds}</span>
          <Segments
            label={t.week.seconds}
            value={seconds}
            options={SECONDS.map((value) => ({ value, label: t.solve.secondsOption(Number(value)) }))}
            onChange={setSeconds}
          />
        </div>
        <button
          type="button"
          className="button primary"
          disabled={busy || dates.length < 2}
          onClick={() => void attempt(start)}
        >
          <Icon name="play" size={14} />
          {t.week.start}
        </button>
      </div>
      {due === 'moves' && <p className="warn small">{t.week.dueMovesHint}</p>}
      {dates.length < 2 && <p className="warn small">{t.week.needTwo}</p>}
      <p className="faint small">{t.week.beyond}</p>
    </section>
  )
}
