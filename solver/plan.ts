/**
 * The nouns of the output, as schemas with units: what a plan file holds and what `check` walks.
 * Instants are whole seconds since `problem.startsAt`, money is whole won.
 */
import { type Static, Type } from 'typebox'
import { LedgerEntrySchema } from './edits/edit.ts'
import { FootprintSchema, FootprintSumSchema } from './footprint/schema.ts'
import { LockRecordSchema, LockSchema } from './locks/lock.ts'
import { CountedDiscountsSchema, FallbackSchema, HoursSchema, ProblemSchema, TravelSchema } from './problem.ts'
import { SourceLineSchema } from './source.ts'
import { SplitSchema } from './split/schema.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String()
const Whole = Type.Integer()

/** One line of the ledger. The lines of a route, a direct shipment, a plan or a baseline add up to its cost exactly. */
export const COST_KINDS = [
  'fixed', // day price of a contract truck, base fare of a hired one
  'distance', // won per km, rounded to whole won per leg
  'time', // won per paid hour
  'overtime',
  'stopFee', // 경유비, stops beyond those included
  'handling', // loading or unloading by hand
  'hold', // days that goods wait for their truck
  'minimumTopUp', // what lifts a short trip to the minimum fare
  'toll', // only where the fare does not include it
  'terminal', // terminal freight
  'earliness', // service that starts before a soft window, to the second
  'lateness', // and after one
] as const
export const CostLineSchema = Type.Object({ kind: Type.Enum(COST_KINDS), krw: Whole }, strict)

export const VisitSchema = Type.Object(
  {
    shipment: Id,
    kind: Type.Enum(['pickup', 'delivery']),
    startS: Whole,
    endS: Whole,
  },
  strict,
)

/** Consecutive visits of one truck at one site. */
export const StopSchema = Type.Object(
  {
    site: Id,
    arriveS: Whole,
    startS: Whole,
    leaveS: Whole,
    pickups: Type.Array(Id),
    deliveries: Type.Array(Id),
    visits: Type.Array(VisitSchema, { description: 'in the order served, with the times of each' }),
    legM: Type.Integer({ description: 'metres driven to get here from the stop before' }),
    legS: Type.Integer({ description: 'seconds driven to get here, rests not counted' }),
    weightKgAfter: Type.Number(),
    volumeLAfter: Type.Number(),
    palletsAfter: Type.Number(),
  },
  strict,
)

/** A rest that the law asks for, taken on the road to stop `beforeStop` (or to the end: stops.length). */
export const RestSchema = Type.Object({ beforeStop: Whole, startS: Whole, endS: Whole }, strict)

export const RouteSchema = Type.Object(
  {
    id: Type.String(),
    vehicle: Id,
    stops: Type.Array(StopSchema),
    rests: Type.Array(RestSchema),
    departS: Whole,
    returnS: Whole,
    driveS: Whole,
    serviceS: Whole,
    waitS: Whole,
    restS: Whole,
    distanceM: Whole,
    emptyM: Type.Integer({ description: 'metres driven with nothing on board' }),
    lastLegM: Type.Integer({ description: 'metres from the last stop to the end site; 0 where the route ends there' }),
    lastLegS: Whole,
    tollKrw: Type.Integer({
      description: 'toll of the road, paid by the carrier; charged only where the cost lines say so',
    }),
    peakWeightKg: Type.Number(),
    driver: Type.Optional(Type.String({ description: 'of a contract vehicle, where the problem names drivers' })),
    day: Type.Optional(Type.Integer({ description: 'day of the shift that it rides in; 1: the first' })),
    trips: Type.Optional(
      Type.Integer({
        description: 'times the truck leaves loaded after having been empty; 2: it has loaded again once',
      }),
    ),
    costLines: Type.Array(CostLineSchema),
    costKrw: Whole,
  },
  strict,
)

