/**
 * Import consolidation: many firms, few foreign suppliers. Today each firm orders its own lot by air or sea; jointly, the lots of all
 * suppliers meet at one foreign port, come together in containers, and lie in a joint stock near the complex that serves on call.
 * Money in won, weights in kg, a year has 365 days.
 */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Words = Type.Object({ ko: Type.String(), en: Type.String() }, strict)
const Krw = Type.Number({ minimum: 0, maximum: 1e12 })
const Days = Type.Number({ minimum: 0, maximum: 730 })
const Note = Type.Optional(SourceSchema)

const LooseSchema = Type.Object(
  {
    kind: Type.Literal('loose'),
    id: Id,
    fixedKrw: Type.Number({ ...Krw, description: 'won for each shipment that has loose goods' }),
    perKgKrw: Type.Number({ ...Krw, description: 'won per chargeable kg' }),
    kgPerM3: Type.Number({
      minimum: 1,
      maximum: 5000,
      description: 'a cubic metre is charged as so many kg at least: 1,000 by sea, 167 by air',
    }),
    inlandFixedKrw: Type.Number({ ...Krw, description: 'from the port or airport of arrival to the stock, each time' }),
    inlandPerKgKrw: Krw,
    note: Note,
  },
  { ...strict, description: 'goods shared with others: LCL, air freight' },
)
const ContainerSchema = Type.Object(
  {
    kind: Type.Literal('container'),
    id: Id,
    krw: Type.Number({ ...Krw, description: 'won for one, port to port with its charges' }),
    capacityKg: Type.Number({ minimum: 1, maximum: 100_000 }),
    capacityM3: Type.Number({ minimum: 0.1, maximum: 200 }),
    inlandKrw: Type.Number({ ...Krw, description: 'won for one from the port to the stock (안전운임)' }),
    note: Note,
  },
  { ...strict, description: 'a container of one’s own: FCL' },
)

/** A way of travel: what comes in it takes as long, however it is packed. */
export const WaySchema = Type.Object(
  {
    id: Id,
    name: Words,
    leadDays: Type.Number({ ...Days, description: 'from the order to the stock' }),
    leadSdDays: Type.Number({ ...Days, description: 'its spread: standard deviation' }),
    km: Type.Number({ minimum: 0 }),
    co2GPerTkm: Type.Number({ minimum: 0 }),
    packings: Type.Array(Type.Union([LooseSchema, ContainerSchema]), { minItems: 1, maxItems: 6 }),
    note: Note,
  },
  strict,
)

export const ImportStudySchema = Type.Object(
  {
    kind: Type.Literal('imports'),
    name: Words,
    firms: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: 'that use the goods, each with a stock of its own today',
    }),
    suppliers: Type.Array(
      Type.Object(
        {
          id: Id,
          name: Words,
          kgPerYear: Type.Number({ minimum: 1, maximum: 1e9, description: 'that all firms use together' }),
          m3PerTonne: Type.Number({ minimum: 0.05, maximum: 50 }),
          valueKrwPerKg: Krw,
          dailyCv: Type.Number({
            minimum: 0,
            maximum: 20,
            description: 'standard deviation of what all firms use in a day ÷ its mean',
          }),
          collectFixedKrw: Type.Number({ ...Krw, description: 'from the supplier to the port, each time' }),
          collectPerKgKrw: Krw,
          note: Note,
        },
        strict,
      ),
      { minItems: 1, maxItems: 8 },
    ),
    correlation: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'of the use of two firms: 0 each for itself, 1 all at once; the less, the more a joint stock saves',
    }),
    ways: Type.Array(WaySchema, { minItems: 1, maxItems: 4 }),
    today: Type.Array(
      Type.Object(
        {
          supplier: Id,
          way: Id,
          lotsPerYear: Type.Number({ minimum: 0.01, maximum: 100_000 }),
          lotKg: Type.Number({ minimum: 0.1, maximum: 1e7 }),
          firmsPerLot: Type.Optional(
            Type.Number({
              minimum: 1,
              maximum: 10_000,
              description: 'firms whose orders an agent gathers in a lot: the more, the less lies with each; default 1',
            }),
          ),
          note: Note,
        },
        strict,
      ),
      { minItems: 1, maxItems: 50, description: 'lots as they come now' },
    ),
    order: Type.Object(
      {
        jointKrw: Type.Number({ ...Krw, description: 'won for each joint order: paper, customs, people' }),
        supplierKrw: Type.Number({ ...Krw, description: 'more for each supplier in it' }),
        ownKrw: Type.Number({ ...Krw, description: 'won for an order of one firm today' }),
        note: Note,
      },
      strict,
    ),
    stock: Type.Object(
      {
        carryingRate: Type.Number({
          minimum: 0,
          maximum: 1,
          description: 'a year, of the value: capital, insurance, loss',
        }),
        serviceZ: Type.Number({
          minimum: 0,
          maximum: 5,
          description: 'safety factor: 1.65 for 95 % of cycles without a gap',
        }),
        storageKrwPerM3Day: Type.Number({ ...Krw, description: 'of the joint stock' }),
        ownStorageKrwPerM3Day: Type.Number({ ...Krw, description: 'of a stock of a firm’s own' }),
        handleKrwPerKg: Type.Number({ ...Krw, description: 'in and out of the joint stock, together' }),
        callsPerYear: Type.Number({ minimum: 0, maximum: 1e6, description: 'deliveries on call, all firms together' }),
        callKrw: Type.Number({ ...Krw, description: 'won for one' }),
        note: Note,
      },
      strict,
    ),
    programmeKrwPerYear: Type.Number({ ...Krw, description: 'coordinator, software, insurance' }),
    ordersPerYear: Type.Array(Type.Integer({ minimum: 1, maximum: 365 }), {
      minItems: 1,
      maxItems: 60,
      description: 'joint orders to be compared',
    }),
    multiples: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 6 }), {
        minItems: 1,
        maxItems: 4,
        description: 'a supplier may be in every 1st, 2nd, … joint order; default 1, 2',
      }),
    ),
    uncertain: Type.Optional(
      Type.Array(
        Type.Object(
          {
            path: Type.String({
              minLength: 1,
              maxLength: 200,
              description:
                'of a number of this document: ways/1/leadDays. A supplier’s kgPerYear takes its lots of today with it',
            }),
            low: Type.Number(),
            high: Type.Number(),
            with: Type.Optional(
              Type.String({ maxLength: 80, description: 'those of one name are high together and low together' }),
            ),
            note: Note,
          },
          strict,
        ),
        {
          maxItems: 60,
          description: 'what is not known for sure: drawn between low and high, its value the likeliest',
        },
      ),
    ),
    draws: Type.Optional(
      Type.Object(
        {
          seed: Type.Integer({ minimum: 0, maximum: 1e9 }),
          count: Type.Integer({ minimum: 2, maximum: 2000 }),
        },
        { ...strict, description: 'default: seed 1, 200 draws' },
      ),
    ),
    reported: Type.Optional(
      Type.Array(Type.Object({ name: Words, value: Words, rebuilt: Words, note: SourceSchema }, strict), {
        description:
          'figures of others, shown as reported beside what can be rebuilt of them; nothing is fitted to them',
      }),
    ),
  },
  strict,
)

export type Loose = Static<typeof LooseSchema>
export type Container = Static<typeof ContainerSchema>
export type Way = Static<typeof WaySchema>
export type ImportStudy = Static<typeof ImportStudySchema>
export type Supplier = ImportStudy['suppliers'][number]
