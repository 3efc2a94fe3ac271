import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trunk } from '../../../server/travel/trunk.ts'
import { checkAnswer, type RawRequest } from '../../../server/vroom/check.ts'
import { readRequest } from '../../../server/vroom/readRequest.ts'
import { solveVroom } from '../../../server/vroom/solve.ts'
import { makeTables, type Tables } from '../../../server/vroom/tables.ts'
import { makeModel } from '../../../server/vroom/translate.ts'
import { type Model, timeRoute } from '../../../solver/index.ts'
import { arbitraryRequest, type RawLike } from './arbitraryRequest.ts'
import { request, solveRaw } from './solveRaw.ts'

async function open(raw: RawLike, iterations: number) {
  const reading = readRequest(raw, false)
  // breaks that no working day has room for are the only fault that the generator makes
  if (!reading.request) {
    expect(reading.faults.map(({ code }) => code)).toEqual(reading.faults.map(() => 'breaks.impossible'))
    return undefined
  }
  const tables = await makeTables(reading.request, trunk)
  const work = {
    raw: raw as unknown as RawRequest,
    request: reading.request,
    tables,
    seed: 1,
    limitMs: 0,
    iterations,
    locale: 'en' as const,
  }
  const outcome = solveVroom(work, () => 0)
  if (outcome.kind === 'faults') throw new Error('refused')
  expect(checkAnswer(work.raw, tables, outcome.answer, false)).toEqual([])
  return { ...outcome, tables, model: makeModel(reading.request, tables), request: reading.request }
}

type Opened = NonNullable<Awaited<ReturnType<typeof open>>>

/** Cost of a route in the model's parts, Infinity where the vehicle cannot do it. */
function costOf(model: Model, index: number, tasks: readonly number[]): number {
  const vehicle = model.vehicles[index]!
  if (tasks.length === 0) return 0
  if (tasks.length > vehicle.maxTasks) return Number.POSITIVE_INFINITY
  if (tasks.some((task) => model.tasks[task]!.skills.some((skill) => !vehicle.skills.includes(skill))))
    return Number.POSITIVE_INFINITY
  const timed = timeRoute(model, index, tasks)
  if (!timed) return Number.POSITIVE_INFINITY
  const last = timed.at(-1)!
  if (last.travelCs > vehicle.maxTravelCs || last.metres > vehicle.maxDistanceM) return Number.POSITIVE_INFINITY
  const stops = [vehicle.start, ...tasks.map((task) => model.tasks[task]!.place), vehicle.end].filter(
    (place) => place !== null,
  )
  const arcs = stops.slice(1).reduce((sum, to, leg) => sum + vehicle.arcCost[stops[leg]! * model.places + to]!, 0)
  const work = timed.reduce((sum, { kind, setupCs, serviceCs }) => sum + (kind === 'task' ? setupCs + serviceCs : 0), 0)
  return vehicle.fixedCost + arcs + work * vehicle.taskCost
}

/** The best of all plans there are: most priority, then most tasks, then least cost. */
function bestOfAll(model: Model): { priority: number; served: number; cost: number } {
  const firsts = model.tasks.flatMap(({ kind }, task) => (kind === 'delivery' ? [] : [task]))
  const all: { readonly mask: number; readonly cost: number }[][] = model.vehicles.map((_, index) => {
    const found = new Map<number, number>([[0, 0]])
    const visit = (route: number[], mask: number, carried: number): void => {
      // a route that is behind its windows or full is not always beyond repair, so all orders are tried
      if (carried === 0 && route.length > 0) {
        const cost = costOf(model, index, route)
        if (cost < (found.get(mask) ?? Number.POSITIVE_INFINITY)) found.set(mask, cost)
      }
      for (const [order, task] of firsts.entries()) {
        const single = model.tasks[task]!.kind === 'job'
        if (!(mask & (1 << order)))
          visit([...route, task], mask | (1 << order), single ? carried : carried | (1 << order))
        else if (carried & (1 << order)) visit([...route, task + 1], mask, carried & ~(1 << order))
      }
    }
    visit([], 0, 0)
    return [...found].map(([mask, cost]) => ({ mask, cost }))
  })
  const weigh = (mask: number, of: (task: number) => number) =>
    firsts.reduce((sum, task, order) => {
      if (!(mask & (1 << order))) return sum
      return sum + of(task) * (model.tasks[task]!.kind === 'job' ? 1 : 2)
    }, 0)
  let plans = new Map<number, number>([[0, 0]])
  for (const routes of all) {
    const next = new Map<number, number>()
    for (const [mask, cost] of plans)
      for (const route of routes)
        if (!(mask & route.mask) && cost + route.cost < (next.get(mask | route.mask) ?? Number.POSITIVE_INFINITY))
          next.set(mask | route.mask, cost + route.cost)
    plans = next
  }
  return [...plans]
    .map(([mask, cost]) => ({
      priority: weigh(mask, (task) => model.tasks[task]!.priority),
      served: weigh(mask, () => 1),
      cost,
    }))
    .reduce(better)
}

function better<T extends { priority: number; served: number; cost: number }>(a: T, b: T): T {
  if (a.priority !== b.priority) return a.priority > b.priority ? a : b
  if (a.served !== b.served) return a.served > b.served ? a : b
  return a.cost <= b.cost ? a : b
}

