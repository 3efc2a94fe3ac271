/** Edits, steps, places and broken rules in words, with the names and numbers that people see in the plan. */
import type { CostLine, Edit, Judged, Plan, Violation } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import type { DayModel } from '../../state/day.ts'
import type { Change, Step } from '../../state/history.ts'
import type { LockName } from '../../state/locking.ts'
import { spotOf } from '../../state/offers.ts'
import { useDay } from '../context.tsx'
import { useRuleWords } from '../reasons.tsx'

/** 을 after a consonant, 를 after a vowel; 으로 but after a vowel or ㄹ. Of digits as they are read in Korean. */
function josa(word: string, [closed, open]: readonly [string, string], lIsOpen = false): string {
  const last = word.at(-1) ?? ''
  const digit = '영일이삼사오육칠팔구'['0123456789'.indexOf(last)]
  const code = (digit ?? last).charCodeAt(0) - 0xac00
  if (code < 0 || code > 11171) return word + open
  const tail = code % 28
  return word + (tail === 0 || (lIsOpen && tail === 8) ? open : closed)
}

export function useEditWords() {
  const { t, f, language } = useWords()
  const { day, clock } = useDay()
  const { truckOf, sayRule } = useRuleWords()

  const nameShipment = (id: string) => shipmentName(day, id)
  const nameShipments = (ids: readonly string[]) =>
    ids.length === 1 ? nameShipment(ids[0]!) : t.edits.several(ids.length)

  const nameEdit = (edit: Edit, plan: Plan): string => {
    const routeNumber = (id: string) => plan.routes.findIndex((route) => route.id === id) + 1
    const route = (id: string) => t.routes.number(routeNumber(id) || plan.routes.length + 1)
    const who = 'shipments' in edit ? nameShipments(edit.shipments) : ''
    const to = (word: string) => josa(word, ['으로', '로'], true)
    const ko = language === 'ko'
    switch (edit.kind) {
      case 'move': {
        const goal = 'route' in edit.to ? route(edit.to.route) : t.edits.newTruck(truckOf(edit.to.vehicle))
        return ko ? `${josa(who, ['을', '를'])} ${to(goal)}` : `${who} to ${goal}`
      }
      case 'direct': {
        const goal = edit.mode ? t.mode[edit.mode] : t.kpi.direct
        return ko ? `${josa(who, ['을', '를'])} ${to(goal)}` : `${who} by ${goal}`
      }
      case 'leave':
        return ko ? `${josa(who, ['을', '를'])} 미배정으로` : `${who} left unassigned`
      case 'swap':
        return ko
          ? `${nameShipment(edit.one)}, ${nameShipment(edit.other)} 맞바꾸기`
          : `Swap ${nameShipment(edit.one)} and ${nameShipment(edit.other)}`
      case 'order':
        return ko ? `${route(edit.route)} 순서 바꾸기` : `Reorder ${route(edit.route)}`
      case 'reverse':
        return ko ? `${route(edit.route)} 거꾸로` : `Reverse ${route(edit.route)}`
      case 'split':
        return ko ? `${who} 다른 차로 나누기` : `Split off ${who}`
      case 'retype': {
        const truck = truckOf(edit.vehicle)
        return ko ? `${josa(route(edit.route), ['을', '를'])} ${to(truck)}` : `${route(edit.route)} on ${truck}`
      }
      case 'time':
        return ko
          ? `${route(edit.route)} 정차 ${edit.stop + 1} ${clock?.at(edit.startS) ?? ''}부터`
          : `${route(edit.route)} stop ${edit.stop + 1} from ${clock?.at(edit.startS) ?? ''}`
    }
  }

  const lockName = (name: LockName) => t.edits.locks.grade[name]
  const nameChange = (change: Change, plan: Plan): string => {
    if (change.kind === 'edit') return nameEdit(change.edit, plan)
    if (change.kind === 'without') return t.edits.ledger.without(nameEdit(change.edit, plan))
    const { add, remove } = change
    const some = add.length > 0 ? add : remove
    if (add.length === 0 && remove.length > 1 && remove.length === (plan.locks?.length ?? 0))
      return t.edits.clearedLocks(remove.length)
    const [lock] = some
    if (!lock) return t.edits.locks.title
    const number = 'route' in lock ? plan.routes.findIndex(({ id }) => id === lock.route) + 1 : 0
    const whose =
      'route' in lock
        ? t.routes.number(number)
        : nameShipments([...new Set(some.flatMap((one) => ('shipment' in one ? [one.shipment] : [])))])
    const grade = lock.grade === 'time' ? lockName(lock.kind) : lockName(lock.grade)
    return t.edits.lockStep(`${whose} ${grade}`, add.length > 0)
  }
  const nameStep = (step: Step): string =>
    step.kind === 'switch'
      ? [t.edits.switchStep[step.cause], step.detail?.[language]].filter(Boolean).join(': ')
      : nameChange(step.change, step.before)

  /** "적재 한도 10 kg 초과 (1,410 kg)". */
  const sayBroken = ({ rule, excess, unit, found }: Violation): string => {
    if (rule === 'notInPlan') return t.edits.notInPlan
    const words = sayRule(rule, excess, unit)
    const counted = found !== undefined && ['kg', 'L', 'pallets', 'stops', 'm'].includes(unit)
    return counted ? `${words} (${f.quantity(found, unit)})` : words
  }
  const sayRefusal = (broken: readonly Violation[]): string =>
    [...new Set(broken.map(sayBroken))].slice(0, 3).join(' · ') || t.edits.notInPlan

  /** "8번 금형A02 다음": what it would follow on its truck. */
  const sayPlace = (judged: Judged): string | undefined => {
    const spot = spotOf(judged)
    if (!spot) return undefined
    if (spot.pickup === 0) return t.edits.atFirst
    const before = spot.route.stops[spot.pickup - 1]
    return before && t.edits.afterStop(spot.pickup, day?.sites.get(before.site)?.name ?? before.site)
  }
  const sayDeltas = ({ deltaM, deltaS, deltaWaitS }: Judged): string => {
    const minutes = (seconds: number) => `${f.difference(Math.round(seconds / 60))}${language === 'ko' ? '분' : ' min'}`
    const parts = [`${f.thousandthsDifference(deltaM)} km`, minutes(deltaS)]
    if (Math.abs(deltaWaitS) >= 60) parts.push(t.edits.waitDelta(minutes(deltaWaitS)))
    return parts.join(' · ')
  }
  /** Which lines of the ledger grew, the largest first. */
  const sayLines = (lines: readonly CostLine[]): string =>
    lines
      .toSorted((a, b) => Math.abs(b.krw) - Math.abs(a.krw))
      .map(({ kind, krw }) => `${t.lines[kind]} ${f.krwDifference(krw)}`)
      .join(' · ')
  return {
    sayLines,
    nameShipment,
    nameShipments,
    nameEdit,
    nameChange,
    nameStep,
    sayBroken,
    sayRefusal,
    sayPlace,
    sayDeltas,
    lockName,
  }
}

export function shipmentName(day: DayModel | undefined, id: string): string {
  const shipment = day?.shipments.get(id)
  if (!shipment || !day) return id
  const site = (place: string) => day.sites.get(place)?.name ?? place
  return `${site(shipment.from)}→${site(shipment.to)}`
}
