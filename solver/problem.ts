/**
 * The nouns of the input, as schemas with units.
 * Times are whole seconds since `startsAt`; money is whole won; windows are closed intervals that bind the start of service.
 */
import { type Static, Type } from 'typebox'

/** Truck classes by plate, smallest first; the order decides "the largest truck a site takes". */
export const TRUCK_CLASSES = ['1t', '1.4t', '2.5t', '3.5t', '5t', '5t-axle', '8t', '11t', '18t', '25t'] as const
export type TruckClass = (typeof TRUCK_CLASSES)[number]

/** Ways to lift a piece, at a site or from a truck's own gear. */
export const GEARS = ['hand', 'forklift', 'hoist', 'crane'] as const
export type Gear = (typeof GEARS)[number]

/** How a shipment may go. */
export const MODES = ['route', 'hired', 'terminal'] as const
export type Mode = (typeof MODES)[number]

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Krw = Type.Number({ minimum: 0, maximum: 1e12 })
const Instant = Type.Integer({ minimum: 0, maximum: 366 * 86400, description: 'seconds since startsAt' })
const Duration = Type.Integer({ minimum: 0, maximum: 366 * 86400, description: 'seconds' })
const Window = Type.Tuple([Instant, Instant], {
  description: 'closed interval [open, close] that binds the start of service',
})
const GearSchema = Type.Enum(GEARS)
const TruckSchema = Type.Enum(TRUCK_CLASSES)
const GearLimitKg = Type.Optional(Type.Number({ minimum: 0 }))
/** From the very door to the middle of a city. */
export const PRECISIONS = ['building', 'parcel', 'road', 'dong', 'sigungu'] as const
export type Precision = (typeof PRECISIONS)[number]
const LiftKg = Type.Object(
  { hand: GearLimitKg, forklift: GearLimitKg, hoist: GearLimitKg, crane: GearLimitKg },
  { ...strict, description: 'heaviest piece each gear lifts, kg; a gear not named has no limit' },
)

/** Where a figure comes from; shown beside it. */
export const SourceSchema = Type.Object(
  {
    source: Type.String(),
    sourceKo: Type.Optional(Type.String({ description: 'the same in Korean; default: source' })),
    asOf: Type.Optional(Type.String({ description: 'date of the figure, ISO 8601' })),
    certainty: Type.Optional(
      Type.Enum(['A', 'B', 'C', 'G', 'X'], {
        description: 'A two sources or official, B one source, C derived, G general knowledge, X assumed',
      }),
    ),
  },
  strict,
)

export const FirmSchema = Type.Object(
  {
    id: Id,
    name: Type.String(),
    site: Type.Optional(Id),
    businessNumber: Type.Optional(Type.String({ description: 'NNN-NN-NNNNN' })),
  },
  strict,
)

export const SiteSchema = Type.Object(
  {
    id: Id,
    name: Type.String(),
    lng: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    windows: Type.Optional(Type.Array(Window, { description: 'opening hours; default: always open' })),
    stopS: Type.Optional(
      Type.Integer({ ...Duration, description: 'seconds once per stop: gate, paper, docking; default 0' }),
    ),
    handling: Type.Optional(Type.Array(GearSchema, { description: 'gear of the site; default: every gear' })),
    liftKg: Type.Optional(LiftKg),
    maxTruck: Type.Optional(TruckSchema),
    dockCount: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'trucks that may stand at the site at the same time; default: not limited. A truck stands there from the start of its ' +
          "stop's first service to leaving: waiting or resting outside before that is free, waiting between visits of the stop is " +
          'not. Routes and hired trucks alone need a dock, terminal freight does not',
      }),
    ),
    address: Type.Optional(Type.String()),
    contact: Type.Optional(Type.String({ maxLength: 80, description: 'who is to be asked for there' })),
    phone: Type.Optional(Type.String({ maxLength: 30, description: 'as one dials it' })),
    precision: Type.Optional(
      Type.Enum(PRECISIONS, {
        description:
          'how near the door the point is, where an address was looked up; road, dong and sigungu are guesses (추정). ' +
          'Default: as somebody has placed it',
      }),
    ),
  },
  strict,
)
/** The point stands for a road or a town: what is driven there is an estimate on top of the roads. */
export const isGuessed = ({ precision }: { readonly precision?: Precision }): boolean =>
  precision === 'road' || precision === 'dong' || precision === 'sigungu'

