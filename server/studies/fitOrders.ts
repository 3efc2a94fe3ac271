/** Orders of days, imported or kept in the service, as the fit of a demand model takes them. */
import dayjs from 'dayjs'
import { DAY_S, type Problem, type Shipment } from '../../solver/index.ts'
import { type FitOrder, fitDemand } from '../../study/index.ts'
import type { OrderFit } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import { Refusal } from '../errors.ts'
import { GEAR_NAMES, spanText } from '../imports/dayOrders.ts'
import { workingDays, workingDaysBetween } from './workingDays.ts'

export interface FitDay {
  /** ISO date */
  readonly date: string
  readonly problem: Problem
}

/** With fewer days nothing can be told of a week. */
const LEAST_DAYS = 5
/** Of a whole year the days are counted; of less, Korea’s usual number is taken. */
const MOST_OF_A_YEAR = 220
const USUAL_DAYS = 250

export async function fitOrders(data: ComplexData, days: readonly FitDay[]): Promise<OrderFit> {
  const dates = days
    .filter(({ problem }) => problem.shipments.length > 0)
    .map(({ date }) => date)
    .sort()
  const [first, last] = [dates[0], dates.at(-1)]
  const working = first && last ? await workingDaysBetween(first, last) : []
  if (!first || !last || working.length < LEAST_DAYS) throw tooFew(working.length)
  const { orders, leftOut } = ordersOf(data, days)
  const { synthetic } = data.complex
  const fit = fitDemand({
    orders,
    firms: data.firms,
    workingDates: working,
    workingDaysPerYear: working.length >= MOST_OF_A_YEAR ? await daysOfAYear(last) : USUAL_DAYS,
    from: (await workingDays(dayjs(last).add(1, 'day').format('YYYY-MM-DD'), 1))[0]!,
    note: {
      source: `Fitted from ${orders.length} orders of ${working.length} working days, ${first} to ${last}${synthetic ? ', which are synthetic' : ''}`,
      sourceKo: `${first}부터 ${last}까지 영업일 ${working.length}일의 주문 ${orders.length}건에 맞춤${synthetic ? ' (합성 자료)' : ''}`,
      asOf: last,
      certainty: synthetic ? 'X' : 'C',
    },
  })
  return { ...fit, firms: data.firms.map(({ id, name }) => ({ id, name })), first, last, leftOut }
}

/** The twelve months up to a day. */
const daysOfAYear = async (last: string): Promise<number> =>
  (await workingDaysBetween(dayjs(last).subtract(1, 'year').add(1, 'day').format('YYYY-MM-DD'), last)).length

function ordersOf(data: ComplexData, days: readonly FitDay[]) {
  const siteOf = new Map(data.sites.map((site) => [site.id, site]))
  const ownSite = new Map(data.firms.map(({ id, site }) => [id, site]))
  const unknown = new Set<string>()
  let [elsewhere, toUnknown] = [0, 0]
  // an order that two files have is one
  const byId = new Map<string, FitOrder>()
  for (const { date, problem } of days)
    for (const shipment of problem.shipments) {
      const own = ownSite.get(shipment.firm)
      const direction = shipment.to === own ? 'in' : shipment.from === own ? 'out' : undefined
      if (own === undefined || !direction) {
        elsewhere++
        continue
      }
      const partner = direction === 'in' ? shipment.from : shipment.to
      const site = siteOf.get(partner)
      if (!site) {
        toUnknown++
        unknown.add(problem.sites.find(({ id }) => id === partner)?.name ?? partner)
        continue
      }
      const item = shipment.item ?? ''
      byId.set(`${date} ${shipment.id} ${shipment.from} ${shipment.to} ${shipment.weightKg}`, {
        firm: shipment.firm,
        date,
        direction,
        partner,
        goods: site.role ?? goodsOf(item) ?? partner,
        item,
        weightKg: shipment.weightKg,
        pieceKg: pieceOf(shipment),
        time: timeOf(shipment, data.orders.nextDay.maxKg),
        handling: (shipment.handling ?? []).map((gear) => GEAR_NAMES[gear]).join('/'),
        mustGoAlone: shipment.mustGoAlone === true,
      })
    }
  return { orders: [...byId.values()], leftOut: { elsewhere, toUnknown, unknownPlaces: [...unknown] } }
}

/** "금형강 KP4M" and "금형강(대)" are steel both. */
const goodsOf = (item: string): string | undefined => /^[^\s(（[]+/.exec(item)?.[0]

const pieceOf = ({ pieceKg, weightKg, quantity }: Shipment): number =>
  pieceKg ?? (quantity !== undefined && quantity > 1 ? weightKg / quantity : weightKg)

/** As a sheet says it; what the rules of the complex say by themselves is left to them. */
function timeOf({ due, deliveryWindows, weightKg }: Shipment, nextDayKg: number): string {
  const until = due === undefined || due % DAY_S >= DAY_S - 60 ? undefined : due % DAY_S
  const hours = spanText(deliveryWindows?.[0]?.[0], until)
  if (hours !== '') return hours
  return due !== undefined && due < DAY_S && weightKg <= nextDayKg ? '당일' : ''
}

const tooFew = (days: number): Refusal =>
  new Refusal(422, 'study.tooFewDays', {
    ko: `주문이 있는 영업일이 ${days}일에 걸쳐 있습니다. 적어도 ${LEAST_DAYS}일, 되도록 한 해의 주문을 주세요.`,
    en: `The orders cover ${days} working days. Give those of ${LEAST_DAYS} at least, of a year if you can.`,
  })
