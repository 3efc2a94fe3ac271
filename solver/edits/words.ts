/** Edits in words: what a step is called in history, ledger and undo. */
import { toward, withParticle } from '../particles.ts'
import { DAY_S, type Problem } from '../problem.ts'
import type { Locale } from '../words.ts'
import type { Edit } from './edit.ts'

type Named = Pick<Problem, 'firms' | 'shipments' | 'vehicles'>

/** How people call a shipment: by the firm whose it is, and by its id as well where that firm has others. A part has its number. */
export function nameShipment({ firms, shipments }: Pick<Problem, 'firms' | 'shipments'>, id: string): string {
  const whole = shipments.find((entry) => entry.id === id || id.startsWith(`${entry.id}/`))
  const firm = whole && firms.find((entry) => entry.id === whole.firm)
  if (!whole || !firm) return id
  const isOnly = whole.id === id && shipments.every((other) => other === whole || other.firm !== whole.firm)
  return isOnly ? firm.name : `${firm.name} ${id}`
}

export const nameVehicle = ({ vehicles }: Pick<Problem, 'vehicles'>, id: string): string =>
  vehicles.find((vehicle) => vehicle.id === id)?.name ?? id

const routeName = (id: string, locale: Locale): string => (locale === 'ko' ? `노선 ${id}` : `route ${id}`)

/** "금형A23 외 2건" */
function several(problem: Named, ids: readonly string[], locale: Locale): string {
  const [first = '', ...others] = ids
  const name = nameShipment(problem, first)
  if (others.length === 0) return name
  return locale === 'ko' ? `${name} 외 ${others.length}건` : `${name} and ${others.length} more`
}

/** 08:02, with the day where it is not the first. */
export function clockOf(atS: number, locale: Locale): string {
  const minutes = Math.floor((((atS % DAY_S) + DAY_S) % DAY_S) / 60)
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
  const day = Math.floor(atS / DAY_S) + 1
  return day === 1 ? time : locale === 'ko' ? `${day}일차 ${time}` : `day ${day} ${time}`
}

/** "금형A23을 노선 1로" */
export function describeEdit(edit: Edit, problem: Named, locale: Locale): string {
  const ko = locale === 'ko'
  const route = (id: string) => routeName(id, locale)
  const truck = (id: string) => nameVehicle(problem, id)
  switch (edit.kind) {
    case 'move': {
      const what = several(problem, edit.shipments, locale)
      const to =
        'route' in edit.to
          ? route(edit.to.route)
          : ko
            ? `새 ${truck(edit.to.vehicle)}`
            : `a new ${truck(edit.to.vehicle)}`
      return ko ? `${withParticle(what, 'object')} ${toward(to)}` : `${what} to ${to}`
    }
    case 'swap': {
      const [one, other] = [edit.one, edit.other].map((id) => nameShipment(problem, id))
      return ko ? `${withParticle(one, 'and')} ${withParticle(other, 'object')} 맞바꾸기` : `Swap ${one} and ${other}`
    }
    case 'order':
      return ko ? `${route(edit.route)}의 순서 바꾸기` : `Reorder ${route(edit.route)}`
    case 'reverse':
      return ko ? `${withParticle(route(edit.route), 'object')} 거꾸로` : `Reverse ${route(edit.route)}`
    case 'split': {
      const what = several(problem, edit.shipments, locale)
      return ko
        ? `${route(edit.route)}에서 ${withParticle(what, 'object')} 새 ${toward(truck(edit.vehicle))} 나누기`
        : `Split ${what} off ${route(edit.route)} to a new ${truck(edit.vehicle)}`
    }
    case 'retype':
      return ko
        ? `${withParticle(route(edit.route), 'object')} ${toward(truck(edit.vehicle))}`
        : `${capital(route(edit.route))} with ${truck(edit.vehicle)}`
    case 'time':
      return ko
        ? `${route(edit.route)}의 ${edit.stop + 1}번째 정차를 ${clockOf(edit.startS, locale)}에`
        : `Stop ${edit.stop + 1} of ${route(edit.route)} at ${clockOf(edit.startS, locale)}`
    case 'direct': {
      const what = several(problem, edit.shipments, locale)
      const mode = edit.mode === undefined ? 'direct' : edit.mode
      return ko ? `${withParticle(what, 'object')} ${DIRECT_WORDS[mode].ko}` : `${what} ${DIRECT_WORDS[mode].en}`
    }
    case 'leave': {
      const what = several(problem, edit.shipments, locale)
      return ko ? `${withParticle(what, 'object')} 미배정으로` : `Leave ${what} unassigned`
    }
  }
}

const DIRECT_WORDS = {
  hired: { ko: '독차로', en: 'on a solo truck' },
  terminal: { ko: '정기화물로', en: 'by terminal freight' },
  direct: { ko: '개별 운송으로', en: 'direct' },
} as const

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
