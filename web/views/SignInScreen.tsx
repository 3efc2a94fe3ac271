import { type FormEvent, type ReactNode, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { useChange } from '../service/people.ts'
import { Settings } from './Header.tsx'
import { Logo } from './icons.tsx'
import { Field, Refused } from './people.tsx'

/** One card in the middle: signing in, and setting a password by a link. */
export function Doorway({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}) {
  const { t } = useWords()
  return (
    <div className="app doorway">
      <header className="header">
        <span className="logo">
          <Logo />
          <span className="logo-word">{t.product}</span>
        </span>
        <span className="push" />
        <Settings />
      </header>
      <main className="door scroll">
        <section className="card door-card">
          <h1>{title}</h1>
          <p className="muted">{text}</p>
          {children}
        </section>
      </main>
    </div>
  )
}

export function SignInScreen({ known = '', text }: { readonly known?: string; readonly text?: string }) {
  const { t } = useWords()
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const signIn = useChange(() => service.signIn(email, password))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!signIn.isPending) signIn.mutate()
  }
  return (
    <Doorway title={t.people.signIn} text={text ?? t.people.signInHint}>
      <form className="form" onSubmit={submit}>
        <Field label={t.people.email} type="email" value={email} onChange={setEmail} autoComplete="username" />
        <Field
          label={t.people.password}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <Refused error={signIn.error} />
        <button type="submit" className="button primary large" disabled={signIn.isPending}>
          {signIn.isPending ? t.people.working : t.people.signIn}
        </button>
      </form>
      <p className="small muted">{t.people.forgotten}</p>
    </Doorway>
  )
}
