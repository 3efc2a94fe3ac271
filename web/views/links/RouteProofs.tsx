/** What the driver of a route has sent beside its times: problems, photos, signatures. */
import type { Actual } from '../../../server/api.ts'
import type { Problem } from '../../../solver/index.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { useProofs } from '../../service/links.ts'
import { Icon } from '../icons.tsx'
import { Refused } from '../people.tsx'
import { ProofPictures } from './ProofPictures.tsx'

export function RouteProofs({
  plan,
  route,
  problem,
  actuals,
}: {
  readonly plan: string
  readonly route: string
  readonly problem: Problem
  readonly actuals: readonly Actual[]
}) {
  const { t, f } = useWords()
  const { data, error } = useProofs({ plan })
  const clock = makeClock(problem.startsAt, problem.timeZone)
  const at = (moment: string) => clock.at(Math.round((Date.parse(moment) - Date.parse(problem.startsAt)) / 1000))
  const problems = actuals.filter(
    (event) => event.route === route && event.kind === 'problem' && !event.corrected && !event.void,
  )
  const proofs = (data?.items ?? []).filter((proof) => proof.route === route)
  const whereOf = (stop: number | undefined) => (stop === undefined ? '' : `${t.links.stop(stop + 1)} · `)
  if (problems.length + proofs.length === 0 && !error) return null
  return (
    <section className="route-proofs">
      <h3>{t.links.proofs}</h3>
      <Refused error={error} />
      <ul>
        {problems.map(({ id, stop, problem: kind, note, at: when, clockOffS }) => (
          <li key={id} className="bad">
            <Icon name="alert" size={14} />
            <span>
              {whereOf(stop)}
              {at(when)} · {kind ? t.links.problems[kind] : t.links.problem}
              {note && <span className="muted"> {note}</span>}
              {clockOffS !== undefined && (
                <span className="muted"> · {t.links.clock(f.duration(Math.abs(clockOffS)))}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ProofPictures of={{ plan }} proofs={proofs} at={at} />
    </section>
  )
}
