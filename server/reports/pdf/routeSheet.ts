/** The dispatch sheet of one truck (운행지시서) for its driver: where, when, what, how heavy, how handled, and room to sign. No prices. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import {
  type Gear,
  isGuessed,
  type Locale,
  type Plan,
  type Problem,
  problemInParts,
  punctuality,
  type Route,
  type Shipment,
  type Stop,
} from '../../../solver/index.ts'
import type { TravelLeg } from '../../travel/provider.ts'
import { routePlaces } from '../geojson.ts'
import { clockOf } from '../wallClock.ts'
import { INK, PALE, RULED, SIZE } from './document.ts'
import { drawRoute } from './smallMap.ts'

const WORDS = {
  ko: {
    title: '운행지시서',
    number: '배차번호',
    carrier: '운송사',
    truck: '차량',
    size: '톤급',
    driver: '기사',
    phone: '휴대폰',
    times: '출발–복귀',
    columns: [
      '순번',
      '도착\n허용',
      '구분 · 업체명\n주소',
      '품목\n방식 · 특이사항',
      '중량\nkg',
      '적재\nkg',
      '인수 서명',
    ],
    start: '출',
    end: '착',
    pickup: '상',
    delivery: '하',
    leave: '출발',
    back: '복귀',
    totals: ['총중량', '최고 적재율', '총거리', '공차거리', '예상 통행료', '운전 합계'],
    toll: (krw: string) => `${krw}원`,
    duration: (hours: number, minutes: number) => (hours > 0 ? `${hours}시간 ${minutes}분` : `${minutes}분`),
    rest: '휴게',
    rests: (list: string) => `2시간 운전마다 15분: ${list}.`,
    restBefore: (stop: number, range: string) => `${stop}번 가는 길 ${range}`,
    restHome: (range: string) => `복귀 길 ${range}`,
    noRest: '이 노선은 운전이 이어지지 않아 법정 휴게 없이 운행할 수 있습니다.',
    guessed: '위치 추정',
    estimated: '거리와 시각은 도로 추정에서 나온 값입니다.',
    gears: { hand: '손작업', forklift: '지게차', hoist: '호이스트', crane: '크레인' } satisfies Record<Gear, string>,
    pallets: (count: number) => `팔레트 ${count}`,
    tonnes: (size: string) => `${size.replace('t', '톤').replace('-axle', '축')}`,
    plan: '계획',
  },
  en: {
    title: 'Route sheet',
    number: 'No.',
    carrier: 'Carrier',
    truck: 'Truck',
    size: 'Class',
    driver: 'Driver',
    phone: 'Phone',
    times: 'Out–back',
    columns: [
      'No.',
      'Arrive\nuntil',
      'What · firm\naddress',
      'Goods\nhandling · notes',
      'Weight\nkg',
      'Load\nkg',
      'Signature',
    ],
    start: 'Out',
    end: 'In',
    pickup: 'load',
    delivery: 'unload',
    leave: 'Leave',
    back: 'Back',
    totals: ['Weight in all', 'Highest load', 'Distance', 'Empty', 'Expected toll', 'Driving'],
    toll: (krw: string) => `₩${krw}`,
    duration: (hours: number, minutes: number) => (hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`),
    rest: 'Rest',
    rests: (list: string) => `15 minutes after 2 hours of driving: ${list}.`,
    restBefore: (stop: number, range: string) => `on the way to ${stop}, ${range}`,
    restHome: (range: string) => `on the way back, ${range}`,
    noRest: 'Driving is never long enough on this route for a rest by law.',
    guessed: 'position estimated',
    estimated: 'Distances and times come from estimated roads.',
    gears: { hand: 'by hand', forklift: 'forklift', hoist: 'hoist', crane: 'crane' } satisfies Record<Gear, string>,
    pallets: (count: number) => `${count} pallets`,
    tonnes: (size: string) => size.replace('t', ' t').replace('-axle', ' axle'),
    plan: 'plan',
  },
} as const satisfies Record<Locale, unknown>

export const sheetTitle = (locale: Locale): string => WORDS[locale].title
export const estimatedNote = (locale: Locale): string => WORDS[locale].estimated

const kg = (amount: number) => Math.round(amount).toLocaleString('en-US')
const km = (metres: number) => `${(metres / 1000).toFixed(1)} km`

/** `number`: of the route in the plan, as on the map; hired trucks for one shipment come after the routes. */
export function routeSheet(
  route: Route,
  number: number,
  plan: Plan,
  whole: Problem,
  locale: Locale,
  legs: readonly TravelLeg[] = [],
): Content[] {
  const t = WORDS[locale]
  const problem = problemInParts(whole, plan.parts ?? [])
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const goods = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)
  const driver = problem.drivers?.find(({ id }) => id === route.driver)
  const clock = clockOf(problem)
  const room = punctuality(problem)
  const at = (seconds: number) => clock(seconds).clock.slice(-5)
  const range = (fromS: number, toS: number) => `${at(fromS)}–${at(toS)}`
  const date = clock(route.departS).clock.slice(0, 10)
  const day = new Date(`${date}T00:00:00Z`).toLocaleDateString(locale === 'ko' ? 'ko-KR' : 'en-GB', {
    dateStyle: 'full',
    timeZone: 'UTC',
  })
  const dispatch = `${date.replaceAll('-', '').slice(2)}-${String(number).padStart(2, '0')}`

  const label = (text: string): TableCell => ({ text, fillColor: PALE })
  const about: TableCell[][] = [
    [
      label(t.carrier),
      '',
      label(t.truck),
      { text: vehicle?.name ?? route.vehicle, bold: true },
      label(t.size),
      vehicle ? t.tonnes(vehicle.truck) : '',
    ],
    [
      label(t.driver),
      driver?.name ?? route.driver ?? '',
      label(t.phone),
      '',
      label(t.times),
      { text: range(route.departS, route.returnS), bold: true },
    ],
  ]

  const garage = (
    mark: string,
    id: string | null | undefined,
    atS: number,
    word: string,
    load: number,
  ): TableCell[][] => {
    const site = id ? sites.get(id) : undefined
    if (!site) return []
    const cells: TableCell[] = [
      { text: mark, bold: true, alignment: 'center' },
      { text: at(atS), bold: true },
      { stack: [{ text: site.name, bold: true }, ...(site.address ? [site.address] : [])] },
      word,
      '',
      { text: kg(load), alignment: 'right' },
      '',
    ]
    return [cells]
  }
  // a second page that comes loose still says whose it is
  const whose = [dispatch, vehicle?.name ?? route.vehicle, date].join(' · ')
  const body: TableCell[][] = [
    [{ text: whose, colSpan: t.columns.length }, ...t.columns.slice(1).map(() => '')],
    t.columns.map((text, index) => ({
      text,
      fillColor: PALE,
      ...(index >= 4 && index <= 5 && { alignment: 'right' as const }),
    })),
    ...garage(t.start, vehicle?.start, route.departS, t.leave, 0),
    ...route.stops.map((stop, index) => stopRow(stop, index)),
    ...garage(t.end, vehicle?.end, route.returnS, t.back, 0),
  ]

  function stopRow(stop: Stop, index: number): TableCell[] {
    const site = sites.get(stop.site)
    const { latestS } = room(stop)
    const pieces = [
      ...stop.deliveries.map((id) => ({ id, sign: '−' })),
      ...stop.pickups.map((id) => ({ id, sign: '+' })),
    ].map(({ id, sign }) => {
      const shipment = goods.get(id)
      return { lines: describeGoods(shipment, id), kg: `${sign}${kg(shipment?.weightKg ?? 0)}` }
    })
    const kinds = [
      ...(stop.deliveries.length > 0 ? [`▼ ${t.delivery}`] : []),
      ...(stop.pickups.length > 0 ? [`▲ ${t.pickup}`] : []),
    ].join(' ')
    return [
      { text: String(index + 1), bold: true, fontSize: SIZE.figure, alignment: 'center' },
      {
        stack: [
          { text: at(stop.arriveS), bold: true, fontSize: SIZE.figure },
          ...(latestS === undefined ? [] : [`~${at(latestS)}`]),
        ],
      },
      {
        stack: [
          { text: [`${kinds} `, { text: site?.name ?? stop.site, bold: true }] },
          ...(site?.address ? [site.address] : []),
          ...(site && isGuessed(site) ? [{ text: t.guessed }] : []),
        ],
      },
      { stack: pieces.flatMap(({ lines }) => lines) },
      // each weight beside the first line of its goods
      {
        stack: pieces.flatMap(({ lines, kg }) => [kg, ...lines.slice(1).map(() => ' ')]),
        alignment: 'right',
        bold: true,
        noWrap: true,
      },
      { text: kg(stop.weightKgAfter), alignment: 'right' },
      '',
    ]
  }

  function describeGoods(shipment: Shipment | undefined, id: string): string[] {
    const name = [shipment?.item, id].filter(Boolean).join(' · ')
    const how = [
      shipment?.handling?.map((gear) => t.gears[gear]).join('·'),
      shipment?.pallets ? t.pallets(shipment.pallets) : '',
      shipment?.note,
    ].filter(Boolean)
    return [name, ...(how.length > 0 ? [how.join(' · ')] : [])]
  }

  const weightKg = route.stops
    .flatMap(({ pickups }) => pickups)
    .reduce((sum, id) => sum + (goods.get(id)?.weightKg ?? 0), 0)
  const minutes = Math.round(route.driveS / 60)
  const figures = [
    `${kg(weightKg)} kg`,
    vehicle?.capacityKg ? `${Math.round((100 * route.peakWeightKg) / vehicle.capacityKg)} %` : '–',
    km(route.distanceM),
    km(route.emptyM),
    t.toll(route.tollKrw.toLocaleString('en-US')),
    t.duration(Math.floor(minutes / 60), minutes % 60),
  ]
  const rests = route.rests.map(({ beforeStop, startS, endS }) =>
    beforeStop < route.stops.length
      ? t.restBefore(beforeStop + 1, range(startS, endS))
      : t.restHome(range(startS, endS)),
  )
  return [
    {
      columns: [
        {
          stack: [
            { text: t.title, fontSize: SIZE.title, bold: true, characterSpacing: 1 },
            { text: `${day} · ${t.number} ${dispatch} · ${whole.name}`, margin: [0, 4, 0, 10] },
            {
              table: { widths: [42, '*', 42, '*', 52, 76], body: about },
              layout: RULED,
            },
          ],
        },
        { svg: drawRoute(routePlaces(route, problem), legs, 128, 104), width: 128, margin: [12, 0, 0, 0] },
      ],
    },
    {
      margin: [0, 12, 0, 12],
      table: {
        headerRows: 2,
        dontBreakRows: true,
        widths: [24, 42, '*', 124, 40, 36, 52],
        body,
      },
      layout: { ...RULED, vLineWidth: (line) => (line === t.columns.length - 1 ? 0.5 : 0) },
    },
    {
      table: {
        widths: t.totals.map(() => '*'),
        body: [
          t.totals.map((text, index) => ({
            stack: [{ text }, { text: figures[index]!, bold: true, fontSize: SIZE.figure }],
          })),
        ],
      },
      layout: { ...RULED, vLineWidth: () => 0.5, vLineColor: () => INK },
      unbreakable: true,
    },
    {
      margin: [0, 8, 0, 0],
      text: [{ text: `${t.rest} `, bold: true }, rests.length > 0 ? t.rests(rests.join(', ')) : t.noRest],
    },
  ]
}
