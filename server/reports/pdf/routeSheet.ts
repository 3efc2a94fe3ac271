/** The dispatch sheet of one truck (운행지시서): where, when, what, how heavy, how handled, whom to call, and room to sign. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { type Locale, lawOf, type Plan, type Problem, type Site } from '../../../solver/index.ts'
import { dialLink } from '../../phones.ts'
import type { TravelLeg } from '../../travel/provider.ts'
import { routePlaces } from '../geojson.ts'
import type { PlanPapers } from '../report.ts'
import type { Contact, Round, RoundGoods, RoundStop } from '../rounds.ts'
import { clockOf } from '../wallClock.ts'
import { INK, PALE, RULE, RULED, type Sheet, SIZE } from './document.ts'
import { fareTable } from './money.ts'
import { drawRoute } from './smallMap.ts'
import { SHEET_WORDS } from './words.ts'

const kg = (amount: number) => Math.round(amount).toLocaleString('en-US')
const km = (metres: number) => `${(metres / 1000).toFixed(1)} km`
/** Width of the weights beside their goods, in points. */
const WEIGHT = 42

/** Letters that fit the narrowest column, Hangul in bold. */
const LONGEST_WORD = 11
const MOST_ON_SMALL_MAP = 11

export interface SheetPapers {
  readonly copy: PlanPapers['copy'] | undefined
  readonly coordinator: PlanPapers['coordinator']
  readonly waiting: PlanPapers['waiting']
  /** of the plan */
  readonly id: string | undefined
  readonly legs?: readonly TravelLeg[] | undefined
  /** of the page on the driver's phone, drawn */
  readonly code?: string | undefined
}