export const SoftWindowSchema = Type.Object(
  {
    opensS: Type.Optional(
      Type.Integer({ ...Instant, description: 'service from then on is not early, s; default: never early' }),
    ),
    closesS: Type.Optional(
      Type.Integer({ ...Instant, description: 'service up to then is not late, s; default: never late' }),
    ),
    earlyKrwPerHour: Type.Optional(
      Type.Number({ ...Krw, description: 'won per hour that service starts before opensS; default 0' }),
    ),
    lateKrwPerHour: Type.Optional(
      Type.Number({ ...Krw, description: 'won per hour that service starts after closesS; default 0' }),
    ),
  },
  {
    ...strict,
    description:
      'when service should start, inside the windows that bind. Outside it costs, to the second, rounded to whole won per visit. ' +
      'Terminal freight has no clock: it pays for whole days only, from the nearer end of the day it loads or arrives',
  },
)

/** Whom to ask for one order at one of its places, where that is not the contact of the place. For people only: no plan hangs on it. */
const ContactSchema = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 80 })),
    phone: Type.Optional(Type.String({ maxLength: 80, description: 'as one dials it, or as the order had it' })),
  },
  strict,
)

export const ShipmentSchema = Type.Object(
  {
    id: Id,
    firm: Id,
    from: Id,
    to: Id,
    item: Type.Optional(Type.String()),
    spec: Type.Optional(Type.String({ description: 'size or grade, as the order has it; for people only' })),
    quantity: Type.Optional(Type.Integer({ minimum: 1, description: 'pieces, counted in unit; for people only' })),
    unit: Type.Optional(Type.String({ maxLength: 20, description: 'EA, BOX …' })),
    fromContact: Type.Optional(ContactSchema),
    toContact: Type.Optional(ContactSchema),
    weightKg: Type.Number({ minimum: 0, maximum: 100_000 }),
    volumeL: Type.Optional(Type.Number({ minimum: 0, maximum: 200_000, description: 'litres; default 0' })),
    pallets: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100, description: 'floor places, pallet T11; default 0' }),
    ),
    pieceKg: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100_000, description: 'heaviest piece; default weightKg' }),
    ),
    maxParts: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 99,
        description:
          'where it exceeds every truck that could otherwise carry it, it is split into the fewest parts that fit, whole pieces of pieceKg and whole pallets, at most so many; default 1: never split. Such a shipment is in no group of `together`; a set of `apart` that names it means all its parts; locks and moves name parts by their own ids',
      }),
    ),
    loadS: Type.Optional(Type.Integer({ ...Duration, description: 'seconds to load; default 0' })),
    unloadS: Type.Optional(Type.Integer({ ...Duration, description: 'seconds to unload; default 0' })),
    ready: Type.Optional(Type.Integer({ ...Instant, description: 'loading may start, s since startsAt; default 0' })),
    due: Type.Optional(
      Type.Integer({ ...Instant, description: 'unloading starts by, s since startsAt; default: no limit' }),
    ),
    pickupWindows: Type.Optional(Type.Array(Window)),
    deliveryWindows: Type.Optional(Type.Array(Window)),
    softPickup: Type.Optional(SoftWindowSchema),
    softDelivery: Type.Optional(SoftWindowSchema),
    handling: Type.Optional(Type.Array(GearSchema, { description: 'gear that can lift it; default: every gear' })),
    holdKrwPerDay: Type.Optional(
      Type.Number({
        ...Krw,
        description:
          'won for each day from the one it is ready to the one on which the shift of its truck begins, or terminal freight collects it; default 0',
      }),
    ),
    mustGoAlone: Type.Optional(Type.Boolean({ description: 'nothing else on its truck; default false' })),
    maxOnBoardS: Type.Optional(
      Type.Integer({
        ...Duration,
        description:
          'longest time on board, s: end of its loading to start of its unloading, waits and rests included; such a shipment takes no terminal freight; default: no limit',
      }),
    ),
    cargo: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 80,
        description: 'mixing class, see mixing; default: rides with anything',
      }),
    ),
    modes: Type.Optional(Type.Array(Type.Enum(MODES), { description: 'default: all' })),
    note: Type.Optional(Type.String()),
  },
  strict,
)

