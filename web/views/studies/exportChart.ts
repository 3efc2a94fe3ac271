/** A chart as a file: its picture with the colours of the page written into it, and the figures that it was drawn from. */
import { saveFile } from '../../service/saveFile.ts'

export interface Sheet {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
  'text-anchor',
] as const

/** Styles come from the page, which a file does not have. */
function pictureOf(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  from.forEach((element, k) => {
    const style = getComputedStyle(element)
    to[k].removeAttribute('class')
    to[k].setAttribute('style', KEPT.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'))
  })
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const { width, height } = svg.getBoundingClientRect()
  copy.setAttribute('viewBox', `0 0 ${Math.round(width)} ${Math.round(height)}`)
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  paper.setAttribute('width', '100%')
  paper.setAttribute('height', '100%')
  paper.setAttribute('style', `fill:${getComputedStyle(document.documentElement).getPropertyValue('--surface')}`)
  copy.prepend(paper)
  return new XMLSerializer().serializeToString(copy)
}

/** As Excel opens it: with a byte order mark, and no text that runs as a formula (OWASP, CSV Injection). */
export function csvOf({ columns, rows }: Sheet): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return ''
    if (typeof value === 'number') return String(value)
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

export function save(text: string, type: string, name: string): void {
  saveFile(new Blob([text], { type }), name.replaceAll(/[\\/:*?"<>|]+/g, '-'))
}
export const saveSvg = (svg: SVGSVGElement, name: string): void => save(pictureOf(svg), 'image/svg+xml', `${name}.svg`)
export const saveCsv = (sheet: Sheet, name: string): void => save(csvOf(sheet), 'text/csv;charset=utf-8', `${name}.csv`)
