/** Edits, steps, places and broken rules in words, with the names and numbers that people see in the plan. */
import { useMemo } from 'react'
import {
  type CostLine,
  describeEdit,
  describeRefusal,
  type Edit,
  type Judged,
  type Plan,
  routeNumber,
  type Violation,
} from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import type { DayModel } from '../../state/day.ts'
import type { Change, Step } from '../../state/history.ts'
import type { LockName } from '../../state/locking.ts'
import { spotOf } from '../../state/offers.ts'
import { useDay } from '../context.tsx'
import { truckName, useRuleWords } from '../reasons.tsx'

/** Routes by the numbers that people see of this plan. */
export const numberOf = (id: string, { routes }: Plan): number => {
  const index = routes.findIndex((route) => route.id === id)
  return routeNumber({ id }, index < 0 ? routes.length : index)
}
function numbered(edit: Edit, plan: Plan): Edit {
  const number = (id: string) => String(numberOf(id, plan))
  if (edit.kind === 'move' && 'route' in edit.to) return { ...edit, to: { route: number(edit.to.route) } }
  return 'route' in edit ? { ...edit, route: number(edit.route) } : edit
}

export function useEditWords() {
  const { t, f, language } = useWords()
  const { day } = useDay()
  const { sayChange } = useRuleWords()

  const nameShipment = (id: string) => shipmentName(day, id)
  const nameShipments = (ids: readonly string[]) =>
    ids.length === 1 ? nameShipment(ids[0]!) : t.edits.several(ids.length)

  const problem = day?.problem
  const named = useMemo(
    () => problem && { ...problem, vehicles: problem.vehicles.map((one) => ({ ...one, name: truckName(one, t, f) })) },
    [problem, t, f],
  )
  /** "금형A23을 노선 1로" */
  const nameEdit = (edit: Edit, plan: Plan): string =>
    named ? describeEdit(numbered(edit, plan), named, language) : edit.kind

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
    const number = 'route' in lock ? numberOf(lock.route, plan) : 0
    const whose =
      'route' in lock
        ? t.routes.number(number)
        : nameShipments([...new Set(some.flatMap((one) => ('shipment' in one ? [one.shipment] : [])))])
    const grade =
      lock.grade === 'time' ? lockName(lock.kind) : lockName(lock.grade === 'head' ? 'sequence' : lock.grade)
    return t.edits.lockStep(`${whose} ${grade}`, add.length > 0)
  }
  const nameStep = (step: Step): string =>
    step.kind === 'switch'
      ? step.allowed?.map(sayChange).join(', ') ||
        [t.edits.switchStep[step.cause], step.detail?.[language]].filter(Boolean).join(': ')
      : nameChange(step.change, step.before)

  /** "적재중량 초과 +10 kg", and "1.4톤 차량에 1,410 kg이 됩니다." */
  const sayBroken = (violation: Violation) =>
    problem ? describeRefusal(violation, problem, language) : { what: violation.rule, how: '' }
  const sayRefusal = (broken: readonly Violation[]): string => {
    const all = broken.map(sayBroken).map(({ what, how }) => [what, how].filter(Boolean).join('. '))
    return [...new Set(all)].slice(0, 3).join(' ')
  }

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
