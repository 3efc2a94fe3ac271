/** Who drives which round of a plan: the carrier, the truck by its plate, the driver and how to reach them. */
import { type Static, Type } from 'typebox'
import { CostLineSchema, IssueSchema } from '../../solver/index.ts'
import { strict } from './common.ts'

const Name = Type.String({ minLength: 1, maxLength: 80 })
export const PlateSchema = Type.String({ minLength: 1, maxLength: 20, description: 'as on the truck: 광주80바1234' })
export const PHONE_PATTERN = '^\\+?[0-9][0-9 -]{6,19}$'
export const PhoneSchema = Type.String({ pattern: PHONE_PATTERN, description: 'as one dials it' })

/** open: nobody has been asked. offered: the carrier has the sheet and has not answered. */
export const DISPATCH_STATES = ['open', 'offered', 'accepted', 'declined'] as const

/** Another truck that the carrier would rather send. */
export const ProposalSchema = Type.Object(
  {
    vehicle: Type.String({ maxLength: 80, description: 'id of a vehicle of the problem' }),
    plate: Type.Optional(PlateSchema),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
)

export const DispatchContentSchema = Type.Object(
  {
    carrier: Type.Optional(Type.String({ maxLength: 80, description: 'id of a carrier of the complex' })),
    plate: Type.Optional(PlateSchema),
    driver: Type.Optional(Name),
    phone: Type.Optional(PhoneSchema),
    state: Type.Enum(DISPATCH_STATES),
    note: Type.Optional(Type.String({ maxLength: 500, description: 'what to mind, or why it is declined' })),
    proposal: Type.Optional(ProposalSchema),
  },
  strict,
)
export const DispatchSchema = Type.Object(
  {
    route: Type.String({ description: 'id of a round of the plan' }),
    ...DispatchContentSchema.properties,
    version: Type.Integer({ description: '0: nobody has said anything yet' }),
  },
  strict,
)

/** A carrier as the complex knows it. */
export const CarrierSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 80 }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    businessNumber: Type.Optional(Type.String({ description: 'NNN-NN-NNNNN' })),
    contact: Type.Optional(Type.String({ maxLength: 80 })),
    phone: Type.Optional(PhoneSchema),
    vehicles: Type.Array(Type.String(), {
      description: 'ids of the fleet that it provides; a round goes to the first carrier that names its vehicle',
    }),
    trucks: Type.Optional(
      Type.Array(
        Type.Object(
          {
            plate: PlateSchema,
            vehicle: Type.String({ description: 'id of the fleet that it can stand for' }),
            driver: Type.Optional(Name),
            phone: Type.Optional(PhoneSchema),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
)
/** GET /plans/:plan/dispatch: of every round of the plan, in its order */
export const DispatchesSchema = Type.Object(
  {
    items: Type.Array(DispatchSchema),
    carriers: Type.Array(CarrierSchema, { description: 'of the complex' }),
    faults: Type.Array(IssueSchema, { description: 'such as one truck on two rounds at a time; path: items/3/plate' }),
  },
  strict,
)
const version = Type.Integer({ minimum: 0, description: 'of the one that is changed' })
/** As people write it: what is wrong with it is told with everything else that is. */
const phone = Type.Optional(Type.String({ maxLength: 60, description: 'as one dials it' }))
/** PUT /plans/:plan/dispatch/:route: all that holds from now on; what is left out is gone */
export const PutDispatchSchema = Type.Object({ ...DispatchContentSchema.properties, phone, version }, strict)
/** PUT /my/sheets/:plan/:route: what its carrier says of a round */
export const AnswerSchema = Type.Object(
  {
    state: Type.Enum(['offered', 'accepted', 'declined'], { description: 'offered: it has not made up its mind' }),
    plate: Type.Optional(PlateSchema),
    driver: Type.Optional(Name),
    phone,
    note: Type.Optional(Type.String({ maxLength: 500, description: 'why it declines' })),
    proposal: Type.Optional(ProposalSchema),
    version,
  },
  strict,
)
/** GET /my/carrier */
export const MyCarrierSchema = Type.Object(
  {
    carrier: CarrierSchema,
    vehicles: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict), {
      description: 'of the fleet that it has',
    }),
  },
  strict,
)
export const JudgeTruckSchema = Type.Object(
  { vehicle: Type.String({ minLength: 1, maxLength: 80, description: 'id of a vehicle of the fleet' }) },
  strict,
)
/** What another truck would mean for a round; POST /my/sheets/:plan/:route/judge */
export const JudgedTruckSchema = Type.Object(
  {
    vehicle: Type.String(),
    fits: Type.Boolean({ description: 'goods and times' }),
    broken: Type.Array(Type.Object({ what: Type.String(), how: Type.String() }, strict), {
      description: 'rules in the way and what would come of it, in the language of the caller',
    }),
    fareBeforeKrw: Type.Integer({ description: 'of the round as it is planned' }),
    fareKrw: Type.Optional(Type.Integer({ description: 'of the round with that truck; absent: it cannot be priced' })),
    departS: Type.Optional(Type.Integer()),
    returnS: Type.Optional(Type.Integer()),
    shiftS: Type.Optional(Type.Integer({ description: 'the largest change of a service time; above 0: later' })),
  },
  strict,
)
/** GET /plans/:plan/dispatch/:route/proposal: what taking it would mean for the plan */
export const JudgedProposalSchema = Type.Object(
  {
    ...JudgedTruckSchema.properties,
    deltaKrw: Type.Integer({ description: 'cost of the plan after it, less before' }),
    deltaM: Type.Integer(),
    deltaS: Type.Integer({ description: 'seconds from departure to return, of all trucks' }),
    lines: Type.Array(CostLineSchema, { description: 'differences by kind of cost; they add up to deltaKrw' }),
  },
  strict,
)
/** POST /plans/:plan/dispatch/:route/take */
export const TakeSchema = Type.Object({ version }, strict)
export const TakenSchema = Type.Object(
  {
    plan: Type.String({ description: 'confirmed in place of the one before, which stays as a record' }),
    version: Type.Integer(),
    route: Type.String({ description: 'the round in it' }),
    deltaKrw: Type.Integer(),
  },
  strict,
)

export type Carrier = Static<typeof CarrierSchema>
export type Dispatches = Static<typeof DispatchesSchema>
export type PutDispatch = Static<typeof PutDispatchSchema>
export type MyCarrier = Static<typeof MyCarrierSchema>
export type Answer = Static<typeof AnswerSchema>
export type JudgedTruck = Static<typeof JudgedTruckSchema>
export type JudgedProposal = Static<typeof JudgedProposalSchema>
export type Taken = Static<typeof TakenSchema>
export type DispatchContent = Static<typeof DispatchContentSchema>
export type Dispatch = Static<typeof DispatchSchema>
