/**
 * Where a milk run might be worth its money: a list of complexes with what is known of each. What is not known is left out, never set to
 * nought. Figures carry their own range, source and certainty.
 */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'
import { AppraisalSchema } from '../appraisal/schema.ts'
import { RegisterSchema } from '../supply/schema.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Words = Type.Object({ ko: Type.String(), en: Type.String() }, strict)
const Note = Type.Optional(SourceSchema)
const Lng = Type.Number({ minimum: 124, maximum: 132, description: 'WGS 84, degrees' })
const Lat = Type.Number({ minimum: 33, maximum: 39.5, description: 'WGS 84, degrees' })

export const PROCESSES = [
  'casting',
  'mold',
  'forming',
  'welding',
  'surface',
  'heatTreatment',
  'machining',
  'additive',
  'dyeing',
] as const

/** Of a baseline that can be saved, or lost. */
export const SHARES = [-10, 1] as const

/** A figure with the range that it may lie in; a point where no range is given. */
const factOf = (bounds: { readonly minimum?: number; readonly maximum?: number }, description: string) =>
  Type.Object(
    {
      value: Type.Number({ ...bounds, description }),
      low: Type.Optional(Type.Number({ ...bounds, description: 'default: value' })),
      high: Type.Optional(Type.Number({ ...bounds, description: 'default: value' })),
      note: Note,
    },
    strict,
  )
const amount = (description: string) => Type.Optional(factOf({ minimum: 0, maximum: 1e13 }, description))
const share = (description: string) => Type.Optional(factOf({ minimum: 0, maximum: 1 }, description))
const state = (description: string) =>
  Type.Optional(Type.Object({ value: Type.Enum(['no', 'planned', 'yes'], { description }), note: Note }, strict))

export const ListedFirmSchema = Type.Object(
  {
    id: Id,
    name: Type.Optional(Type.String({ maxLength: 120 })),
    process: Type.Optional(Type.Enum(PROCESSES)),
    lng: Type.Optional(Lng),
    lat: Type.Optional(Lat),
    withinM: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100_000, description: 'how far off the point may be; default 0' }),
    ),
    employees: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
    tonnesPerYear: Type.Optional(Type.Number({ minimum: 0, maximum: 1e7, description: 'that it receives and ships' })),
  },
  strict,
)

const ListedOrderSchema = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO 8601' }),
    supplier: Id,
    firm: Id,
    kg: Type.Number({ exclusiveMinimum: 0, maximum: 1e6 }),
    item: Type.Optional(Id),
  },
  strict,
)

