/**
 * The colours, measured. Contrast: WCAG 2. Colour vision: Machado, Oliveira & Fernandes (2009), severity 1.0, in linear RGB.
 * Distance: CIEDE2000 (Sharma, Wu & Dalal 2005), D65.
 */
import { describe, expect, it } from 'vitest'
import {
  colourIndexOf,
  cssVariables,
  ROUTE_COLOURS,
  ROUTE_DASHES,
  type Scheme,
  TOKENS,
  type Token,
} from '../../web/state/tokens.ts'

type Triple = readonly [number, number, number]

const linear = (hex: string): Triple => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}
const luminance = (hex: string) => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const times = (m: readonly Triple[], v: Triple) =>
  m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple

const VISION: Readonly<Record<string, readonly Triple[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const RGB_TO_XYZ: readonly Triple[] = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
]
const WHITE: Triple = [0.95047, 1, 1.08883]

function lab(rgb: Triple): Triple {
  const clipped = rgb.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple
  const [x, y, z] = times(RGB_TO_XYZ, clipped).map((value, k) => {
    const t = value / WHITE[k]!
    return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116
  }) as unknown as Triple
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const degrees = (radians: number) => (radians * 180) / Math.PI
const sin = (angle: number) => Math.sin((angle * Math.PI) / 180)
const cos = (angle: number) => Math.cos((angle * Math.PI) / 180)

function ciede2000([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const cBar = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(cBar ** 7 / (cBar ** 7 + 25 ** 7)))
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)]
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)]
  const hue = (b: number, a: number) => (a === 0 && b === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360)
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)]
  const flat = c1 * c2 === 0
  const dh = flat ? 0 : Math.abs(h2 - h1) <= 180 ? h2 - h1 : h2 - h1 + (h2 > h1 ? -360 : 360)
  const [dL, dC, dH] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * sin(dh / 2)]
  const [lBar, cMean] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const hMean = flat ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2
  const t = 1 - 0.17 * cos(hMean - 30) + 0.24 * cos(2 * hMean) + 0.32 * cos(3 * hMean + 6) - 0.2 * cos(4 * hMean - 63)
  const sL = 1 + (0.015 * (lBar - 50) ** 2) / Math.sqrt(20 + (lBar - 50) ** 2)
  const sC = 1 + 0.045 * cMean
  const sH = 1 + 0.015 * cMean * t
  const turn = -sin(60 * Math.exp(-(((hMean - 275) / 25) ** 2))) * 2 * Math.sqrt(cMean ** 7 / (cMean ** 7 + 25 ** 7))
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + turn * (dC / sC) * (dH / sH))
}

function smallestPair(scheme: Scheme, count: number, vision: readonly Triple[]): number {
  const seen = ROUTE_COLOURS[scheme].slice(0, count).map(({ fill }) => lab(times(vision, linear(fill))))
  return Math.min(...seen.flatMap((a, k) => seen.slice(k + 1).map((b) => ciede2000(a, b))))
}

const SCHEMES: readonly Scheme[] = ['light', 'dark']

describe('the distance used below', () => {
  it('agrees with the published test pairs', () => {
    // Sharma, Wu & Dalal (2005), table 1, pairs 1, 7 and 17
    expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
    expect(ciede2000([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4)
    expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4)
  })
})

describe.each(SCHEMES)('%s', (scheme) => {
  const c = TOKENS[scheme]

  it('has text that can be read on every surface it is put on', () => {
    const pairs: readonly (readonly [Token, Token])[] = [
      ...(['text', 'text-2', 'text-3'] as const).flatMap((ink) =>
        (['surface', 'sunken', 'bg', 'raised', 'hover'] as const).map((paper) => [ink, paper] as const),
      ),
      ['on-brand', 'brand'],
      ['brand-text', 'brand-soft'],
      ['good', 'surface'],
      ['good', 'good-soft'],
      ['warn', 'surface'],
      ['warn', 'warn-soft'],
      ['bad', 'surface'],
      ['bad', 'bad-soft'],
      ['map-label', 'map-land'],
      ['text', 'brand-soft'],
      ['text-2', 'brand-soft'],
    ]
    for (const [ink, paper] of pairs)
      expect(contrast(c[ink], c[paper]), `${ink} on ${paper}`).toBeGreaterThanOrEqual(4.5)
  })

  it('has edges and focus rings that can be seen', () => {
    for (const edge of ['border-strong', 'focus', 'warn-line', 'bad-line'] as const)
      expect(contrast(c[edge], c.surface), edge).toBeGreaterThanOrEqual(3)
  })

  it('has route colours that stand out from the land, with numbers that can be read on them', () => {
    for (const [index, { fill, ink }] of ROUTE_COLOURS[scheme].entries()) {
      expect(contrast(fill, c['map-land']), `route ${index + 1} on land`).toBeGreaterThanOrEqual(2.95)
      expect(contrast(ink, fill), `number of route ${index + 1}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(Object.entries(VISION))('keeps routes apart for %s vision', (_, vision) => {
    expect(smallestPair(scheme, 8, vision)).toBeGreaterThanOrEqual(10)
    expect(smallestPair(scheme, 6, vision)).toBeGreaterThanOrEqual(10.5)
  })

  it('becomes one CSS variable a token and two a route', () => {
    expect(Object.keys(cssVariables(scheme))).toHaveLength(Object.keys(c).length + 16)
  })
})

describe('patterns', () => {
  it('differ for each of the eight colours', () => {
    expect(new Set(ROUTE_DASHES.map(String)).size).toBe(8)
  })

  it('turn to a double line when colours come round again', () => {
    expect([1, 8, 9, 17].map(colourIndexOf)).toEqual([
      { index: 0, double: false },
      { index: 7, double: false },
      { index: 0, double: true },
      { index: 0, double: true },
    ])
  })
})
