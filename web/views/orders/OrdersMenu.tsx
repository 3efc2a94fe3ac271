/** Orders changed from the plan screen: one more, a firm less, or all of them as a table. Each change can be taken back. */
import { Menu } from '@mantine/core'
import { useState } from 'react'
import type { DayChanged } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { changeDay, putDraft, takeBack } from '../../service/orders.ts'
import { formatAddress } from '../../state/address.ts'
import { makeDraft } from '../../state/grid.ts'
import { useDay } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { FirmSheet } from './FirmSheet.tsx'
import { OrderSheet } from './OrderSheet.tsx'

export type ChangeOrders = (change: Parameters<typeof changeDay>[2], told: string) => Promise<void>

export function OrdersMenu() {
  const { t } = useWords()
  const words = t.orders.menu
  const { complex, date } = useDay()
  const [open, setOpen] = useState<'order' | 'firm'>()
  const [last, setLast] = useState<{ readonly changed: DayChanged; readonly told: string; readonly undone: boolean }>()
  const [failed, setFailed] = useState<string>()
  const close = () => setOpen(undefined)
  const change: ChangeOrders = async (asked, told) => {
    const changed = await changeDay(complex.id, date, asked)
    setLast({ changed, told, undone: false })
    close()
  }
  const undo = async () => {
    if (!last) return
    try {
      await takeBack(complex.id, [last.changed])
      setLast({ ...last, undone: true })
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error))
    }
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
      {last && (
        <div className="toast" role="status">
          <span>{failed ?? (last.undone ? t.orders.changed.undone : last.told)}</span>
          {!last.undone && !failed && last.changed.problem !== last.changed.before && (
            <button type="button" className="button" onClick={() => void undo()}>
              {t.orders.done.undo}
            </button>
          )}
          <button
            type="button"
            className="button ghost icon"
            aria-label={t.close}
            onClick={() => {
              setLast(undefined)
              setFailed(undefined)
            }}
          >
            <Icon name="close" size={13} />
          </button>
        </div>
      )}
    </>
  )
}
