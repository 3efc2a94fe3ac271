import { Menu } from '@mantine/core'
import type { Me } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { forgetEverything } from '../service/people.ts'
import { Icon } from './icons.tsx'
import { RoleChip } from './people.tsx'

/** Who one is, in the header, and the way out. */
export function UserMenu({ person }: { readonly person: NonNullable<Me['person']> }) {
  const { t } = useWords()
  const leave = async (how: () => Promise<void>) => {
    // the page forgets in any case; a session that could not be ended ends by itself
    await how().catch(() => {})
    await forgetEverything()
  }
  return (
    <Menu position="bottom-end" width={260} shadow="none" withinPortal>
      <Menu.Target>
        <button type="button" className="button ghost user-button" aria-label={t.people.menu(person.name)}>
          <Icon name="person" />
          <span className="cut user-name">{person.name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown className="user-menu">
        <div className="user-who">
          <b>{person.name}</b>
          <span className="muted">{person.email}</span>
          <span className="chips">
            {person.members.map((member) => (
              <RoleChip key={member.id} member={member} names={member} />
            ))}
          </span>
        </div>
        <Menu.Item component="a" href="#password" leftSection={<Icon name="lock" />}>
          {t.people.changeTitle}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="out" />} onClick={() => void leave(service.signOut)}>
          {t.people.signOut}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="ban" />} onClick={() => void leave(service.signOutEverywhere)}>
          {t.people.signOutEverywhere}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
