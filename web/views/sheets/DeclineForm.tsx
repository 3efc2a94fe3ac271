import { type FormEvent, useState } from 'react'
import type { Sheet } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { Field, Refused } from '../people.tsx'
import { useSay } from './useSay.ts'

/** Declining a round: whoever looks for another truck has to know why. */
export function DeclineForm({ sheet, onDone }: { readonly sheet: Sheet; readonly onDone: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const say = useSay(sheet)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    say.mutate({ state: 'declined', note: reason.trim(), proposal: undefined }, { onSuccess: onDone })
  }
  return (
    <form className="answer-form" onSubmit={submit} aria-label={t.dispatch.declineTitle}>
      <Field label={t.dispatch.reason} value={reason} onChange={setReason} hint={t.dispatch.reasonHint} />
      <Refused error={say.error} />
      <button type="submit" className="button bad large" disabled={say.isPending}>
        {say.isPending ? t.dispatch.saving : t.dispatch.decline}
      </button>
    </form>
  )
}
