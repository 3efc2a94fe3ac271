/** A day under a setting: what of it is otherwise, before anything is planned. */
import { applyScenario, energyOf, type Problem, type Travel } from '../../solver/index.ts'
import { randomOf } from '../random.ts'
import type { Demand } from './demand.ts'
import type { StudyChange } from './schema.ts'

/** Orders come so much more often, or seldom. */
export const demandUnder = (demand: Demand, changes: readonly StudyChange[]): Demand => ({
  ...demand,
  scale: changes.reduce((now, change) => (change.kind === 'demand' ? (now * change.percent) / 100 : now), demand.scale),
})

export const problemUnder = (problem: Problem, changes: readonly StudyChange[], seed: number): Problem =>
  changes.reduce((now, change) => changeProblem(now, change, seed), problem)

function changeProblem(problem: Problem, change: StudyChange, seed: number): Problem {
  switch (change.kind) {
    case 'demand':
    case 'detour':
    case 'collectOn':
    case 'collectWhenFull':
    case 'collectChosen':
      return problem
    case 'terminalLimit':
      return {
        ...problem,
        tariffs: problem.tariffs.map((tariff) =>
          tariff.kind === 'terminal' ? { ...tariff, maxShipmentKg: change.kg, maxPieceKg: change.kg } : tariff,
        ),
      }
    case 'stopFee':
      return {
        ...problem,
        tariffs: problem.tariffs.map((tariff) =>
          tariff.kind === 'hired' ? { ...tariff, stopFeeKrw: change.krw } : tariff,
        ),
      }
    case 'service': {
      const times = (s = 0): number => Math.round((s * change.percent) / 100)
      return {
        ...problem,
        sites: problem.sites.map((site) => ({ ...site, stopS: times(site.stopS) })),
        shipments: problem.shipments.map((shipment) => ({
          ...shipment,
          loadS: times(shipment.loadS),
          unloadS: times(shipment.unloadS),
        })),
      }
    }
    case 'fuel':
      return withFuel(problem, change.percent / 100)
    case 'narrower':
      return narrowed(problem, change.minutes * 60)
    case 'participants': {
      const taking = new Set(
        participants(
          problem.firms.map(({ id }) => id),
          change.count,
          seed,
        ),
      )
      return problem.firms
        .filter(({ id }) => !taking.has(id))
        .reduce((now, { id }) => applyScenario(now, [{ kind: 'firm', firm: id }]), problem)
    }
    default:
      return applyScenario(problem, [change])
  }
}

/** Firms that take part, as `problemUnder` leaves them. */
export const firmsUnder = <Firm extends { readonly id: string }>(
  firms: readonly Firm[],
  changes: readonly StudyChange[],
  seed: number,
): readonly Firm[] =>
  changes.reduce<readonly Firm[]>((now, change) => {
    if (change.kind === 'firm') return now.filter(({ id }) => id !== change.firm)
    if (change.kind !== 'participants') return now
    const ids = now.map(({ id }) => id)
    const taking = new Set(participants(ids, change.count, seed))
    return now.filter(({ id }) => taking.has(id))
  }, firms)
/** A tariff of several classes takes their mean. */
function withFuel(problem: Problem, times: number): Problem {
  const { kmPerL, dieselKrwPerL } = energyOf(problem)
  const more = (tariff: string): number => {
    const classes = problem.vehicles.flatMap((vehicle) =>
      vehicle.tariff === tariff ? [1 / kmPerL[vehicle.truck]] : [],
    )
    const litresAKm = classes.length > 0 ? classes.reduce((sum, litres) => sum + litres, 0) / classes.length : 0
    return (times - 1) * dieselKrwPerL * litresAKm
  }
  return {
    ...problem,
    energy: { ...problem.energy, dieselKrwPerL: dieselKrwPerL * times },
    tariffs: problem.tariffs.map((tariff) =>
      tariff.kind === 'terminal'
        ? tariff
        : { ...tariff, perKmKrw: Math.max(0, Math.round((tariff.perKmKrw + more(tariff.id)) * 100) / 100) },
    ),
  }
}

const LEAST_WINDOW_S = 1800

function narrowed(problem: Problem, byS: number): Problem {
  const narrow = ([opens, closes]: readonly [number, number]): [number, number] => {
    const side = Math.max(0, Math.min(byS, Math.floor((closes - opens - LEAST_WINDOW_S) / 2)))
    return [opens + side, closes - side]
  }
  return {
    ...problem,
    sites: problem.sites.map((site) => (site.windows ? { ...site, windows: site.windows.map(narrow) } : site)),
    shipments: problem.shipments.map(({ pickupWindows, deliveryWindows, ...shipment }) => ({
      ...shipment,
      ...(pickupWindows && { pickupWindows: pickupWindows.map(narrow) }),
      ...(deliveryWindows && { deliveryWindows: deliveryWindows.map(narrow) }),
    })),
  }
}

/** The same firms whenever fewer are asked for: those of 10 are among those of 15. */
export function participants(firms: readonly string[], count: number, seed: number): string[] {
  const draw = new Map(firms.map((firm, k) => [firm, randomOf(seed, 77, k).uniform()]))
  return firms.toSorted((a, b) => draw.get(a)! - draw.get(b)!).slice(0, count)
}

/** Every road so much longer. Tolls stay as they are: nobody knows which detour is a motorway. */
export function travelUnder(travel: Travel, changes: readonly StudyChange[]): Travel {
  const percent = changes.reduce((now, change) => (change.kind === 'detour' ? (now * change.percent) / 100 : now), 100)
  if (percent === 100) return travel
  const longer = (cells: readonly number[]): number[] =>
    Array.from(cells, (cell) => (cell < 0 ? cell : Math.round((cell * percent) / 100)))
  return {
    ...travel,
    key: `${travel.key} × ${percent} %`,
    tables: travel.tables.map((table) => ({
      ...table,
      durationS: longer(table.durationS),
      distanceM: longer(table.distanceM),
      ...(table.slices && {
        slices: table.slices.map((slice) => ({ ...slice, durationS: longer(slice.durationS) })),
      }),
    })),
  }
}
