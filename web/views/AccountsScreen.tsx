/** Who is what, who may come in, the keys of machines, and whether policymakers see the sums. */
import { useState } from 'react'
import type { Account, AccountList } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { useAccounts, useChange } from '../service/people.ts'
import { InviteCard } from './InviteCard.tsx'
import { Icon } from './icons.tsx'
import { KeysCard } from './KeysCard.tsx'
import { Once, Refused, RoleChip, Twice } from './people.tsx'
import { Notice, SkeletonRows } from './states.tsx'

export function AccountsScreen() {
  const { t } = useWords()
  const list = useAccounts()
  const [link, setLink] = useState<Account>()
  if (!list.data) {
    return list.isError ? (
      <Notice bad icon="alert" title={t.states.partTitle} text={list.error.message}>
        <button type="button" className="button large" onClick={() => void list.refetch()}>
          {t.states.retry}
        </button>
      </Notice>
    ) : (
      <SkeletonRows rows={10} />
    )
  }
  return (
    <>
      <h1>{t.people.title}</h1>
      <div className="people-desk">
        <div className="people-main">
          <PeopleCard list={list.data} onLink={setLink} />
          {link?.link && (
            <Once
              title={t.people.linkTitle}
              text={t.people.linkText(link.email)}
              secret={`${window.location.origin}/#link/${link.link}`}
            />
          )}
          <KeysCard complexes={list.data.complexes} />
        </div>
        <div className="people-side">
          <InviteCard list={list.data} onLink={setLink} />
          <PolicyCard list={list.data} />
        </div>
      </div>
    </>
  )
}

interface PeopleProps {
  readonly list: AccountList
  readonly onLink: (account: Account) => void
}

function PeopleCard({ list, onLink }: PeopleProps) {
  const { t } = useWords()
  return (
    <section className="card people-card">
      <h2>
        {t.people.list} <span className="muted">{t.people.count(list.accounts.length)}</span>
      </h2>
      {list.accounts.length === 0 && <Notice title={t.people.nobody} text={t.people.nobodyText} />}
      <ul>
        {list.accounts.map((account) => (
          <PersonRow key={account.id} account={account} list={list} onLink={onLink} />
        ))}
      </ul>
    </section>
  )
}

function PersonRow({ account, list, onLink }: PeopleProps & { readonly account: Account }) {
  const { t } = useWords()
  const remove = useChange(() => service.removeAccount(account.id))
  const removeRole = useChange((member: string) => service.removeRole(account.id, member))
  const newLink = useChange(() => service.passwordLink(account.id))
  const namesOf = ({ complex, firm, carrier }: Account['members'][number]) => {
    const home = list.complexes.find(({ id }) => id === complex)
    return {
      complexName: home && list.complexes.length > 1 ? home.name : null,
      firmName: home?.firms.find(({ id }) => id === firm)?.name ?? firm,
      carrierName: home?.carriers.find(({ id }) => id === carrier)?.name ?? carrier,
    }
  }
  return (
    <li className="person">
      <div className="person-who">
        <b className="cut">{account.name}</b>
        <span className="muted cut">{account.email}</span>
        {!account.active && (
          <span className="chip warn" title={t.people.waitingHint}>
            {t.people.waiting}
          </span>
        )}
      </div>
      <span className="chips">
        {account.members.map((member) => (
          <RoleChip key={member.id} member={member} names={namesOf(member)}>
            <Twice
              className="chip-button"
              label={t.people.removeRole(t.people.roles[member.role])}
              sure={t.people.removeRoleSure(t.people.roles[member.role])}
              onClick={() => removeRole.mutate(member.id)}
            >
              <Icon name="close" size={11} />
            </Twice>
          </RoleChip>
        ))}
      </span>
      <span className="person-acts">
        <button type="button" className="button" onClick={() => newLink.mutate(undefined, { onSuccess: onLink })}>
          {t.people.newLink}
        </button>
        <Twice label={t.people.remove} sure={t.people.removeSure} onClick={() => remove.mutate(undefined)} />
      </span>
      <Refused error={remove.error ?? removeRole.error ?? newLink.error} />
    </li>
  )
}

function PolicyCard({ list }: { readonly list: AccountList }) {
  const { t, language } = useWords()
  const change = useChange(({ id, open }: { id: string; open: boolean }) => service.openToPolicy(id, open))
  return (
    <section className="card people-card">
      <h2>{t.people.policy}</h2>
      <p className="small muted">{t.people.policyHint}</p>
      {list.complexes.map(({ id, name, openToPolicy }) => (
        <label key={id} className="row">
          <input
            type="checkbox"
            checked={openToPolicy}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ id, open: event.currentTarget.checked })}
          />
          {name[language]}
        </label>
      ))}
      <Refused error={change.error} />
    </section>
  )
}
