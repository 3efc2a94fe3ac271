/**
 * A variant of a problem to compare with: what is otherwise, as values applied by a pure function. The problem stays as it is. A change
 * that names what the problem does not have changes nothing; `findIssues` says whether what comes out can be planned.
 */
import { type Static, Type } from 'typebox'
import {
  DAY_S,
  type Problem,
  type Shipment,
  type SoftWindow,
  type Tariff,
  type Travel,
  type Vehicle,
} from './problem.ts'
import type { Locale } from './words.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
/** Of what a rate is now. */
const Percent = Type.Integer({ minimum: 1, maximum: 1000, description: 'of what it is now; 100: as it is' })

export const ScenarioChangeSchema = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('count'), vehicle: Id, count: Type.Integer({ minimum: 0, maximum: 10_000 }) },
      { ...strict, description: 'so many trucks of a vehicle' },
    ),
    Type.Object(
      {
        kind: Type.Literal('body'),
        vehicle: Id,
        like: Id,
        perDayKrw: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 1e12,
            description: 'day price of a contract truck of that size; default: as before',
          }),
        ),
      },
      {
        ...strict,
        description: 'trucks of the class, load and gear of another vehicle; a hired one takes its fare too',
      },
    ),
    Type.Object({ kind: Type.Literal('firm'), firm: Id }, { ...strict, description: 'without the orders of a firm' }),
    Type.Object(
      { kind: Type.Literal('windows'), minutes: Type.Integer({ minimum: 1, maximum: 720 }) },
      { ...strict, description: 'every window of sites and shipments opens so much sooner and closes so much later' },
    ),
    Type.Object({ kind: Type.Literal('noTerminal') }, { ...strict, description: 'no terminal freight' }),
    Type.Object(
      {
        kind: Type.Literal('rates'),
        of: Type.Enum(['contract', 'hired', 'terminal']),
        part: Type.Enum(['all', 'distance'], {
          description: 'distance: what a kilometre costs, as when fuel gets dearer',
        }),
        percent: Percent,
      },
      strict,
    ),
    Type.Object(
      { kind: Type.Literal('pace'), percent: Percent },
      { ...strict, description: 'minutes on the roads, all day: detours, works, snow' },
    ),
  ],
  { description: 'one thing that is otherwise in a scenario' },
)
export type ScenarioChange = Static<typeof ScenarioChangeSchema>

/** The problem as it would be; of several changes each sees what those before it have made. */
export const applyScenario = (problem: Problem, changes: readonly ScenarioChange[]): Problem =>
  changes.reduce(applyChange, problem)

function applyChange(problem: Problem, change: ScenarioChange): Problem {
  switch (change.kind) {
    case 'count':
      return onVehicle(problem, change.vehicle, (vehicle) => ({ ...vehicle, count: change.count }))
    case 'body':
      return withBody(problem, change)
    case 'firm':
      return withoutFirm(problem, change.firm)
    case 'windows':
      return widened(problem, change.minutes * 60)
    case 'noTerminal':
      return { ...problem, tariffs: problem.tariffs.filter(({ kind }) => kind !== 'terminal') }
    case 'rates': {
      const rate = (krw: number) => Math.round(krw * change.percent) / 100
      const scale = (tariff: Tariff) => (tariff.kind === change.of ? scaled(tariff, change.part, rate) : tariff)
      return { ...problem, tariffs: problem.tariffs.map(scale) }
    }
    case 'pace':
      return paced(problem, change.percent)
  }
}

const onVehicle = (problem: Problem, id: string, make: (vehicle: Vehicle) => Vehicle): Problem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => (vehicle.id === id ? make(vehicle) : vehicle)),
})

type BodyChange = Extract<ScenarioChange, { kind: 'body' }>

/** Another body on the same job: where it starts, its shifts and how many there are stay. A contract keeps its rates but for the day price. */
function withBody(problem: Problem, { vehicle: id, like, perDayKrw }: BodyChange): Problem {
  const [before, model] = [id, like].map((wanted) => problem.vehicles.find((vehicle) => vehicle.id === wanted))
  if (!before || !model) return problem
  const { capacityKg: _, bedL: __, pallets: ___, handling: ____, liftKg: _____, ...own } = before
  const { truck, capacityKg, bedL, pallets, handling, liftKg } = model
  const body = {
    truck,
    capacityKg,
    ...(bedL !== undefined && { bedL }),
    ...(pallets !== undefined && { pallets }),
    ...(handling && { handling }),
    ...(liftKg && { liftKg }),
  }
  if (before.kind === 'hired' && model.kind === 'hired')
    return onVehicle(problem, id, () => ({ ...own, ...body, tariff: model.tariff }))
  const changed = onVehicle(problem, id, () => ({ ...own, ...body }))
  const tariff = problem.tariffs.find((tariff) => tariff.id === before.tariff)
  if (perDayKrw === undefined || tariff?.kind !== 'contract') return changed
  const free = freeId(`${tariff.id}-${like}`, problem.tariffs)
  return {
    ...onVehicle(changed, id, (vehicle) => ({ ...vehicle, tariff: free })),
    tariffs: [...problem.tariffs, { ...tariff, id: free, perDayKrw }],
  }
}

