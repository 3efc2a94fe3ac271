/** The lines of a response and of a second supplier as sentences, for the command line, the screen and the printed report alike. */
import type { Locale } from '../../solver/index.ts'
import type { Diversified } from './diversify.ts'
import type { FetchResult, NoRoute } from './fetch.ts'
import type { ResponseKind, ResponseLine, ResponseTransport } from './response.ts'
import type { Register } from './schema.ts'

type Words = Readonly<Record<Locale, string>>

const won = (krw: number, locale: Locale): string => {
  const digits = Math.abs(Math.round(krw)).toLocaleString('en-US')
  const sign = krw < -0.5 ? '−' : ''
  return locale === 'ko' ? `${sign}${digits}원` : `${sign}₩${digits}`
}
const days = (value: number): string => value.toFixed(1)

export const WHY_NO_ROUTE: Readonly<Record<NoRoute, Words>> = {
  notAsked: {
    ko: '이 연구는 경로를 묻지 않음 (문서에 routes 없음)',
    en: 'this study asks for no routes (none in its document)',
  },
  unplanned: {
    ko: '저장하면 서버가 경로를 계획해 계산함',
    en: 'worked out on planned routes once the study is saved',
  },
  foreign: {
    ko: '해외 공급처라 단지의 트럭이 갈 수 없음: 운송비는 수입 통합 연구에서',
    en: 'abroad, where no truck of the complex goes: see a study of imports',
  },
  noPlace: { ko: '공급처의 위치를 모름: place 를 적으세요', en: 'where it stands is not known: give its place' },
  noWeight: {
    ko: '단위의 무게를 모름: kgPerUnit 을 적으세요',
    en: 'the weight of a unit is not known: give kgPerUnit',
  },
  noFirm: {
    ko: '등록된 기업 가운데 이 단지에 위치가 있는 곳이 없음',
    en: 'none of the firms has its place in this complex',
  },
  unserved: {
    ko: '계획한 날 어느 하루도 이 화물을 모두 실을 수 없었음',
    en: 'on none of the days planned could all of it be carried',
  },
}

export const RESPONSE_NAMES: Readonly<Record<ResponseKind, Words>> = {
  count: { ko: '재고 조사', en: 'Count stock' },
  share: { ko: '재고 나눔', en: 'Share stock' },
  fetch: { ko: '경로 변경', en: 'Re-route' },
  qualify: { ko: '대체 공급 승인', en: 'Qualify' },
  find: { ko: '대체 공급처 발굴', en: 'Find a source' },
  raise: { ko: '재고 늘리기', en: 'Raise stock' },
  joint: { ko: '공동 재고', en: 'Joint stock' },
  second: { ko: '공급처 이원화', en: 'Second supplier' },
}
export const PHASE_NAMES: Readonly<Record<ResponseLine['phase'], Words>> = {
  urgent: { ko: '긴급 (4주 안)', en: 'Urgent (within 4 weeks)' },
  medium: { ko: '중기', en: 'Medium term' },
}
export const STAGE_NAMES: Readonly<Record<NonNullable<ResponseLine['stage']>, Words>> = {
  found: { ko: '발굴', en: 'found' },
  visited: { ko: '방문', en: 'visited' },
  sampled: { ko: '시료', en: 'sampled' },
  tested: { ko: '시험', en: 'tested' },
  adopted: { ko: '채택', en: 'adopted' },
}
export const VERDICT_NAMES: Readonly<Record<Diversified['verdict'], Words>> = {
  affordableAlone: { ko: '각자 가져와도 감당할 만함', en: 'affordable even alone' },
  affordablePooled: { ko: '밀크런이라야 감당할 만함', en: 'affordable because of the milk run' },
  tooDear: { ko: '밀크런으로도 비쌈', en: 'too dear even on the milk run' },
  unknown: { ko: '자료 부족', en: 'not enough data' },
}

/** Names of what a register holds. */
export function namesOf(register: Register) {
  const find = (list: readonly { readonly id: string; readonly name: string }[]) => (id: string) =>
    list.find((entry) => entry.id === id)?.name ?? id
  return {
    item: find(register.items),
    firm: find(register.firms),
    supplier: find(register.suppliers),
    unit: (id: string) => register.items.find((item) => item.id === id)?.unit ?? '',
  }
}

