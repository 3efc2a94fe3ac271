/** The wire format for people who read the contract: what is sent and what comes back. Requests are read by readRequest.ts, which names every fault. */
import { Type } from 'typebox'
import { MOST_TASKS, MOST_VEHICLES } from './readRequest.ts'
import { MOST_ROAD_PLACES } from './tables.ts'
import { MOST_LIMIT_S } from './work.ts'

const Uint = (description: string) => Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1, description })
const Id = Type.Integer({ minimum: 0 })
const Coordinates = Type.Array(Type.Number(), { minItems: 2, description: '[lon, lat]' })
const Amount = Type.Array(Type.Integer({ minimum: 0 }), {
  description: 'as many entries as the capacity of the first vehicle',
})
const Skills = Type.Array(Type.Integer({ minimum: 0 }))
const Window = Type.Array(Type.Integer({ minimum: 0 }), {
  minItems: 2,
  description: '[start, end], seconds, both inclusive',
})
const Matrix = Type.Array(Type.Array(Type.Integer({ minimum: 0 })), { description: 'square' })
const PerType = Type.Record(Type.String(), Type.Integer({ minimum: 0 }))
const open = { additionalProperties: true } as const

const stop = {
  id: Id,
  description: Type.Optional(Type.String()),
  location: Type.Optional(Coordinates),
  location_index: Type.Optional(Uint('row and column of the matrices')),
  setup: Type.Optional(Uint('seconds, once for each arrival at a place')),
  service: Type.Optional(Uint('seconds')),
  setup_per_type: Type.Optional(PerType),
  service_per_type: Type.Optional(PerType),
  time_windows: Type.Optional(
    Type.Array(Window, { description: 'for the start of setup and service; none: any time' }),
  ),
}
const Priority = Type.Integer({
  minimum: 0,
  maximum: 100,
  description: 'the sum of priorities served comes before everything else',
})

export const VroomRequestSchema = Type.Object(
  {
    vehicles: Type.Array(
      Type.Object(
        {
          id: Id,
          profile: Type.Optional(
            Type.String({
              description: 'name of its matrices; without them car or a truck class such as 5t. Default car',
            }),
          ),
          description: Type.Optional(Type.String()),
          start: Type.Optional(Coordinates),
          start_index: Type.Optional(Uint('row and column of the matrices')),
          end: Type.Optional(Coordinates),
          end_index: Type.Optional(Uint('row and column of the matrices')),
          capacity: Type.Optional(Amount),
          costs: Type.Optional(
            Type.Object(
              {
                fixed: Type.Optional(Uint('where it drives at all; default 0')),
                per_hour: Type.Optional(Uint('of driving; default 3600')),
                per_km: Type.Optional(Uint('default 0')),
                per_task_hour: Type.Optional(Uint('of setup and service; default 0')),
              },
              open,
            ),
          ),
          skills: Type.Optional(Skills),
          type: Type.Optional(Type.String({ description: 'key into setup_per_type and service_per_type' })),
          time_window: Type.Optional(Window),
          breaks: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  id: Id,
                  time_windows: Type.Optional(Type.Array(Window)),
                  service: Type.Optional(Uint('seconds')),
                  description: Type.Optional(Type.String()),
                  max_load: Type.Optional(Amount),
                },
                open,
              ),
            ),
          ),
          speed_factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 5 })),
          max_tasks: Type.Optional(Uint('tasks of a route')),
          max_travel_time: Type.Optional(Uint('seconds of driving')),
          max_distance: Type.Optional(Uint('metres')),
          steps: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  type: Type.String({ description: 'start, job, pickup, delivery, break or end' }),
                  id: Type.Optional(Id),
                  service_at: Type.Optional(Uint('seconds; plan mode only')),
                  service_after: Type.Optional(Uint('seconds; plan mode only')),
                  service_before: Type.Optional(Uint('seconds; plan mode only')),
                },
                open,
              ),
              {
                description:
                  'plan mode: the route itself; otherwise the route to begin the search with, which has to keep every rule',
              },
            ),
          ),
        },
        open,
      ),
      { minItems: 1, maxItems: MOST_VEHICLES },
    ),
    jobs: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...stop,
            delivery: Type.Optional(Amount),
            pickup: Type.Optional(Amount),
            skills: Type.Optional(Skills),
            priority: Type.Optional(Priority),
          },
          open,
        ),
        { maxItems: MOST_TASKS },
      ),
    ),
    shipments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            pickup: Type.Object(stop, open),
            delivery: Type.Object(stop, open),
            amount: Type.Optional(Amount),
            skills: Type.Optional(Skills),
            priority: Type.Optional(Priority),
          },
          open,
        ),
      ),
    ),
    matrices: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          { durations: Type.Optional(Matrix), distances: Type.Optional(Matrix), costs: Type.Optional(Matrix) },
          { ...open, description: 'seconds, metres, costs by profile' },
        ),
      ),
    ),
    options: Type.Optional(
      Type.Object(
        {
          c: Type.Optional(
            Type.Boolean({
              description: 'plan mode: choose times for the steps of the vehicles and tell what they violate',
            }),
          ),
          g: Type.Optional(
            Type.Boolean({
              description: 'add distances and the encoded line of each route; needs coordinates everywhere',
            }),
          ),
          l: Type.Optional(
            Type.Number({
              minimum: 0,
              maximum: 3600,
              description: `seconds of search; ${MOST_LIMIT_S} at most are used`,
            }),
          ),
          t: Type.Optional(Type.Number({ description: 'accepted and not used: a request gets one thread' })),
          x: Type.Optional(
            Type.Number({
              minimum: 0,
              maximum: 5,
              description: 'exploration: the usual time of search times (x + 1) / 6; default 5',
            }),
          ),
        },
        open,
      ),
    ),
  },
  {
    ...open,
    description:
      `A request as VROOM 1.14 takes it. At most ${MOST_TASKS} tasks and ${MOST_VEHICLES} vehicles; without matrices at most ` +
      `${MOST_ROAD_PLACES} different coordinates, which have to lie where the roads of this service reach (South Korea by default).`,
  },
)

