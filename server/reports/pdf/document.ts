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
/** Of A4, in points. */
const MARGINS: [number, number, number, number] = [40, 36, 40, 40]

/** Lines between rows only, the first and the last strong. */
export const RULED: CustomTableLayout = {
  hLineWidth: (line, { table }) => (line === 0 || line === table.body.length ? 1.2 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (line, { table }) => (line === 0 || line === table.body.length ? INK : '#9AA3AD'),
  paddingTop: () => 3,
  paddingBottom: () => 3,
}

export interface Paper {
  readonly title: string
  readonly content: Content[]
  /** at the bottom of every page; the page's number follows */
  readonly foot: string
}

/** The same paper twice is the same bytes. */
export async function writePdf({ title, content, foot }: Paper, made: Date): Promise<Uint8Array> {
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: MARGINS,
    info: { title, creationDate: made, modDate: made, producer: 'milkrun', creator: 'milkrun' },
    defaultStyle: { font: 'Pretendard', fontSize: SIZE.body, color: INK, lineHeight: 1.12 },
    content,
    footer: (page, pages) => ({
      margin: [MARGINS[0], 8, MARGINS[2], 0],
      columns: [{ text: foot }, { text: `${page} / ${pages}`, alignment: 'right', width: 60 }],
    }),
  }
  return await pdfmake.createPdf(document).getBuffer()
}
