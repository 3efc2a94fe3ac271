/**
 * Texts that a spreadsheet would run as a formula (OWASP, CSV Injection) get an apostrophe in front on the way out, and lose it on the way
 * in. A text that has such apostrophes already gets one more, so that what comes back is what went out, whatever it was.
 */
const RUNS = String.raw`[=+\-@\t\r\n＝＋－＠]`
const WOULD_RUN = new RegExp(`^'*${RUNS}`)
const MARKED = new RegExp(`^'+${RUNS}`)
/** −5 and a lone dash are what people write for a number and for nothing. */
const HARMLESS = /^[+-]?[\d.,]*%?$/

/** For files without types of cells: CSV. */
export const neutralise = (text: string): string => (WOULD_RUN.test(text) && !HARMLESS.test(text) ? `'${text}` : text)

/** For cells that are typed as text, where nothing runs: only what would be taken for our mark is marked. */
export const keepMarks = (text: string): string => (MARKED.test(text) ? `'${text}` : text)

export const restore = (text: string): string => (MARKED.test(text) ? text.slice(1) : text)
