import { type FormEvent, useState } from 'react'
import type { Account, AccountList, NewAccount } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { useChange } from '../service/people.ts'
import { Choice, Field, Refused } from './people.tsx'

type Role = NewAccount['role']
const OF_COMPLEX: readonly Role[] = ['coordinator', 'firm', 'carrier']

interface InviteProps {
  readonly list: AccountList
  /** The answer may hold a link, to be shown once. */
  readonly onLink: (account: Account) => void
}

export function InviteCard({ list, onLink }: InviteProps) {
  const { t, language } = useWords()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('coordinator')
  const [chosen, setChosen] = useState('')
  const [firm, setFirm] = useState('')
  const [carrier, setCarrier] = useState('')
  const complex = list.complexes.length === 1 ? list.complexes[0] : list.complexes.find(({ id }) => id === chosen)
  const ofComplex = OF_COMPLEX.includes(role)
  const add = useChange(service.addAccount)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body: NewAccount = {
      email,
      name,
      role,
      ...(ofComplex && complex && { complex: complex.id }),
      ...(role === 'firm' && { firm }),
      ...(role === 'carrier' && { carrier }),
    }
    add.mutate(body, {
      onSuccess: (account) => {
        setEmail('')
        setName('')
        onLink(account)
      },
    })
  }
  return (
    <section className="card people-card">
      <h2>{t.people.invite}</h2>
      <p className="small muted">{t.people.inviteHint}</p>
      <form className="form" onSubmit={submit}>
        <Field label={t.people.email} type="email" value={email} onChange={setEmail} />
        <Field label={t.people.name} value={name} onChange={setName} />
        <Choice
          label={t.people.role}
          value={role}
          onChange={(value) => setRole(list.roles.find((known) => known === value) ?? 'coordinator')}
          options={list.roles.map((id) => ({ id, name: t.people.roles[id] }))}
        />
        {ofComplex && list.complexes.length > 1 && (
          <Choice
            label={t.people.complex}
            value={chosen}
            onChange={setChosen}
            options={list.complexes.map(({ id, name }) => ({ id, name: name[language] }))}
          />
        )}
        {role === 'firm' && (
          <Choice label={t.people.firm} value={firm} onChange={setFirm} options={complex?.firms ?? []} />
        )}
        {role === 'carrier' && (
          <Choice label={t.people.carrier} value={carrier} onChange={setCarrier} options={complex?.carriers ?? []} />
        )}
        {role === 'carrier' && complex?.carriers.length === 0 && <p className="small warn">{t.people.noCarriers}</p>}
        <Refused error={add.error} />
        {add.data && !add.data.link && (
          <p className="good" role="status">
            {t.people.added(add.data.email)}
          </p>
        )}
        <button type="submit" className="button primary" disabled={add.isPending}>
          {add.isPending ? t.people.working : t.people.add}
        </button>
      </form>
    </section>
  )
}
