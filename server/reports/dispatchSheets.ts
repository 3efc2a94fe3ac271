/** The dispatch table of a day (배차표): a row for each stop, and a row for each truck. No prices: it goes to everybody who drives. */
import type { Locale, Plan, Problem } from '../../solver/index.ts'
import type { Words } from '../errors.ts'
import type { Sheet, SheetRow, SheetValue } from '../sheets/value.ts'
import { writeCsv } from '../sheets/writeCsv.ts'
import { writeXlsx } from '../sheets/writeXlsx.ts'
import { byRoads, type Column, sheetOf } from './columns.ts'
import { SHEET_WORDS } from './pdf/words.ts'
import type { PlanPapers, Report, RoundDispatch } from './report.ts'
import { type Round, type RoundGoods, readRounds } from './rounds.ts'
import { clockOf } from './wallClock.ts'

const STATES: Readonly<Record<RoundDispatch['state'], Words>> = {
  open: { ko: '배차 전', en: 'open' },
  offered: { ko: '수락 대기', en: 'offered' },
  accepted: { ko: '수락', en: 'accepted' },
  declined: { ko: '거절', en: 'declined' },
}
const km = (metres: number): number => Math.round(metres / 100) / 10
const minutes = (seconds: number): number => Math.round(seconds / 60)

/** Who drives, in both sheets the same. */
const WHO: readonly Column[] = [
  ['배차번호', 'Dispatch no'],
  ['날짜', 'Date'],
  ['운송사', 'Carrier'],
  ['차량번호', 'Plate'],
  ['톤급', 'Class'],
  ['기사', 'Driver'],
  ['휴대폰', 'Phone'],
]
const whoDrives = ({ dispatchNumber, date, dispatch, vehicle, driver }: Round, locale: Locale): SheetRow => [
  dispatchNumber,
  { clock: date },
  dispatch?.carrier?.name ?? null,
  dispatch?.plate ?? null,
  vehicle ? SHEET_WORDS[locale].tonnes(vehicle.truck) : null,
  driver ?? null,
  dispatch?.phone ?? null,
]

export function dispatchStops(plan: Plan, problem: Problem, locale: Locale, papers: PlanPapers): Sheet {
  const { travel } = papers
  const t = SHEET_WORDS[locale]
  const clock = clockOf(problem)
  const columns: readonly Column[] = [
    ...WHO,
    ['순번', 'Stop'],
    ['구분', 'What'],
    ['업체명', 'Place'],
    ['주소', 'Address'],
    ['담당자', 'Contact'],
    ['연락처', 'Phone of the place'],
    byRoads(['도착예정', 'Arrives'], travel),
    ['허용시간', 'Until'],
    byRoads(['출발예정', 'Leaves'], travel),
    ['접수번호', 'Orders'],
    ['품목', 'Items'],
    ['수량', 'Quantity'],
    ['하차(kg)', 'Off (kg)'],
    ['상차(kg)', 'On (kg)'],
    ['적재(kg)', 'Load on leaving (kg)'],
    ['규격', 'Size'],
    ['상하차방식', 'Handling'],
    ['특이사항', 'Notes'],
  ]
  const joined = (goods: readonly RoundGoods[], read: (one: RoundGoods) => string | undefined): SheetValue =>
    goods
      .map(read)
      .filter((part): part is string => part !== undefined && part !== '')
      .join(' / ') || null
  const sum = (goods: readonly RoundGoods[], kind: RoundGoods['kind']): SheetValue => {
    const moved = goods.filter((one) => one.kind === kind)
    return moved.length === 0 ? null : moved.reduce((kg, { weightKg }) => kg + weightKg, 0)
  }
  const rows = readRounds(plan, problem, papers).flatMap((round) =>
    round.stops.map(({ number, stop, site, name, guessed, contacts, latestS, goods }): SheetRow => {
      const kinds = [stop.deliveries.length > 0 ? t.delivery : '', stop.pickups.length > 0 ? t.pickup : '']
      return [
        ...whoDrives(round, locale),
        number,
        kinds.filter(Boolean).join('·'),
        guessed ? `${name} (${t.guessed})` : name,
        site?.address ?? null,
        contacts.flatMap((contact) => contact.name ?? []).join(' / ') || null,
        contacts.flatMap((contact) => contact.phone ?? []).join(' / ') || null,
        clock(stop.arriveS),
        latestS === undefined ? null : clock(latestS),
        clock(stop.leaveS),
        joined(goods, ({ id }) => id),
        joined(goods, ({ shipment }) => shipment?.item),
        joined(goods, quantityOf),
        sum(goods, 'delivery'),
        sum(goods, 'pickup'),
        stop.weightKgAfter,
        joined(goods, ({ shipment }) => shipment?.spec),
        joined(goods, ({ shipment }) => shipment?.handling?.map((gear) => t.gears[gear]).join('·')),
        joined(goods, ({ shipment }) =>
          [shipment?.mustGoAlone ? t.alone : '', shipment?.note ?? ''].filter(Boolean).join(', '),
        ),
      ]
    }),
  )
  return sheetOf(locale, ['배차표', 'Dispatch'], columns, rows)

  function quantityOf({ shipment, part }: RoundGoods): string {
    const pieces = shipment?.quantity === undefined ? '' : `${shipment.quantity} ${shipment.unit ?? ''}`.trim()
    const pallets = shipment?.pallets ? t.pallets(shipment.pallets) : ''
    const all = part && pieces ? t.partOf(pieces) : pieces
    return [all, pallets, part ? t.part(part.number, part.of) : ''].filter(Boolean).join(', ')
  }
}