/** Why a shipment is not on a route. `proof` keeps apart what was proved and what was only not found. */
export const ReasonSchema = Type.Object(
  {
    rule: Type.String({
      description:
        "rule that stands in the way ('road': none leads from one site to another), or 'cost', 'modes', 'fleet', 'noPartner', 'parts', 'drivers', 'locked'",
    }),
    proof: Type.Enum(['impossible', 'dearer', 'notFound']),
    vehicle: Type.Optional(Id),
    excess: Type.Optional(Type.Number({ description: "by how much, in the rule's unit" })),
    unit: Type.Optional(Type.String()),
    extraKrw: Type.Optional(Type.Integer({ description: 'won a route would cost more than this way' })),
    needed: Type.Optional(Type.Integer({ description: "for 'parts': maxParts that would do" })),
    from: Type.Optional(Type.String({ description: "for 'road': site from which none leads" })),
    to: Type.Optional(Type.String({ description: "for 'road': site to which none leads" })),
  },
  strict,
)

export const DirectSchema = Type.Object(
  {
    shipment: Id,
    mode: Type.Enum(['hired', 'terminal']),
    tariff: Id,
    route: Type.Optional(RouteSchema),
    distanceM: Type.Integer({ description: 'of the road; 0 where terminal freight goes and no road is known' }),
    costLines: Type.Array(CostLineSchema),
    costKrw: Whole,
    reasons: Type.Array(ReasonSchema),
  },
  strict,
)

export const UnservedSchema = Type.Object({ shipment: Id, reasons: Type.Array(ReasonSchema) }, strict)

export const ViolationSchema = Type.Object(
  {
    rule: Type.String(),
    route: Type.Optional(Type.String()),
    vehicle: Type.Optional(Id),
    stop: Type.Optional(Whole),
    site: Type.Optional(Id),
    shipment: Type.Optional(Id),
    driver: Type.Optional(Id),
    day: Type.Optional(Type.Integer({ description: 'day of the problem; 1: the first' })),
    excess: Type.Number({ description: "by how much, in the rule's unit; always above 0" }),
    unit: Type.String(),
    limit: Type.Optional(Type.Number()),
    found: Type.Optional(Type.Number()),
  },
  strict,
)

/** A part of a shipment that no truck takes whole. Routes, direct and unserved name it by its own id. */
export const PartSchema = Type.Object(
  {
    id: Type.String({ description: 'of the shipment, a slash, and 1, 2, …' }),
    shipment: Id,
    weightKg: Type.Number(),
    volumeL: Type.Number(),
    pallets: Type.Number(),
  },
  strict,
)

export const ProvenanceSchema = Type.Object(
  {
    version: Type.String(),
    seed: Whole,
    iterations: Type.Integer({ description: 'tries after which this plan was found' }),
    threads: Whole,
    travelKey: Type.String(),
    estimated: Type.Boolean({ description: 'travel figures are estimates' }),
    estimatedTolls: Type.Optional(
      Type.Boolean({ description: 'tolls are estimates, whatever the other figures are; default: as they are' }),
    ),
    fallback: Type.Optional(FallbackSchema),
    timeOfDay: Type.Optional(HoursSchema),
    tollDiscounts: Type.Optional(CountedDiscountsSchema),
    locks: Type.Optional(
      Type.Array(LockRecordSchema, { description: 'what people had fixed in the plan before, each kept or refused' }),
    ),
    stability: Type.Optional(
      Type.Object(
        {
          perShipmentKrw: Type.Number({ minimum: 0, description: 'won that each move had to save; in no cost line' }),
          moved: Type.Integer({ description: 'shipments that go by another truck or mode than in the plan before' }),
        },
        strict,
      ),
    ),
  },
  strict,
)