export const VehicleSchema = Type.Object(
  {
    id: Id,
    name: Type.Optional(Type.String()),
    truck: TruckSchema,
    kind: Type.Enum(['contract', 'hired']),
    start: Type.Optional(
      Type.Union([Id, Type.Null()], { description: 'site; null: the route begins at its first pickup' }),
    ),
    end: Type.Optional(
      Type.Union([Id, Type.Null()], { description: 'site; null: the route ends at its last delivery' }),
    ),
    shifts: Type.Array(Window, {
      minItems: 1,
      description:
        'a route lies inside one shift; each shift is priced as a day, and belongs to the day it begins on; one entry for each day of the horizon on which the truck drives',
    }),
    count: Type.Integer({
      minimum: 0,
      maximum: 10_000,
      description:
        'trucks that may be given a route; one hired truck for one shipment is always on the market beside them',
    }),
    tariff: Id,
    handling: Type.Optional(Type.Array(GearSchema, { description: "the truck's own gear; default none" })),
    liftKg: Type.Optional(LiftKg),
    capacityKg: Type.Number({ minimum: 0, maximum: 100_000 }),
    bedL: Type.Optional(Type.Number({ minimum: 0, description: 'litres of the bed; default: not limited' })),
    pallets: Type.Optional(Type.Number({ minimum: 0, description: 'pallet places T11; default: not limited' })),
    maxStops: Type.Optional(Type.Integer({ minimum: 1 })),
    maxRouteM: Type.Optional(Type.Integer({ minimum: 1 })),
    lastInFirstOut: Type.Optional(
      Type.Boolean({
        description:
          'what is loaded at a later stop is unloaded first; within a stop goods are unloaded first, then loaded in any order; default false',
      }),
    ),
    maxTrips: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'times a route may leave loaded after having been empty (reloads + 1); default: not limited',
      }),
    ),
  },
  strict,
)

export const DriverSchema = Type.Object(
  {
    id: Id,
    name: Type.Optional(Type.String()),
    vehicles: Type.Array(Id, { description: 'contract vehicles that this driver may drive' }),
    shifts: Type.Optional(
      Type.Array(Window, {
        description: 'working hours; a route lies inside one of them; default: whenever the vehicle drives',
      }),
    ),
  },
  strict,
)

const TariffNote = Type.Optional(SourceSchema)
export const ContractTariffSchema = Type.Object(
  {
    id: Id,
    kind: Type.Literal('contract'),
    perDayKrw: Krw,
    perKmKrw: Krw,
    perHourKrw: Krw,
    overtime: Type.Optional(Type.Object({ afterS: Duration, perHourKrw: Krw }, strict)),
    handLoadKrw: Type.Optional(
      Type.Number({ ...Krw, description: 'won per loading or unloading by hand only; default 0' }),
    ),
    tollIncluded: Type.Boolean(),
    note: TariffNote,
  },
  strict,
)
export const HiredTariffSchema = Type.Object(
  {
    id: Id,
    kind: Type.Literal('hired'),
    baseKrw: Krw,
    perKmKrw: Krw,
    minimumKrw: Type.Number({ ...Krw, description: 'least fare for base, distance and charged toll together' }),
    stopFeeKrw: Krw,
    includedStops: Type.Integer({ minimum: 0 }),
    handLoadKrw: Type.Optional(
      Type.Number({ ...Krw, description: 'won per loading or unloading by hand only; default 0' }),
    ),
    tollIncluded: Type.Boolean(),
    note: TariffNote,
  },
  strict,
)
export const TerminalTariffSchema = Type.Object(
  {
    id: Id,
    kind: Type.Literal('terminal'),
    baseKrw: Krw,
    perKgKrw: Krw,
    zones: Type.Array(
      Type.Object({ uptoM: Type.Optional(Type.Integer({ minimum: 1 })), factor: Type.Number({ minimum: 0 }) }, strict),
      {
        minItems: 1,
        description: 'first zone whose uptoM is more than the road distance; the last one may be open',
      },
    ),
    maxPieceKg: Type.Number({ minimum: 0 }),
    maxShipmentKg: Type.Number({ minimum: 0 }),
    leadDays: Type.Integer({
      minimum: 0,
      description:
        'arrives in the course of the day so many days after the one it is ready and in a pickup window of its own',
    }),
    note: TariffNote,
  },
  strict,
)
export const TariffSchema = Type.Union([ContractTariffSchema, HiredTariffSchema, TerminalTariffSchema])

