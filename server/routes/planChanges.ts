/** What people do to a plan: edit it, confirm it, take the confirmation back. Always of the version that they have seen. */
import {
  type Certificate,
  describeViolation,
  type Issue,
  type Locale,
  type Plan,
  PlanSchema,
  type Violation,
} from '../../solver/index.ts'
import { StoredPlanSchema } from '../api.ts'
import { localeOf, Refusal } from '../errors.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import { changedMeanwhile } from '../store/plans.ts'
import { assertLedger, assertLocks } from './editedPlan.ts'
import { expectedVersion, versionTag } from './etag.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

/** A plan of 5,000 shipments. */
const MAX_PLAN_BYTES = 16 * 2 ** 20

export function planChangeRoutes(app: App, { checkEdited, travelOf }: Service): void {
  app.put(
    '/api/plans/:id',
    {
      config: { access: 'plan.edit' },
      bodyLimit: MAX_PLAN_BYTES,
      schema: {
        summary:
          'Replace a draft by an edited plan, which is checked first: 422 lists everything it breaks. Its edits are the ledger: the cost less all their krw stays what it was before anybody changed anything; who and when is stamped here. Its locks bind the next search from it. If-Match names the version that was edited (428 without, 412 where it has changed since)',
        tags: ['plans'],
        params: IdParams,
        body: PlanSchema,
        response: { 200: StoredPlanSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }, reply) => {
      const version = expectedVersion({ headers })
      const { record, problem } = await planWithProblem(store, params.id)
      if (record.version !== version) throw changedMeanwhile(record)
      // where a plan comes from is not the editor's to say
      const plan: Plan = { ...body, provenance: record.plan.provenance }
      const violations = await checkEdited(problem, plan)
      const locale = localeOf(headers['accept-language'])
      if (violations.length > 0) throw broken(violations, plan, locale)
      assertLedger(record.plan, plan)
      assertLocks(plan, locale)
      const certificate = record.certificate && certificateOf(record.certificate, record.plan, plan)
      const edited = await store.plans.edit(params.id, version, plan, certificate)
      reply.header('etag', versionTag(edited.version))
      return edited
    },
  )

  app.post(
    '/api/plans/:id/confirm',
    {
      config: { access: 'plan.confirm' },
      schema: {
        summary:
          'Confirm a draft: from now on it is what the carrier drives, and it no longer changes. If-Match as above',
        tags: ['plans'],
        params: IdParams,
        response: { 200: StoredPlanSchema, ...refusals },
      },
    },
    async ({ params, headers, store }, reply) => {
      const version = expectedVersion({ headers })
      const { record, problem } = await planWithProblem(store, params.id)
      if (record.version !== version) throw changedMeanwhile(record)
      const file = renderPlanFile(
        record.plan,
        problem,
        await travelOf(problem, undefined, record.plan.provenance),
        record.certificate,
      )
      const confirmed = await store.plans.confirm(params.id, version, file)
      reply.header('etag', versionTag(confirmed.version))
      return confirmed
    },
  )

  app.post(
    '/api/plans/:id/withdraw',
    {
      config: { access: 'plan.confirm' },
      schema: {
        summary: 'Take a confirmation back; the plan stays as a record. If-Match as above',
        tags: ['plans'],
        params: IdParams,
        response: { 200: StoredPlanSchema, ...refusals },
      },
    },
    async ({ params, headers, store }, reply) => {
      const withdrawn = await store.plans.withdraw(params.id, expectedVersion({ headers }))
      reply.header('etag', versionTag(withdrawn.version))
      return withdrawn
    },
  )
}

/** What was proved of the problem stays true of it, for plans that leave the same unserved and split the same. */
export function certificateOf(certificate: Certificate, before: Plan, after: Plan): Certificate | undefined {
  const served = ({ unserved, parts }: Plan) => JSON.stringify([unserved.map(({ shipment }) => shipment).sort(), parts])
  if (served(before) !== served(after)) return undefined
  const isOptimal = certificate.proof === 'optimal' && after.costKrw <= certificate.lowerKrw
  return { ...certificate, proof: certificate.proof === 'optimal' && !isOptimal ? 'closed' : certificate.proof }
}

/** Sums that the editor's program gets by evaluating the route again. */
const SUMS: readonly string[] = ['times', 'distances', 'weights', 'tolls', 'cost', 'statement']

export function broken(violations: readonly Violation[], plan: Plan, locale: Locale): Refusal {
  const remedy = {
    sum: {
      ko: '노선을 다시 계산하여 시각·거리·비용을 맞추어 보내세요.',
      en: 'Evaluate the route again, so that its times, distances and costs add up.',
    },
    rule: {
      ko: '차량, 순서나 시각을 바꾸거나 그 화물을 다른 방법으로 보내세요.',
      en: 'Change the truck, the order or the times, or send the shipment another way.',
    },
  }
  const issues = violations.map(
    (violation): Issue => ({
      code: `plan.${violation.rule}`,
      severity: 'error',
      path: pathOf(violation, plan),
      message: describeViolation(violation, locale),
      remedy: remedy[SUMS.includes(violation.rule) ? 'sum' : 'rule'][locale],
    }),
  )
  return new Refusal(
    422,
    'plan.violations',
    {
      ko: `고친 계획이 규칙을 ${violations.length}곳에서 어깁니다. 아무것도 저장하지 않았습니다.`,
      en: `The edited plan breaks rules in ${violations.length} ${violations.length === 1 ? 'place' : 'places'}. Nothing was stored.`,
    },
    issues,
  )
}

function pathOf({ route, stop, shipment }: Violation, plan: Plan): string {
  const index = plan.routes.findIndex(({ id }) => id === route)
  if (index >= 0) return stop === undefined ? `routes/${index}` : `routes/${index}/stops/${stop}`
  const direct = plan.direct.findIndex((entry) => entry.shipment === shipment || (route && entry.route?.id === route))
  return direct >= 0 ? `direct/${direct}` : 'plan'
}