export function dispatchTrucks(plan: Plan, problem: Problem, locale: Locale, papers: PlanPapers): Sheet {
  const { travel } = papers
  const clock = clockOf(problem)
  const columns: readonly Column[] = [
    ...WHO,
    ['배차 상태', 'State'],
    ['차량', 'Vehicle'],
    byRoads(['출발', 'Departs'], travel),
    byRoads(['복귀', 'Returns'], travel),
    ['정차 수', 'Stops'],
    ['총중량(kg)', 'Weight (kg)'],
    ['최고 적재율(%)', 'Highest load (%)'],
    byRoads(['총거리(km)', 'Distance (km)'], travel),
    byRoads(['공차거리(km)', 'Empty (km)'], travel),
    byRoads(['운전(분)', 'Driving (min)'], travel),
    ['휴게(분)', 'Rest (min)'],
    byRoads(['예상 통행료(원)', 'Expected toll (won)'], travel, 'tolls'),
    ['기사 화면', 'Page of the driver'],
    ['안내', 'Note'],
  ]
  const rows = readRounds(plan, problem, papers).map(
    (round): SheetRow => [
      ...whoDrives(round, locale),
      round.dispatch ? STATES[round.dispatch.state][locale] : null,
      round.truck,
      clock(round.route.departS),
      clock(round.route.returnS),
      round.stops.length,
      round.weightKg,
      round.loadShare === undefined ? null : Math.round(1000 * round.loadShare) / 10,
      km(round.route.distanceM),
      km(round.route.emptyM),
      minutes(round.route.driveS),
      minutes(round.route.restS),
      round.route.tollKrw,
      round.link ?? null,
      round.dispatch?.note ?? null,
    ],
  )
  return sheetOf(locale, ['차량', 'Trucks'], columns, rows)
}

export const dispatchXlsxReport: Report = {
  format: 'dispatch.xlsx',
  render: async (plan, problem, locale, papers) =>
    await writeXlsx([dispatchStops(plan, problem, locale, papers), dispatchTrucks(plan, problem, locale, papers)]),
}
export const dispatchCsvReport: Report = {
  format: 'dispatch.csv',
  render: async (plan, problem, locale, papers) => writeCsv(dispatchStops(plan, problem, locale, papers).rows),
}
