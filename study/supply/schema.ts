/** What the firms of a complex live on: items, who supplies them, how much lies in stock, and who else could supply. */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Days = Type.Number({ minimum: 0, maximum: 1000 })
const Amount = Type.Number({ minimum: 0, maximum: 1e12 })
const Note = Type.Optional(SourceSchema)

/** How far a source is from delivering. */
export const STAGES = ['found', 'visited', 'sampled', 'tested', 'adopted'] as const

const SupplierSchema = Type.Object(
  {
    id: Id,
    name: Name,
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166: KR, SE, DE' }),
    port: Type.Optional(Type.String({ maxLength: 80, description: 'through which its goods come' })),
    place: Type.Optional(
      Type.Object(
        {
          lng: Type.Number({ minimum: -180, maximum: 180 }),
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          note: Note,
        },
        {
          ...strict,
          description: 'where goods are fetched; default: the site of the complex that has the id of the supplier',
        },
      ),
    ),
    note: Note,
  },
  strict,
)

const ItemSchema = Type.Object(
  {
    id: Id,
    name: Name,
    unit: Type.String({ maxLength: 20, description: 'kg, pieces' }),
    unitKrw: Type.Optional(Type.Number({ ...Amount, description: 'value of a unit, won' })),
    kgPerUnit: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 100_000,
        description: 'default: 1 where the unit is kg, else not known, and no fetching can be planned',
      }),
    ),
    targetDays: Type.Optional(Type.Number({ ...Days, description: 'of use that should lie in stock' })),
    sources: Type.Array(
      Type.Object(
        {
          supplier: Id,
          share: Type.Number({ ...Share, description: 'of what is bought; the shares of an item add up to 1' }),
          leadDays: Type.Optional(Days),
          leadSdDays: Type.Optional(Days),
        },
        strict,
      ),
      { minItems: 1 },
    ),
    alternatives: Type.Optional(
      Type.Array(
        Type.Object(
          {
            supplier: Id,
            stage: Type.Enum(STAGES),
            leadDays: Type.Number({ ...Days, description: 'from the order to the firm, once it delivers' }),
            perDay: Type.Optional(
              Type.Number({ ...Amount, description: 'units a day at most; default: whatever is asked' }),
            ),
            extraKrw: Type.Optional(
              Type.Number({
                ...Amount,
                description: 'won a unit more than today, transport included: an estimate, where no routes are planned',
              }),
            ),
            goodsKrw: Type.Optional(
              Type.Number({
                ...Amount,
                description: 'won a unit more than today for the goods alone: transport comes from the routes planned',
              }),
            ),
            fetchDays: Type.Optional(
              Type.Number({
                minimum: 1,
                maximum: 90,
                description: 'days of use that are fetched at a time; default 7',
              }),
            ),
            note: Note,
          },
          strict,
        ),
      ),
    ),
    uses: Type.Array(
      Type.Object(
        {
          firm: Id,
          perDay: Type.Number({ ...Amount, description: 'units' }),
          stock: Type.Optional(Type.Number({ ...Amount, description: 'units that lie there; absent: not known' })),
        },
        strict,
      ),
      { minItems: 1 },
    ),
    note: Note,
  },
  strict,
)

export const RegisterSchema = Type.Object(
  {
    home: Type.String({ pattern: '^[A-Z]{2}$', description: 'what comes from elsewhere is imported' }),
    firms: Type.Array(Type.Object({ id: Id, name: Name }, strict), { minItems: 1 }),
    suppliers: Type.Array(SupplierSchema, { minItems: 1 }),
    items: Type.Array(ItemSchema, { minItems: 1 }),
    stageDays: Type.Object(
      { found: Days, visited: Days, sampled: Days, tested: Days, adopted: Days, note: Note },
      { ...strict, description: 'days from each stage until the first order can be placed' },
    ),
    carryingRate: Type.Number({ minimum: 0, maximum: 1, description: 'a year, of the value of stock' }),
  },
  strict,
)

/** What stops, and for how long. */
export const OutageSchema = Type.Object(
  {
    of: Type.Enum(['supplier', 'port', 'country']),
    id: Type.String({ minLength: 1, maxLength: 80 }),
    weeks: Type.Number({ minimum: 0.1, maximum: 104 }),
    jointDays: Type.Optional(
      Type.Number({ ...Days, description: 'days of use of each item hit that a joint stock would hold; default 0' }),
    ),
  },
  strict,
)

/** Days of a complex into which fetching from an alternative is planned. */
export const SupplyRoutesSchema = Type.Object(
  {
    complex: Type.String({
      minLength: 1,
      maxLength: 80,
      description: 'whose trucks, tariffs and orders; its firms are those of the register that have their ids',
    }),
    seed: Type.Integer({ minimum: 0, maximum: 1e9 }),
    days: Type.Integer({ minimum: 1, maximum: 20, description: 'working days drawn' }),
    iterations: Type.Integer({ minimum: 100, maximum: 1_000_000, description: 'of each search' }),
    note: Note,
  },
  strict,
)

/** A second supplier in ordinary times. */
export const DiversifySchema = Type.Object(
  {
    share: Type.Number({
      exclusiveMinimum: 0,
      maximum: 0.9,
      description: 'of each item that an alternative would supply all year',
    }),
    acceptShare: Type.Number({
      ...Share,
      description: 'what firms would pay for it, as a share of what they spend on the item',
    }),
    note: Note,
  },
  strict,
)

export type SupplyRoutes = Static<typeof SupplyRoutesSchema>
export type Diversify = Static<typeof DiversifySchema>
export type Alternative = NonNullable<Item['alternatives']>[number]
export type Register = Static<typeof RegisterSchema>
export type Item = Static<typeof ItemSchema>
export type Outage = Static<typeof OutageSchema>
