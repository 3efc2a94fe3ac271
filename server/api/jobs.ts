/** Searches. */
import { type Static, Type } from 'typebox'
import { LockSchema } from '../../solver/index.ts'
import { strict } from './common.ts'

/** Of searching, where a job does not say how long. */
export const DEFAULT_SECONDS = 10
/** Won a shipment: more says nothing more than that nothing is to move. */
export const MAX_STABILITY_KRW = 1e9
/** POST /problems/:problem/jobs; no body asks for the defaults */
export const JobRequestSchema = Type.Object(
  {
    seconds: Type.Number({ minimum: 0.1, maximum: 3600, default: DEFAULT_SECONDS }),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, default: 1 })),
    iterations: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e9 })),
    boundSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        default: 0,
        description: 'after the search, so long for proving what no plan can cost less than',
      }),
    ),
    from: Type.Optional(
      Type.String({
        maxLength: 80,
        description:
          'id of the plan to start from; default: the newest of the problem, none where iterations are given',
      }),
    ),
    locks: Type.Optional(
      Type.Array(LockSchema, {
        maxItems: 20_000,
        description:
          'parts of `from` that stay as they are, for this search only, besides those that `from` has as its own; the plan tells of each whether it could',
      }),
    ),
    keepLocks: Type.Optional(
      Type.Boolean({
        default: true,
        description:
          'what people have fixed in the plan it starts from (its `locks`) binds the search, and the new plan has as its own `locks` what of it could be kept; false: it is let go',
      }),
    ),
    stabilityKrw: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: MAX_STABILITY_KRW,
        description: 'won that moving a shipment of `from` to another truck or mode must save at least; default 0',
      }),
    ),
    priority: Type.Optional(
      Type.Integer({
        minimum: -10,
        maximum: 10,
        default: 0,
        description: 'among the jobs of its complex that wait, the highest is next',
      }),
    ),
  },
  strict,
)
/** dead: every attempt ended without a word, or the travel source stayed silent; POST /jobs/:job/retry tries again. */
export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'dead'] as const
/**
 * GET /jobs/:job, POST /jobs/:job/stop (keep the best plan), POST /jobs/:job/retry, DELETE /jobs/:job (drop it); also the data of every
 * event of GET /jobs/:job/events: `progress` (a few a second), `plan` (a better plan is stored), `done` (the job is over).
 * A client that was cut off sends Last-Event-ID; 204 tells it that nothing more will come.
 */
export const JOB_EVENTS = ['progress', 'plan', 'done'] as const
export const JobSchema = Type.Object(
  {
    id: Type.String(),
    problem: Type.String(),
    state: Type.Enum(JOB_STATES),
    createdAt: Type.String({ description: 'ISO instant' }),
    priority: Type.Integer(),
    attempt: Type.Integer({
      description: 'how often somebody began to work on it; a later attempt goes on where one ended',
    }),
    seconds: Type.Number({ description: 'limit' }),
    elapsedS: Type.Number(),
    iterations: Type.Integer(),
    costKrw: Type.Optional(Type.Integer({ description: 'incumbent' })),
    boundSeconds: Type.Optional(Type.Number({ description: 'limit of the proof that follows the search' })),
    lowerKrw: Type.Optional(Type.Integer({ description: 'no plan costs less: proved so far' })),
    plan: Type.Optional(
      Type.String({ description: 'id under /plans of the incumbent; the plan changes until the job is done' }),
    ),
    error: Type.Optional(Type.String()),
  },
  strict,
)

export type JobRequest = Static<typeof JobRequestSchema>
export type Job = Static<typeof JobSchema>
export type JobEventKind = (typeof JOB_EVENTS)[number]
