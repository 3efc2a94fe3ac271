/** What a link opens: the round, or in plain words why not. */
import { type FormEvent, useState } from 'react'
import { Icon, Logo } from '../views/icons.tsx'
import { telOf } from './mapLinks.ts'
import { Round } from './Round.tsx'
import { type DriveState, readToken, useDrive } from './useDrive.ts'
import { useDriveWords, WordsProvider } from './words.tsx'

export function DriveApp() {
  const [token] = useState(readToken)
  return <WordsProvider>{token === undefined ? <NoLink /> : <Opened key={token} token={token} />}</WordsProvider>
}

function NoLink() {
  const { t } = useDriveWords()
  return <Notice title={t.noLink} text={t.noLinkMore} />
}

function Opened({ token }: { readonly token: string }) {
  const { t } = useDriveWords()
  const state = useDrive(token)
  const { kept, refusal, online, again } = state
  if (refusal && ['drive.askDigits', 'drive.wrongDigits'].includes(refusal.code)) return <Digits state={state} />
  if (refusal)
    return (
      <Notice title={t.closed} text={refusal.message}>
        <Unsent state={state} />
        <button type="button" className="act plain" onClick={again}>
          {t.again}
        </button>
      </Notice>
    )
  if (!kept)
    return online ? (
      <Notice title={t.loading} />
    ) : (
      <Notice title={t.offline} text={t.offlineFirst}>
        <button type="button" className="act plain" onClick={again}>
          {t.again}
        </button>
      </Notice>
    )
  if (kept.drive.state === 'withdrawn') return <Withdrawn state={state} />
  return <Round state={state} drive={kept.drive} offsetMs={kept.offsetMs} link={token.split('.')[0]!} />
}

function Notice({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text?: string
  readonly children?: React.ReactNode
}) {
  const { t, switchLanguage } = useDriveWords()
  return (
    <main className="notice">
      <Logo size={56} />
      <h1>{title}</h1>
      {text && <p role="alert">{text}</p>}
      {children}
      <button type="button" className="link" lang={t.language === 'English' ? 'en' : 'ko'} onClick={switchLanguage}>
        {t.language}
      </button>
    </main>
  )
}

function Unsent({ state: { waiting, waitingProofs } }: { readonly state: DriveState }) {
  const { t } = useDriveWords()
  const count = waiting.length + waitingProofs
  return count === 0 ? null : <p className="warn">{t.stopped(count)}</p>
}

function Digits({ state }: { readonly state: DriveState }) {
  const { t } = useDriveWords()
  const [digits, setDigits] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    state.letIn(digits)
    setDigits('')
  }
  return (
    <Notice title={t.digitsTitle} {...(state.refusal && { text: state.refusal.message })}>
      <form className="stack" onSubmit={submit}>
        <label className="field">
          <span>{t.digits}</span>
          <input
            className="digits"
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            value={digits}
            onChange={(event) => setDigits(event.target.value.replace(/\D/g, ''))}
          />
        </label>
        <button type="submit" className="act primary" disabled={digits.length !== 4}>
          {t.open}
        </button>
      </form>
      <Unsent state={state} />
    </Notice>
  )
}

function Withdrawn({ state }: { readonly state: DriveState }) {
  const { t } = useDriveWords()
  const { coordinator, carrier } = state.kept!.drive
  const calls = [
    [t.coordinator, coordinator?.phone],
    [t.carrier, carrier?.phone],
  ] as const
  return (
    <Notice title={t.withdrawn} text={t.withdrawnMore}>
      {calls.map(
        ([whom, phone]) =>
          phone && (
            <a key={whom} className="act primary" href={telOf(phone)}>
              <Icon name="phone" size={28} />
              {t.call(whom)}
            </a>
          ),
      )}
      <Unsent state={state} />
    </Notice>
  )
}