/** What is to be done, by whom, and how much. */
export function responseDeed(register: Register, line: ResponseLine, locale: Locale): string {
  const names = namesOf(register)
  const ko = locale === 'ko'
  const item = names.item(line.item)
  const amount = (units: number): string => `${Math.round(units).toLocaleString('en-US')} ${names.unit(line.item)}`
  const who = (firms: ResponseLine['firms']): string =>
    firms.map(({ firm, units }) => `${names.firm(firm)} ${amount(Math.abs(units))}`).join(', ')
  const supplier = line.supplier === undefined ? '' : names.supplier(line.supplier)
  const stage = line.stage ? STAGE_NAMES[line.stage][locale] : ''
  switch (line.kind) {
    case 'count': {
      const firms = line.firms.map(({ firm }) => names.firm(firm)).join(', ')
      return ko ? `${item}: ${firms}의 재고를 센다` : `${item}: count the stock of ${firms}`
    }
    case 'share': {
      const givers = who(line.firms.filter(({ units }) => units > 0))
      const takers = who(line.firms.filter(({ units }) => units < 0))
      return ko ? `${item}: ${givers} 내어 줌 → ${takers} 받음` : `${item}: ${givers} lend to ${takers}`
    }
    case 'fetch':
      return ko
        ? `${item}: ${supplier}(${stage})에서 ${amount(line.units)} 가져온다`
        : `${item}: fetch ${amount(line.units)} from ${supplier} (${stage})`
    case 'qualify':
      return ko
        ? `${item}: ${supplier}, ${stage} 단계에서 채택까지. 다음 중단에 ${amount(line.units)} 공급`
        : `${item}: take ${supplier} from ${stage} to adopted; it supplies ${amount(line.units)} in the next such outage`
    case 'find':
      return ko
        ? `${item}: 대체 공급처가 없다. 하루 ${amount(line.units)}을 댈 곳을 찾는다`
        : `${item}: there is no alternative. Find one for ${amount(line.units)} a day`
    case 'raise':
      return ko ? `${item}: 목표 재고까지 ${who(line.firms)}` : `${item}: up to the target, ${who(line.firms)}`
    case 'joint':
      return ko ? `${item}: 공동 재고 ${amount(line.units)}` : `${item}: a joint stock of ${amount(line.units)}`
    case 'second':
      return ko
        ? `${item}: ${supplier}에서 한 해 ${amount(line.units)}을 늘 산다`
        : `${item}: buy ${amount(line.units)} a year from ${supplier} all the time`
  }
}

/** From when it helps, and until when. */
export function responseTime(line: ResponseLine, locale: Locale): string {
  const ko = locale === 'ko'
  const until = line.untilDay === null ? null : Math.round(line.untilDay)
  switch (line.kind) {
    case 'count':
      return ko ? `${until}일 안에` : `within ${until} days`
    case 'qualify':
      return ko ? `승인까지 ${until}일` : `${until} days until it is adopted`
    case 'find':
      return ko ? '기한을 알 수 없음' : 'nobody knows how long'
    case 'raise':
    case 'second':
      return ko ? '다음 중단에 앞서' : 'before the next outage'
    case 'joint':
      if (until === null) return ko ? '중단이 끝날 때까지 감' : 'lasts to the end of the outage'
      return ko ? `다음 중단의 ${until}일째까지 감` : `lasts to day ${until} of the next outage`
    default: {
      const from = Math.round(line.fromDay)
      if (until === null) return ko ? `${from}일째부터 끝까지` : `from day ${from} to the end`
      return ko ? `${from}일째부터 ${until}일째까지` : `from day ${from} to day ${until}`
    }
  }
}

/** What of the days that firms lack the item it takes away. */
export function responseGain(
  { kind, before, after, harmed }: ResponseLine,
  register: Register,
  locale: Locale,
): string {
  const ko = locale === 'ko'
  if (kind === 'count') return ko ? '모르면 아래 값에서 빠짐' : 'unknown stock is in none of these figures'
  if (kind === 'find')
    return ko ? `부족 ${days(before)}일을 막을 길이 없음` : `nothing prevents ${days(before)} days of lack`
  const gain = before - after
  const told = ko
    ? `부족 ${days(before)}일 → ${days(after)}일 (${days(gain)}일 줄어듦)`
    : `lacking ${days(before)} days → ${days(after)} (${days(gain)} fewer)`
  if (harmed.length === 0) return told
  const firms = harmed.map(namesOf(register).firm).join(', ')
  return ko ? `${told}. 대신 ${firms} 도 멈춤` : `${told}; but ${firms} will stop too`
}

/** What it costs, each part by its name. */
export function responseCost(line: ResponseLine, locale: Locale): string {
  const ko = locale === 'ko'
  const { kind, goodsKrw, perYearKrw, transport } = line
  const known = (krw: number | null): string => (krw === null ? (ko ? '자료 부족' : 'not known') : won(krw, locale))
  switch (kind) {
    case 'count':
    case 'find':
      return ko ? '비용을 계산하지 않음' : 'not costed'
    case 'share':
      return ko
        ? `빌려준 물건값 ${known(goodsKrw)}, 서로 정산`
        : `goods lent are worth ${known(goodsKrw)}, to be settled`
    case 'raise':
    case 'joint':
      return ko
        ? `물건값 ${known(goodsKrw)}이 묶이고 유지비 한 해 ${known(perYearKrw)}`
        : `${known(goodsKrw)} tied up in goods, carrying it ${known(perYearKrw)} a year`
    case 'second': {
      const alone = line.alonePerYearKrw ?? null
      if (alone === null && perYearKrw === null) return ko ? '비용을 셈할 자료 부족' : 'not enough data to cost it'
      const verdict = line.verdict ? VERDICT_NAMES[line.verdict][locale] : ''
      return ko
        ? `한 해 각자 ${known(alone)}, 밀크런 ${known(perYearKrw)}: ${verdict}`
        : `a year alone ${known(alone)}, on the milk run ${known(perYearKrw)}: ${verdict}`
    }
    default: {
      const goods = ko ? `물건값 차이 ${known(goodsKrw)}` : `${known(goodsKrw)} more for the goods`
      return transport ? `${goods}; ${transportText(transport, locale)}` : goods
    }
  }
}

