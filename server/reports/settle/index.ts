/** The month's papers as files. */
import type { Locale } from '../../../solver/index.ts'
import type { Month } from '../../api.ts'
import type { Sheet, SheetRow } from '../../sheets/value.ts'
import { writeXlsx } from '../../sheets/writeXlsx.ts'
import { statementPdf } from './paper.ts'
import { type Statement, type StatementOf, statementOf } from './statement.ts'
import { KIND_WORDS, WORDS } from './words.ts'

export { DOCUMENTS } from './statement.ts'
export const STATEMENT_FORMATS = ['pdf', 'xlsx'] as const

/** Undefined: the month has nothing of this party. */
export async function renderStatement({
  format,
  ...asked
}: StatementOf & { readonly format: (typeof STATEMENT_FORMATS)[number] }): Promise<
  { readonly name: string; readonly bytes: Uint8Array } | undefined
> {
  const statement = statementOf(asked)
  if (!statement) return undefined
  const { settled, locale } = asked
  const made = new Date(settled.closedAt ?? `${settled.month}-01T00:00:00Z`)
  const bytes =
    format === 'pdf' ? await statementPdf(statement, made, locale) : await writeXlsx(sheetsOf(statement, locale))
  return {
    name: `${statement.title}-${settled.month}-${statement[asked.kind === 'firm' ? 'receiver' : 'supplier'].name}.${format}`,
    bytes,
  }
}

function sheetsOf(
  { title, about, state, supplier, receiver, tables, totals, notes }: Statement,
  locale: Locale,
): Sheet[] {
  const t = WORDS[locale]
  const head: SheetRow[] = [
    [title, about],
    [t.state, state],
    [t.supplier, supplier.name],
    [t.number, supplier.number ?? t.noNumber],
    [t.receiver, receiver.name],
    [t.number, receiver.number ?? t.noNumber],
    ...totals.map(([name, krw]) => [name, krw]),
    ...notes.map((note) => ['', note]),
  ]
  return [
    { name: title, rows: head },
    ...tables.map(({ name, columns, rows, sum }) => ({ name, rows: [columns, ...rows, ...(sum ? [sum] : [])] })),
  ]
}

/** The whole month, for who settles it. */
export async function renderMonth(month: Month, locale: Locale): Promise<Uint8Array> {
  const t = WORDS[locale]
  const { sums } = month
  return await writeXlsx([
    {
      name: t.sums,
      rows: [
        [t.month(month.month), month.state === 'closed' ? t.closed(month.closedAt!.slice(0, 10)) : t.open],
        [t.firmsPay, sums.firmsKrw],
        [t.carriersGet, sums.carriersKrw],
        [t.terminal, sums.terminalKrw],
        [t.programme, sums.programmeKrw],
        [t.planned, sums.plannedKrw],
        [t.b1, sums.b1Krw],
        [t.saving, sums.savingKrw],
        ...(month.estimated ? [['', t.estimated]] : []),
        ...(month.synthetic ? [['', t.synthetic]] : []),
      ],
    },
    {
      name: t.firms,
      rows: [
        [
          t.firms,
          t.businessNumber,
          t.shipments,
          t.planned,
          t.executed,
          t.vain,
          t.waiting,
          t.extras,
          t.supply,
          t.tax,
          t.total,
          t.b1,
          t.saving,
        ],
        ...month.firms.map((row) => [
          row.name,
          row.businessNumber ?? '',
          row.shipments,
          row.plannedKrw,
          row.shareKrw,
          row.vainKrw,
          row.waitingKrw,
          row.extrasKrw,
          row.sumKrw,
          row.vatKrw,
          row.totalKrw,
          row.b1Krw,
          row.savingKrw,
        ]),
      ],
    },
    {
      name: t.carriers,
      rows: [
        [
          t.carriers,
          t.businessNumber,
          t.rounds,
          t.planned,
          t.tariff,
          t.toll,
          t.waiting,
          t.extras,
          t.supply,
          t.tax,
          t.total,
        ],
        ...month.carriers.map((row) => [
          row.name,
          row.businessNumber ?? '',
          row.rounds.length,
          row.plannedKrw,
          row.tariffKrw,
          row.tollKrw,
          row.waitingKrw,
          row.extrasKrw,
          row.sumKrw,
          row.vatKrw,
          row.totalKrw,
        ]),
      ],
    },
    {
      name: t.days,
      rows: [
        [t.date, t.basis, t.rounds, t.planned, t.executed, t.b1, t.leftOut],
        ...month.days.map((day) => [
          { clock: day.date },
          t.bases[day.state === 'ready' ? day.basis! : day.state],
          day.rounds,
          day.plannedKrw,
          day.executedKrw,
          day.b1Krw,
          day.leftOut ?? '',
        ]),
      ],
    },
    {
      name: t.corrections,
      rows: [
        [t.date, t.kind, t.krw, t.reason, t.firms, t.carriers, t.by, t.at],
        ...month.corrections.map((line) => [
          { clock: line.date },
          KIND_WORDS[line.kind][locale],
          line.krw,
          [line.reason, line.corrects && t.corrects(line.corrects), line.voids && t.voids].filter(Boolean).join(' · '),
          line.payers.map(({ firm, krw }) => `${firm} ${krw}`).join(', '),
          line.carrier ?? '',
          line.by,
          line.at,
        ]),
      ],
    },
  ])
}
