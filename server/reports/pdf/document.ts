/** A document for paper: A4, letters that have all of Hangul, and no word about when it was made but what its content says. */
import { fileURLToPath } from 'node:url'
import pdfmake from 'pdfmake'
import type { Content, CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces.js'

const letters = (weight: string) =>
  fileURLToPath(import.meta.resolve(`pretendard/dist/public/static/alternative/Pretendard-${weight}.ttf`))
const FONTS = { normal: letters('Medium'), bold: letters('Bold') }
pdfmake.setFonts({ Pretendard: FONTS })
// a document reads its letters and nothing else
pdfmake.setLocalAccessPolicy((path) => Object.values(FONTS).includes(path))
pdfmake.setUrlAccessPolicy(() => false)

/** 11 pt is the smallest that a driver reads in a cab. */
export const SIZE = { body: 11, figure: 13, title: 24 } as const
export const INK = '#14202E'
export const PALE = '#EEF0F3'
export const RULE = '#9AA3AD'
/** Of A4, in points. */
const MARGINS: [number, number, number, number] = [28, 28, 28, 34]

/** Lines between rows only, the first and the last strong. */
export const RULED: CustomTableLayout = {
  hLineWidth: (line, { table }) => (line === 0 || line === table.body.length ? 1.2 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (line, { table }) => (line === 0 || line === table.body.length ? INK : RULE),
  paddingTop: () => 3,
  paddingBottom: () => 3,
}

/** One sheet of the document: pages that belong together and are counted by themselves. */
export interface Sheet {
  readonly content: Content[]
  /** on top of each page but the first: one that comes loose still says whose it is */
  readonly head: string
  /** at the bottom of every page; the number of the page follows */
  readonly foot: string
  readonly sign: string
}

/** What travels inside of a document, for programs. */
export interface Attached {
  readonly name: string
  readonly type: string
  readonly text: string
}

/** The same paper twice is the same bytes. */
export async function writePdf(
  title: string,
  sheets: readonly Sheet[],
  made: Date,
  attached: readonly Attached[] = [],
): Promise<Uint8Array> {
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: MARGINS,
    info: { title, creationDate: made, modDate: made, producer: 'milkrun', creator: 'milkrun' },
    defaultStyle: { font: 'Pretendard', fontSize: SIZE.body, color: INK },
    content: sheets.map(section),
    ...(attached.length > 0 && {
      files: Object.fromEntries(
        attached.map(({ name, type, text }) => [
          name,
          {
            src: `data:${type};base64,${Buffer.from(text).toString('base64')}`,
            name,
            creationDate: made.toISOString(),
            modifiedDate: made.toISOString(),
          },
        ]),
      ),
    }),
  }
  return await pdfmake.createPdf(document).getBuffer()
}

/** Tops of pages are drawn when all pages are there, and before any bottom: that is how many a sheet has. */
function section({ content, head, foot, sign }: Sheet): Content {
  let [first, last] = [0, 0]
  const margin: [number, number, number, number] = [MARGINS[0], 10, MARGINS[2], 0]
  return {
    section: content,
    header: (page) => {
      if (first === 0) first = page
      last = page
      return page === first ? '' : { text: head, bold: true, margin }
    },
    footer: (page) => ({
      margin,
      columns: [
        { text: foot, width: '*' },
        { text: `${sign} · ${page - first + 1} / ${last - first + 1}`, width: 'auto', alignment: 'right' },
      ],
    }),
  }
}