export const LawSchema = Type.Object(
  {
    driveS: Type.Optional(Type.Integer({ minimum: 1, description: 'longest continuous driving, s; default 7200' })),
    restS: Type.Optional(
      Type.Integer({ minimum: 0, description: 'rest after it, s; default 900; 0 switches the rule off' }),
    ),
    maxWorkS: Type.Optional(Type.Integer({ minimum: 1, description: 'departure to return, s; default: not limited' })),
    note: TariffNote,
  },
  strict,
)

const KmPerL = Type.Optional(Type.Number({ minimum: 0.1, maximum: 100 }))
const Share = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))
const Factor = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 10_000, description }))
/** No figure of it enters the cost of a plan: fares contain the fuel. Defaults: footprint/facts.ts, by the day of the problem. */
export const EnergySchema = Type.Object(
  {
    kmPerL: Type.Optional(
      Type.Object(
        {
          '1t': KmPerL,
          '1.4t': KmPerL,
          '2.5t': KmPerL,
          '3.5t': KmPerL,
          '5t': KmPerL,
          '5t-axle': KmPerL,
          '8t': KmPerL,
          '11t': KmPerL,
          '18t': KmPerL,
          '25t': KmPerL,
        },
        {
          ...strict,
          description: 'km per litre of diesel with a full load, on a mix of roads; a class not named: default',
        },
      ),
    ),
    emptyShare: Share('fuel of an empty truck / of a full one; default 0.775'),
    expresswayFactor: Factor('fuel per km on expressways / on the mix of roads; default 0.95'),
    otherRoadFactor: Factor('fuel per km elsewhere / on the mix of roads; default 1.04'),
    dieselKrwPerL: Factor('won at the pump; default: as on the day'),
    subsidyKrwPerL: Factor('won paid back to the carrier in all; default: by the rules in force on the day'),
    ttwCo2KgPerL: Factor('CO2 of burning a litre, kg; default 2.609'),
    wtwCo2eKgPerL: Factor('CO2e of making and burning a litre, kg; default 3.24'),
    terminalTtwCo2GPerTkm: Factor('terminal freight, g of CO2 per tonne-kilometre; default 135'),
    terminalWtwCo2eGPerTkm: Factor('terminal freight, g of CO2e per tonne-kilometre; default 168'),
    hiredReturnShare: Share(
      'how much of the empty way from its last stop back to its first a hired truck is charged with in fuel and CO2; default 0',
    ),
    note: TariffNote,
  },
  { ...strict, description: 'what trucks burn and emit, beside the costs' },
)

/** What the routes of a day are balanced by. */
export const BALANCE_UNITS = ['workS', 'stops', 'weightKg'] as const
export const BalanceSchema = Type.Object(
  {
    unit: Type.Enum(BALANCE_UNITS, {
      description: 'workS: seconds from departure to return; stops: stops; weightKg: kilograms picked up in all',
    }),
    spread: Type.Number({ minimum: 0, description: 'largest less smallest amount of a route, at most, in the unit' }),
    vehicles: Type.Optional(Type.Array(Id, { minItems: 1, description: 'default: every contract vehicle' })),
  },
  {
    ...strict,
    description:
      'holds over the routes that these vehicles drive on one day, the day their shift opens; trucks that stay at home do not count. ' +
      'Serving a shipment comes before it, and it comes before cost: a plan that breaks it is given only if none that keeps it ' +
      'was found that serves as much, and says so',
  },
)

