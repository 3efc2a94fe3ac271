/** The live board: the coordinator's of a plan, the carrier's of its own rounds. */
import { Type } from 'typebox'
import { DAY_S, type Plan, type Problem } from '../../solver/index.ts'
import { type Board, type BoardRound, BoardSchema, BoardsSchema } from '../api.ts'
import { dispatchedTo } from '../dispatch.ts'
import { boardOf } from '../live/board.ts'
import { marksOf, recordedOf, takenAsDone } from '../live/marks.ts'
import type { Nouns } from '../store/store.ts'
import { choose, Whose } from './mine.ts'
import { planWithProblem } from './plans.ts'
import { type App, DayParams, IdParams, refusals, type Service } from './service.ts'

/** Plans of the last days among which those of a day are looked for. */
const LAST_PLANS = 40
/** A day is looked at from the evening before until the last truck is back. */
const BEFORE_MS = 6 * 3_600_000
const AFTER_MS = 12 * 3_600_000

export function boardRoutes(app: App, service: Service): void {
  app.get(
    '/api/plans/:id/board',
    {
      config: { access: 'actual.read' },
      schema: {
        summary:
          'How the rounds of a plan are going: planned, recorded and expected times, late stops before they are late, who needs somebody first',
        tags: ['plans'],
        params: IdParams,
        response: { 200: BoardSchema, ...refusals },
      },
    },
    async ({ params, store }) => await readBoard(store, service, params.id, Date.now()),
  )

  app.get(
    '/api/my/board',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'The same of the rounds dispatched to the own carrier: of a day, or of those under way now',
        tags: ['own'],
        querystring: Type.Object({ date: Type.Optional(DayParams.properties.date), ...Whose }),
        response: { 200: BoardsSchema, ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, carrier } = choose(members, query)
      const nowMs = Date.now()
      const data = (await store.complexes.get(complex))?.data ?? {}
      const { items } = await store.views.confirmed({ complex, limit: LAST_PLANS })
      const boards: Board[] = []
      for (const { id, startsAt } of items) {
        const { record, problem } = await planWithProblem(store, id)
        if (query.date === undefined ? !isUnderWay(problem, nowMs) : startsAt.slice(0, 10) !== query.date) continue
        const own = dispatchedTo(data, record.plan, await store.dispatches.of(id), carrier)
        if (own.length > 0)
          boards.push(await readBoard(store, service, id, nowMs, new Set(own.map(({ route }) => route))))
      }
      return { items: boards }
    },
  )
}

const isUnderWay = ({ startsAt, days }: Problem, nowMs: number): boolean =>
  nowMs >= Date.parse(startsAt) - BEFORE_MS && nowMs <= Date.parse(startsAt) + days * DAY_S * 1000 + AFTER_MS

async function readBoard(
  store: Nouns,
  { travelOf, legsOf }: Service,
  id: string,
  nowMs: number,
  only?: ReadonlySet<string>,
): Promise<Board> {
  const { record, problem } = await planWithProblem(store, id)
  const { plan } = record
  const travel = await travelOf(problem, undefined, plan.provenance)
  const actuals = await recordedOf(store, record)
  const heard = marksOf(actuals, problem)
  const disturbed = await store.disturbances.get(record.problem)
  const marks = disturbed ? [...takenAsDone(plan, disturbed.nowS, heard), ...heard] : heard
  // photos are the coordinator's to open
  const photos = only ? [] : (await store.proofs.list(id)).filter(({ kind }) => kind === 'photo')
  return boardOf({
    record,
    problem,
    travel,
    data: (await store.complexes.get(record.complex))?.data ?? {},
    dispatches: await store.dispatches.of(id),
    actuals,
    marks,
    messages: await store.messages.of(id),
    links: await linksOf(store, id),
    photos,
    legs: await legsOf(withAlone(plan), problem),
    nowMs,
    ...(only && { only }),
  })
}

/** By route: when its driver has opened the link, and when last. */
async function linksOf(store: Nouns, plan: string): Promise<Map<string, NonNullable<BoardRound['link']>>> {
  const links = (await store.links.of(plan)).filter(({ revokedAt }) => revokedAt === null)
  return new Map(
    links.map(({ route, openedAt, seenAt }) => [
      route,
      { ...(openedAt && { openedAt: openedAt.toISOString() }), ...(seenAt && { seenAt: seenAt.toISOString() }) },
    ]),
  )
}

/** Hired trucks alone are drawn like rounds. */
const withAlone = (plan: Plan): Plan => ({
  ...plan,
  routes: [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])],
})
