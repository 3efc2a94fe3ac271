/** Rows to CSV as Excel opens it: a byte order mark, or CP949, and no cell that runs. */
import iconv from 'iconv-lite'
import { neutralise } from './neutral.ts'
import { type SheetRow, type SheetValue, textOf } from './value.ts'

/** CP949 only where it can say everything: a question mark in place of a letter is lost for good. */
export function writeCsv(rows: readonly SheetRow[], wanted: 'utf-8' | 'cp949' = 'utf-8'): Uint8Array {
  const text = rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
  if (wanted === 'cp949') {
    const bytes = iconv.encode(text, 'cp949')
    if (iconv.decode(bytes, 'cp949') === text) return bytes
  }
  return new TextEncoder().encode(`\uFEFF${text}`)
}

function field(value: SheetValue): string {
  const text = typeof value === 'string' ? neutralise(value) : textOf(value)
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
