/**
 * What a firm or a carrier is given for a month, as one table of content that PDF and workbook are both made of: the settlement (정산서) says
 * how the sum came about, the delivery statement (거래명세표) what is charged, with tax line by line.
 */
import type { Locale } from '../../../solver/index.ts'
import type { CarrierMonth, Correction, FirmMonth, Month } from '../../api.ts'
import type { ComplexData } from '../../complexes.ts'
import type { SheetValue } from '../../sheets/value.ts'
import { COST_WORDS } from '../moneySheets.ts'
import { KIND_WORDS, WORDS } from './words.ts'

export const DOCUMENTS = ['settlement', 'delivery'] as const
export type StatementDocument = (typeof DOCUMENTS)[number]
export type PartyKind = 'firm' | 'carrier'

interface Business {
  readonly name: string
  readonly number: string | undefined
}
export interface StatementTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SheetValue[])[]
  readonly sum?: readonly SheetValue[]
}
export interface Statement {
  readonly title: string
  /** under the title */
  readonly about: string
  readonly state: string
  readonly supplier: Business
  readonly receiver: Business
  readonly tables: readonly StatementTable[]
  readonly totals: readonly (readonly [string, number])[]
  readonly notes: readonly string[]
}

export interface StatementOf {
  readonly settled: Month
  readonly data: ComplexData
  readonly kind: PartyKind
  readonly party: string
  readonly document: StatementDocument
  readonly locale: Locale
}

/** Undefined: the month has nothing of this party. */
export function statementOf({ settled, data, kind, party, document, locale }: StatementOf): Statement | undefined {
  const t = WORDS[locale]
  const firm = kind === 'firm' ? settled.firms.find((one) => one.firm === party) : undefined
  const carrier = kind === 'carrier' ? settled.carriers.find((one) => one.carrier === party) : undefined
  const row = firm ?? carrier
  if (!row) return undefined
  const own = settled.corrections.flatMap((line): { readonly line: Correction; readonly krw: number }[] => {
    if (carrier) return line.carrier === party ? [{ line, krw: line.krw }] : []
    const part = line.payers.find((payer) => payer.firm === party)
    return part ? [{ line, krw: part.krw }] : []
  })
  const joint: Business = {
    name: data.coordinator?.name ?? data.complex.name[locale],
    number: data.coordinator?.businessNumber,
  }
  const partner: Business = { name: row.name, number: row.businessNumber }
  const corrections: StatementTable[] =
    own.length === 0
      ? []
      : [
          {
            name: t.corrections,
            columns: [t.date, t.kind, t.reason, t.krw],
            rows: own.map(({ line, krw }) => [
              line.date,
              KIND_WORDS[line.kind][locale],
              [line.reason, line.corrects && t.corrects(line.corrects), line.voids && t.voids]
                .filter(Boolean)
                .join(' · '),
              krw,
            ]),
            sum: [t.sum, '', '', own.reduce((all, { krw }) => all + krw, 0)],
          },
        ]
  const tables =
    document === 'delivery'
      ? [deliveryTable(row, own, locale)]
      : [...(firm ? firmTables(firm, locale) : carrierTables(carrier!, locale)), ...corrections]
  const unrecorded = firm
    ? settled.days.filter(({ date, basis }) => basis !== 'recorded' && firm.days.some((day) => day.date === date))
        .length
    : carrier!.rounds.filter(({ basis }) => basis === 'planned').length
  return {
    title: document === 'delivery' ? t.delivery : t.settlement,
    about: `${t.month(settled.month)} · ${row.name} · ${settled.name[locale]}`,
    state: settled.state === 'closed' ? t.closed(settled.closedAt!.slice(0, 10)) : t.open,
    supplier: carrier ? partner : joint,
    receiver: carrier ? joint : partner,
    tables,
    totals: [
      ...(document === 'delivery' ? [] : firm ? firmTotals(firm, locale) : carrierTotals(carrier!, locale)),
      [t.supply, row.sumKrw],
      [t.vat(settled.vat.percent), row.vatKrw],
      [t.total, row.totalKrw],
    ],
    notes: [
      ...(settled.state === 'open' ? [t.openNote] : []),
      ...(unrecorded > 0 ? [firm ? t.plannedDays(unrecorded) : t.plannedRounds(unrecorded)] : []),
      ...(firm && document === 'settlement' ? [t.baseline] : []),
      ...(settled.estimated ? [t.estimated] : []),
      ...(settled.synthetic ? [t.synthetic] : []),
      t.vatNote(
        locale === 'ko' ? (settled.vat.sourceKo ?? settled.vat.source) : settled.vat.source,
        settled.vat.certainty ?? '',
      ),
    ],
  }
}

