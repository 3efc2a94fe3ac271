/** Orders changed from the plan screen: one more, a firm less, or all of them as a table. Each change is a step that can be undone. */
import { Menu } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ordersEn, ordersKo } from '../../i18n/orders.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { changeDay, putDraft } from '../../service/orders.ts'
import { formatAddress } from '../../state/address.ts'
import { makeDraft } from '../../state/grid.ts'
import type { Step } from '../../state/history.ts'
import { useDay, useEdit } from '../context.tsx'
import { NoticeLine, notify } from '../edit/Notices.tsx'
import { Icon } from '../icons.tsx'
import { FirmSheet } from './FirmSheet.tsx'
import { OrderSheet } from './OrderSheet.tsx'

type Told = (words: typeof ordersKo.changed) => string
export type ChangeOrders = (change: Parameters<typeof changeDay>[2], told: Told) => Promise<void>

export function OrdersMenu() {
  const { t } = useWords()
  const words = t.orders.menu
  const { complex, date } = useDay()
  const { remember, undo, past, canStep } = useEdit()
  const [open, setOpen] = useState<'order' | 'firm'>()
  const [last, setLast] = useState<{ readonly step: Step; readonly told: string }>()
  const undoNow = useRef(undo)
  undoNow.current = undo
  // while the day is planned anew there is no way back yet: then it is said once more, with one
  const newest = last !== undefined && past.at(-1)?.step === last.step
  useEffect(() => {
    if (!last) return
    if (newest && !canStep) return notify(<NoticeLine text={last.told} />)
    setLast(undefined)
    notify(<NoticeLine text={last.told} {...(newest && { action: t.edits.undo, onAction: () => undoNow.current() })} />)
  }, [last, newest, canStep, t])
  const close = () => setOpen(undefined)
  const change: ChangeOrders = async (asked, told) => {
    const { problem, before } = await changeDay(complex.id, date, asked)
    close()
    if (problem === null || before === null || problem === before) return
    const step: Step = {
      kind: 'switch',
      cause: 'orders',
      detail: { ko: told(ordersKo.changed), en: told(ordersEn.changed) },
      before: { problem: before, plan: date.plan },
      after: { problem, plan: undefined },
    }
    remember(step)
    setLast({ step, told: told(t.orders.changed) })
  }
  const openTable = async () => {
    const { problem, rows } = await service.dayOrders(complex.id, date.date)
    const given = { origin: 'day', name: t.orders.fileName.day, date: date.date, rows, proposed: true } as const
    putDraft(complex.id, makeDraft({ ...given, standing: { problem, rows } }))
    window.location.hash = formatAddress({ screen: 'import', date: date.date })
  }
  return (
    <>
      <Menu position="bottom-end" width={230} shadow="none" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="button ghost icon" aria-label={words.label} title={words.label}>
            <Icon name="plus" size={15} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="plus" size={15} />} onClick={() => setOpen('order')}>
            {words.add}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="minus" size={15} />}
            disabled={date.shipments === 0}
            onClick={() => setOpen('firm')}
          >
            {words.firm}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="table" size={15} />}
            disabled={date.shipments === 0}
            onClick={() => void openTable().catch(() => {})}
          >
            {words.edit}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="upload" size={15} />}
            component="a"
            href={formatAddress({ screen: 'import', date: date.date })}
          >
            {words.import}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'order' && <OrderSheet onChange={change} onClose={close} />}
      {open === 'firm' && <FirmSheet onChange={change} onClose={close} />}
    </>
  )
}
