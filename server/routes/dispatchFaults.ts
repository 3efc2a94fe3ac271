/** What is wrong with a dispatch, all of it at once: nobody is sent two ways, and nobody drives a truck that is not theirs. */
import { baseVehicle, type Issue, type Locale, type Plan, type Route } from '../../solver/index.ts'
import { type Carrier, type Dispatch, PHONE_PATTERN, type PutDispatch } from '../api.ts'
import { carrierOf, hasVehicle } from '../dispatch.ts'
import { Refusal, type Words } from '../errors.ts'
import { readPhone } from '../phones.ts'
import { roundsOf } from '../reports/guide.ts'

const PHONE = new RegExp(PHONE_PATTERN)

export interface Dispatching {
  readonly plan: Plan
  readonly carriers: readonly Carrier[]
  /** of every round, as `dispatchesOf` gives them */
  readonly all: readonly Dispatch[]
}
type Said = Pick<PutDispatch, 'carrier' | 'plate' | 'driver' | 'phone' | 'state' | 'proposal'>

/** `field`: of what is said, to its place in what was sent. */
export function dispatchFaults(
  { plan, carriers, all }: Dispatching,
  round: Route,
  said: Said,
  locale: Locale,
  field: (name: string) => string = (name) => name,
): Issue[] {
  const found: [code: string, name: string, message: Words, remedy: Words][] = []
  const carrier = carrierOf({ carriers: [...carriers] }, said, round.vehicle)
  if (said.carrier !== undefined && !carrier)
    found.push(['dispatch.carrier', 'carrier', noCarrier(said.carrier), CHOOSE])
  if (said.carrier === undefined && !carrier && said.state !== 'open')
    found.push(['dispatch.noCarrier', 'carrier', NOBODY, CHOOSE])
  if (carrier && !hasVehicle(carrier, round.vehicle))
    found.push(['dispatch.noTruck', 'carrier', noTruck(carrier, round.vehicle), OTHER_CARRIER])
  if (said.phone !== undefined && !PHONE.test(tidyPhone(said.phone)))
    found.push(['dispatch.phone', 'phone', NO_PHONE, PHONE_FORM])
  const others = rivalsOf(plan, all, round)
  const { plate, driver, proposal } = said
  if (plate !== undefined) {
    const own = ownTrucks(carrier, plate)
    if (own.length > 0 && !own.some(({ vehicle }) => vehicle === baseVehicle(round.vehicle)))
      found.push(['dispatch.otherTruck', 'plate', otherTruck(plate, own[0]!.vehicle, round.vehicle), PROPOSE])
    const other = others.find((one) => one.plate !== undefined && samePlate(one.plate, plate))
    if (other) found.push(['dispatch.plateTwice', 'plate', plateTwice(plate, other.route), ANOTHER_TIME])
  }
  if (driver !== undefined) {
    const other = others.find((one) => one.driver === driver && one.carrier === carrier?.id && samePhone(one, said))
    if (other) found.push(['dispatch.driverTwice', 'driver', driverTwice(driver, other.route), ANOTHER_TIME])
  }
  if (proposal && carrier) {
    const { vehicle, plate } = proposal
    if (!hasVehicle(carrier, vehicle))
      found.push(['dispatch.noTruck', 'proposal/vehicle', noTruck(carrier, vehicle), OWN_TRUCK])
    if (vehicle === baseVehicle(round.vehicle))
      found.push(['dispatch.sameTruck', 'proposal/vehicle', SAME_TRUCK, OWN_TRUCK])
    const own = ownTrucks(carrier, plate)
    if (own.length > 0 && !own.some((truck) => truck.vehicle === vehicle))
      found.push(['dispatch.otherTruck', 'proposal/plate', otherTruck(plate!, own[0]!.vehicle, vehicle), OWN_TRUCK])
  }
  return found.map(([code, name, message, remedy]) => ({
    code,
    severity: 'error',
    path: field(name),
    message: message[locale],
    remedy: remedy[locale],
  }))
}

export function refuseDispatch(issues: readonly Issue[]): void {
  if (issues.length === 0) return
  throw new Refusal(
    422,
    'dispatch.faults',
    {
      ko: `배차에 고칠 곳이 ${issues.length}개 있습니다. 아무것도 저장하지 않았습니다.`,
      en: `The dispatch has ${issues.length} ${issues.length === 1 ? 'fault' : 'faults'}. Nothing was stored.`,
    },
    issues,
  )
}