const rankOf = ({ answer, model, request: { tasks } }: Opened) => {
  const taskOf = new Map(tasks.map(({ kind, id }, task) => [`${kind} ${id}`, task]))
  const cost = answer.routes.reduce((sum, { vehicle, steps }) => {
    const route = steps.flatMap(({ type, id }) => taskOf.get(`${type} ${id}`) ?? [])
    return sum + costOf(model, vehicle, route)
  }, 0)
  return { priority: answer.summary.priority, served: tasks.length - answer.summary.unassigned, cost }
}

describe('any request', () => {
  it('is answered with what the check accepts', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRequest({ jobs: 9, shipments: 4, vehicles: 3 }), async (raw) => {
        await open(raw, 150)
      }),
      { numRuns: 80 },
    )
  })

  it('is answered so with any driving whatever', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRequest({ jobs: 7, shipments: 4, vehicles: 3, odd: true }), async (raw) => {
        await open(raw, 150)
      }),
      { numRuns: 60 },
    )
  })

  it('of few tasks is answered with the best plan there is', async () => {
    let left = 0
    await fc.assert(
      fc.asyncProperty(arbitraryRequest({ jobs: 3, shipments: 1, vehicles: 2 }), async (raw) => {
        const opened = await open(raw, 1200)
        if (!opened) return
        const found = rankOf(opened)
        if (opened.answer.summary.unassigned > 0) left++
        expect(found).toEqual(bestOfAll(opened.model))
      }),
      { numRuns: 60 },
    )
    expect(left).toBeGreaterThan(3)
  })

  it('costs no more than each job on a vehicle of its own, where there are as many', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRequest({ jobs: 6, shipments: 0, vehicles: 1 }), async (raw) => {
        const [vehicle] = raw.vehicles
        const vehicles = raw.jobs.map((_, id) => ({ ...vehicle, id }))
        const opened = await open({ ...raw, vehicles }, 100)
        if (!opened) return
        const alone = raw.jobs.map((_, job) => costOf(opened.model, 0, [job]))
        if (alone.includes(Number.POSITIVE_INFINITY)) return
        expect(rankOf(opened).served).toBe(raw.jobs.length)
        expect(rankOf(opened).cost).toBeLessThanOrEqual(alone.reduce((sum, cost) => sum + cost, 0))
      }),
      { numRuns: 60 },
    )
  })
})

describe('the check of an answer', () => {
  const spoiled = async (
    spoil: (answer: { routes: SpoiledRoute[]; unassigned: object[]; summary: { cost: number } }) => void,
  ) => {
    const raw = request({
      vehicles: [
        {
          id: 1,
          start_index: 0,
          end_index: 0,
          capacity: [4],
          skills: [1],
          time_window: [0, 5000],
          breaks: [{ id: 1, service: 60, time_windows: [[0, 4000]] }],
        },
      ],
      jobs: [1, 2, 3].map((id) => ({
        id,
        location_index: id,
        pickup: [1],
        service: 10,
        skills: [1],
        time_windows: [[0, 4000]],
      })),
    })
    const { answer } = await solveRaw(raw)
    const copy = structuredClone(answer) as unknown as Parameters<typeof spoil>[0]
    spoil(copy)
    const tables: Tables = await makeTables(readRequest(raw, false).request!, trunk)
    return checkAnswer(raw as RawRequest, tables, copy as unknown as typeof answer, false)
  }
  interface SpoiledRoute {
    vehicle: number
    cost: number
    steps: {
      type: string
      id?: number
      arrival: number
      duration: number
      load: number[]
      service: number
      waiting_time: number
      violations: object[]
    }[]
  }

  it.each<[string, (answer: { routes: SpoiledRoute[]; unassigned: object[]; summary: { cost: number } }) => void]>([
    ['a task that is left out', ({ routes }) => routes[0]!.steps.splice(1, 1)],
    ['a task that is done twice', ({ routes }) => routes[0]!.steps.splice(1, 0, routes[0]!.steps[1]!)],
    ['a task that is also unassigned', ({ unassigned }) => unassigned.push({ type: 'job', id: 1 })],
    ['a vehicle that nobody has', ({ routes }) => (routes[0]!.vehicle = 9)],
    ['an arrival that is too early', ({ routes }) => routes[0]!.steps[2]!.arrival--],
    [
      'driving that is too short',
      ({ routes }) => routes[0]!.steps.splice(0, 9, ...routes[0]!.steps.map((step) => ({ ...step, duration: 0 }))),
    ],
    ['a load that does not follow', ({ routes }) => routes[0]!.steps[1]!.load[0]!++],
    ['a service that is too short', ({ routes }) => routes[0]!.steps.at(-2)!.service--],
    ['a cost that is too low', ({ routes }) => routes[0]!.cost--],
    ['a sum that is none', ({ summary }) => summary.cost--],
    [
      'a break that is not taken',
      ({ routes }) => (routes[0]!.steps = routes[0]!.steps.filter(({ type }) => type !== 'break')),
    ],
    ['a violation that is none', ({ routes }) => routes[0]!.steps[1]!.violations.push({ cause: 'load' })],
    [
      'a window that is missed without a word',
      ({ routes }) =>
        routes[0]!.steps.splice(0, 9, ...routes[0]!.steps.map((step) => ({ ...step, arrival: step.arrival + 4000 }))),
    ],
  ])('finds %s', async (_, spoil) => {
    expect(await spoiled(() => {})).toEqual([])
    expect((await spoiled(spoil)).length).toBeGreaterThan(0)
  })
})
