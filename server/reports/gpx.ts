/** The rounds of a plan as GPX 1.1 for a navigation device: a track for each truck, and a waypoint for each of its stops. */
import { isGuessed, type Locale } from '../../solver/index.ts'
import { routePlaces } from './geojson.ts'
import type { Report } from './report.ts'
import { type Round, readRounds } from './rounds.ts'
import { clockOf } from './wallClock.ts'

/** Signs that XML has a meaning for, and those that no XML may contain. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const text = (value: string): string =>
  value.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ').replace(/[&<>"']/g, (sign) => ESCAPES[sign]!)
const element = (name: string, content: string): string => (content === '' ? '' : `<${name}>${text(content)}</${name}>`)
const point = (name: string, [lng, lat]: readonly [number, number], inside = ''): string =>
  inside === '' ? `<${name} lat="${lat}" lon="${lng}"/>` : `<${name} lat="${lat}" lon="${lng}">${inside}</${name}>`

const WORDS = {
  ko: {
    pickup: '상차',
    delivery: '하차',
    both: '하차·상차',
    start: '출발',
    end: '도착',
    estimated: '도로 추정',
    guessed: '위치 추정',
    straight: '일부 구간은 직선',
  },
  en: {
    pickup: 'load',
    delivery: 'unload',
    both: 'unload and load',
    start: 'start',
    end: 'end',
    estimated: 'estimated roads',
    guessed: 'position estimated',
    straight: 'straight lines in part',
  },
} as const satisfies Record<Locale, unknown>

export const gpxReport: Report = {
  format: 'gpx',
  async render(plan, problem, locale, papers) {
    const t = WORDS[locale]
    const clock = clockOf(problem)
    const rounds = readRounds(plan, problem, papers)

    // a device shows waypoints of all tracks at once: each says whose it is
    const waypoints = ({ route, dispatchNumber, stops }: Round): string[] =>
      routePlaces(route, problem).map(({ site, kind, stop }) => {
        const at = stop === undefined ? (kind === 'start' ? route.departS : route.returnS) : route.stops[stop]!.arriveS
        const name = [dispatchNumber, stop === undefined ? t[kind] : String(stops[stop]!.number), site.name].join(' ')
        const about = [
          clock(at).clock,
          stop === undefined ? '' : t[kind],
          site.address ?? '',
          site.phone ?? '',
          isGuessed(site) ? t.guessed : '',
        ]
        const inside = `${element('name', name)}${element('desc', about.filter(Boolean).join(' · '))}${element('type', kind)}`
        return point('wpt', [site.lng, site.lat], inside)
      })
    const track = ({ route, dispatchNumber, number, dispatch, truck }: Round): string => {
      const places = routePlaces(route, problem)
      const legs = places.slice(1).map(({ site: to }, leg) => {
        const from = places[leg]!.site
        const known = papers.legs?.get(route.id)?.[leg]
        const ends = [
          [from.lng, from.lat],
          [to.lng, to.lat],
        ] as const
        return { line: known?.coordinates ?? ends, straight: known?.straight ?? true }
      })
      const about = [
        plan.provenance.estimated ? t.estimated : '',
        legs.some(({ straight }) => straight) ? t.straight : '',
      ]
      const segments = legs.map(({ line }) => `<trkseg>${line.map((at) => point('trkpt', at)).join('')}</trkseg>`)
      const head = `${element('name', `${dispatchNumber} ${dispatch?.plate ?? truck}`)}${element('desc', about.filter(Boolean).join(' · '))}`
      return `<trk>${head}<number>${number}</number>${segments.join('')}</trk>`
    }
    const name = `<metadata>${element('name', problem.name)}<time>${new Date(problem.startsAt).toISOString()}</time></metadata>`
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gpx version="1.1" creator="milkrun" xmlns="http://www.topografix.com/GPX/1/1">',
      name,
      ...rounds.flatMap(waypoints),
      ...rounds.map(track),
      '</gpx>',
    ]
    return new TextEncoder().encode(`${lines.join('\n')}\n`)
  },
}
