/**
 * Why an edit is refused, in words and numbers: what is broken and by how much, and what would come of it. "적재중량 초과 +10 kg" and
 * "1.4톤 차량에 1,410 kg이 됩니다."
 */
import { amountOf, describeRule } from '../describe.ts'
import { withParticle } from '../particles.ts'
import type { Violation } from '../plan.ts'
import type { Problem } from '../problem.ts'
import type { Locale } from '../words.ts'
import { clockOf, nameShipment, nameVehicle } from './words.ts'

export interface RefusalWords {
  readonly what: string
  readonly how: string
}

type Texts = Readonly<Record<Locale, readonly [what: string, how: string]>>

/** A rule of another day's name is told by its name and its number. */
export function describeRefusal(violation: Violation, problem: Problem, locale: Locale): RefusalWords {
  const [what, how] = textsOf(violation, problem, locale)[locale]
  return { what, how }
}

function textsOf(violation: Violation, problem: Problem, locale: Locale): Texts {
  const { rule, excess, unit, limit, found, route } = violation
  const amount = (value: number) => sized(value, unit, locale)
  const over = excess >= Number.MAX_SAFE_INTEGER ? '' : ` +${amount(excess)}`
  const vehicle = problem.vehicles.find(({ id }) => id === violation.vehicle)
  const truckName = violation.vehicle === undefined ? '' : nameVehicle(problem, violation.vehicle)
  const truck = {
    ko: vehicle ? `${tonnes(vehicle.truck)} 차량` : '차량',
    en: vehicle ? `a ${vehicle.truck} truck` : 'the truck',
  }
  const goods =
    violation.shipment === undefined
      ? { ko: '이 화물', en: 'This shipment' }
      : both(nameShipment(problem, violation.shipment))
  const place = problem.sites.find(({ id }) => id === violation.site)?.name ?? violation.site ?? ''
  const byFreight = route === undefined && violation.vehicle === undefined
  const [most, is] = [limit === undefined ? '' : amount(limit), found === undefined ? '' : amount(found)]

  switch (rule) {
    case 'capacity': {
      const [ko, en] = {
        kg: ['적재중량', 'load'],
        L: ['적재 부피', 'volume'],
        pallets: ['파렛트 자리', 'pallet places'],
      }[unit] ?? ['적재 한도', 'load']
      if (byFreight)
        return {
          ko: [
            `정기화물 한도 초과${is ? over : ''}`,
            is
              ? `한 건 ${most}까지인데 ${withParticle(is, 'subject')} 됩니다.`
              : '정기화물이 받지 않는 크기나 거리입니다.',
          ],
          en: [
            `Over the freight limit${is ? over : ''}`,
            is ? `${is} where a shipment may have ${most}.` : 'Terminal freight does not take this size or distance.',
          ],
        }
      return {
        ko: [`${ko} 초과${over}`, `${truck.ko}에 ${withParticle(is, 'subject')} 됩니다.`],
        en: [`Over the ${en} by ${amount(excess)}`, `${is} on ${truck.en} that takes ${most}.`],
      }
    }
    case 'timeWindows': {
      if (unit === 'days')
        return {
          ko: [`도착 기한보다 ${amount(excess)} 늦음`, '정기화물은 그날 안에 닿지 않습니다.'],
          en: [`${amount(excess)} after it is due`, 'Terminal freight does not arrive that day.'],
        }
      if (found === undefined || excess >= Number.MAX_SAFE_INTEGER)
        return {
          ko: ['작업할 수 있는 시간이 없음', `${place || goods.ko}에 열린 시간대가 없습니다.`],
          en: ['No time to serve it', `No window is open at ${place || goods.en}.`],
        }
      const [asked, starts] = [clockOf(found - excess, locale), clockOf(found, locale)]
      return {
        ko: [
          `시간창을 ${amount(excess)} 넘김`,
          `${place}에서 ${asked}까지 시작해야 하는데 ${withParticle(starts, 'subject')} 됩니다.`,
        ],
        en: [
          `${amount(excess)} after the window`,
          `Service at ${place} has to begin by ${asked} and would at ${starts}.`,
        ],
      }
    }
    case 'shift':
      return {
        ko: [`운행 시간대를 ${amount(excess)} 넘김`, `${truckName || '차량'} 운행 시간 안에 돌아오지 못합니다.`],
        en: [`${amount(excess)} outside the shift`, `${truckName || 'The truck'} is not back within its hours.`],
      }
    case 'workTime':
      return {
        ko: [`근무 시간 초과${over}`, `출발부터 복귀까지 ${withParticle(is, 'subject')} 됩니다. 한도는 ${most}입니다.`],
        en: [`Over the working time by ${amount(excess)}`, `${is} from departure to return; ${most} are allowed.`],
      }
    case 'rest':
      return {
        ko: [
          `휴게 없이 운전${over}`,
          is ? `${is} 동안 쉬지 않고 운전하게 됩니다. 한도는 ${most}입니다.` : '법이 정한 휴게를 넣을 수 없습니다.',
        ],
        en: [
          `Driven without rest, ${amount(excess)} too long`,
          is ? `${is} at the wheel; ${most} are allowed.` : 'The rest that the law asks for finds no place.',
        ],
      }
    case 'stopCount':
      return {
        ko: [`정차 수 초과${over}`, `${withParticle(is, 'subject')} 됩니다. ${most}까지입니다.`],
        en: [`${amount(excess)} too many`, `${is} where ${most} are allowed.`],
      }
    case 'routeLength':
      return {
        ko: [`운행 거리 초과${over}`, `${withParticle(is, 'subject')} 됩니다. ${most}까지입니다.`],
        en: [`Route too long by ${amount(excess)}`, `${is} where ${most} are allowed.`],
      }
    case 'trips':
      return {
        ko: [`운행 회차 초과${over}`, `${withParticle(is, 'subject')} 됩니다. ${most}까지입니다.`],
        en: [`${amount(excess)} too many`, `${is} where ${most} are allowed.`],
      }
    case 'timeOnBoard':
      if (byFreight)
        return {
          ko: [
            '정기화물로 보낼 수 없음',
            `${withParticle(goods.ko, 'topic')} 실려 있을 수 있는 시간이 정해져 있습니다.`,
          ],
          en: ['Not by terminal freight', `${goods.en} may be on board for a limited time only.`],
        }
      return {
        ko: [
          `실려 있는 시간 초과${over}`,
          `${withParticle(goods.ko, 'subject')} ${is} 동안 실려 있게 됩니다. 한도는 ${most}입니다.`,
        ],
        en: [`Too long on board by ${amount(excess)}`, `${goods.en} would be on board for ${is}; ${most} are allowed.`],
      }
    case 'handling':
      return {
        ko: [
          '맞는 상·하차 장비 없음',
          `${withParticle(goods.ko, 'object')} ${excess > 1 ? '상차지와 하차지 모두에서' : '한쪽 끝에서'} 들 장비가 없습니다.`,
        ],
        en: ['No gear to lift it', `Nothing lifts ${goods.en} at ${excess > 1 ? 'either end' : 'one of its ends'}.`],
      }
    case 'pieceWeight':
      if (byFreight)
        return {
          ko: [
            `한 개 무게 초과${over}`,
            is ? `정기화물은 한 개 ${most}까지입니다. ${is}입니다.` : '정기화물이 받지 않는 무게입니다.',
          ],
          en: [
            `Piece too heavy by ${amount(excess)}`,
            is ? `Terminal freight takes pieces of ${most}; this one is ${is}.` : 'Terminal freight does not take it.',
          ],
        }
      return {
        ko: [`한 개 무게 초과${over}`, `${goods.ko}의 가장 무거운 단품을 들 장비가 없습니다.`],
        en: [`Piece too heavy by ${amount(excess)}`, `Nothing there lifts the heaviest piece of ${goods.en}.`],
      }
    case 'truckSize':
      return {
        ko: [
          `진입 가능한 차보다 ${amount(excess)} 큼`,
          `${withParticle(truck.ko, 'topic')} ${goods.ko}의 상차지나 하차지에 들어가지 못합니다.`,
        ],
        en: [
          'Truck too large for the site',
          `${capital(truck.en)} does not get in where ${goods.en} is loaded or unloaded.`,
        ],
      }
    case 'fitsTruck':
      return {
        ko: [`차량에 실을 수 없는 양 +${percent(excess)}`, `${goods.ko} 하나만으로 ${truck.ko}의 한도를 넘습니다.`],
        en: [`Too much for the truck by ${percent(excess)}`, `${goods.en} alone is more than ${truck.en} takes.`],
      }
    case 'pairing':
      return {
        ko: ['싣기 전에 내릴 수 없음', `${withParticle(goods.ko, 'object')} 먼저 실어야 합니다.`],
        en: ['Unloaded before it is loaded', `${goods.en} has to be picked up first.`],
      }
    case 'goAlone':
      return {
        ko: [
          '함께 실을 수 없는 화물',
          `${withParticle(goods.ko, 'topic')} 혼자 실어야 하는데 같은 차에 ${amount(excess)}이 더 있습니다.`,
        ],
        en: ['Must travel alone', `${goods.en} shares its truck with ${amount(excess)} more.`],
      }
    case 'together':
      return {
        ko: [
          '함께 가야 할 화물이 빠짐',
          `${withParticle(goods.ko, 'and')} 같은 노선에 실려야 하는 ${amount(excess)}이 빠집니다.`,
        ],
        en: ['Without those it must ride with', `${amount(excess)} must be on the route of ${goods.en}.`],
      }
    case 'apart':
      return {
        ko: [
          '같은 노선에 실을 수 없음',
          `${withParticle(goods.ko, 'topic')} 이 노선의 다른 화물 ${withParticle(amount(excess), 'and')} 따로 가야 합니다.`,
        ],
        en: ['Must be kept apart', `${goods.en} must not be on a route with ${amount(excess)} of this one.`],
      }
    case 'mixing':
      return {
        ko: ['혼적할 수 없는 화물', `${withParticle(goods.ko, 'subject')} 섞어 실을 수 없는 화물과 함께 실립니다.`],
        en: ['Cargo that must not mix', `${goods.en} would be on board with cargo it must not mix with.`],
      }
    case 'lastInFirstOut':
      return {
        ko: ['안쪽에 있어 내릴 수 없음', `${goods.ko} 앞을 나중에 실은 ${amount(excess)}이 막습니다.`],
        en: ['Behind what was loaded later', `${goods.en} has ${amount(excess)} in front of it.`],
      }
    case 'road':
      return {
        ko: ['이어지는 길이 없음', `${amount(excess)}에 길이 없습니다. 비용과 시간에는 그 구간이 빠져 있습니다.`],
        en: ['No road leads there', `No road along ${amount(excess)}; cost and time leave them out.`],
      }
    case 'modes':
      return {
        ko: ['허용되지 않은 운송 수단', `${withParticle(goods.ko, 'topic')} 이렇게 보낼 수 없습니다.`],
        en: ['Mode not allowed', `${goods.en} may not go this way.`],
      }
    case 'fleet':
      return {
        ko: [
          `남은 차량 없음`,
          `${withParticle(truckName, 'topic')} ${most}뿐인데 ${withParticle(is, 'subject')} 필요합니다.`,
        ],
        en: ['No truck left', `${is} of ${truckName} would be needed; there are ${most}.`],
      }
    case 'drivers':
      return {
        ko: [
          '운전할 기사 없음',
          `그 시간에 ${withParticle(truckName || '이 차', 'object')} 운전할 기사가 남아 있지 않습니다.`,
        ],
        en: ['No driver left', `Nobody is left who may drive ${truckName || 'this truck'} then.`],
      }
    case 'docks':
      return {
        ko: ['하역 자리 부족', `${place}에는 동시에 ${most}까지 설 수 있는데 ${withParticle(is, 'subject')} 됩니다.`],
        en: ['No dock free', `${most} may stand at ${place} at a time; it would be ${is}.`],
      }
    case 'notInPlan': {
      const named = violation.shipment ?? violation.vehicle ?? (route === undefined ? '' : route)
      return {
        ko: [
          '지금 계획에 없음',
          `‘${named}’${named === '' ? ' 자리' : ''}을(를) 찾지 못했습니다. 그 사이에 계획이 바뀌었을 수 있습니다.`,
        ],
        en: ['Not in the plan', `“${named}” was not found; the plan may have changed meanwhile.`],
      }
    }
    default:
      return { ko: [`${describeRule(rule, 'ko')}${over}`, ''], en: [`${capital(describeRule(rule, 'en'))}${over}`, ''] }
  }
}

const both = (name: string) => ({ ko: name, en: name })
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** 1.4t: 1.4톤, 5t-axle: 5톤 축차 */
const tonnes = (truck: string): string => truck.replace('t', '톤').replace('-axle', ' 축차')

/** An amount as people say it: hours and minutes, kilometres, the rest with its unit. */
function sized(value: number, unit: string, locale: Locale): string {
  const ko = locale === 'ko'
  if (unit === 'share') return percent(value)
  if (unit === 'm') return `${(value / 1000).toFixed(1)} km`
  if (unit !== 's') {
    const words = amountOf(Math.round(value * 1000) / 1000, unit, locale)
    return ko || value !== 1 || unit === 'kg' || unit === 'L' ? words : words.replace(/(?<=class)es$|s$/, '')
  }
  const minutes = Math.max(1, Math.ceil(value / 60))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const parts = [
    hours > 0 && (ko ? `${hours}시간` : `${hours} h`),
    (rest > 0 || hours === 0) && (ko ? `${rest}분` : `${rest} min`),
  ]
  return parts.filter(Boolean).join(' ')
}