/** What does not go together any more: a plan may have been revised, and a complex may have lost a carrier. */
export const standingFaults = (dispatching: Dispatching, locale: Locale): Issue[] => {
  const rounds = new Map(roundsOf(dispatching.plan).map((round) => [round.id, round]))
  return dispatching.all.flatMap((said, index) =>
    dispatchFaults(dispatching, rounds.get(said.route)!, said, locale, (name) => `items/${index}/${name}`),
  )
}

/** What was dispatched for the same time; who has declined does not drive. */
function rivalsOf(plan: Plan, all: readonly Dispatch[], { id, departS, returnS }: Route): Dispatch[] {
  const meanwhile = new Set(
    roundsOf(plan)
      .filter((other) => other.id !== id && other.departS < returnS && departS < other.returnS)
      .map((other) => other.id),
  )
  return all.filter(({ route, state }) => meanwhile.has(route) && state !== 'declined')
}

const ownTrucks = (carrier: Carrier | undefined, plate: string | undefined) =>
  (carrier?.trucks ?? []).filter((truck) => plate !== undefined && samePlate(truck.plate, plate))

/** As it is dialled, however it was written; what cannot be read stays as it is. */
export const tidyPhone = (phone: string): string => readPhone(phone) ?? phone.trim()

const bare = (text: string): string => text.replace(/[\s-]/g, '')
const samePlate = (one: string, other: string): boolean => bare(one) === bare(other)
/** Two drivers of one name have two numbers. */
const samePhone = ({ phone: one }: Pick<Said, 'phone'>, { phone: other }: Pick<Said, 'phone'>): boolean =>
  one === undefined || other === undefined || bare(one) === bare(other)

const noCarrier = (id: string): Words => ({
  ko: `단지에 없는 운송사입니다: ${id}.`,
  en: `The complex has no carrier ${id}.`,
})
const NOBODY: Words = { ko: '맡길 운송사가 없습니다.', en: 'There is no carrier to offer it to.' }
const CHOOSE: Words = {
  ko: '단지의 운송사 가운데 하나의 id 를 carrier 에 적으세요.',
  en: 'Give the id of a carrier of the complex in carrier.',
}
const noTruck = ({ name }: Carrier, vehicle: string): Words => ({
  ko: `${name}에는 이런 차량이 없습니다: ${baseVehicle(vehicle)}.`,
  en: `${name} has no such truck: ${baseVehicle(vehicle)}.`,
})
const OTHER_CARRIER: Words = {
  ko: '그 차량이 있는 운송사를 고르거나, 단지 자료에서 운송사에 차량을 더하세요.',
  en: 'Choose a carrier that has one, or add it to the carrier in the data of the complex.',
}
const SAME_TRUCK: Words = { ko: '계획된 차종과 같습니다.', en: 'is the truck that is planned' }
const OWN_TRUCK: Words = { ko: '그 운송사의 차량 가운데 고르세요.', en: 'Choose one of the trucks of the carrier.' }
const NO_PHONE: Words = { ko: '전화번호로 읽을 수 없습니다.', en: 'cannot be read as a telephone number' }
const PHONE_FORM: Words = { ko: '010-1234-5678 처럼 적으세요.', en: 'Write it as 010-1234-5678.' }
const otherTruck = (plate: string, is: string, planned: string): Words => ({
  ko: `${plate}: ${is} 차량입니다. 이 노선은 ${baseVehicle(planned)} 차량으로 계획되었습니다.`,
  en: `${plate} is a ${is}; the round is planned for a ${baseVehicle(planned)}.`,
})
const PROPOSE: Words = {
  ko: '그 차로 가려면 다른 차량으로 제안하세요. 화물과 시각이 맞는지 다시 따집니다.',
  en: 'To drive it with that truck, propose it: goods and times are checked again.',
}
const plateTwice = (plate: string, route: string): Words => ({
  ko: `같은 시간에 노선 ${route}에도 배차된 차량입니다: ${plate}.`,
  en: `${plate} drives route ${route} at that time.`,
})
const driverTwice = (driver: string, route: string): Words => ({
  ko: `같은 시간에 노선 ${route}에도 배차된 기사입니다: ${driver}.`,
  en: `${driver} drives route ${route} at that time.`,
})
const ANOTHER_TIME: Words = {
  ko: '둘 가운데 하나를 다른 차와 기사에게 맡기세요.',
  en: 'Give one of the two to another truck and driver.',
}