function freeId(id: string, taken: readonly { readonly id: string }[]): string {
  for (let k = 1; ; k++) {
    const free = (k === 1 ? id : `${id}-${k}`).slice(-80)
    if (taken.every((other) => other.id !== free)) return free
  }
}

function withoutFirm(problem: Problem, firm: string): Problem {
  const shipments = problem.shipments.filter((shipment) => shipment.firm !== firm)
  const left = new Set(shipments.map(({ id }) => id))
  const groups = (of: 'together' | 'apart') =>
    problem[of] && {
      [of]: problem[of].map((group) => group.filter((id) => left.has(id))).filter((group) => group.length > 1),
    }
  const firms = problem.firms.filter(({ id }) => id !== firm)
  return { ...problem, firms, shipments, ...groups('together'), ...groups('apart') }
}

type Windows = readonly (readonly [number, number])[]

/** Every window wider on both sides; those that then touch are one, and none begins before the first day. */
function widened(problem: Problem, byS: number): Problem {
  const wide = (windows: Windows): [number, number][] => {
    const sorted = windows
      .map(([open, close]): [number, number] => [Math.max(0, open - byS), close + byS])
      .sort((a, b) => a[0] - b[0])
    const merged: [number, number][] = []
    for (const [open, close] of sorted) {
      const last = merged.at(-1)
      if (last && open <= last[1]) last[1] = Math.max(last[1], close)
      else merged.push([open, close])
    }
    return merged
  }
  const softer = ({ opensS, closesS, ...prices }: SoftWindow): SoftWindow => ({
    ...prices,
    ...(opensS !== undefined && { opensS: Math.max(0, opensS - byS) }),
    ...(closesS !== undefined && { closesS: closesS + byS }),
  })
  const ofShipment = (shipment: Shipment): Shipment => {
    const { ready, due, pickupWindows, deliveryWindows, softPickup, softDelivery } = shipment
    return {
      ...shipment,
      // ready and due within a day are hours of a window as well; midnights are dates
      ...(ready !== undefined && ready % DAY_S !== 0 && { ready: Math.max(ready - (ready % DAY_S), ready - byS) }),
      ...(due !== undefined && { due: Math.min(due - (due % DAY_S) + DAY_S - 1, due + byS) }),
      ...(pickupWindows && { pickupWindows: wide(pickupWindows) }),
      ...(deliveryWindows && { deliveryWindows: wide(deliveryWindows) }),
      ...(softPickup && { softPickup: softer(softPickup) }),
      ...(softDelivery && { softDelivery: softer(softDelivery) }),
    }
  }
  return {
    ...problem,
    sites: problem.sites.map((site) => (site.windows ? { ...site, windows: wide(site.windows) } : site)),
    shipments: problem.shipments.map(ofShipment),
  }
}

function scaled(tariff: Tariff, part: 'all' | 'distance', rate: (krw: number) => number): Tariff {
  const all = part === 'all'
  switch (tariff.kind) {
    case 'contract': {
      const { perDayKrw, perKmKrw, perHourKrw, overtime, handLoadKrw } = tariff
      if (!all) return { ...tariff, perKmKrw: rate(perKmKrw) }
      return {
        ...tariff,
        perDayKrw: rate(perDayKrw),
        perKmKrw: rate(perKmKrw),
        perHourKrw: rate(perHourKrw),
        ...(overtime && { overtime: { ...overtime, perHourKrw: rate(overtime.perHourKrw) } }),
        ...(handLoadKrw !== undefined && { handLoadKrw: rate(handLoadKrw) }),
      }
    }
    case 'hired': {
      const { baseKrw, perKmKrw, minimumKrw, stopFeeKrw, handLoadKrw } = tariff
      if (!all) return { ...tariff, perKmKrw: rate(perKmKrw) }
      return {
        ...tariff,
        baseKrw: rate(baseKrw),
        perKmKrw: rate(perKmKrw),
        minimumKrw: rate(minimumKrw),
        stopFeeKrw: rate(stopFeeKrw),
        ...(handLoadKrw !== undefined && { handLoadKrw: rate(handLoadKrw) }),
      }
    }
    // its price knows distance by zones only
    case 'terminal':
      return all ? { ...tariff, baseKrw: rate(tariff.baseKrw), perKgKrw: rate(tariff.perKgKrw) } : tariff
  }
}