const TimeSliceSchema = Type.Object(
  {
    fromS: Type.Integer({ minimum: 0, maximum: 86399, description: 'second of the day at which it begins' }),
    toS: Type.Integer({ minimum: 1, maximum: 86400, description: 'second of the day at which it ends, exclusive' }),
  },
  strict,
)
/** In a travel table: no road leads from the one site to the other, for these trucks. */
export const NO_ROAD = -1
const Cell = Type.Integer({ minimum: NO_ROAD, maximum: 2_000_000_000 })
const Cells = Type.Array(Cell)
export const TravelTableSchema = Type.Object(
  {
    trucks: Type.Array(TruckSchema, { minItems: 1, description: 'classes these figures hold for' }),
    durationS: Cells,
    distanceM: Cells,
    tollKrw: Cells,
    expresswayM: Type.Optional(
      Type.Array(Cell, {
        description: 'how much of the distance lies on expressways, tolled or not, m; default: unknown',
      }),
    ),
    slices: Type.Optional(
      Type.Array(
        Type.Object({ ...TimeSliceSchema.properties, durationS: Cells, tollKrw: Type.Optional(Cells) }, strict),
        {
          description:
            'times of every day at which the roads take another time, ascending, apart; what a truck has still to drive when one begins or ends goes on at the new pace, its share rounded up to whole seconds. The toll of a leg is that of its departure; default: as the table says all day',
        },
      ),
    ),
  },
  {
    ...strict,
    description:
      'row-major [from * sites + to] in the order of problem.sites; -1, in all lists at once: no road leads there, so no route drives it',
  },
)
const BothLanguages = Type.Object({ ko: Type.String(), en: Type.String() }, strict)
export const FallbackSchema = Type.Object(
  { from: Type.String({ description: 'the source that was to answer' }), why: BothLanguages },
  {
    ...strict,
    description: 'another source answered, by estimates, because the chosen one failed; default: it did not',
  },
)
/** Where the slices of travel figures come from. */
export const HoursSchema = Type.Object(
  {
    basis: Type.Enum(['roads', 'stated', 'assumed'], {
      description:
        'roads: from the source of the roads itself. stated: somebody has stated them. assumed: by milkrun, not measured. The last two are estimates and shown as such',
    }),
    source: Type.Optional(Type.String()),
  },
  { ...strict, description: 'what is known of the slices; default, where there are any: stated' },
)
export const TOLL_DISCOUNTS = ['night', 'commute'] as const
const CountedDiscountSchema = Type.Object(
  {
    discount: Type.Enum(TOLL_DISCOUNTS),
    since: Type.String({ description: 'ISO date of the rule that is counted' }),
    unverifiedSince: Type.Optional(
      Type.String({
        description:
          'ISO date from which nobody has confirmed the rule, where the day lies after it: that it still holds is then assumed; default: confirmed',
      }),
    ),
    certainty: Type.Enum(['A', 'B', 'C', 'G', 'X'], { description: 'X where it is assumed to hold still' }),
  },
  strict,
)
export const CountedDiscountsSchema = Type.Array(CountedDiscountSchema, {
  description: 'toll discounts that the tolls of the slices count; default: none',
})
/** Travel figures of all sites, by truck class. */
export const TravelSchema = Type.Object(
  {
    key: Type.String({ description: 'provider and data version' }),
    estimated: Type.Boolean({ description: 'true: shown as an estimate wherever a person sees a figure' }),
    estimatedTolls: Type.Optional(
      Type.Boolean({
        description: 'true: tolls and expressway metres are estimates, whatever the rest is; default: as the rest',
      }),
    ),
    fallback: Type.Optional(FallbackSchema),
    tables: Type.Array(TravelTableSchema, { minItems: 1 }),
    timeOfDay: Type.Optional(HoursSchema),
    tollDiscounts: Type.Optional(CountedDiscountsSchema),
  },
  strict,
)

const Percent = Type.Optional(
  Type.Integer({
    minimum: 10,
    maximum: 1000,
    description: 'minutes there per hundred of the ordinary ones; default 100',
  }),
)
export const TimeOfDaySchema = Type.Object(
  {
    slices: Type.Optional(
      Type.Array(
        Type.Object({ ...TimeSliceSchema.properties, expresswayPercent: Percent, otherPercent: Percent }, strict),
        {
          minItems: 1,
          maxItems: 24,
          description:
            'times of every day at which roads are slower or faster, ascending, apart; the percents are used where the source of the roads does not know the hours itself; default: those of milkrun, which are assumptions',
        },
      ),
    ),
    note: Type.Optional(SourceSchema),
  },
  {
    ...strict,
    description:
      'asks for travel by time of day; weekdays and weekends alike. Travel figures given with the problem have slices of their own or none, whatever this says; default: roads take as long all day',
  },
)

