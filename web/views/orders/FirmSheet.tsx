/** A firm sends nothing today: its orders leave, everything else stays. */
import { useMemo, useState } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { useDay } from '../context.tsx'
import type { ChangeOrders } from './OrdersMenu.tsx'
import { SideSheet } from './SideSheet.tsx'

interface SheetProps {
  readonly onChange: ChangeOrders
  readonly onClose: () => void
}

export function FirmSheet({ onChange, onClose }: SheetProps) {
  const { t } = useWords()
  const words = t.orders.firm
  const { day, date } = useDay()
  const firms = useMemo(() => {
    const counts = Map.groupBy(day?.problem.shipments ?? [], ({ firm }) => firm)
    return (day?.problem.firms ?? []).flatMap(({ id, name }) => {
      const count = counts.get(id)?.length ?? 0
      return count > 0 ? [{ id, name, count }] : []
    })
  }, [day])
  const [chosen, setChosen] = useState<string>()
  const firm = firms.find(({ id }) => id === chosen) ?? firms[0]
  return (
    <SideSheet
      title={words.title}
      text={date.confirmed === undefined ? words.text : `${words.text} ${t.orders.foot.confirmed}`}
      action={words.save(firm?.count ?? 0)}
      ready={firm !== undefined}
      onClose={onClose}
      onSave={async () => {
        if (firm) await onChange({ remove: { firms: [firm.id] } }, ({ firm: left }) => left(firm.name, firm.count))
      }}
    >
      <label className="stacked">
        <span>{words.firm}</span>
        <select className="select" value={firm?.id ?? ''} onChange={(event) => setChosen(event.currentTarget.value)}>
          {firms.map(({ id, name, count }) => (
            <option key={id} value={id}>
              {words.option(name, count)}
            </option>
          ))}
        </select>
      </label>
    </SideSheet>
  )
}