function firmTables({ days }: FirmMonth, locale: Locale): StatementTable[] {
  const t = WORDS[locale]
  const keys = ['plannedKrw', 'shareKrw', 'vainKrw', 'waitingKrw', 'b1Krw'] as const
  return [
    {
      name: t.days,
      columns: [t.date, t.shipments, t.planned, t.executed, t.vain, t.waiting, t.b1],
      rows: days.map((day) => [day.date, day.shipments, ...keys.map((key) => day[key])]),
      sum: [
        t.sum,
        days.reduce((all, { shipments }) => all + shipments, 0),
        ...keys.map((key) => days.reduce((all, day) => all + day[key], 0)),
      ],
    },
  ]
}

const firmTotals = (row: FirmMonth, locale: Locale): [string, number][] => {
  const t = WORDS[locale]
  return [
    [t.executed, row.shareKrw],
    [t.vain, row.vainKrw],
    [t.waiting, row.waitingKrw],
    [t.extras, row.extrasKrw],
    [t.saving, row.savingKrw],
  ]
}

function carrierTables({ rounds, lines }: CarrierMonth, locale: Locale): StatementTable[] {
  const t = WORDS[locale]
  return [
    {
      name: t.rounds,
      columns: [t.date, t.round, t.vehicle, t.stops, t.hours, t.planned, t.fare, t.waiting],
      rows: rounds.map((round) => [
        round.date,
        t.roundName(round.route),
        round.vehicle,
        round.stops,
        Math.round(round.paidS / 360) / 10,
        round.plannedKrw,
        round.costKrw,
        round.waitingKrw,
      ]),
      sum: [
        t.sum,
        '',
        '',
        rounds.reduce((all, { stops }) => all + stops, 0),
        '',
        rounds.reduce((all, { plannedKrw }) => all + plannedKrw, 0),
        rounds.reduce((all, { costKrw }) => all + costKrw, 0),
        rounds.reduce((all, { waitingKrw }) => all + waitingKrw, 0),
      ],
    },
    {
      name: t.lines,
      columns: [t.line, t.krw],
      rows: lines.map(({ kind, krw }) => [COST_WORDS[kind][locale], krw]),
      sum: [t.sum, lines.reduce((all, { krw }) => all + krw, 0)],
    },
  ]
}

const carrierTotals = (row: CarrierMonth, locale: Locale): [string, number][] => {
  const t = WORDS[locale]
  return [
    [t.tariff, row.tariffKrw],
    [t.toll, row.tollKrw],
    [t.waiting, row.waitingKrw],
    [t.extras, row.extrasKrw],
  ]
}

/** Tax of each line is what it adds to the tax of all before it: the lines add up to the tax of the sum. */
function deliveryTable(
  row: FirmMonth | CarrierMonth,
  own: readonly { readonly line: Correction; readonly krw: number }[],
  locale: Locale,
): StatementTable {
  const t = WORDS[locale]
  const goods =
    'rounds' in row
      ? row.rounds.map((round) => ({
          date: round.date,
          item: `${t.roundName(round.route)} · ${round.vehicle}`,
          quantity: 1,
          krw: round.costKrw + round.waitingKrw,
        }))
      : row.days.map((day) => ({
          date: day.date,
          item: t.carriage,
          quantity: day.shipments,
          krw: day.shareKrw + day.vainKrw + day.waitingKrw,
        }))
  const extras = own.map(({ line, krw }) => ({
    date: line.date,
    item: `${KIND_WORDS[line.kind][locale]} · ${line.reason}`,
    quantity: 1,
    krw,
  }))
  let [sumKrw, taxKrw] = [0, 0]
  const rows = [...goods, ...extras]
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map((one) => {
      sumKrw += one.krw
      const upto = row.sumKrw === 0 ? 0 : Math.round((sumKrw / row.sumKrw) * row.vatKrw)
      const vatKrw = upto - taxKrw
      taxKrw = upto
      return [one.date, one.item, one.quantity, one.krw, vatKrw]
    })
  return {
    name: t.items,
    columns: [t.date, t.item, t.quantity, t.supply, t.tax],
    rows,
    sum: [t.sum, '', rows.reduce((all, one) => all + Number(one[2]), 0), sumKrw, taxKrw],
  }
}
