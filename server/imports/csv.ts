/** Comma, semicolon or tab separated text to records. */
import { parse } from 'csv-parse/sync'

export interface Records {
  /** as a spreadsheet counts its rows, blank ones included */
  readonly records: readonly (readonly string[])[]
  /** the text could not be read to its end; the records before that place are kept */
  readonly brokenOff: boolean
}

/** Orders stop long before; a file of nothing but line ends does not. */
const MAX_RECORDS = 50_000
/** An order has a few hundred characters; an open quotation mark swallows the rest of the file. */
const MAX_RECORD_CHARS = 100_000

const OPTIONS = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  bom: true,
  max_record_size: MAX_RECORD_CHARS,
} as const
const DELIMITERS = [',', ';', '\t'] as const

/** The delimiter is the one that shows most known column names, as `countNames` counts them. */
export function parseRecords(whole: string, countNames: (records: Records['records']) => number): Records {
  const text = upToEndlessLine(whole)
  const columns = (delimiter: string): number => countNames(read(text, delimiter, 20).records)
  const delimiter = DELIMITERS.reduce((best, next) => (columns(next) > columns(best) ? next : best))
  const { records, brokenOff } = read(text, delimiter, MAX_RECORDS)
  return { records, brokenOff: brokenOff || text.length < whole.length }
}

/** The parser would take a line of 20 MB for a record of as many cells. */
function upToEndlessLine(text: string): string {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const next = end === -1 ? text.length : end + 1
    if (next - from > MAX_RECORD_CHARS) return text.slice(0, from)
    from = next
  }
  return text
}

function read(text: string, delimiter: string, to: number): Records {
  const records: string[][] = []
  // gathered as they come: the parser gives nothing when it throws at an open quotation mark
  const onRecord = (record: string[]): null => {
    records.push(record)
    return null
  }
  try {
    parse(text, { ...OPTIONS, delimiter, to, on_record: onRecord })
    return { records, brokenOff: false }
  } catch {
    return { records, brokenOff: true } // a quotation mark that is not closed, or a record of that size
  }
}
