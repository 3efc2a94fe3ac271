import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { ServiceError, service } from '../service/client.ts'
import { forgetEverything, useChange } from '../service/people.ts'
import { Field, Refused } from './people.tsx'
import { Doorway, SignInScreen } from './SignInScreen.tsx'
import { SkeletonRows } from './states.tsx'

/** Sets a password by a one-time link; the first administrator says who they are, too. */
export function LinkScreen({ token }: { readonly token: string }) {
  const { t } = useWords()
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => service.readLink(token),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const first = link.data?.email === null
  const use = useChange(() => service.useLink({ token, password, ...(first && { email, name }) }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!use.isPending) use.mutate(undefined)
  }
  if (use.data) return <SignedUp email={use.data.email} />
  if (link.isError) {
    return (
      <Doorway title={t.people.setTitle} text={link.error.message}>
        {link.error instanceof ServiceError && link.error.unreachable ? (
          <button type="button" className="button primary large" onClick={() => void link.refetch()}>
            {t.states.retry}
          </button>
        ) : (
          <button type="button" className="button large" onClick={() => void forgetEverything()}>
            {t.people.toSignIn}
          </button>
        )}
      </Doorway>
    )
  }
  const text = first ? t.people.setFirst : t.people.setFor(link.data?.email ?? '')
  return (
    <Doorway title={t.people.setTitle} text={link.data ? text : t.states.loading}>
      {link.data ? (
        <form className="form" onSubmit={submit}>
          {first && (
            <>
              <Field label={t.people.name} value={name} onChange={setName} autoComplete="name" />
              <Field label={t.people.email} type="email" value={email} onChange={setEmail} autoComplete="username" />
            </>
          )}
          <Field
            label={t.people.newPassword}
            type={shown ? 'text' : 'password'}
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            hint={t.people.passwordRule}
          />
          <label className="row">
            <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
            {t.people.showPassword}
          </label>
          <Refused error={use.error} />
          <button type="submit" className="button primary large" disabled={use.isPending}>
            {use.isPending ? t.people.working : t.people.save}
          </button>
        </form>
      ) : (
        <SkeletonRows rows={3} />
      )}
    </Doorway>
  )
}

/** The link is gone from the address once the person signs in. */
function SignedUp({ email }: { readonly email: string }) {
  const { t } = useWords()
  window.history.replaceState(null, '', '#')
  return <SignInScreen known={email} text={t.people.setDone} />
}
