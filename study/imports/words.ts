/** What a figure of an import study is called, and how its saving is to be read, for the command line, the screen and the printed report. */
import type { Locale } from '../../solver/index.ts'
import type { ImportCost } from './cost.ts'
import type { ImportRange } from './range.ts'
import type { ImportStudy } from './schema.ts'
import { at } from './uncertain.ts'

type Words = Readonly<Record<Locale, string>>

/** Beside every percentage of such a study whose prices are not quotations. */
export const ESTIMATE: Words = { ko: '가정한 가격에 따른 추정', en: 'estimate on assumed prices' }
export const NO_RANGE: Words = {
  ko: '범위 없음: 문서에 uncertain 을 적으면 불확실한 값에 따른 범위를 계산합니다',
  en: 'no range: name what is uncertain in the document, and it is worked out',
}

/** What the steps from today's lots to joint orders are called. */
export const IMPORT_STEPS: Readonly<Record<'today' | 'joint' | 'mode' | ImportCost, Words>> = {
  today: { ko: '오늘', en: 'Today' },
  joint: { ko: '공동', en: 'Jointly' },
  mode: { ko: '운송 수단', en: 'Way of travel' },
  order: { ko: '주문·통관', en: 'Orders, customs' },
  collect: { ko: '현지 집하', en: 'Collection abroad' },
  freight: { ko: '국제 운임 (묶기)', en: 'Freight (pooling)' },
  inland: { ko: '내륙 (묶기)', en: 'Inland (pooling)' },
  handling: { ko: '공동 재고 입출고', en: 'Joint stock in, out' },
  calls: { ko: '부르면 배송', en: 'Deliveries on call' },
  storage: { ko: '보관', en: 'Storage' },
  cycleStock: { ko: '주기 재고', en: 'Cycle stock' },
  safetyStock: { ko: '안전재고', en: 'Safety stock' },
  transitStock: { ko: '운송 중 재고', en: 'Stock on its way' },
  programme: { ko: '사업비', en: 'Programme' },
}

const FIELDS: Readonly<Record<string, Words>> = {
  kgPerYear: { ko: '한 해 사용량', en: 'used a year' },
  m3PerTonne: { ko: '톤당 부피', en: 'volume of a tonne' },
  valueKrwPerKg: { ko: '물건값(kg)', en: 'value of a kg' },
  dailyCv: { ko: '사용량의 들쭉날쭉함', en: 'spread of use' },
  collectFixedKrw: { ko: '현지 집하(회)', en: 'collection, each' },
  collectPerKgKrw: { ko: '현지 집하(kg)', en: 'collection, a kg' },
  leadDays: { ko: '조달 기간', en: 'lead time' },
  leadSdDays: { ko: '조달 기간의 편차', en: 'spread of lead time' },
  perKgKrw: { ko: '운임(kg)', en: 'freight, a kg' },
  fixedKrw: { ko: '운임(회)', en: 'freight, each' },
  krw: { ko: '컨테이너 운임', en: 'freight of a container' },
  inlandKrw: { ko: '국내 운송', en: 'inland' },
  inlandFixedKrw: { ko: '국내 운송(회)', en: 'inland, each' },
  inlandPerKgKrw: { ko: '국내 운송(kg)', en: 'inland, a kg' },
  ownKrw: { ko: '오늘의 주문 비용', en: 'cost of an order today' },
  jointKrw: { ko: '공동 주문 비용', en: 'cost of a joint order' },
  supplierKrw: { ko: '공급처별 주문 비용', en: 'cost of a supplier in an order' },
  firmsPerLot: { ko: '로트당 기업 수', en: 'firms in a lot' },
  carryingRate: { ko: '재고 유지율', en: 'carrying rate' },
  serviceZ: { ko: '안전계수', en: 'safety factor' },
  callKrw: { ko: '호출 배송비', en: 'delivery on call' },
  callsPerYear: { ko: '호출 배송 횟수', en: 'deliveries on call' },
  programmeKrwPerYear: { ko: '사업비', en: 'programme' },
  correlation: { ko: '기업 사이 상관', en: 'correlation of firms' },
}

/** Their names tell their units. */
const UNITS = [
  [/krw/i, 'krw'],
  [/^kg/, 'kg'],
  [/^m3/, 'm3'],
  [/days$/i, 'days'],
  [/rate$/i, 'share'],
] as const

/** What the figure at a place counts; a number without a unit otherwise. */
export const unitAt = (path: string): (typeof UNITS)[number][1] | 'number' => {
  const field = path.split('/').at(-1)!
  return UNITS.find(([pattern]) => pattern.test(field))?.[1] ?? 'number'
}

/** Those that are drawn together, by one name: of what they are, and of whose where it is one only. */
export function uncertainName(study: ImportStudy, paths: readonly string[], locale: Locale): string {
  const keys = [...new Set(paths.map((path) => path.split('/').at(-1)!))]
  const field = FIELDS[keys[0]]?.[locale] ?? keys[0]
  const owners = [...new Set(paths.map((path) => ownerOf(study, path, locale)))]
  const [owner] = owners
  return owners.length === 1 && owner !== '' ? `${owner} ${field}` : field
}

function ownerOf(study: ImportStudy, path: string, locale: Locale): string {
  const keys = path.split('/')
  for (let length = keys.length - 1; length > 0; length--) {
    const owner = at(study, keys.slice(0, length).join('/'))
    const name = at(owner, `name/${locale}`)
    if (typeof name === 'string') return name
  }
  return ''
}

/** The saving as it may be quoted: with its range, and what it rests on. */
export function rangeSentence({ saving, draws, seed }: ImportRange, locale: Locale): string {
  const { p05, p50, p95 } = saving.quantiles
  const [low, middle, high] = [p05, p50, p95].map((share) => `${(100 * share).toFixed(1)} %`)
  return locale === 'ko'
    ? `오늘 대비 절감 ${low} ~ ${high} (5~95 %, 가운데 ${middle}), 문서의 낮은 값과 높은 값 사이에서 ${draws}번 뽑음, 시드 ${seed}`
    : `saves ${low} to ${high} against today (5 to 95 %, median ${middle}): ${draws} draws between the lows and highs of the document, seed ${seed}`
}

/** Whether the choice would be made again. */
export function stabilitySentence(range: ImportRange, locale: Locale): string {
  const { draws, cheaper, sameWay, sameOrders, nearlyBest, regretKrw } = range
  const krw = Math.round(regretKrw.mean).toLocaleString('en-US')
  return locale === 'ko'
    ? `${draws}번 가운데 ${cheaper.times}번 오늘보다 쌈, ${sameWay.times}번 같은 수단, ${sameOrders.times}번 같은 주문 횟수가 가장 쌈, ${nearlyBest.times}번 최선과 2 % 안. 미리 정해서 더 드는 돈 한 해 평균 ${krw}원`
    : `of ${draws} draws cheaper than today in ${cheaper.times}, the same way in ${sameWay.times}, the same number of orders in ${sameOrders.times}, within 2 % of the best in ${nearlyBest.times}; choosing beforehand costs ₩${krw} a year, mean`
}
