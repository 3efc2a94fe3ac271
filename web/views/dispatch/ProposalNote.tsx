/** The truck that a carrier would rather send: what it means for goods, times and money, and the two answers to it. */
import type { Dispatch, StoredPlan } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useProposal, usePutDispatch, useTakeProposal } from '../../service/dispatch.ts'
import { useDay } from '../context.tsx'
import { NoticeLine, notify } from '../edit/Notices.tsx'
import { Estimated, toneOf } from '../parts.tsx'
import { Refused, Twice } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'
import { JudgedWords } from './JudgedWords.tsx'

interface ProposalNoteProps {
  readonly plan: StoredPlan
  readonly dispatch: Dispatch
  readonly name: string
}

export function ProposalNote({ plan, dispatch, name }: ProposalNoteProps) {
  const { t, f } = useWords()
  const { day } = useDay()
  const judged = useProposal(plan.id, plan.version, dispatch)
  const take = useTakeProposal(plan.id, plan.version)
  const put = usePutDispatch(plan.id)
  const { proposal, route, ...rest } = dispatch
  if (!proposal) return null
  const vehicle = day?.vehicles.get(proposal.vehicle)
  const truck = vehicle ? `${f.truck(vehicle.truck)} ${t.kind[vehicle.kind]}` : proposal.vehicle
  const { data } = judged
  return (
    <section className="dispatch-proposal" aria-label={t.dispatch.proposes}>
      <p>
        <b>{t.dispatch.proposal(truck, proposal.plate ?? '')}</b>
        {proposal.note && <span className="muted"> {proposal.note}</span>}
      </p>
      {judged.isPending && <SkeletonRows rows={2} />}
      {data && (
        <>
          <JudgedWords judged={data} />
          <dl className="dispatch-delta">
            <div>
              <dt>{t.dispatch.planDelta}</dt>
              <dd className={toneOf(data.deltaKrw)}>{f.krwDifference(data.deltaKrw)}</dd>
            </div>
            <div>
              <dt>
                {t.dispatch.km} <Estimated />
              </dt>
              <dd>{f.thousandthsDifference(data.deltaM)} km</dd>
            </div>
            {data.shiftS !== undefined && (
              <div>
                <dt>{t.dispatch.times}</dt>
                <dd>{t.dispatch.shift(Math.round(data.shiftS / 60))}</dd>
              </div>
            )}
          </dl>
        </>
      )}
      <Refused error={judged.error ?? take.error ?? put.error} />
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={put.isPending || take.isPending}
          onClick={() => put.mutate({ route, body: rest })}
        >
          {t.dispatch.refuse}
        </button>
        <span className="push" />
        {data?.fits && (
          <Twice
            label={take.isPending ? t.dispatch.taking : t.dispatch.take}
            sure={t.dispatch.takeSure}
            className="button primary"
            onClick={() =>
              take.mutate(dispatch, { onSuccess: () => notify(<NoticeLine text={t.dispatch.taken(name)} />, 'good') })
            }
          />
        )}
      </div>
    </section>
  )
}