export const TollDiscountsSchema = Type.Object(
  {
    night: Type.Optional(
      Type.Boolean({ description: 'by how much of the ride is driven in the night; default: not counted' }),
    ),
    commute: Type.Optional(
      Type.Boolean({
        description:
          'on short rides, where none of the days is at a weekend; public holidays are not known; default: not counted',
      }),
    ),
  },
  {
    ...strict,
    description:
      'which expressway toll discounts the tolls count, hour by hour as far as all who leave in it get them. Whether they hold in 2026 is not confirmed; they need a commercial plate and electronic payment, and a carrier fined for overloading has no night discount. Counted by roads that know their tolls link by link (trunk, Valhalla); travel figures given with the problem stay as they are; default: none',
  },
)

export const ProblemSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    startsAt: Type.String({ description: 'ISO 8601 with offset, midnight of day 1 in timeZone' }),
    timeZone: Type.String(),
    days: Type.Integer({ minimum: 1, maximum: 31 }),
    sites: Type.Array(SiteSchema),
    firms: Type.Array(FirmSchema),
    shipments: Type.Array(ShipmentSchema),
    vehicles: Type.Array(VehicleSchema),
    tariffs: Type.Array(TariffSchema),
    drivers: Type.Optional(
      Type.Array(DriverSchema, {
        description:
          'where given, each route of a contract vehicle needs its own driver, one route a driver in shifts that overlap; hired trucks bring theirs; default: there are always enough',
      }),
    ),
    law: Type.Optional(LawSchema),
    energy: Type.Optional(EnergySchema),
    mixing: Type.Optional(
      Type.Array(Type.Array(Id, { minItems: 2, maxItems: 2 }), {
        description:
          'pairs of mixing classes (cargo) that are never on board at the same moment; a pair of one class with itself: never two of it',
      }),
    ),
    together: Type.Optional(
      Type.Array(Type.Array(Id, { minItems: 2 }), {
        description:
          'groups of shipments that share one route; where no route takes all of a group, all of it is unserved. Groups with a shipment in common are one group',
      }),
    ),
    apart: Type.Optional(
      Type.Array(Type.Array(Id, { minItems: 2 }), {
        description: 'sets of shipments of which no two ride on one route, not even one after the other',
      }),
    ),
    balance: Type.Optional(BalanceSchema),
    timeOfDay: Type.Optional(TimeOfDaySchema),
    tollDiscounts: Type.Optional(TollDiscountsSchema),
    travel: Type.Optional(TravelSchema),
  },
  strict,
)

export type Firm = Static<typeof FirmSchema>
export type Site = Static<typeof SiteSchema>
export type SoftWindow = Static<typeof SoftWindowSchema>
export type Shipment = Static<typeof ShipmentSchema>
export type Vehicle = Static<typeof VehicleSchema>
export type ContractTariff = Static<typeof ContractTariffSchema>
export type HiredTariff = Static<typeof HiredTariffSchema>
export type TerminalTariff = Static<typeof TerminalTariffSchema>
export type Driver = Static<typeof DriverSchema>
export type Tariff = Static<typeof TariffSchema>
export type Balance = Static<typeof BalanceSchema>
export type Law = Static<typeof LawSchema>
export type TravelTable = Static<typeof TravelTableSchema>
export type Travel = Static<typeof TravelSchema>
export type Hours = Static<typeof HoursSchema>
export type TimeOfDay = Static<typeof TimeOfDaySchema>
export type TollDiscounts = Static<typeof TollDiscountsSchema>
export type CountedDiscount = Static<typeof CountedDiscountSchema>
export type Problem = Static<typeof ProblemSchema>

export const DAY_S = 86_400

/** Days since the first, 0 on day 1. */
export const dayIndex = (atS: number): number => Math.floor(atS / DAY_S)

/** Law with its defaults: Enforcement Rule of the Trucking Transport Business Act, art. 21 (2 h of driving, 15 min of rest). */
export function lawOf(problem: Problem): {
  readonly driveS: number
  readonly restS: number
  readonly maxWorkS: number
} {
  const { driveS = 7200, restS = 900, maxWorkS = Number.POSITIVE_INFINITY } = problem.law ?? {}
  return { driveS, restS, maxWorkS }
}
