/** What drawings on paper have in common: they are as wide as the page, in the colours of the screens. */
import type { Drawing } from '../report.ts'

export const WIDTH = 539
export const COLOURS = {
  ink: '#14202E',
  ink2: '#455262',
  rule: '#DDE1E6',
  brand: '#17335F',
  stock: '#AFC0DC',
  good: '#0A6650',
  warn: '#B26A00',
  bad: '#C6372D',
  pale: '#EEF0F3',
} as const
type Colour = (typeof COLOURS)[keyof typeof COLOURS]

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => XML[sign]!)
const at = (value: number): number => Math.round(value * 100) / 100

/** Widths of letters as shares of their size, a little more than Pretendard's: Hangul is wide, Latin is not. */
const [WIDE, NARROW] = [0.9, 0.56]
const widthOf = (sign: string): number => (sign.charCodeAt(0) > 0x2e7f ? WIDE : NARROW)
/** Of the longest of them. */
export const roomFor = (texts: readonly string[], size = 8.5): number =>
  Math.max(0, ...texts.map((text) => [...text].reduce((sum, sign) => sum + widthOf(sign) * size, 0)))
/** As much of a name as there is room for: the table has all of it. */
export function cut(text: string, room: number, size = 8.5): string {
  let left = room / size
  const signs = [...text]
  const at = signs.findIndex((sign) => (left -= widthOf(sign)) < 0)
  return at < 0
    ? text
    : `${signs
        .slice(0, Math.max(1, at - 1))
        .join('')
        .trimEnd()}…`
}

interface Lettering {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly size?: number
  readonly bold?: boolean
  readonly colour?: Colour
}
export const letters = (
  x: number,
  y: number,
  text: string,
  { anchor = 'start', size = 8.5, bold = false, colour = COLOURS.ink }: Lettering = {},
): string =>
  `<text x="${at(x)}" y="${at(y)}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="bold"' : ''} fill="${colour}">${escaped(text)}</text>`

export const box = (x: number, y: number, width: number, height: number, colour: Colour, opacity = 1): string =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${height}" fill="${colour}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ''}/>`

export const stroke = (path: string, colour: Colour, width = 0.6, dash = ''): string =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`

export const upright = (x: number, from: number, to: number, colour: Colour, width = 0.5, dash = ''): string =>
  stroke(`M${at(x)} ${at(from)}V${at(to)}`, colour, width, dash)
export const level = (y: number, from: number, to: number, colour: Colour, width = 0.5, dash = ''): string =>
  stroke(`M${at(from)} ${at(y)}H${at(to)}`, colour, width, dash)

/** From where to where a figure lies, with ends. */
export const whisker = (from: number, to: number, y: number): string =>
  stroke(`M${at(from)} ${y}H${at(to)}M${at(from)} ${y - 3}v6M${at(to)} ${y - 3}v6`, COLOURS.ink, 0.9)

/** Points of a line as a path. */
export const pathOf = (points: readonly (readonly [number, number])[]): string =>
  `M${points.map(([x, y]) => `${at(x)} ${at(y)}`).join('L')}`

export const drawing = (heightPt: number, parts: readonly string[]): Drawing => ({
  heightPt,
  svg: `<svg width="${WIDTH}" height="${heightPt}" viewBox="0 0 ${WIDTH} ${heightPt}" font-family="Pretendard">${parts.join('')}</svg>`,
})
