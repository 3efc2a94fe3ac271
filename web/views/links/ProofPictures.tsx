/** Photos and signatures, each a picture that opens whole. */
import type { Proof } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { type ProofsOf, service } from '../../service/client.ts'

interface ProofPicturesProps {
  readonly of: ProofsOf
  readonly proofs: readonly Proof[]
  /** a moment, on the clock of the plan */
  readonly at: (moment: string) => string
}

export function ProofPictures({ of, proofs, at }: ProofPicturesProps) {
  const { t } = useWords()
  return (
    <ul className="proof-pictures">
      {proofs.map(({ id, kind, stop, at: when, name }) => {
        const where = stop === undefined ? '' : `${t.links.stop(stop + 1)} · `
        const label = `${where}${at(when)} · ${t.links[kind]}${name ? ` ${name}` : ''}`
        const source = service.proof(of, id)
        return (
          <li key={id}>
            <a href={source} target="_blank" rel="noreferrer">
              <img src={source} alt={label} loading="lazy" />
              <span className="small">{label}</span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
