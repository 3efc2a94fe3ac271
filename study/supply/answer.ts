/** A register and its outages worked out: how secure each item is, and each outage under every help that there is, with what to do. */
import { type Diversified, diversify } from './diversify.ts'
import { type FetchResult, fetchesOf, type SupplyDocument } from './fetch.ts'
import { type Indicators, indicatorsOf, spendWeighted } from './indicators.ts'
import { courseOf, NO_HELP, type OutageCourse } from './outage.ts'
import { type Response, responseOf } from './response.ts'
import type { Outage } from './schema.ts'

export const HELPS = ['nothing', 'alternatives', 'shared', 'joint'] as const
export type HelpName = (typeof HELPS)[number]

export interface SupplyAnswer {
  readonly items: readonly ({ readonly item: string } & Indicators)[]
  readonly all: ReturnType<typeof spendWeighted>
  /** what fetching from each alternative costs on the roads, or why nothing is planned */
  readonly fetches: readonly FetchResult[]
  readonly diversified: readonly Diversified[]
  readonly outages: readonly ({
    readonly outage: Outage
    readonly response: Response
  } & Readonly<Record<HelpName, OutageCourse>>)[]
}

/** `planned`: what was found on the roads; without it every alternative says that nothing was planned. */
export function answerSupply(study: SupplyDocument, planned?: readonly FetchResult[]): SupplyAnswer {
  const { register, outages } = study
  const { routes, ...bare } = study
  const waiting = (fetch: FetchResult): FetchResult =>
    routes && fetch.kind === 'none' && fetch.why === 'notAsked' ? { ...fetch, why: 'unplanned' } : fetch
  const fetches = planned ?? fetchesOf(bare).flatMap((ask) => ('kind' in ask ? waiting(ask) : []))
  const diversified = diversify(study, fetches)
  return {
    items: register.items.map((item) => ({ item: item.id, ...indicatorsOf(register, item) })),
    all: spendWeighted(register),
    fetches,
    diversified,
    outages: outages.map((outage) => ({
      outage,
      response: responseOf(register, outage, fetches, diversified),
      nothing: courseOf(register, outage, NO_HELP),
      alternatives: courseOf(register, outage, { ...NO_HELP, alternatives: true }),
      shared: courseOf(register, outage, { ...NO_HELP, shared: true }),
      joint: courseOf(register, outage, { ...NO_HELP, jointDays: outage.jointDays ?? 0 }),
    })),
  }
}
