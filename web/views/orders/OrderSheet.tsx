/** One order by hand, read by the same reader as a file. */
import { useId, useState } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { HAND_HEADS } from '../../state/grid.ts'
import { useDay } from '../context.tsx'
import type { ChangeOrders } from './OrdersMenu.tsx'
import { SideSheet } from './SideSheet.tsx'

interface SheetProps {
  readonly onChange: ChangeOrders
  readonly onClose: () => void
}
/** In the order of HAND_HEADS. */
const EMPTY = {
  firm: '',
  from: '',
  to: '',
  item: '',
  weight: '',
  quantity: '',
  pickup: '',
  delivery: '',
  gear: '',
  note: '',
}
const GEARS = ['지게차', '크레인', '호이스트', '수작업'] as const
const GEARS_EN = ['forklift', 'crane', 'hoist', 'hand'] as const

export function OrderSheet({ onChange, onClose }: SheetProps) {
  const { t, language } = useWords()
  const words = t.orders.drawer
  const { day, date } = useDay()
  const [order, setOrder] = useState(EMPTY)
  const [firms, places] = [useId(), useId()]
  const put = (name: keyof typeof EMPTY) => (text: string) => setOrder((before) => ({ ...before, [name]: text }))
  const field = (name: keyof typeof EMPTY, list?: string) => (
    <label className="stacked">
      <span>{words[name]}</span>
      <input value={order[name]} list={list} onChange={(event) => put(name)(event.currentTarget.value)} />
    </label>
  )
  const gears = language === 'ko' ? GEARS : GEARS_EN
  return (
    <SideSheet
      title={words.title}
      text={date.confirmed === undefined ? words.text : `${words.text} ${t.orders.foot.confirmed}`}
      action={words.save}
      ready={order.from.trim() !== '' && order.to.trim() !== '' && order.weight.trim() !== ''}
      onClose={onClose}
      onSave={() => onChange({ rows: [[...HAND_HEADS[language]], Object.values(order)] }, ({ added }) => added)}
    >
      {field('firm', firms)}
      <div className="pair">
        {field('from', places)}
        {field('to', places)}
      </div>
      <div className="pair">
        {field('item')}
        {field('weight')}
      </div>
      {field('quantity')}
      <div className="pair">
        {field('pickup')}
        {field('delivery')}
      </div>
      <label className="stacked">
        <span>{words.gear}</span>
        <select className="select" value={order.gear} onChange={(event) => put('gear')(event.currentTarget.value)}>
          <option value="">{words.any}</option>
          {gears.map((gear) => (
            <option key={gear}>{gear}</option>
          ))}
        </select>
      </label>
      {field('note')}
      <datalist id={firms}>
        {day?.problem.firms.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <datalist id={places}>
        {day?.problem.sites.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </SideSheet>
  )
}