export const PlanSchema = Type.Object(
  {
    routes: Type.Array(RouteSchema),
    direct: Type.Array(DirectSchema),
    unserved: Type.Array(UnservedSchema),
    parts: Type.Optional(
      Type.Array(PartSchema, {
        description: 'of the shipments that were split; they add up to them; absent: none was',
      }),
    ),
    costLines: Type.Array(CostLineSchema),
    costKrw: Whole,
    violations: Type.Array(ViolationSchema, {
      description:
        'wishes that this plan breaks and says so: balance. Anything else broken makes a plan that check refuses',
    }),
    balance: Type.Optional(
      Type.Array(Type.Object({ day: Whole, spread: Type.Number() }, strict), {
        description: 'where problem.balance asks for it: largest less smallest on each day with a route, in its unit',
      }),
    ),
    edits: Type.Optional(
      Type.Array(LedgerEntrySchema, {
        maxItems: 10_000,
        description: 'what people have changed by hand since the search, in order; absent: nothing',
      }),
    ),
    locks: Type.Optional(
      Type.Array(LockSchema, {
        maxItems: 20_000,
        description: 'what people have fixed, for the next search from this plan',
      }),
    ),
    provenance: ProvenanceSchema,
  },
  strict,
)

/** What the bound of a day does not hold plans to, where the problem asks for it: each can only make them cheaper. */
export const RELAXATIONS = [
  'unservedOut', // shipments that the plan leaves unserved are left out of the bound as well
  'rests', // a rest only where one leg alone needs it
  'sequence', // fixed trucks: order of visits, windows and load along the way; time, weight and space of the whole day are kept
  'workTime', // longest day of hired trucks
  'detours', // travel where a way round would be cheaper or shorter than the figure given
  'softWindows',
  'drivers',
  'docks',
  'balance',
  'together',
  'apart',
  'mixing',
  'lastInFirstOut',
  'timeOnBoard',
  'trips',
  'routeLength',
  'overtime',
  'timeOfDay', // every leg at its fastest time of day, and at its least toll
] as const

/**
 * Proof that no plan costs less: `lowerKrw` is the sum of the prices, fleet prices times trucks and what goes alone; no route costs less
 * than the prices of its shipments and its truck, and no direct way less than the price of its shipment. All whole won.
 */
export const CertificateSchema = Type.Object(
  {
    lowerKrw: Whole,
    prices: Type.Array(Type.Object({ shipment: Id, krw: Type.Integer({ minimum: 0 }) }, strict), {
      description: 'of shipments that may share a truck',
    }),
    fleet: Type.Array(
      Type.Object(
        {
          vehicle: Id,
          shift: Type.Integer({ description: "index into the vehicle's shifts" }),
          count: Whole,
          krw: Type.Integer({ maximum: 0, description: 'what one truck more would save, 0 or less' }),
        },
        strict,
      ),
    ),
    alone: Type.Array(Type.Object({ shipment: Id, krw: Whole }, strict), {
      description: 'shipments that never share a truck, at the cheapest way of each',
    }),
    unserved: Type.Array(Id, { description: 'left out of the bound' }),
    proof: Type.Enum(['optimal', 'closed', 'stopped'], {
      description:
        'optimal: the plan costs no more than the bound. closed: no route undercuts the prices, a better bound needs other means. stopped: by its limits, a valid bound all the same',
    }),
    relaxed: Type.Array(Type.Enum(RELAXATIONS)),
    rounds: Whole,
    columns: Whole,
  },
  strict,
)

/** What `plan --out` writes now. 1, which files did not say: without `format` and `split`. 2: without `footprint`. 3: without `edits` and `locks`. */
export const PLAN_FILE_FORMAT = 4
/** A plan with everything needed to check it again, offline: what `plan --out` writes. */
export const PlanFileSchema = Type.Object(
  {
    format: Type.Optional(
      Type.Integer({ minimum: 1, maximum: PLAN_FILE_FORMAT, description: 'of this file; absent: 1' }),
    ),
    ...PlanSchema.properties,
    problem: ProblemSchema,
    travel: TravelSchema,
    certificate: Type.Optional(CertificateSchema),
    split: Type.Optional(Type.Array(SplitSchema, { description: 'who pays what of it, by method' })),
    footprint: Type.Optional(
      Type.Object(
        { ...FootprintSchema.properties, sources: Type.Array(SourceLineSchema) },
        {
          ...strict,
          description: 'fuel and CO2 as worked out when the file was written; follows from the rest, not checked',
        },
      ),
    ),
    hash: Type.String({ description: 'SHA-256 of the rest, hex' }),
  },
  strict,
)

