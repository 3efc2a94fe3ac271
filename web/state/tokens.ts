/**
 * Every colour of the interface, once: CSS variables and the map are made of this table, and a test measures it.
 * Chrome has no hue; the eight route colours are the only ones, so colour always means "which truck".
 */

export type Scheme = 'light' | 'dark'

const LIGHT = {
  bg: '#F4F5F7',
  surface: '#FFFFFF',
  sunken: '#EEF0F3',
  raised: '#FFFFFF',
  hover: '#EEF1F5',
  border: '#DDE1E6',
  'border-strong': '#7D8894',
  text: '#14202E',
  'text-2': '#455262',
  'text-3': '#5E6B79',
  brand: '#17335F',
  'on-brand': '#FFFFFF',
  'brand-soft': '#E6ECF5',
  'brand-text': '#17335F',
  focus: '#2563EB',
  good: '#0A6650',
  'good-soft': '#E0F1EB',
  warn: '#7F4A00',
  'warn-soft': '#FCEFD9',
  'warn-line': '#B26A00',
  bad: '#AE211A',
  'bad-soft': '#FBE7E4',
  'bad-line': '#C6372D',
  'map-land': '#F2F3F0',
  'map-abroad': '#E7E9E5',
  'map-water': '#CFDDE7',
  'map-coast': '#B4C4CE',
  'map-estate': '#E4E5E4',
  'map-estate-line': '#BFC4C3',
  'map-grid': '#E7E9E5',
  'map-road': '#FFFFFF',
  'map-road-case': '#D3D7D5',
  'map-expressway': '#F3E7C8',
  'map-expressway-case': '#CDBE93',
  'map-border': '#B9C0BD',
  'map-label': '#51606E',
  'map-halo': '#F7F8F6',
  'map-site': '#66737F',
} as const

export type Token = keyof typeof LIGHT

const DARK: Readonly<Record<Token, string>> = {
  bg: '#0E1318',
  surface: '#161C23',
  sunken: '#10161C',
  raised: '#1E262F',
  hover: '#1F2832',
  border: '#2A343F',
  'border-strong': '#66727F',
  text: '#E9EEF3',
  'text-2': '#B3BEC9',
  'text-3': '#8E9AA6',
  brand: '#AEC6F4',
  'on-brand': '#0E1A30',
  'brand-soft': '#202D42',
  'brand-text': '#BCD0F7',
  focus: '#7FA8FF',
  good: '#62CDA5',
  'good-soft': '#15312A',
  warn: '#E8B662',
  'warn-soft': '#352812',
  'warn-line': '#D59A36',
  bad: '#FF9385',
  'bad-soft': '#3B1D1B',
  'bad-line': '#F0705F',
  'map-land': '#1A2027',
  'map-abroad': '#151A20',
  'map-water': '#10202C',
  'map-coast': '#2A3B49',
  'map-estate': '#242B33',
  'map-estate-line': '#3A444F',
  'map-grid': '#20272F',
  'map-road': '#343D47',
  'map-road-case': '#12171C',
  'map-expressway': '#4A4534',
  'map-expressway-case': '#12171C',
  'map-border': '#3E4852',
  'map-label': '#9AA6B2',
  'map-halo': '#161B21',
  'map-site': '#8793A0',
}

export const TOKENS: Readonly<Record<Scheme, Readonly<Record<Token, string>>>> = { light: LIGHT, dark: DARK }

export interface RouteColour {
  readonly fill: string
  /** Text on the fill; at least 4.5 : 1. */
  readonly ink: string
}

const W = '#FFFFFF'
const K = '#101820'
const pairs = (list: readonly (readonly [string, string])[]): readonly RouteColour[] =>
  list.map(([fill, ink]) => ({ fill, ink }))

export const ROUTE_COLOURS: Readonly<Record<Scheme, readonly RouteColour[]>> = {
  light: pairs([
    ['#526AEE', W],
    ['#E36650', K],
    ['#2D9A87', K],
    ['#A22750', W],
    ['#7E5D07', W],
    ['#6426AF', W],
    ['#21305B', W],
    ['#6F0006', W],
  ]),
  dark: pairs([
    ['#89A8F7', K],
    ['#F99360', K],
    ['#3BC3AC', K],
    ['#D75C86', K],
    ['#E2E768', K],
    ['#A874BD', K],
    ['#A4D9F8', K],
    ['#FCD7AB', K],
  ]),
}

/** Dashes of the centre line in pixels; none for the first. With the number, what is left when hue cannot be told. */
export const ROUTE_DASHES: readonly (readonly number[])[] = [
  [],
  [9, 5],
  [1.5, 4.5],
  [9, 4, 1.5, 4],
  [16, 6],
  [4, 4],
  [1.5, 4, 1.5, 9],
  [16, 4, 4, 4],
]

/** Routes past the eighth repeat the colour with a double line; the number stays their own. */
export function colourIndexOf(number: number): { readonly index: number; readonly double: boolean } {
  return { index: (number - 1) % ROUTE_DASHES.length, double: number > ROUTE_DASHES.length }
}

/** `--text`, `--r1`, `--r1-ink`, … of one scheme. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const tokens = Object.entries(TOKENS[scheme]).map(([name, value]) => [`--${name}`, value])
  const routes = ROUTE_COLOURS[scheme].flatMap(({ fill, ink }, index) => [
    [`--r${index + 1}`, fill],
    [`--r${index + 1}-ink`, ink],
  ])
  return Object.fromEntries([...tokens, ...routes])
}
