/** What the driver of a round has sent: photos of problems, signatures of who received. */
import type { Sheet } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { useProofs } from '../../service/links.ts'
import { ProofPictures } from '../links/ProofPictures.tsx'
import { Refused } from '../people.tsx'

export function OwnProofs({ sheet: { plan, route, startsAt, timeZone } }: { readonly sheet: Sheet }) {
  const { t } = useWords()
  const of = { plan, own: route }
  const { data, error } = useProofs(of)
  const clock = makeClock(startsAt, timeZone)
  const proofs = data?.items ?? []
  if (proofs.length === 0 && !error) return null
  return (
    <section className="route-proofs">
      <h4>{t.links.proofs}</h4>
      <Refused error={error} />
      <ProofPictures
        of={of}
        proofs={proofs}
        at={(moment) => clock.at(Math.round((Date.parse(moment) - Date.parse(startsAt)) / 1000))}
      />
    </section>
  )
}
