/**
 * Whom to ask for an order, and where. A contact without a side is somebody at the place that is not the payer's own, whose people the
 * register of places names; where that does not tell the two apart, whoever it is knows of the order at both.
 */
import type { Shipment } from '../../solver/index.ts'
import { readPhone } from '../phones.ts'
import type { Column } from './columns.ts'
import type { RowCells } from './rowCells.ts'

type Contact = NonNullable<Shipment['fromContact']>
const MAX_CHARS = 80

export interface OrderContacts extends Pick<Shipment, 'fromContact' | 'toContact'> {
  /** what is too long for a contact: it goes with the note, nothing is lost */
  readonly left: readonly string[]
}

export function readContacts(
  cells: RowCells,
  ends: { readonly from: string | null; readonly to: string | null },
  own: string | undefined,
): OrderContacts {
  const left: string[] = []
  const short = (text: string): string => {
    if (text.length <= MAX_CHARS) return text
    left.push(text)
    return ''
  }
  const read = (nameColumn: Column, phoneColumn: Column): Contact | undefined => {
    const said = cells.text(phoneColumn)
    const phone = said === '' || said === '-' ? '' : (readPhone(said) ?? said)
    if (phone !== '' && readPhone(said) === undefined) cells.warn('phone.form', phoneColumn)
    const parts = { name: short(cells.text(nameColumn)), phone: short(phone) }
    const { name, phone: kept } = parts
    return name === '' && kept === ''
      ? undefined
      : { ...(name !== '' && { name }), ...(kept !== '' && { phone: kept }) }
  }
  const shared = read('contact', 'phone')
  const isOwn = (site: string | null): boolean => own !== undefined && site === own
  const from = read('fromContact', 'fromPhone') ?? (isOwn(ends.from) && !isOwn(ends.to) ? undefined : shared)
  const to = read('toContact', 'toPhone') ?? (isOwn(ends.to) && !isOwn(ends.from) ? undefined : shared)
  return { ...(from && { fromContact: from }), ...(to && { toContact: to }), left }
}