const Code = (description: string) => Type.Integer({ minimum: 0, maximum: 3, description })
const Spoken = Type.Object({ code: Type.String(), path: Type.String(), message: Type.String(), remedy: Type.String() })
const Violations = Type.Array(Type.Object({ cause: Type.String(), duration: Type.Optional(Type.Integer()) }, open))
const totals = {
  cost: Type.Integer(),
  setup: Type.Integer(),
  service: Type.Integer(),
  duration: Type.Integer({ description: 'seconds of driving' }),
  waiting_time: Type.Integer(),
  priority: Type.Integer(),
  violations: Violations,
}

export const VroomAnswerSchema = Type.Object(
  {
    code: Code('0'),
    summary: Type.Object({ ...totals, routes: Type.Integer(), unassigned: Type.Integer() }, open),
    unassigned: Type.Array(Type.Object({ id: Id, type: Type.String() }, open)),
    routes: Type.Array(
      Type.Object(
        {
          ...totals,
          vehicle: Id,
          steps: Type.Array(
            Type.Object(
              {
                type: Type.String(),
                arrival: Type.Integer(),
                duration: Type.Integer(),
                setup: Type.Integer(),
                service: Type.Integer(),
                waiting_time: Type.Integer(),
                violations: Violations,
              },
              open,
            ),
          ),
        },
        open,
      ),
    ),
    x_check: Type.Object(
      { passed: Type.Boolean() },
      { ...open, description: 'the answer was walked once more from the request alone' },
    ),
    x_search: Type.Object({ seed: Type.Integer(), iterations: Type.Integer(), limit_ms: Type.Number() }, open),
    x_travel: Type.Optional(
      Type.Object(
        {
          source: Type.String(),
          estimated: Type.Boolean(),
          instead_of: Type.Optional(Type.String({ description: 'the roads that were to answer' })),
          why: Type.Optional(Type.String({ description: 'why they did not' })),
        },
        { ...open, description: 'the roads that were asked' },
      ),
    ),
    x_reasons: Type.Optional(
      Type.Array(Type.Object({ type: Type.String(), id: Id, code: Type.String(), message: Type.String() }), {
        description: 'why a task is in no route',
      }),
    ),
    x_notes: Type.Optional(Type.Array(Spoken, { description: 'what of the request was not used' })),
  },
  open,
)

export const VroomFailureSchema = Type.Object(
  {
    code: Code('1 a fault of the service or no room, 2 of the request, 3 of its places on the roads'),
    error: Type.String({ description: 'one English sentence about the first fault' }),
    x_faults: Type.Optional(Type.Array(Spoken, { description: 'all faults, in the language of Accept-Language' })),
  },
  open,
)
