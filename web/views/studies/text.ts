/** Words and figures of the charts, as long as there is room for. */
import type { KnownIndicator } from '../../../study/index.ts'
import type { Formats } from '../../format.ts'
import type { Dictionary } from '../../i18n/ko.ts'

/** Hangul is about as wide as it is high, other letters are a good half of it. */
export const widthOf = (text: string, px: number): number =>
  [...text].reduce((sum, letter) => sum + (/[가-힣]/.test(letter) ? 0.92 : 0.57), 0) * px

/** SVG does not cut what is too long. */
export function cutTo(text: string, width: number, px = 13): string {
  if (widthOf(text, px) <= width) return text
  let cut = text
  while (cut.length > 1 && widthOf(`${cut}…`, px) > width) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}…`
}

/** On as few lines as it needs, broken between words; what is too long for the last of them is cut. */
export function linesOf(text: string, width: number, px = 13, most = 2): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`
    if (lines.length === 0) lines.push(word)
    else if (widthOf(longer, px) <= width || lines.length === most) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => cutTo(line, width, px))
}

/** Of a hundred: what happened at all is not nought. */
export const inHundred = (share: number): string =>
  share > 0 && share < 0.005 ? '<1' : String(Math.round(share * 100))

/** A value of an indicator in its unit. */
export function valueText(value: number, { unit }: KnownIndicator, f: Formats, t: Dictionary): string {
  const words = t.studyComplexes
  switch (unit) {
    case 'share':
      return f.share(value)
    case 'krw':
      return f.krw(value)
    case 'krwPerTonne':
      return words.krwPerTonne(f.krw(value))
    case 'level':
      return words.levels[Math.round(value * 2)] ?? String(value)
    case 'count':
    case 'm2':
      return f.whole(value) + (words.units[unit] ?? '')
    case 'index':
    case 'ratio':
      return value.toFixed(2)
    default:
      return value.toFixed(1) + (words.units[unit] ?? '')
  }
}
