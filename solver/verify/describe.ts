/** What the verifier found, in words. */
import { fillWords, type Locale } from '../words.ts'
import type { Fault, FaultCode } from './sums.ts'
import type { Checked, Verified } from './verify.ts'

type Words = Readonly<Record<Locale, string>>

const FAULT_WORDS: Readonly<Record<FaultCode, Words>> = {
  sum: {
    ko: '하한은 {stated}라고 되어 있으나 가격을 더하면 {found}',
    en: 'the bound is stated as {stated}; the prices add up to {found}',
  },
  price: { ko: '{name}: 쓸 수 없는 가격 {stated}', en: '{name}: {stated} cannot be a price' },
  shipmentUnknown: { ko: '{name}: 문제에 없는 화물', en: '{name}: no such shipment in the problem' },
  shipmentMissing: { ko: '{name}: 증명서에 없는 화물', en: '{name}: a shipment missing in the certificate' },
  shipmentTwice: { ko: '{name}: 증명서에 두 번 있는 화물', en: '{name}: a shipment listed twice' },
  unserved: {
    ko: '{name}: 하한에서 뺀 화물과 계획의 미배정 화물이 다름',
    en: '{name}: left out of the bound but not by the plan, or the other way round',
  },
  direct: {
    ko: '{name}: 가격 {stated}, 단독으로 보내면 {found}',
    en: '{name}: priced at {stated}, but going direct costs {found}',
  },
  alone: {
    ko: '{name}: 가격 {stated}, 가장 싼 방법은 {found}',
    en: '{name}: priced at {stated}, but its cheapest way costs {found}',
  },
  shares: {
    ko: '{name}: 함께 실을 수 있는데 단독으로 되어 있음',
    en: '{name}: listed as alone, but it could share a truck',
  },
  fleetUnknown: { ko: '{name}: 노선을 줄 수 없는 차량', en: '{name}: no truck that could be given a route' },
  fleetMissing: { ko: '{name}: 증명서에 없는 차량', en: '{name}: a truck missing in the certificate' },
  fleetTwice: { ko: '{name}: 증명서에 두 번 있는 차량', en: '{name}: a truck listed twice' },
  fleetCount: {
    ko: '{name}: {stated}대라고 되어 있으나 {found}대',
    en: '{name}: {stated} trucks stated, there are {found}',
  },
  plan: {
    ko: '하한이 {stated}인데 계획의 비용은 {found}',
    en: 'the bound is {stated}, but the plan costs {found}',
  },
  proof: {
    ko: '최적이라고 되어 있으나 하한 {stated}, 계획 {found}',
    en: 'called optimal, but the bound is {stated} and the plan costs {found}',
  },
  route: {
    ko: '{name}: {found}인 노선이 있는데 가격의 합은 {stated}: {visits}',
    en: '{name}: a route costs {found}, its prices add up to {stated}: {visits}',
  },
}

const UNSURE: Words = {
  ko: ' (희망 시간, 차에 실려 있는 시간, 막히는 시간대 때문에 그렇게 갈 수 없을지도 모름)',
  en: ' (wished times, time on board or slow hours may forbid it)',
}

export function describeFault(
  { code, shipment, vehicle, shift, stated, found, visits, sure }: Fault,
  locale: Locale,
): string {
  const amount = (value = 0) => (code === 'fleetCount' ? `${value}` : `₩${value.toLocaleString('en-US')}`)
  const marks = { pickup: '+', delivery: '−' }
  return (
    fillWords(FAULT_WORDS[code][locale], {
      name: shipment ?? (vehicle === undefined ? '' : nameOf(vehicle, shift ?? 0, locale)),
      stated: amount(stated),
      found: amount(found),
      visits: (visits ?? []).map((visit) => marks[visit.kind] + visit.shipment).join(' '),
    }) + (sure ? '' : UNSURE[locale])
  )
}

const nameOf = (vehicle: string, shift: number, locale: Locale): string =>
  shift === 0 ? vehicle : locale === 'ko' ? `${vehicle} ${shift + 1}번째 운행 시간대` : `${vehicle}, shift ${shift + 1}`

const HOW_WORDS: Readonly<Record<Checked['how'], Words>> = {
  prices: {
    ko: '가격을 모두 더해도 차 한 대의 값에 못 미침',
    en: 'all prices together are less than the truck costs by itself',
  },
  routes: { ko: '모든 노선을 살펴봄 ({work})', en: 'every route looked at ({work})' },
  labels: { ko: '노선을 한 곳씩 늘려 가며 살펴봄 ({work})', en: 'routes built visit by visit ({work} partial routes)' },
  program: { ko: '정수계획 ({work}마디)', en: 'integer program ({work} nodes)' },
}

/** One line a truck: what was proved of it, and how. */
export function describeChecked({ vehicle, shift, how, work, leastKrw }: Checked, locale: Locale): string {
  const krw = `₩${(-leastKrw).toLocaleString('en-US')}`
  const proved = { ko: '가격보다 싼 노선 없음', en: 'no route costs less than its prices' }
  const open = {
    ko: `가격보다 ${krw} 넘게 싼 노선은 없음, 그 아래는 증명 못 함`,
    en: `no route costs less than its prices by more than ${krw}; no more is proved`,
  }
  const words = (leastKrw < 0 ? open : proved)[locale]
  return `${nameOf(vehicle, shift, locale)}: ${words}. ${fillWords(HOW_WORDS[how][locale], { work: work.toLocaleString('en-US') })}`
}

const HOLDS_WORDS: Readonly<Record<Verified['holds'], Words>> = {
  yes: { ko: '증명서가 맞음: {krw}보다 싼 계획은 없음', en: 'the certificate holds: no plan costs less than {krw}' },
  no: { ko: '증명서가 틀림', en: 'the certificate does not hold' },
  unproved: {
    ko: '한도 안에서 확인하지 못함: 틀렸다는 것도 맞다는 것도 증명되지 않음',
    en: 'not proved within the limits: neither shown wrong nor right',
  },
}

export const describeVerified = ({ holds }: Verified, lowerKrw: number, locale: Locale): string =>
  fillWords(HOLDS_WORDS[holds][locale], { krw: `₩${lowerKrw.toLocaleString('en-US')}` })