/** A known one (its `id`) with what is to be otherwise, or one of one’s own, which needs a name. */
export const ComplexEntrySchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 80, description: 'of a known complex, or any other with a name' }),
    name: Type.Optional(Words),
    region: Type.Optional(Words),
    processes: Type.Optional(Type.Array(Type.Enum(PROCESSES), { maxItems: PROCESSES.length })),
    year: Type.Optional(Type.Integer({ minimum: 1960, maximum: 2100, description: 'of its designation' })),
    note: Type.Optional(
      Type.Object(SourceSchema.properties, { ...strict, description: 'of its name, its town and the year' }),
    ),
    processesNote: Note,
    place: Type.Optional(
      Type.Object(
        {
          lng: Lng,
          lat: Lat,
          withinM: Type.Optional(
            Type.Number({ minimum: 0, maximum: 100_000, description: 'how far off the point may be; default 0' }),
          ),
          note: Note,
        },
        strict,
      ),
    ),
    firms: amount('root firms that are there'),
    areaM2: amount('of the complex, square metres'),
    batch: Type.Optional(
      Type.Object(
        {
          firms: Type.Number({
            minimum: 0,
            description: 'of all complexes of the batch together; of this one: not known',
          }),
          complexes: Type.Integer({ minimum: 1 }),
          note: Note,
        },
        { ...strict, description: 'a total that complexes designated together share' },
      ),
    ),
    infrastructure: Type.Optional(
      Type.Object(
        {
          joint: state('joint logistics: a centre or a service that several firms use'),
          operator: state('an association with staff that could run it'),
          hubM2: amount('of a joint logistics centre, square metres'),
          docks: amount('places where trucks are loaded'),
          craneT: amount('heaviest lift of a shared crane, tonnes'),
          forklifts: amount('shared'),
          digital: share('of the firms whose orders are in a spreadsheet or a program'),
        },
        strict,
      ),
    ),
    register: Type.Optional(RegisterSchema),
    saving: Type.Optional(
      Type.Object(
        {
          share: Type.Optional(
            factOf({ minimum: SHARES[0], maximum: SHARES[1] }, 'of baseline B1 that a milk run saves'),
          ),
          yearKrw: Type.Optional(factOf({ minimum: -1e13, maximum: 1e13 }, 'won a year against B1')),
          tonnesPerYear: amount('that the saving was worked out for'),
        },
        { ...strict, description: 'as a pickup study of this complex says; see `savingOf`' },
      ),
    ),
    appraisal: Type.Optional(AppraisalSchema),
    firmList: Type.Optional(Type.Array(ListedFirmSchema, { maxItems: 5000 })),
    firmListNote: Note,
    suppliers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Id,
            name: Type.Optional(Type.String({ maxLength: 120 })),
            town: Type.Optional(
              Type.String({ maxLength: 80, description: 'goods of one town ride together; default: id' }),
            ),
            lng: Type.Optional(Lng),
            lat: Type.Optional(Lat),
          },
          strict,
        ),
        { maxItems: 5000, description: 'that orders name' },
      ),
    ),
    orders: Type.Optional(
      Type.Array(ListedOrderSchema, { maxItems: 50_000, description: 'as they came, some days of them' }),
    ),
    ordersNote: Note,
    truckKg: Type.Optional(
      Type.Number({
        minimum: 100,
        maximum: 40_000,
        description: 'payload of the truck that lots are held against; default 5,000',
      }),
    ),
  },
  strict,
)

/** What is held against each other, in the order of the four criteria of the programme. */
export const INDICATOR_IDS = [
  'supplierHhi',
  'countryHhi',
  'singleSource',
  'importShare',
  'stockDays',
  'cover',
  'alternatives',
  'worstSupplier',
  'savingShare',
  'krwPerTonne',
  'npvKrw',
  'bc',
  'paybackYears',
  'joint',
  'operator',
  'hubM2',
  'docks',
  'craneT',
  'forklifts',
  'digital',
  'firms',
  'firmsPerKm2',
  'spreadKm',
  'interchangeKm',
  'portKm',
  'neighbourKm',
  'neighbours',
  'partnerKm',
  'pooling',
  'lotShare',
] as const
export type IndicatorId = (typeof INDICATOR_IDS)[number]

const Weight = Type.Number({ minimum: 0, maximum: 1000 })

export const ComplexesStudySchema = Type.Object(
  {
    kind: Type.Literal('complexes'),
    name: Words,
    complexes: Type.Array(ComplexEntrySchema, { minItems: 1, maxItems: 200 }),
    weights: Type.Object(
      { stability: Weight, economy: Weight, infrastructure: Weight, geography: Weight, note: Note },
      { ...strict, description: 'of the criteria, in proportion' },
    ),
    indicators: Type.Optional(
      Type.Array(Type.Enum(INDICATOR_IDS), {
        minItems: 1,
        maxItems: INDICATOR_IDS.length,
        description: 'that count; default: all. Those that do not are shown all the same',
      }),
    ),
    compare: Type.Optional(
      Type.Array(Id, { minItems: 2, maxItems: 6, description: 'of the list, to be held against each other alone' }),
    ),
    draws: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 20_000,
        description: 'of weights and values, for the chances; default 2,000',
      }),
    ),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9, description: 'default 1' })),
  },
  strict,
)

export type Words = Static<typeof Words>
export type Process = (typeof PROCESSES)[number]
export type Fact = Static<ReturnType<typeof factOf>>
export type ListedFirm = Static<typeof ListedFirmSchema>
export type ListedOrder = Static<typeof ListedOrderSchema>
export type ComplexEntry = Static<typeof ComplexEntrySchema>
export type ComplexesStudy = Static<typeof ComplexesStudySchema>
