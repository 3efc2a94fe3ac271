import { type FormEvent, useState } from 'react'
import type { AccountList, ApiKey } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { useChange, useKeyList } from '../service/people.ts'
import { Checks, Field, Once, Refused, Twice } from './people.tsx'
import { SkeletonRows } from './states.tsx'

const SCOPES = ['read', 'plan', 'import', 'confirm'] as const

export function KeysCard({ complexes }: { readonly complexes: AccountList['complexes'] }) {
  const { t, language } = useWords()
  const keys = useKeyList()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['read'])
  const [of, setOf] = useState<string[]>(complexes.map(({ id }) => id))
  const add = useChange(service.addKey)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { name, scopes: SCOPES.filter((scope) => scopes.includes(scope)), complexes: of }
    add.mutate(body, { onSuccess: () => setName('') })
  }
  return (
    <section className="card people-card">
      <h2>{t.people.keys}</h2>
      <p className="small muted">{t.people.keysHint}</p>
      {keys.isPending && <SkeletonRows rows={2} />}
      <Refused error={keys.error} />
      {keys.data?.length === 0 && <p className="muted">{t.people.noKeys}</p>}
      <ul>
        {keys.data?.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </ul>
      {add.data?.key && <Once title={t.people.keyTitle} text={t.people.keyText} secret={add.data.key} />}
      <form className="form key-form" onSubmit={submit}>
        <Field label={t.people.keyName} value={name} onChange={setName} />
        <Checks
          label={t.people.scope}
          chosen={scopes}
          onChange={setScopes}
          options={SCOPES.map((id) => ({ id, name: t.people.scopes[id] }))}
        />
        {complexes.length > 1 && (
          <Checks
            label={t.people.complex}
            chosen={of}
            onChange={setOf}
            options={complexes.map((complex) => ({ id: complex.id, name: complex.name[language] }))}
          />
        )}
        <Refused error={add.error} />
        <button type="submit" className="button" disabled={add.isPending || scopes.length === 0 || of.length === 0}>
          {add.isPending ? t.people.working : t.people.makeKey}
        </button>
      </form>
    </section>
  )
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t, f } = useWords()
  const revoke = useChange(() => service.revokeKey(apiKey.id))
  const over = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) < Date.now()
  const state = apiKey.revokedAt ? t.people.revoked : over ? t.people.expired : undefined
  const until = apiKey.expiresAt && t.people.until(f.date(apiKey.expiresAt.slice(0, 10)))
  const used = apiKey.lastUsedAt ? t.people.lastUsed(f.date(apiKey.lastUsedAt.slice(0, 10))) : t.people.neverUsed
  return (
    <li className="person">
      <div className="person-who">
        <b className="cut">{apiKey.name}</b>
        <span className="muted cut">{[until, used, apiKey.madeBy].filter(Boolean).join(' · ')}</span>
      </div>
      <span className="chips">
        {apiKey.scopes.map((scope) => (
          <span key={scope} className="chip">
            {t.people.scopes[scope]}
          </span>
        ))}
        {state && <span className="chip bad">{state}</span>}
      </span>
      <span className="person-acts">
        {!state && (
          <Twice label={t.people.revoke} sure={t.people.revokeSure} onClick={() => revoke.mutate(undefined)} />
        )}
      </span>
      <Refused error={revoke.error} />
    </li>
  )
}