/** How a baseline carries one shipment. */
export const BaselineShipmentSchema = Type.Object(
  { shipment: Id, mode: Type.Enum(['route', 'hired', 'terminal']), tariff: Id, costKrw: Whole },
  strict,
)
export const BaselineSchema = Type.Object(
  {
    id: Type.Enum(['B0', 'B1', 'B2']),
    costKrw: Whole,
    costLines: Type.Array(CostLineSchema),
    savingKrw: Type.Integer({ description: 'baseline less plan' }),
    savingShare: Type.Number({ description: 'saving / baseline, 0 where the baseline costs nothing' }),
    excluded: Type.Array(Id, { description: 'shipments this baseline cannot carry' }),
    shipments: Type.Array(BaselineShipmentSchema),
    footprint: FootprintSumSchema,
  },
  strict,
)
export const WATERFALL_STEPS = ['mode', 'truckSize', 'routing'] as const
export const ComparisonSchema = Type.Object(
  {
    planKrw: Whole,
    planCostLines: Type.Array(CostLineSchema),
    planFootprint: FootprintSumSchema,
    unserved: Type.Array(Id, { description: 'left out of both sides' }),
    baselines: Type.Array(BaselineSchema),
    waterfall: Type.Array(Type.Object({ step: Type.Enum(WATERFALL_STEPS), krw: Whole }, strict), {
      description: 'from B1 to the plan; B1 + the steps = plan, to the won',
    }),
    lowerKrw: Type.Optional(
      Type.Integer({ description: 'of a certificate, where there is one for these shipments: no plan costs less' }),
    ),
    soloKm: Type.Number({ description: 'km the routed shipments would be driven alone' }),
    routeKm: Type.Number({ description: 'km their routes drive' }),
  },
  strict,
)

export type CostKind = (typeof COST_KINDS)[number]
export type CostLine = Static<typeof CostLineSchema>
export type Visit = Static<typeof VisitSchema>
export type Stop = Static<typeof StopSchema>
export type Rest = Static<typeof RestSchema>
export type Route = Static<typeof RouteSchema>
/** The number that people know the route by. A route that an edit empties leaves a gap: the others are called what they were called. */
export const routeNumber = ({ id }: Pick<Route, 'id'>, index: number): number =>
  /^[1-9]\d{0,4}$/.test(id) ? Number(id) : index + 1
export type Reason = Static<typeof ReasonSchema>
export type Direct = Static<typeof DirectSchema>
export type Unserved = Static<typeof UnservedSchema>
export type Part = Static<typeof PartSchema>
export type Violation = Static<typeof ViolationSchema>
export type Provenance = Static<typeof ProvenanceSchema>
export type Plan = Static<typeof PlanSchema>
export type PlanFile = Static<typeof PlanFileSchema>
export type Certificate = Static<typeof CertificateSchema>
export type Relaxation = (typeof RELAXATIONS)[number]
export type Baseline = Static<typeof BaselineSchema>
export type Comparison = Static<typeof ComparisonSchema>

export const sumLines = (lines: readonly CostLine[]): number => lines.reduce((sum, line) => sum + line.krw, 0)

/** Adds ledgers up by kind, in the order of COST_KINDS, empty kinds left out. */
export function mergeLines(ledgers: Iterable<readonly CostLine[]>): CostLine[] {
  const sums = new Map<CostKind, number>()
  for (const lines of ledgers) for (const { kind, krw } of lines) sums.set(kind, (sums.get(kind) ?? 0) + krw)
  return COST_KINDS.filter((kind) => sums.get(kind)).map((kind) => ({ kind, krw: sums.get(kind)! }))
}
