import type { Dispatch } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'

const TONES: Readonly<Record<Dispatch['state'], string>> = {
  open: 'line',
  offered: 'brand',
  accepted: 'good',
  declined: 'bad',
}

/** What has been said of a round: in a word, a colour and, where it is settled, a sign. */
export function StateChip({ dispatch: { state, proposal } }: { readonly dispatch: Dispatch }) {
  const { t } = useWords()
  if (proposal && state !== 'declined') return <span className="chip warn">{t.dispatch.proposes}</span>
  return (
    <span className={`chip ${TONES[state]}`}>
      {state === 'accepted' && <Icon name="check" size={12} />}
      {state === 'declined' && <Icon name="close" size={12} />}
      {t.dispatch.states[state]}
    </span>
  )
}
