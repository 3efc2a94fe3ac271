/**
 * How likely a stop of a plan is late: its rounds driven many times over, with roads and gates slower or quicker than planned. A road takes
 * the pace of the day times one of its own, a stop its own; nobody begins before the window that the plan waited for, and late is who begins
 * after the window, or the wished hours, that the plan keeps. The same numbers for every setting of a day.
 */
import { type Static, Type } from 'typebox'
import { type Plan, type Problem, punctuality, SourceSchema } from '../../solver/index.ts'
import { type Random, randomOf } from '../random.ts'

const Spread = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 2, description }))
const strict = { additionalProperties: false } as const

export const SpreadSchema = Type.Object(
  {
    day: Spread('of the logarithm of all road times of a day: traffic, weather; default 0.08'),
    leg: Spread('of the logarithm of one road time; default 0.15'),
    stop: Spread('of the logarithm of the minutes at one stop; default 0.3'),
    draws: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'of each planned day; default 20' })),
    note: Type.Optional(SourceSchema),
  },
  { ...strict, description: 'how far real times stray from planned ones: assumed, for the likelihood of being late' },
)
export type Spread = Static<typeof SpreadSchema>
export const SPREAD = { day: 0.08, leg: 0.15, stop: 0.3, draws: 20 } as const

export interface Lateness {
  /** of one day: how many stops are late, on average */
  readonly stops: number
  /** name of a site → of them; those that are seldom late are left out */
  readonly at: Readonly<Record<string, number>>
}

const STREAM = 60_000
const LIMITS = [0.3, 4] as const
/** Of an average day; less would fill the rows of a study. */
const SELDOM = 0.05

export function latenessOf(
  problem: Problem,
  plan: Plan,
  { seed, day }: { readonly seed: number; readonly day: number },
  spread: Spread = {},
): Lateness {
  const { day: daySd, leg, stop: stopSd, draws } = { ...SPREAD, ...spread }
  const room = punctuality(problem)
  const rounds = plan.routes.map(({ departS, stops }) => ({
    departS,
    stops: stops.map((stop) => {
      const { latestS = Number.POSITIVE_INFINITY, lateS } = room(stop)
      // late for wished hours as planned, or without room for them
      return { ...stop, latestS, late: lateS > 0 }
    }),
  }))
  const nameOf = new Map(problem.sites.map(({ id, name }) => [id, name]))
  const at = new Map<string, number>()
  const vary = (random: Random, sd: number) => random.logNormal(1, sd, LIMITS)
  for (let draw = 0; draw < draws; draw++) {
    const pace = vary(randomOf(seed, STREAM + day, draw), daySd)
    for (const [k, { departS, stops }] of rounds.entries()) {
      const random = randomOf(seed, STREAM + day, draw, k + 1)
      let [leaveS, plannedLeaveS] = [departS, departS]
      for (const stop of stops) {
        const restS = stop.arriveS - plannedLeaveS - stop.legS
        const arriveS = leaveS + stop.legS * pace * vary(random, leg) + Math.max(0, restS)
        const startS = stop.startS > stop.arriveS ? Math.max(arriveS, stop.startS) : arriveS
        if (startS > stop.latestS || stop.late) at.set(stop.site, (at.get(stop.site) ?? 0) + 1 / draws)
        leaveS = startS + (stop.leaveS - stop.startS) * vary(random, stopSd)
        plannedLeaveS = stop.leaveS
      }
    }
  }
  const sum = [...at.values()].reduce((total, times) => total + times, 0)
  const often = [...at].filter(([, times]) => times >= SELDOM)
  return {
    stops: round(sum),
    at: Object.fromEntries(often.map(([site, times]) => [nameOf.get(site) ?? site, round(times)])),
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
