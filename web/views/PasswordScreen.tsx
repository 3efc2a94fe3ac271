import { type FormEvent, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { useChange } from '../service/people.ts'
import { Field, Refused } from './people.tsx'

export function PasswordScreen() {
  const { t } = useWords()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useChange(() => service.changePassword(current, next))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(undefined, {
      onSuccess: () => {
        setCurrent('')
        setNext('')
      },
    })
  }
  return (
    <section className="card door-card">
      <h1>{t.people.changeTitle}</h1>
      <p className="muted">{t.people.changeHint}</p>
      <form className="form" onSubmit={submit}>
        <Field
          label={t.people.currentPassword}
          type="password"
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
        />
        <Field
          label={t.people.newPassword}
          type="password"
          value={next}
          onChange={setNext}
          autoComplete="new-password"
          hint={t.people.passwordRule}
        />
        <Refused error={change.error} />
        {change.isSuccess && (
          <p className="good" role="status">
            {t.people.changed}
          </p>
        )}
        <button type="submit" className="button primary large" disabled={change.isPending}>
          {change.isPending ? t.people.working : t.people.save}
        </button>
      </form>
    </section>
  )
}
