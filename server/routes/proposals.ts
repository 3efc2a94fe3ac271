/** Another truck for a round, as its carrier proposes it: checked and priced by the solver's own editor, and taken into the plan. */
import {
  describeRefusal,
  type Edit,
  type Issue,
  type Judged,
  type Locale,
  type Plan,
  paidLines,
  type Route,
  sumLines,
} from '../../solver/index.ts'
import type { Dispatch, JudgedProposal, Taken } from '../api.ts'
import { Refusal } from '../errors.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import type { Nouns, PlanRecord } from '../store/store.ts'
import { dispatchFaults, refuseDispatch } from './dispatchFaults.ts'
import { roundIn, type Standing } from './dispatching.ts'
import { broken, certificateOf } from './planChanges.ts'
import { planWithProblem } from './plans.ts'
import type { Service } from './service.ts'

interface JudgedRound {
  readonly told: JudgedProposal
  readonly judged: Judged
  /** the round as it would be driven; absent where that could not be worked out */
  readonly after: Route | undefined
}

export async function judgeTruck(
  { judgeStored }: Pick<Service, 'judgeStored'>,
  store: Nouns,
  record: PlanRecord,
  route: string,
  vehicle: string,
  { locale }: { readonly locale: Locale },
): Promise<JudgedRound> {
  const { problem } = await planWithProblem(store, record.id)
  const before = roundIn(record, route)
  const judged = await judgeStored(store, record.id, editOf(record.plan, route, vehicle))
  const after = judged.after.find(({ id }) => id === route) ?? judged.after.find(({ id }) => isNew(record.plan, id))
  const told: JudgedProposal = {
    vehicle,
    fits: judged.plan !== undefined,
    broken: judged.broken.map((violation) => describeRefusal(violation, problem, locale)),
    fareBeforeKrw: fareOf(before),
    ...(after && { departS: after.departS, returnS: after.returnS, shiftS: shiftOf(before, after) }),
    ...(after && judged.priced && { fareKrw: fareOf(after) }),
    deltaKrw: judged.deltaKrw,
    deltaM: judged.deltaM,
    deltaS: judged.deltaS,
    lines: [...judged.lines],
  }
  return { told, judged, after }
}

/** What its carrier is paid, as on its sheet and in the settlement. */
const fareOf = ({ costLines }: Route): number => sumLines(paidLines(costLines))

/** A round that carries one shipment alone becomes a route of that truck. */
function editOf({ routes, direct, parts = [] }: Plan, route: string, vehicle: string): Edit {
  if (routes.some(({ id }) => id === route)) return { kind: 'retype', route, vehicle }
  const alone = direct.find((way) => way.route?.id === route)!
  if (parts.some(({ id }) => id === alone.shipment)) throw ofAPart()
  return { kind: 'move', shipments: [alone.shipment], to: { vehicle } }
}

const isNew = ({ routes }: Plan, id: string): boolean => !routes.some((route) => route.id === id)

function shiftOf(before: Route, after: Route): number {
  const startOf = (route: Route) =>
    new Map(
      route.stops.flatMap(({ visits }) => visits.map((visit) => [`${visit.kind} ${visit.shipment}`, visit.startS])),
    )
  const was = startOf(before)
  return [...startOf(after)].reduce((most, [name, startS]) => {
    const later = startS - (was.get(name) ?? startS)
    return Math.abs(later) > Math.abs(most) ? later : most
  }, 0)
}

/** 422 with every rule in the way. */
export function assertFits({ fits, broken: rules }: JudgedProposal): void {
  if (fits) return
  const issues = rules.map(
    ({ what, how }): Issue => ({
      code: 'dispatch.unfit',
      severity: 'error',
      path: 'proposal/vehicle',
      message: [what, how].filter(Boolean).join('. '),
      remedy: '',
    }),
  )
  throw new Refusal(
    422,
    'dispatch.unfit',
    {
      ko: '제안한 차량으로는 이 노선의 화물이나 시각을 지킬 수 없습니다. 아무것도 바꾸지 않았습니다.',
      en: 'The proposed truck does not keep the goods or the times of this route. Nothing was changed.',
    },
    issues,
  )
}

/** Three steps of their own: what is interrupted leaves a draft that a person can confirm or drop. */
export async function takeTruck(
  { checkEdited, travelOf }: Pick<Service, 'checkEdited' | 'travelOf'>,
  store: Nouns,
  { record, ...standing }: Standing,
  { judged, after, told }: JudgedRound,
  said: Dispatch,
  locale: Locale,
): Promise<Taken> {
  const { plan } = judged
  if (!plan || !after) throw new Error(`no plan with ${told.vehicle} for round ${said.route}`)
  const { problem } = await planWithProblem(store, record.id)
  const { carrier, driver, phone, note, proposal } = said
  const truck = standing.carriers
    .find(({ id }) => id === carrier)
    ?.trucks?.find(({ plate, vehicle }) => plate === proposal?.plate && vehicle === told.vehicle)
  const who = { driver: truck?.driver ?? driver, phone: truck?.phone ?? phone }
  const next = {
    ...(carrier !== undefined && { carrier }),
    ...(proposal?.plate !== undefined && { plate: proposal.plate }),
    ...(who.driver !== undefined && { driver: who.driver }),
    ...(who.phone !== undefined && { phone: who.phone }),
    ...(note !== undefined && { note }),
    // it was its own wish
    state: 'accepted' as const,
  }
  const others = standing.all.filter(({ route }) => route !== said.route)
  refuseDispatch(dispatchFaults({ ...standing, plan, all: others }, after, next, locale))
  const violations = await checkEdited(problem, plan)
  if (violations.length > 0) throw broken(violations, plan, locale)

  const certificate = record.certificate && certificateOf(record.certificate, record.plan, plan)
  const draft = await store.plans.revise(record.id, record.version)
  const edited = await store.plans.edit(draft.id, draft.version, plan, certificate)
  const travel = await travelOf(problem, undefined, plan.provenance)
  const file = renderPlanFile(edited.plan, problem, travel, edited.certificate)
  const confirmed = await store.plans.confirm(edited.id, edited.version, file)
  const version = (await store.dispatches.of(confirmed.id)).find(({ route }) => route === after.id)?.version ?? 0
  await store.dispatches.put(confirmed.id, after.id, version, next)
  return { plan: confirmed.id, version: confirmed.version, route: after.id, deltaKrw: told.deltaKrw }
}

const ofAPart = (): Refusal =>
  new Refusal(409, 'dispatch.part', {
    ko: '나누어 실은 화물의 한 부분입니다. 차량은 담당자가 계획에서 바꿉니다.',
    en: 'This carries one part of a shipment that was split. The coordinator changes its truck in the plan.',
  })
