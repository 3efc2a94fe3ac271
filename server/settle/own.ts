/** Of a month what one firm or one carrier may see: its own, and its own part of each correction. */
import type { Correction, Month } from '../api.ts'

type OwnLine = Omit<Correction, 'month' | 'payers' | 'carrier' | 'at' | 'by' | 'voidedBy' | 'route'>

const lineOf = ({ id, date, kind, reason, corrects, voids }: Correction, krw: number): OwnLine => ({
  id,
  date,
  kind,
  krw,
  reason,
  ...(corrects !== undefined && { corrects }),
  ...(voids !== undefined && { voids }),
})

const about = ({ state, estimated, vat, missing }: Month) => ({
  state,
  working: missing.filter(({ why }) => why === 'working').length,
  estimated,
  vat,
})

export function ofOwnFirm(month: Month, firm: string) {
  const row = month.firms.find((one) => one.firm === firm)
  const corrections = month.corrections.flatMap((line) => {
    const part = line.payers.find((payer) => payer.firm === firm)
    return part ? [lineOf(line, part.krw)] : []
  })
  return { ...about(month), corrections, ...(row && { row }) }
}

/** `carrier`: null where the member belongs to none. */
export function ofCarrier(month: Month, carrier: string | null) {
  const isOwn = (id: string | null | undefined) => typeof id === 'string' && id === carrier
  const row = month.carriers.find((one) => isOwn(one.carrier))
  return {
    month: month.month,
    complex: month.complex,
    ...about(month),
    corrections: month.corrections.flatMap((line) => (isOwn(line.carrier) ? [lineOf(line, line.krw)] : [])),
    ...(row && { row }),
  }
}
