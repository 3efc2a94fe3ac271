/** What a firm member sees: its own, and nothing else. */
import { Type } from 'typebox'
import type { Plan } from '../../solver/index.ts'
import type { Member } from '../access.ts'
import {
  MonthName,
  type MyShare,
  MyShareSchema,
  type MyShipment,
  MyShipmentSchema,
  pageSchema,
  StatementSchema,
} from '../api.ts'
import { ofOwnFirm } from '../settle/own.ts'
import type { ConfirmedSummary, FirmShipment, Nouns } from '../store/store.ts'
import { choose, openDocuments, Whose } from './mine.ts'
import { type App, PageQuery, readPage, refusals, type Service } from './service.ts'

const WhosePage = Type.Object({ ...PageQuery.properties, ...Whose })
/** Days of a month, and then some. */
const MONTH_PAGE = { limit: 200 }

export function myRoutes(app: App, { figures, settling }: Service): void {
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
        querystring: Type.Object({ month: MonthName, ...Whose }),
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
        settled: ofOwnFirm(await settling.month(store, complex, month), firm),
      }
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

function chooseFirm(
  members: readonly Member[],
  asked: Parameters<typeof choose>[1],
): { readonly complex: string; readonly firm: string } {
  const { complex, firm } = choose(members, asked)
  if (firm === null) throw new Error('a firm member without a firm')
  return { complex, firm }
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
