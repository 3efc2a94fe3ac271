/** Ctrl K: everything of the day by its name, and what can be done with it. Asked for on first use. */
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Input.css'
import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { useMemo } from 'react'
import { useWords } from '../i18n/words.tsx'
import type { Address, PlanScreen } from '../state/address.ts'
import { PLAN_SCREENS } from '../state/address.ts'
import { routeName } from '../state/day.ts'
import type { Selection } from '../state/selection.ts'
import { useDay, useEdit, useSelection } from './context.tsx'

/** More than anybody reads. */
const MOST = 40

interface CommandsProps {
  readonly onGo: (address: Address) => void
  readonly onKeys: () => void
}

export function Commands({ onGo, onKeys }: CommandsProps) {
  const { t, f } = useWords()
  const { day, date, solve } = useDay()
  const { select } = useSelection()
  const { past, future, undo, redo, locks } = useEdit()
  const actions = useMemo(() => {
    const to = (screen: PlanScreen) => onGo({ screen, date: date.date })
    const show = (selection: Selection) => () => {
      to('plan')
      select(selection)
    }
    const site = (id: string) => day?.sites.get(id)?.name ?? id
    const [last, next] = [past.at(-1), future[0]]
    const commands: SpotlightActionData[] = [
      ...(solve.running ? [{ id: 'stop', label: t.commands.stop, onClick: solve.stop }] : []),
      ...(last ? [{ id: 'undo', label: t.commands.undo(last.name), onClick: undo }] : []),
      ...(next ? [{ id: 'redo', label: t.commands.redo(next.name), onClick: redo }] : []),
      ...(locks.all.length > 0
        ? [{ id: 'locks', label: t.commands.clearLocks(locks.all.length), onClick: locks.clearAll }]
        : []),
      { id: 'keys', label: t.commands.keys, onClick: onKeys },
    ]
    const screens = PLAN_SCREENS.map((screen) => ({
      id: `screen-${screen}`,
      label: t.screens[screen],
      onClick: () => to(screen),
    }))
    const routes = (day?.routes ?? []).map((model) => ({
      id: `route-${model.route.id}`,
      label: `${t.routes.number(model.number)} · ${routeName(model, t.routes)}`,
      onClick: show({ kind: 'route', route: model.route.id }),
    }))
    const firms = (day?.problem.firms ?? []).flatMap(({ id, name, site }) =>
      site === undefined ? [] : [{ id: `firm-${id}`, label: name, onClick: show({ kind: 'site', site }) }],
    )
    const shipments = (day?.problem.shipments ?? []).map((shipment) => ({
      id: `shipment-${shipment.id}`,
      label: `${site(shipment.from)} → ${site(shipment.to)}`,
      description: [shipment.item, f.kg(shipment.weightKg), shipment.id].filter(Boolean).join(' · '),
      keywords: [shipment.id, shipment.item ?? ''],
      onClick: show({ kind: 'shipment', shipment: shipment.id }),
    }))
    const { groups } = t.commands
    return [
      { group: groups.commands, actions: commands },
      { group: groups.screens, actions: screens },
      { group: groups.routes, actions: routes },
      { group: groups.firms, actions: firms },
      { group: groups.shipments, actions: shipments },
    ].filter((group) => group.actions.length > 0)
  }, [day, date, solve, past, future, undo, redo, locks, select, onGo, onKeys, t, f])
  return (
    <Spotlight
      actions={actions}
      limit={MOST}
      scrollable
      maxHeight={420}
      shortcut="mod+K"
      nothingFound={t.commands.nothing}
      searchProps={{ placeholder: t.commands.search, 'aria-label': t.commands.search }}
      transitionProps={{ duration: 0 }}
    />
  )
}