function transportText(transport: ResponseTransport | { readonly why: NoRoute }, locale: Locale): string {
  const ko = locale === 'ko'
  if ('why' in transport) return `${ko ? '운송비' : 'transport'}: ${WHY_NO_ROUTE[transport.why][locale]}`
  const { fetches, aloneKrw, pooledKrw, todayKrw } = transport
  const told = ko
    ? `운송 ${fetches}회 각자 ${won(aloneKrw, locale)}, 밀크런 ${won(pooledKrw, locale)}`
    : `fetched ${fetches} times: alone ${won(aloneKrw, locale)}, on the milk run ${won(pooledKrw, locale)}`
  if (!todayKrw) return ko ? `${told} (오늘의 운송비는 빼지 않음)` : `${told} (today's transport not taken off)`
  return ko
    ? `${told} (멈춘 공급처에서 오던 운송 ${won(todayKrw.aloneKrw, locale)}, 밀크런 ${won(todayKrw.pooledKrw, locale)}은 사라짐)`
    : `${told} (what fell away: ${won(todayKrw.aloneKrw, locale)}, on the milk run ${won(todayKrw.pooledKrw, locale)})`
}

/** One fetch: how much, every how many days, and what it costs alone and on the rounds. */
export function fetchLine(register: Register, fetch: FetchResult, locale: Locale): string {
  const ko = locale === 'ko'
  const names = namesOf(register)
  const whole = (share: number): string => `${Math.round(100 * share)} %`
  const what = ko
    ? `${names.item(fetch.item)} ← ${names.supplier(fetch.supplier)} (쓰는 양의 ${whole(fetch.share)})`
    : `${names.item(fetch.item)} from ${names.supplier(fetch.supplier)} (${whole(fetch.share)} of use)`
  if (fetch.kind === 'none') return `${what}: ${WHY_NO_ROUTE[fetch.why][locale]}`
  const { kg, everyDays, aloneKrw, pooledKrw, days, daysLeftOut } = fetch
  const spread = days.map((day) => day.pooledKrw)
  const range = `${won(Math.min(...spread), locale)} ~ ${won(Math.max(...spread), locale)}`
  const told = ko
    ? `${everyDays}일마다 ${kg.toLocaleString('en-US')} kg: 각자 ${won(aloneKrw, locale)}, 밀크런 ${won(pooledKrw, locale)} (${days.length}일, ${range})`
    : `${kg.toLocaleString('en-US')} kg every ${everyDays} days: alone ${won(aloneKrw, locale)}, on the milk run ${won(pooledKrw, locale)} (${days.length} days, ${range})`
  if (daysLeftOut === 0) return `${what}: ${told}`
  return `${what}: ${told}${ko ? `; 비교할 수 없어 뺀 날 ${daysLeftOut}일` : `; ${daysLeftOut} days left out that could not be compared`}`
}

/** A second supplier: what it costs alone and pooled, against what firms would pay, and what it leaves of each outage. */
export function secondLine(register: Register, entry: Diversified, locale: Locale): string {
  const ko = locale === 'ko'
  const names = namesOf(register)
  const known = (krw: number | null): string => (krw === null ? (ko ? '자료 부족' : 'not known') : won(krw, locale))
  const left = entry.outages.map(({ before, after }) => `${days(before)} → ${days(after)}`).join(', ')
  const what = `${names.item(entry.item)} ← ${names.supplier(entry.supplier)} ${Math.round(100 * entry.share)} %`
  return ko
    ? `${what}: 각자 ${known(entry.aloneKrw)}, 밀크런 ${known(entry.pooledKrw)}, 낼 만한 값 ${known(entry.acceptKrw)} → ${VERDICT_NAMES[entry.verdict].ko}${left && `; 중단 때 부족 일수 ${left}`}`
    : `${what}: alone ${known(entry.aloneKrw)}, on the milk run ${known(entry.pooledKrw)}, firms would pay ${known(entry.acceptKrw)} → ${VERDICT_NAMES[entry.verdict].en}${left && `; days of lack in outages ${left}`}`
}
