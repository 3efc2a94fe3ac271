import {
  type Disturbance,
  findIssues,
  type Issue,
  type Locale,
  type Plan,
  type Problem,
  unknownIn,
  withOrders,
} from '../solver/index.ts'
import { unprocessable } from './errors.ts'

/** The problem with the orders that have come in; every fault of what has happened at once. */
export function orderedProblem(problem: Problem, plan: Plan, events: readonly Disturbance[], locale: Locale): Problem {
  const ordered = withOrders(problem, events)
  const issues: Issue[] = unknownIn(problem, plan, events).map(({ index, field, found }) => ({
    code: 'disturb.unknown',
    severity: 'error',
    path: `events/${index}/${field}`,
    ...(locale === 'ko'
      ? { message: `이 계획에 없는 이름입니다: '${found}'.`, remedy: '계획에 있는 이름을 고르세요.' }
      : { message: `The plan has no '${found}'.`, remedy: 'Choose one that the plan has.' }),
  }))
  const taken = new Set(problem.shipments.map(({ id }) => id))
  events.forEach((event, index) => {
    if (event.kind !== 'order' || !taken.has(event.shipment.id)) return
    issues.push({
      code: 'disturb.taken',
      severity: 'error',
      path: `events/${index}/shipment/id`,
      ...(locale === 'ko'
        ? { message: `이미 있는 화물 번호입니다: ${event.shipment.id}.`, remedy: '다른 번호를 적으세요.' }
        : { message: `There is a shipment ${event.shipment.id} already.`, remedy: 'Give it another number.' }),
    })
  })
  if (problem.travel && ordered.sites.length > problem.sites.length)
    issues.push({
      code: 'disturb.noRoads',
      severity: 'error',
      path: 'events',
      ...(locale === 'ko'
        ? {
            message: '이 문제는 이동 시간을 스스로 갖고 있어 새 장소까지의 길을 모릅니다.',
            remedy: '있는 장소를 고르세요.',
          }
        : {
            message: 'The problem brings its own travel times, which know no way to a new place.',
            remedy: 'Choose a place that it has.',
          }),
    })
  const known = new Set(findIssues(problem, locale).map(({ code }) => code))
  if (issues.length === 0 && ordered !== problem)
    issues.push(...findIssues(ordered, locale).filter(({ severity, code }) => severity === 'error' && !known.has(code)))
  if (issues.length > 0) throw unprocessable(issues)
  return ordered
}
