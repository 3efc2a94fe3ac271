/** A statement on A4, in the look of the route sheet. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import type { Locale } from '../../../solver/index.ts'
import { textOf } from '../../sheets/value.ts'
import { INK, PALE, RULED, SIZE, writePdf } from '../pdf/document.ts'
import type { Statement, StatementTable } from './statement.ts'
import { WORDS } from './words.ts'

const SMALL = 9.5

export async function statementPdf(statement: Statement, made: Date, locale: Locale): Promise<Uint8Array> {
  const t = WORDS[locale]
  const { title, about, state, supplier, receiver, tables, totals, notes } = statement
  const label = (text: string) => ({ text, fillColor: PALE })
  const party = (word: string, { name, number }: Statement['supplier']): TableCell[] => [
    label(word),
    { text: name, bold: true },
    label(t.number),
    number ?? t.noNumber,
  ]
  const content: Content[] = [
    { text: title, fontSize: SIZE.title, bold: true, characterSpacing: 1 },
    { text: `${about} · ${state}`, margin: [0, 4, 0, 10] },
    {
      table: {
        widths: ['auto', '*', 'auto', 'auto'],
        body: [party(t.supplier, supplier), party(t.receiver, receiver)],
      },
      layout: RULED,
      margin: [0, 0, 0, 10],
    },
    ...tables.flatMap((table) => tableOf(table)),
    figuresOf(totals, t.won),
    ...notes.map((text): Content => ({ text, fontSize: SMALL, margin: [0, 0, 0, 2] })),
  ]
  const foot = `${title} · ${about}`
  return await writePdf(foot, [{ content, head: foot, foot, sign: state }], made)
}

function tableOf({ name, columns, rows, sum }: StatementTable): Content[] {
  const isFigure = columns.map((_, k) => rows.length > 0 && rows.every((row) => typeof row[k] === 'number'))
  // the longest text takes what is left
  const lengths = columns.map((_, k) =>
    isFigure[k] ? 0 : Math.max(0, ...rows.map((row) => textOf(row[k] ?? null).length)),
  )
  const wide = lengths.indexOf(Math.max(...lengths))
  const cell = (value: StatementTable['rows'][number][number], k: number, bold = false) => ({
    text: typeof value === 'number' ? value.toLocaleString('en-US') : textOf(value),
    bold,
    alignment: isFigure[k] || typeof value === 'number' ? ('right' as const) : ('left' as const),
    noWrap: k !== wide,
  })
  const body: TableCell[][] = [
    columns.map((text, k) => ({ ...cell(text, k), fillColor: PALE })),
    ...rows.map((row) => row.map((value, k) => cell(value, k))),
    ...(sum ? [sum.map((value, k) => ({ ...cell(value, k, true), fillColor: PALE }))] : []),
  ]
  return [
    { text: name, bold: true, fontSize: SIZE.figure, margin: [0, 4, 0, 4] },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: columns.map((_, k) => (k === wide ? '*' : 'auto')),
        body,
      },
      layout: RULED,
      fontSize: columns.length > 6 ? SMALL : SIZE.body,
      margin: [0, 0, 0, 10],
    },
  ]
}

/** Boxes as at the foot of the route sheet; the last one is what is to be paid. */
function figuresOf(totals: Statement['totals'], won: (krw: string) => string): Content {
  const perRow = 4
  const padded = [...totals, ...Array.from({ length: -totals.length & (perRow - 1) }, () => null)]
  const body = Array.from({ length: padded.length / perRow }, (_, row) =>
    padded.slice(row * perRow, (row + 1) * perRow).map((figure): TableCell => {
      if (!figure) return ''
      const [name, krw] = figure
      return { stack: [{ text: name }, { text: won(krw.toLocaleString('en-US')), bold: true, fontSize: SIZE.figure }] }
    }),
  )
  return {
    table: { widths: Array.from({ length: perRow }, () => '*'), body, dontBreakRows: true },
    layout: { hLineColor: () => INK, vLineColor: () => '#9AA3AD', hLineWidth: () => 1, vLineWidth: () => 0.5 },
    margin: [0, 4, 0, 10],
  }
}
