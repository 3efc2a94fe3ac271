/** How to drive a route, folded away until somebody wants it: legs, and turns in words where the roads know streets. */
import { useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { useGuide } from '../service/queries.ts'
import { Refused } from './people.tsx'
import { SkeletonRows } from './states.tsx'

interface GuideProps {
  /** As the coordinator of the plan, or as the carrier of the sheet. */
  readonly whose: 'plan' | 'sheet'
  readonly plan: string
  readonly version: number
  readonly route: string
}

export function Guide({ whose, plan, version, route }: GuideProps) {
  const { t, f } = useWords()
  const [open, setOpen] = useState(false)
  const { data, error, isPending } = useGuide(whose, plan, version, route, open)
  const turns = data?.legs.some(({ steps }) => steps.length > 0)
  return (
    <details className="guide" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.guide.title}</summary>
      {open && isPending && <SkeletonRows rows={3} />}
      <Refused error={error} />
      {data && !turns && <p className="small muted">{t.guide.noTurns}</p>}
      <ol>
        {data?.legs.map(({ from, to, stop, distanceM, durationS, steps }) => (
          <li key={stop}>
            <p className="guide-leg">
              <b className="cut">
                {from} → {to}
              </b>
              <span className="nowrap">
                {f.km(distanceM)} · {f.duration(durationS)}
                {data.estimated && <span className="estimate"> {t.kpi.estimated}</span>}
              </span>
            </p>
            {steps.length > 0 && (
              <ol className="guide-turns">
                {steps.map((step) => (
                  <li key={`${step.lng},${step.lat},${step.text}`} className="guide-turn">
                    {step.text} {step.distanceM > 0 && <span className="muted nowrap">{f.km(step.distanceM)}</span>}
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}
