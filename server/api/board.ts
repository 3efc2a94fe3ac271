/** The live board: planned against recorded against expected, round by round. Instants are seconds since `startsAt`. */
import { type Static, Type } from 'typebox'
import { strict } from './common.ts'
import { DISPATCH_STATES } from './dispatch.ts'
import { MessageSchema } from './messages.ts'

const Seconds = Type.Integer({ description: 'since startsAt' })
const Moment = Type.String({ format: 'date-time' })
const times = { arriveS: Seconds, startS: Seconds, leaveS: Seconds }

export const BOARD_STATES = ['waiting', 'notLeft', 'driving', 'there', 'resting', 'finished'] as const
/** What needs somebody first; the board is sorted by it. */
export const BOARD_NEEDS = ['problem', 'late', 'quiet', 'message', 'tight', 'going', 'waiting', 'finished'] as const

const BoardStopSchema = Type.Object(
  {
    site: Type.String(),
    name: Type.String(),
    phone: Type.Optional(Type.String()),
    pickups: Type.Integer(),
    deliveries: Type.Integer(),
    state: Type.Enum(['left', 'there', 'ahead', 'passed'], {
      description: 'passed: nothing was recorded here, but at a later stop',
    }),
    planned: Type.Object(times, strict),
    ...times,
    arrivedS: Type.Optional(
      Type.Integer({ description: 'as recorded; arriveS is the same then, and expected otherwise' }),
    ),
    leftS: Type.Optional(Seconds),
    latestS: Type.Optional(Type.Integer({ description: 'last second at which the work may begin' })),
    lateS: Type.Integer({ description: 'seconds after that' }),
    wishedLateS: Type.Integer({ description: 'seconds after it was wished' }),
    slackS: Type.Optional(Type.Integer({ description: 'seconds until it is late' })),
    foreseenS: Type.Optional(
      Type.Integer({ description: 'since when the lateness was to be seen; 0: the plan has it' }),
    ),
  },
  strict,
)
const BoardProblemSchema = Type.Object(
  {
    id: Type.String(),
    stop: Type.Optional(Type.Integer()),
    kind: Type.Optional(Type.String()),
    note: Type.Optional(Type.String()),
    at: Moment,
    by: Type.String(),
    open: Type.Boolean({ description: 'nothing was recorded of the round since' }),
    photos: Type.Array(Type.String({ description: 'ids of GET /plans/:plan/proofs/:proof' })),
  },
  strict,
)
const BoardRoundSchema = Type.Object(
  {
    route: Type.String(),
    number: Type.Optional(Type.Integer({ description: 'absent: a hired truck for one shipment' })),
    shipment: Type.Optional(Type.String({ description: 'of a hired truck for one' })),
    vehicle: Type.String(),
    truck: Type.Optional(Type.String({ description: 'truck class' })),
    carrier: Type.Optional(Type.String({ description: 'name' })),
    dispatch: Type.Enum(DISPATCH_STATES),
    plate: Type.Optional(Type.String()),
    driver: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    need: Type.Enum(BOARD_NEEDS),
    state: Type.Enum(BOARD_STATES),
    planned: Type.Object({ departS: Seconds, returnS: Seconds }, strict),
    departS: Seconds,
    departedS: Type.Optional(Seconds),
    returnS: Seconds,
    behindS: Type.Integer({ description: 'seconds that what is next is expected after the plan; less than 0: before' }),
    lateS: Type.Integer({ description: 'of the stops that are not done, the worst' }),
    lateStops: Type.Integer({ description: 'stops not done that will be late' }),
    roomS: Type.Optional(Type.Integer({ description: 'delay it can take before a stop is late' })),
    next: Type.Optional(Type.Integer({ description: 'stop that it stands at or heads for' })),
    heardS: Type.Optional(Type.Integer({ description: 'last time of which anything is recorded' })),
    quietS: Type.Optional(Type.Integer({ description: 'seconds since a word was to be expected' })),
    stops: Type.Array(BoardStopSchema),
    rests: Type.Array(Type.Object({ beforeStop: Type.Integer(), startS: Seconds, endS: Seconds }, strict)),
    restDoubt: Type.Array(Type.Integer(), { description: 'stops on the way to which a rest had no room' }),
    place: Type.Optional(
      Type.Object(
        { lng: Type.Number(), lat: Type.Number() },
        { ...strict, description: 'where it should be by these times: an estimate, nobody has measured it' },
      ),
    ),
    problems: Type.Array(BoardProblemSchema),
    link: Type.Optional(
      Type.Object(
        { openedAt: Type.Optional(Moment), seenAt: Type.Optional(Moment) },
        { ...strict, description: 'of the driver: absent where none was given' },
      ),
    ),
    unread: Type.Integer({ description: 'messages of the driver that nobody has read' }),
  },
  strict,
)
/** GET /plans/:plan/board; GET /my/board has the own rounds only */
export const BoardSchema = Type.Object(
  {
    plan: Type.String(),
    state: Type.Enum(['draft', 'confirmed', 'withdrawn']),
    startsAt: Moment,
    timeZone: Type.String(),
    nowS: Type.Integer({ description: 'moment of this board; what is recorded is counted up to it' }),
    over: Type.Boolean({ description: 'the day is over: nothing is expected any more' }),
    estimated: Type.Boolean({ description: 'the travel times are estimates' }),
    rounds: Type.Array(BoardRoundSchema, { description: 'what needs somebody first comes first' }),
    messages: Type.Array(MessageSchema),
  },
  strict,
)
export const BoardsSchema = Type.Object({ items: Type.Array(BoardSchema) }, strict)

export type BoardStop = Static<typeof BoardStopSchema>
export type BoardProblem = Static<typeof BoardProblemSchema>
export type BoardRound = Static<typeof BoardRoundSchema>
export type Board = Static<typeof BoardSchema>
export type Boards = Static<typeof BoardsSchema>
