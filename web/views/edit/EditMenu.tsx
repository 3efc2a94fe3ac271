/** What can be done to a shipment, a stop or a route: by right click, by the button ⋯, by the keyboard. */
import { Menu } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Edit } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { isOn, lockChoices } from '../../state/locking.ts'
import { placeStop, riderRoute, routeIn, shipmentsAt } from '../../state/offers.ts'
import type { Selection } from '../../state/selection.ts'
import { useDay, useEdit } from '../context.tsx'
import { Icon, type IconName } from '../icons.tsx'
import { Won } from '../parts.tsx'
import { ChoiceDialog, type Question } from './ChoiceDialog.tsx'
import { PinDialog } from './PinDialog.tsx'
import { useEditWords } from './words.tsx'

export interface MenuAt {
  readonly kind: 'menu' | 'locks'
  readonly target: Selection
  readonly x: number
  readonly y: number
}

export function EditMenu({ at, onClose }: { readonly at: MenuAt | undefined; readonly onClose: () => void }) {
  const { editor, why } = useEdit()
  const { t } = useWords()
  const [question, setQuestion] = useState<Question>()
  const [pin, setPin] = useState<{ readonly route: string; readonly stop: number }>()
  // focus comes back to what opened it
  const opener = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (at) opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
  }, [at])
  const close = useCallback(() => {
    onClose()
    opener.current?.focus({ preventScroll: true })
  }, [onClose])
  // here, so that the page does not take the same Escape for itself
  useEffect(() => {
    if (!at) return
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      close()
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [at, close])
  return (
    <>
      {at && (
        <Menu
          key={`${at.x}/${at.y}`}
          opened
          onChange={(open) => !open && close()}
          position="bottom-start"
          offset={2}
          width={252}
          shadow="none"
          withinPortal
          returnFocus={false}
          withInitialFocusPlaceholder={false}
          closeOnEscape={false}
        >
          <Menu.Target>
            <button
              type="button"
              className="menu-anchor"
              tabIndex={-1}
              aria-hidden="true"
              style={{ left: at.x, top: at.y }}
            />
          </Menu.Target>
          <Menu.Dropdown className="edit-menu">
            {!editor ? (
              <Menu.Label>{t.edits.why[why ?? 'loading']}</Menu.Label>
            ) : at.kind === 'locks' ? (
              <LockItems target={at.target} />
            ) : (
              <Items target={at.target} onAsk={setQuestion} onPin={setPin} />
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {question && <ChoiceDialog question={question} onClose={() => setQuestion(undefined)} onAsk={setQuestion} />}
      {pin && <PinDialog {...pin} onClose={() => setPin(undefined)} />}
    </>
  )
}

interface ItemsProps {
  readonly target: Selection
  readonly onAsk: (question: Question) => void
  readonly onPin: (stop: { readonly route: string; readonly stop: number }) => void
}

function Items({ target, onAsk, onPin }: ItemsProps) {
  const { t } = useWords()
  const m = t.edits.menu
  const { editor, apply, pickUp } = useEdit()
  const plan = editor!.plan
  const shipments = [...shipmentsAt(target, plan)]
  const own =
    target.kind === 'shipment'
      ? riderRoute(plan, target.shipment)
      : 'route' in target
        ? routeIn(plan, target.route)
        : undefined
  const stop = target.kind === 'stop' ? target.stop : undefined
  const whole = target.kind === 'route'
  const direct = plan.direct.find(({ shipment }) => target.kind === 'shipment' && shipment === target.shipment)
  const item = (icon: IconName, label: string, onClick: () => void) => (
    <Menu.Item leftSection={<Icon name={icon} size={15} />} onClick={onClick}>
      {label}
    </Menu.Item>
  )
  const now = (icon: IconName, label: string, edit: Edit | undefined) =>
    edit && <PricedItem key={label} icon={icon} label={label} edit={edit} onTake={() => apply(edit)} />
  const modes = (['hired', 'terminal'] as const).filter((mode) => mode !== direct?.mode)
  return (
    <>
      {item('route', whole ? m.moveAll : m.move, () => pickUp(shipments, 'keyboard', { route: own?.id, stop }))}
      {target.kind === 'shipment' && item('swap', m.swap, () => onAsk({ kind: 'swap', shipment: target.shipment }))}
      {!whole && item('plus', m.newTruck, () => onAsk({ kind: 'newTruck', shipments }))}
      {own && stop !== undefined && (
        <>
          {now('up', m.earlier, stop > 0 ? placeStop(plan, own.id, stop, stop - 1) : undefined)}
          {now('down', m.later, stop < own.stops.length - 1 ? placeStop(plan, own.id, stop, stop + 1) : undefined)}
          {item('clock', m.pin, () => onPin({ route: own.id, stop }))}
          {stop > 0 &&
            stop < own.stops.length - 1 &&
            item('split', m.split, () => onAsk({ kind: 'split', route: own.id, stop }))}
        </>
      )}
      {own && whole && (
        <>
          {now('flip', m.reverse, { kind: 'reverse', route: own.id })}
          {item('split', m.splitRoute, () => onAsk({ kind: 'splitAt', route: own.id }))}
          {item('truck', m.retype, () => onAsk({ kind: 'retype', route: own.id }))}
        </>
      )}
      <Menu.Divider />
      {modes.map((mode) =>
        now(mode === 'terminal' ? 'box' : 'truck', m.by(t.mode[mode]), { kind: 'direct', shipments, mode }),
      )}
      {shipments.some((id) => !plan.unserved.some(({ shipment }) => shipment === id)) &&
        now('close', m.leave, { kind: 'leave', shipments })}
      <Menu.Divider />
      <LockItems target={target} />
    </>
  )
}

interface PricedItemProps {
  readonly icon: IconName
  readonly label: string
  readonly edit: Edit
  readonly onTake: () => void
}

/** What it costs stands in the menu already; what is refused says why there. */
function PricedItem({ icon, label, edit, onTake }: PricedItemProps) {
  const { editor } = useEdit()
  const { sayRefusal } = useEditWords()
  const judged = editor!.judge(edit)
  return (
    <Menu.Item
      leftSection={<Icon name={icon} size={15} />}
      className={judged.plan ? '' : 'menu-refused'}
      aria-disabled={!judged.plan}
      closeMenuOnClick={judged.plan !== undefined}
      onClick={judged.plan ? onTake : undefined}
      rightSection={
        judged.plan && (
          <b
            className={
              judged.deltaKrw > 0 || judged.deltaUnserved > 0 ? 'warn' : judged.deltaKrw < 0 ? 'good' : 'faint'
            }
          >
            <Won krw={judged.deltaKrw} signed />
          </b>
        )
      }
    >
      {label}
      {!judged.plan && <span className="menu-reason bad">{sayRefusal(judged.broken)}</span>}
    </Menu.Item>
  )
}

function LockItems({ target }: { readonly target: Selection }) {
  const { t } = useWords()
  const { editor, locks } = useEdit()
  const choices = lockChoices(target, editor!.plan)
  return (
    <>
      <Menu.Label>{t.edits.locks.title}</Menu.Label>
      {choices.map((choice) => {
        const on = isOn(choice, locks.all)
        return (
          <Menu.CheckboxItem
            key={choice.name}
            checked={on}
            closeMenuOnClick={false}
            rightSection={<Icon name={on ? 'lock' : 'unlocked'} size={15} />}
            onChange={() => locks.set(choice.locks, !on)}
          >
            {t.edits.locks.grade[choice.name]}
          </Menu.CheckboxItem>
        )
      })}
      {choices.length === 0 && <Menu.Label>{t.edits.locks.none}</Menu.Label>}
      {locks.all.length > 0 && (
        <Menu.Item leftSection={<Icon name="unlocked" size={15} />} onClick={locks.clearAll}>
          {t.edits.locks.clear} ({locks.all.length})
        </Menu.Item>
      )}
    </>
  )
}

/** The button that opens the menu beside a thing. */
export function MoreButton({ target, name }: { readonly target: Selection; readonly name: string }) {
  const { t } = useWords()
  const { openMenu } = useEdit()
  return (
    <button
      type="button"
      className="button ghost icon more"
      aria-haspopup="menu"
      aria-label={t.edits.more(name)}
      title={t.edits.more(name)}
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect()
        openMenu(target, { x: left, y: bottom })
      }}
    >
      <Icon name="dots" size={16} />
    </button>
  )
}

/** The padlock beside a thing that is locked; nothing where it is free. */
export function LockMark({ target }: { readonly target: Selection }) {
  const { t } = useWords()
  const { day } = useDay()
  const { locks } = useEdit()
  const plan = day?.plan
  if (!plan || locks.all.length === 0) return null
  const names = locks.on(target)
  if (names.length === 0) return null
  const label = t.edits.locks.locked(names.map((name) => t.edits.locks.grade[name]).join(', '))
  return (
    <span className="lock-mark" role="img" aria-label={label} title={label}>
      <Icon name="lock" size={13} />
    </span>
  )
}