export function routeSheet(round: Round, plan: Plan, problem: Problem, locale: Locale, papers: SheetPapers): Sheet {
  const t = SHEET_WORDS[locale]
  const { route, vehicle, dispatch, dispatchNumber, date } = round
  const { estimated, estimatedTolls } = plan.provenance
  const clock = clockOf(problem)
  const money = papers.copy === 'carrier'
  const places = routePlaces(route, problem)
  const legs = papers.legs ?? []
  // so many numbers leave nothing to be seen of a small map; such a sheet has a second page and room there
  const crowded = route.stops.length > MOST_ON_SMALL_MAP
  /** 08:02; +1 01:20 on the day after the one it leaves. */
  const at = (seconds: number): string => {
    const [day = '', time = ''] = clock(seconds).clock.split(' ')
    const later = Math.round((Date.parse(day) - Date.parse(date)) / 86_400_000)
    return later > 0 ? `+${later} ${time}` : time
  }
  const range = (fromS: number, toS: number) => `${at(fromS)}–${at(toS)}`
  const duration = (seconds: number): string => {
    const minutes = Math.round(Math.max(0, seconds) / 60)
    return t.duration(Math.floor(minutes / 60), minutes % 60)
  }
  const written = new Date(`${date}T00:00:00Z`)
  const part = (options: Intl.DateTimeFormatOptions) =>
    written.toLocaleDateString(locale === 'ko' ? 'ko-KR' : 'en-GB', { ...options, timeZone: 'UTC' })
  const weekday = part({ weekday: 'short' })
  const whole = part({ year: 'numeric', month: locale === 'ko' ? 'long' : 'short', day: 'numeric' })
  const day = locale === 'ko' ? `${whole} (${weekday})` : `${weekday} ${whole}`
  const truckClass = vehicle ? t.tonnes(vehicle.truck) : ''
  const times = range(route.departS, route.returnS)
  const whose = [dispatchNumber, dispatch?.plate ?? round.truck, round.driver, date].filter(Boolean).join(' · ')

  const label = (text: string): TableCell => ({ text, fillColor: PALE })
  const about: TableCell[][] = [
    [
      label(t.carrier),
      dispatch?.carrier?.name ?? '',
      label(t.plate),
      { text: dispatch?.plate ?? '', bold: true },
      label(t.size),
      [truckClass, round.truck === vehicle?.id || round.truck === vehicle?.truck ? '' : round.truck]
        .filter(Boolean)
        .join(' · '),
    ],
    [
      label(t.driver),
      round.driver ?? '',
      label(t.phone),
      { text: dispatch?.phone ?? '', ...dial(dispatch?.phone) },
      label(t.times),
      { text: times, bold: true },
    ],
  ]

  return {
    head: whose,
    foot: estimatedNote(plan, locale),
    sign: [papers.id ? `${t.plan} ${papers.id.slice(0, 8)}` : '', dispatchNumber].filter(Boolean).join(' · '),
    content: [
      {
        columnGap: 8,
        columns: [
          {
            width: '*',
            stack: [
              { text: t.title, fontSize: SIZE.title, bold: true, characterSpacing: 1 },
              ...(money ? [{ text: t.carrierCopy, bold: true }] : []),
              { text: day, margin: [0, 2, 0, 0], bold: true },
              { text: `${t.number} ${dispatchNumber}` },
              { text: problem.name.replace(` ${problem.startsAt.slice(0, 10)}`, '') },
            ],
          },
          ...(crowded ? [] : [{ svg: drawRoute(places, legs, 170, 84), width: 170 }]),
          ...(papers.code
            ? [
                { stack: t.codeHead.map((text) => ({ text, alignment: 'right' as const })), width: 62, marginTop: 20 },
                { svg: papers.code, width: 76, marginTop: 4 },
              ]
            : []),
        ],
      },
      {
        margin: [0, 8, 0, 0],
        table: { widths: [46, '*', 46, 92, 54, 104], body: about },
        layout: RULED,
      },
      {
        margin: [0, 8, 0, 8],
        table: { headerRows: 1, dontBreakRows: true, widths: [20, 38, '*', 140, WEIGHT, 36, 46], body: stopRows() },
        layout: {
          ...RULED,
          vLineWidth: (line) => (line === 6 ? 0.5 : 0),
          vLineColor: () => RULE,
          paddingTop: () => 2,
          paddingBottom: () => 2,
          paddingLeft: () => 3,
          paddingRight: () => 3,
        },
      },
      totals(),
      { margin: [0, 6, 0, 0], stack: notes() },
      ...(crowded
        ? [
            {
              svg: drawRoute(places, legs, 539, 120),
              width: 539,
              margin: [0, 10, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
      ...(money ? fareTable(round, problem, locale, { mark: byRoads('toll'), duration, waiting: papers.waiting }) : []),
    ],
  }

  function stopRows(): TableCell[][] {
    const right = (text: string): TableCell => ({ text, fillColor: PALE, alignment: 'right' })
    const [weight, load, signed] = t.weightColumns
    const garage = (mark: string, site: Site | undefined, atS: number, word: string): TableCell[][] =>
      site
        ? [
            [
              { text: mark, bold: true, alignment: 'center' },
              { text: at(atS), bold: true },
              { text: [...words(site.name, true), ...(site.phone ? [' · ', phoneText(site.phone)] : [])] },
              { text: word, colSpan: 2 },
              '',
              { text: '0', alignment: 'right' },
              '',
            ],
          ]
        : []
    return [
      [...t.columns.map(label), right(weight), right(load), label(signed)],
      ...garage(t.start, round.start, route.departS, t.leave),
      ...round.stops.map(stopRow),
      ...garage(t.end, round.end, route.returnS, t.back),
    ]
  }

  function stopRow({ number, stop, site, name, guessed, contacts, latestS, goods }: RoundStop): TableCell[] {
    const kinds = [
      ...(stop.deliveries.length > 0 ? [`▼${t.delivery}`] : []),
      ...(stop.pickups.length > 0 ? [`▲${t.pickup}`] : []),
    ].join(' ')
    const [one, ...others] = contacts
    return [
      { text: String(number), bold: true, fontSize: SIZE.figure, alignment: 'center' },
      {
        stack: [
          { text: at(stop.arriveS), bold: true, fontSize: SIZE.figure },
          ...(latestS === undefined ? [] : [`~${at(latestS)}`]),
        ],
      },
      {
        stack: [
          { text: [`${kinds} `, ...words(name, true), ...(one ? ['  ', ...contactText(one)] : [])] },
          ...(site?.address ? [{ text: words(shortAddress(site.address)) }] : []),
          ...others.map((contact) => ({ text: contactText(contact) })),
          ...(guessed ? [t.guessed] : []),
        ],
      },
      { colSpan: 2, stack: goods.map(goodsRow) },
      '',
      { text: kg(stop.weightKgAfter), alignment: 'right' },
      '',
    ]
  }

  /** Each weight beside the first line of its goods. */
  function goodsRow({ id, kind, weightKg, shipment, part }: RoundGoods): Content {
    const pieces =
      shipment?.quantity === undefined ? '' : [shipment.quantity, shipment.unit].filter(Boolean).join('\u00a0')
    const quantity = part && pieces ? t.partOf(pieces) : pieces
    const name = [shipment?.item ?? id, quantity].filter(Boolean).join(' ')
    const how = [
      shipment?.item ? id : '',
      part ? t.part(part.number, part.of) : '',
      shipment?.handling?.map((gear) => t.gears[gear]).join('/'),
      shipment?.pallets ? t.pallets(shipment.pallets) : '',
      shipment?.spec,
      shipment?.mustGoAlone ? t.alone : '',
      shipment?.note,
    ].filter(Boolean)
    return {
      columns: [
        { width: '*', text: [...words(name, true), ...words(how.length > 0 ? ` · ${how.join(' · ')}` : '')] },
        {
          width: WEIGHT + 4,
          text: `${kind === 'pickup' ? '+' : '−'}${kg(weightKg)}`,
          bold: true,
          alignment: 'right',
          noWrap: true,
        },
      ],
    }
  }

  function byRoads(of?: 'toll'): string {
    return estimated || (of === 'toll' && estimatedTolls) ? t.mark : ''
  }

  function totals(): Content {
    const figures = [
      [`${kg(round.weightKg)} kg`, ''],
      [round.loadShare === undefined ? '–' : `${Math.round(100 * round.loadShare)} %`, ''],
      [km(route.distanceM), byRoads()],
      [km(route.emptyM), byRoads()],
      [t.krw(route.tollKrw.toLocaleString('en-US')), byRoads('toll')],
      [duration(route.driveS), byRoads()],
    ]
    const cell = (text: string, index: number): TableCell => ({
      stack: [text, { text: [{ text: figures[index]![0]!, bold: true }, figures[index]![1]!] }],
    })
    return {
      table: { widths: t.totals.map(() => '*'), body: [t.totals.map(cell)] },
      layout: { ...RULED, vLineWidth: () => 0.5, vLineColor: () => INK },
      unbreakable: true,
    }
  }

  function notes(): Content[] {
    const { driveS, restS } = lawOf(problem)
    const rests = route.rests.map(({ beforeStop, startS, endS }) =>
      beforeStop < route.stops.length
        ? t.restBefore(beforeStop + 1, range(startS, endS))
        : t.restHome(range(startS, endS)),
    )
    const { coordinator } = papers
    const carrier = dispatch?.carrier
    const line = (head: string, text: Content[]): Content => ({ text: [{ text: `${head} `, bold: true }, ...text] })
    const calls: Content[] = [
      ...(coordinator ? [`${t.coordinator} ${coordinator.name ?? ''} `, phoneText(coordinator.phone)] : []),
      ...(coordinator && carrier?.phone ? [' · '] : []),
      ...(carrier?.phone ? [`${t.carrier} ${carrier.contact ?? ''} `, phoneText(carrier.phone)] : []),
    ]
    return [
      line(t.rest, [rests.length > 0 ? t.rests(duration(driveS), duration(restS), rests.join(', ')) : t.noRest]),
      ...(calls.length > 0 ? [line(t.call, calls)] : []),
      ...(dispatch?.note ? [line(t.note, words(dispatch.note))] : []),
      ...(papers.code ? [] : [t.noCode]),
      ...(dispatch && dispatch.state !== 'accepted' ? [{ text: t.notAccepted, bold: true }] : []),
    ]
  }
}

const dial = (phone: string | undefined): { link?: string } => {
  const link = phone === undefined ? undefined : dialLink(phone)
  return link === undefined ? {} : { link }
}
/** Lines break between words, as Korean is set by hand; a word that would not fit may break anywhere. */
const words = (text: string, bold = false): Content[] =>
  text.split(/(?<= )/).map((word) => ({ text: word, bold, ...(word.length <= LONGEST_WORD && { noWrap: true }) }))
const phoneText = (phone: string): Content => ({ text: phone, ...dial(phone) })
const contactText = ({ name, phone }: Contact): Content[] => [
  ...(name ? words(name) : []),
  ...(name && phone ? [' '] : []),
  ...(phone ? [phoneText(phone)] : []),
]

/** 광주광역시 광산구 as 광주 광산구, as every Korean reads it: a line less for each stop. */
const shortAddress = (address: string): string =>
  address.replace(/^(\p{L}{2})(?:특별자치시|특별시|광역시)(?=\s)/u, '$1')

/** What of the sheets is an estimate; empty: nothing. */
function estimatedNote({ provenance: { estimated, estimatedTolls } }: Plan, locale: Locale): string {
  const t = SHEET_WORDS[locale]
  return estimated ? t.estimated : estimatedTolls ? t.estimatedTolls : ''
}
