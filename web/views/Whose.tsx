import { type ReactNode, useState } from 'react'
import type { Me } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { Choice } from './people.tsx'

type Member = NonNullable<Me['person']>['members'][number]

interface WhoseProps {
  readonly members: readonly Member[]
  readonly title: string
  /** Given the query that says which one is meant. */
  readonly children: (whose: string) => ReactNode
}

/** For who belongs to several firms, carriers or complexes: which one is shown. */
export function Whose({ members, title, children }: WhoseProps) {
  const { t, language } = useWords()
  const [chosen, setChosen] = useState(members[0]?.id ?? '')
  const member = members.find(({ id }) => id === chosen) ?? members[0]
  if (!member) return null
  const nameOf = ({ complexName, firmName, carrierName }: Member) =>
    [firmName, carrierName, complexName?.[language]].filter(Boolean).join(' · ')
  const { complex, firm, carrier } = member
  const whose = new URLSearchParams({
    ...(complex !== null && { complex }),
    ...(firm !== null && { firm }),
    ...(carrier !== null && { carrier }),
  })
  return (
    <>
      <div className="row people-title">
        <h1>{title}</h1>
        {members.length === 1 && <span className="muted cut">{nameOf(member)}</span>}
        <span className="push" />
        {members.length > 1 && (
          <Choice
            label={firm === null ? t.people.carrier : t.people.firm}
            value={member.id}
            onChange={setChosen}
            options={members.map((entry) => ({ id: entry.id, name: nameOf(entry) }))}
          />
        )}
      </div>
      {children(whose.toString())}
    </>
  )
}
