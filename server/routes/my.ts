/** What a firm member and a carrier see: their own, and nothing else. */
import { Type } from 'typebox'
import type { Plan, Problem } from '../../solver/index.ts'
import type { Member } from '../access.ts'
import {
  GuideSchema,
  type MyShare,
  MyShareSchema,
  type MyShipment,
  MyShipmentSchema,
  pageSchema,
  SheetSchema,
  StatementSchema,
} from '../api.ts'
import { localeOf, notFound, Refusal } from '../errors.ts'
import { guideOf, roundsOf } from '../reports/guide.ts'
import { renderSheets } from '../reports/routeSheets.ts'
import type { ConfirmedSummary, FirmShipment, Nouns } from '../store/store.ts'
import { ProviderError } from '../travel/provider.ts'
import { RouteParams } from './plans.ts'
import { type App, IdSchema, PageQuery, readPage, refusals, type Service } from './service.ts'

const Whose = { complex: Type.Optional(IdSchema), firm: Type.Optional(IdSchema) }
const WhosePage = Type.Object({ ...PageQuery.properties, ...Whose })
/** 2026-11 */
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'as 2026-11' })
/** Days of a month, and then some. */
const MONTH_PAGE = { limit: 200 }

export function myRoutes(app: App, { figures, provider, travelOf }: Service): void {
  const ofFirm = { access: 'my.firm' } as const
  const tags = ['own']

  app.get(
    '/api/my/shipments',
    {
      config: ofFirm,
      schema: {
        summary: 'Shipments of the own firm, newest day first, and how they go',
        tags,
        querystring: WhosePage,
        response: { 200: pageSchema(MyShipmentSchema), ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, firm } = chooseFirm(members, query)
      const { items, next } = await store.views.shipmentsOf(complex, firm, readPage(query))
      const documents = openDocuments(store)
      const shown: MyShipment[] = []
      for (const item of items) shown.push(await describeShipment(item, documents))
      return { items: shown, ...(next !== undefined && { next }) }
    },
  )

  app.get(
    '/api/my/share',
    {
      config: ofFirm,
      schema: {
        summary: 'What the own firm pays of each confirmed plan',
        tags,
        querystring: WhosePage,
        response: { 200: pageSchema(MyShareSchema), ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, firm } = chooseFirm(members, query)
      const { items, next } = await store.views.confirmed({ complex, ...readPage(query) })
      const shares = await Promise.all(items.map((plan) => shareOf(store, plan, firm)))
      return { items: shares, ...(next !== undefined && { next }) }
    },
  )

  app.get(
    '/api/my/statement',
    {
      config: ofFirm,
      schema: {
        summary: 'What the own firm pays for a month',
        tags,
        querystring: Type.Object({ month: Month, ...Whose }),
        response: { 200: StatementSchema, ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { month } = query
      const { complex, firm } = chooseFirm(members, query)
      const { items } = await store.views.confirmed({ complex, month, ...MONTH_PAGE })
      const days = await Promise.all(items.map((plan) => shareOf(store, plan, firm)))
      const sum = (key: 'shareKrw' | 'b1Krw' | 'shipments') => days.reduce((total, day) => total + (day[key] ?? 0), 0)
      const record = await store.complexes.get(complex)
      return {
        month,
        firm,
        firmName: record?.data.firms.find(({ id }) => id === firm)?.name ?? firm,
        days: days.toReversed(),
        shipments: sum('shipments'),
        shareKrw: sum('shareKrw'),
        b1Krw: sum('b1Krw'),
        working: days.filter(({ state }) => state === 'working').length,
      }
    },
  )

  app.get(
    '/api/my/sheets',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'Route sheets of the own trucks in confirmed plans, newest day first; a page is of plans',
        tags,
        querystring: Type.Object({ ...PageQuery.properties, complex: Type.Optional(IdSchema) }),
        response: { 200: pageSchema(SheetSchema), ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, vehicles } = choose(members, query)
      const { items, next } = await store.views.confirmed({ complex, ...readPage(query) })
      const documents = openDocuments(store)
      // a sheet without its litres is better than none
      const roadsOf = async (problem: string, { provenance }: Plan) =>
        await travelOf(await documents.problem(problem), undefined, provenance).catch((error: unknown) => {
          if (error instanceof ProviderError) return undefined
          throw error
        })
      const sheets = await Promise.all(
        items.map(async ({ id, problem }) => {
          const plan = await documents.plan(id)
          return renderSheets(plan, await documents.problem(problem), id, vehicles, await roadsOf(problem, plan))
        }),
      )
      return { items: sheets.flat(), ...(next !== undefined && { next }) }
    },
  )

  app.get(
    '/api/my/sheets/:id/:route/guide',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'How to drive a route of an own truck: legs, and turns in words where the roads know streets',
        tags,
        params: RouteParams,
        response: { 200: GuideSchema, ...refusals },
      },
    },
    async ({ members, params, headers, store }) => {
      const record = await store.plans.get(params.id)
      // a draft, the plan of another complex and the round of another carrier are not there
      const own = members.find(({ complex }) => record?.state === 'confirmed' && complex === record.complex)
      const route =
        own && roundsOf(record!.plan).find(({ id, vehicle }) => id === params.route && own.vehicles.includes(vehicle))
      if (!route) throw notFound('planRoute', params.route)
      const problem = await openDocuments(store).problem(record!.problem)
      const guide = await guideOf(route, problem, provider, localeOf(headers['accept-language']))
      if (!guide) throw notFound('planRoute', params.route)
      return guide
    },
  )

  async function shareOf(store: Nouns, plan: ConfirmedSummary, firm: string): Promise<MyShare> {
    const known = await figures.of(store, plan)
    const date = plan.startsAt.slice(0, 10)
    if (!known) return { plan: plan.id, date, state: 'working' }
    const own = known.shares.find((share) => share.firm === firm)
    const { shareKrw, b1Krw, shipments } = own ?? { shareKrw: 0, b1Krw: 0, shipments: 0 }
    return { plan: plan.id, date, state: 'ready', method: known.method, shareKrw, b1Krw, shipments }
  }
}

interface Asked {
  readonly complex?: string
  readonly firm?: string
}

/** The one role that is meant; which one has to be said only by those who have several. */
function choose(members: readonly Member[], { complex, firm }: Asked): Member & { readonly complex: string } {
  const meant = members.filter(
    (member) => (complex === undefined || member.complex === complex) && (firm === undefined || member.firm === firm),
  )
  const [one] = meant
  if (!one || one.complex === null) throw notFound('complex', complex ?? firm ?? '')
  if (meant.length === 1) return { ...one, complex: one.complex }
  const names = members.map((member) => [member.complex, member.firm].filter(Boolean).join('/')).join(', ')
  throw new Refusal(400, 'role.several', {
    ko: `여러 곳의 회원입니다. 어느 것인지 complex 와 firm 으로 적으세요: ${names}.`,
    en: `You belong to several. Say which is meant with complex and firm: ${names}.`,
  })
}

function chooseFirm(members: readonly Member[], asked: Asked): { readonly complex: string; readonly firm: string } {
  const { complex, firm } = choose(members, asked)
  if (firm === null) throw new Error('a firm member without a firm')
  return { complex, firm }
}

/** A page shows many shipments of few problems: each is read once. */
function openDocuments(store: Nouns) {
  const problems = new Map<string, Promise<Problem>>()
  const plans = new Map<string, Promise<Plan>>()
  const once = <T>(known: Map<string, Promise<T>>, id: string, read: () => Promise<T>): Promise<T> => {
    const found = known.get(id) ?? read()
    known.set(id, found)
    return found
  }
  return {
    problem: (id: string) =>
      once(problems, id, async () => {
        const record = await store.problems.get(id)
        if (!record) throw notFound('problem', id)
        return record.problem
      }),
    plan: (id: string) =>
      once(plans, id, async () => {
        const record = await store.plans.get(id)
        if (!record) throw notFound('plan', id)
        return record.plan
      }),
  }
}

async function describeShipment(
  { problem: id, shipment, plan }: FirmShipment,
  documents: ReturnType<typeof openDocuments>,
): Promise<MyShipment> {
  const { sites, startsAt, timeZone } = await documents.problem(id)
  const nameOf = (site: string) => sites.find((entry) => entry.id === site)?.name ?? site
  return {
    problem: id,
    date: startsAt.slice(0, 10),
    shipment: shipment.id,
    ...(shipment.item !== undefined && { item: shipment.item }),
    from: nameOf(shipment.from),
    to: nameOf(shipment.to),
    weightKg: shipment.weightKg,
    startsAt,
    timeZone,
    ...(plan === null ? { way: 'open' as const } : wayOf(shipment.id, await documents.plan(plan))),
  }
}

/** Of a shipment that was split: fetched with its first part, there with its last. */
function wayOf(shipment: string, plan: Plan): Pick<MyShipment, 'way' | 'pickupS' | 'deliveryS'> {
  const parts = (plan.parts ?? []).filter((part) => part.shipment === shipment).map(({ id }) => id)
  const ids = parts.length > 0 ? parts : [shipment]
  const has = (list: readonly string[]) => list.some((id) => ids.includes(id))
  const direct = plan.direct.filter((entry) => ids.includes(entry.shipment))
  const rounds = [...plan.routes, ...direct.flatMap(({ route }) => route ?? [])]
  const stops = rounds.flatMap((route) => route.stops)
  const pickups = stops.filter((stop) => has(stop.pickups)).map(({ startS }) => startS)
  const deliveries = stops.filter((stop) => has(stop.deliveries)).map(({ startS }) => startS)
  const way = plan.unserved.some((entry) => ids.includes(entry.shipment)) ? 'unserved' : (direct[0]?.mode ?? 'route')
  return {
    way,
    ...(pickups.length > 0 && { pickupS: Math.min(...pickups) }),
    ...(deliveries.length > 0 && { deliveryS: Math.max(...deliveries) }),
  }
}