/**
 * Roads that come with the problem take so much longer; those that a source answers for are asked for at that pace. Hours that are asked
 * for without slices give way to the same pace all day.
 */
function paced(problem: Problem, percent: number): Problem {
  const slower = (cells: readonly number[]) => cells.map((s) => (s < 0 ? s : Math.round((s * percent) / 100)))
  const travel: Travel | undefined = problem.travel && {
    ...problem.travel,
    tables: problem.travel.tables.map(({ slices, ...table }) => ({
      ...table,
      durationS: slower(table.durationS),
      ...(slices && { slices: slices.map((slice) => ({ ...slice, durationS: slower(slice.durationS) })) }),
    })),
  }
  if (travel) return { ...problem, travel }
  const times = (now = 100) => Math.min(1000, Math.max(10, Math.round((now * percent) / 100)))
  type Slice = NonNullable<NonNullable<Problem['timeOfDay']>['slices']>[number]
  const known: readonly Slice[] = problem.timeOfDay?.slices ?? [{ fromS: 0, toS: DAY_S }]
  // hours that no slice speaks of are slower too
  const gaps: Slice[] = [0, ...known.map(({ toS }) => toS)].flatMap((fromS, k) => {
    const toS = known[k]?.fromS ?? DAY_S
    return fromS < toS ? [{ fromS, toS }] : []
  })
  const slices = [...known, ...gaps]
    .sort((a, b) => a.fromS - b.fromS)
    .map((slice) => ({
      ...slice,
      expresswayPercent: times(slice.expresswayPercent),
      otherPercent: times(slice.otherPercent),
    }))
  return { ...problem, timeOfDay: { ...problem.timeOfDay, slices } }
}

const RATES = {
  ko: { contract: '고정차', hired: '용차', terminal: '정기화물' },
  en: { contract: 'contract truck', hired: 'hired truck', terminal: 'terminal freight' },
} as const

/** What a scenario changes, in the words under which it is listed: "고정차 2.5톤 2 → 1대 · 금형A03 빼기". */
export const describeScenario = (problem: Problem, changes: readonly ScenarioChange[], locale: Locale): string =>
  changes.map((change) => describeChange(problem, change, locale)).join(' · ')

function describeChange(problem: Problem, change: ScenarioChange, locale: Locale): string {
  const ko = locale === 'ko'
  const vehicle = (id: string) => problem.vehicles.find((entry) => entry.id === id)
  const truck = (id: string) => vehicle(id)?.name ?? id
  const sign = (percent: number) => `${percent < 100 ? '−' : '+'}${Math.abs(percent - 100)} %`
  switch (change.kind) {
    case 'count': {
      const before = vehicle(change.vehicle)?.count ?? 0
      return ko
        ? `${truck(change.vehicle)} ${before} → ${change.count}대`
        : `${truck(change.vehicle)} ${before} → ${change.count}`
    }
    case 'body': {
      const size = vehicle(change.like)?.truck ?? change.like
      return `${truck(change.vehicle)} → ${ko ? size.replace('t', '톤').replace('-axle', '축') : size}`
    }
    case 'firm': {
      const name = problem.firms.find(({ id }) => id === change.firm)?.name ?? change.firm
      return ko ? `${name} 빼기` : `without ${name}`
    }
    case 'windows':
      return ko ? `시간창 앞뒤 ${change.minutes}분` : `windows ±${change.minutes} min`
    case 'noTerminal':
      return ko ? '정기화물 없음' : 'no terminal freight'
    case 'rates': {
      const of = RATES[locale][change.of]
      const all = change.part === 'all'
      return ko
        ? `${of} ${all ? '요금' : 'km 요율'} ${sign(change.percent)}`
        : `${of} ${all ? 'rates' : 'rate a km'} ${sign(change.percent)}`
    }
    case 'pace':
      return ko ? `도로 시간 ${sign(change.percent)}` : `road times ${sign(change.percent)}`
  }
}
