/** What belongs to a plan on paper beside itself: who drives, whom to call, and the codes that open a round on the driver's phone. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Locale, Problem } from '../../solver/index.ts'
import { decide } from '../access.ts'
import { carrierOf, dispatchesOf } from '../dispatch.ts'
import { linkUrl } from '../drive/link.ts'
import { isLoopback } from '../loopback.ts'
import { roundsOf } from '../reports/guide.ts'
import {
  CARRIER_SHEETS,
  drawsRoads,
  type PlanPapers,
  REPORT_FILES,
  type ReportFormat,
  type SheetCopy,
} from '../reports/report.ts'
import { contentDisposition, FILE_TYPES } from '../sheets/download.ts'
import type { PlanRecord } from '../store/store.ts'
import type { Service } from './service.ts'

/** Of a link that is followed: a browser asks in its own language, whatever the page speaks. */
export const FileLanguage = Type.Optional(
  Type.Enum(['ko', 'en'], { description: 'Default: as the request says (accept-language)' }),
)

type Papers = Required<Pick<PlanPapers, 'id' | 'dispatch' | 'links'>> & Pick<PlanPapers, 'coordinator' | 'waiting'>

/** `withLinks`: whoever has a sheet with a code can open its round. */
export async function readPlanPapers(
  { linkSecret, publicUrl }: Service,
  request: FastifyRequest,
  { id, complex, plan }: PlanRecord,
  withLinks: boolean,
): Promise<Papers> {
  const { store } = request
  const data = (await store.complexes.get(complex))?.data
  const dispatch = new Map(
    dispatchesOf(data ?? {}, plan, await store.dispatches.of(id)).map((entry) => {
      const vehicle = roundsOf(plan).find((round) => round.id === entry.route)!.vehicle
      return [entry.route, { ...entry, carrier: carrierOf(data ?? {}, entry, vehicle) }] as const
    }),
  )
  const base = publicUrl ?? `${request.protocol}://${request.host}`
  // a phone cannot open what only this computer can
  const reachable = URL.canParse(base) && !isLoopback(new URL(base).hostname)
  const now = new Date()
  const links = withLinks && reachable ? await store.links.of(id) : []
  return {
    id,
    dispatch,
    coordinator: data?.coordinator,
    waiting: data?.waiting,
    links: new Map(
      links
        .filter(({ revokedAt, expiresAt }) => !revokedAt && expiresAt > now)
        .map((link) => [link.route, linkUrl(base, linkSecret, link.id)]),
    ),
  }
}

/** Those who may close a link may hand it out. */
export const mayHandOutLinks = ({ principal }: FastifyRequest): boolean =>
  decide(principal, 'link.manage').kind === 'may'

/** By route id, of all rounds: also of trucks that go for one shipment. */
export const roadsFor = async (
  { legsOf }: Service,
  format: ReportFormat,
  { plan }: PlanRecord,
  problem: Problem,
): Promise<Pick<PlanPapers, 'legs'>> =>
  drawsRoads(format) ? { legs: await legsOf({ ...plan, routes: roundsOf(plan) }, problem) } : {}

/** What is sent as a file of this plan is called, and told to be. */
export function fileHeaders(
  format: ReportFormat,
  { name, startsAt }: Pick<Problem, 'name' | 'startsAt'>,
  locale: Locale,
  copy?: SheetCopy,
): { readonly 'content-disposition': string; readonly 'content-type': string } {
  const { extension, name: called } = REPORT_FILES[format]
  const words = format === 'pdf' && copy === 'carrier' ? CARRIER_SHEETS : called
  const date = startsAt.slice(0, 10)
  // days that came with an order file have their date in the name
  const parts = [words[locale], name.replace(date, '').trim(), date]
  return {
    'content-disposition': contentDisposition(`${parts.join('-')}.${extension}`),
    'content-type': FILE_TYPES[extension],
  }
}
