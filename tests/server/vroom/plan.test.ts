import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trunk } from '../../../server/travel/trunk.ts'
import { readRequest } from '../../../server/vroom/readRequest.ts'
import { makeTables } from '../../../server/vroom/tables.ts'
import { makeModel, planSteps } from '../../../server/vroom/translate.ts'
import { type Model, missedCs, type PlanStep, timePlan } from '../../../solver/index.ts'
import { causesOf, request, solveRaw, stepsOf } from './solveRaw.ts'

const plan = (raw: object) => solveRaw(raw, { planMode: true })
const job = (id: number, more: object = {}) => ({ id, location_index: id, ...more })
const vehicle = (steps: object[], more: object = {}) => ({
  vehicles: [{ id: 1, start_index: 0, end_index: 0, steps, ...more }],
})
const step = (type: string, id: number, more: object = {}) => ({ type, id, ...more })

describe('plan mode', () => {
  it('keeps the steps as they are and tells of nothing where nothing is broken', async () => {
    const solved = await plan(request({ ...vehicle([step('job', 3), step('job', 1)]), jobs: [job(1), job(2), job(3)] }))
    expect(stepsOf(solved)).toBe('job 3, job 1')
    expect(solved.answer.summary.violations).toEqual([])
    expect(solved.answer.unassigned).toMatchObject([{ id: 2, type: 'job' }])
  })

  it('is also asked for by options.c', async () => {
    const { answer } = await solveRaw(
      request({ ...vehicle([step('job', 4)]), jobs: [job(4, { skills: [1] })], options: { c: true } }),
    )
    expect(causesOf(answer.summary.violations)).toEqual(['skills'])
  })

  it.each<[string, object, string[]]>([
    ['load', { ...vehicle([step('job', 1)], { capacity: [1] }), jobs: [job(1, { delivery: [2] })] }, ['load']],
    [
      'max_tasks',
      { ...vehicle([step('job', 1), step('job', 2)], { max_tasks: 1 }), jobs: [job(1), job(2)] },
      ['max_tasks'],
    ],
    [
      'max_travel_time',
      { ...vehicle([step('job', 1)], { max_travel_time: 700 }), jobs: [job(1)] },
      ['max_travel_time'],
    ],
    [
      'missing_break',
      { ...vehicle([step('job', 1)], { breaks: [{ id: 1, service: 5, time_windows: [[0, 10]] }] }), jobs: [job(1)] },
      ['missing_break'],
    ],
    [
      'max_load',
      {
        ...vehicle([step('job', 1), step('break', 1)], {
          capacity: [5],
          breaks: [{ id: 1, max_load: [2], time_windows: [[0, 9000]] }],
        }),
        jobs: [job(1, { pickup: [3] })],
      },
      ['max_load'],
    ],
    [
      'precedence: delivered before it is picked up',
      {
        ...vehicle([step('delivery', 2), step('pickup', 1)], { capacity: [1] }),
        shipments: [{ amount: [1], pickup: { id: 1, location_index: 1 }, delivery: { id: 2, location_index: 2 } }],
      },
      ['precedence'],
    ],
    [
      'precedence: never delivered',
      {
        ...vehicle([step('pickup', 1)], { capacity: [1] }),
        shipments: [{ amount: [1], pickup: { id: 1, location_index: 1 }, delivery: { id: 2, location_index: 2 } }],
      },
      ['precedence'],
    ],
    ['delay', { ...vehicle([step('job', 1)], { time_window: [0, 1000] }), jobs: [job(1)] }, ['delay']],
  ])('tells what is broken: %s', async (_, more, causes) => {
    const { answer } = await plan(request(more))
    expect(causesOf(answer.summary.violations)).toEqual(causes)
    expect(causesOf(answer.routes[0]!.violations)).toEqual(causes)
  })

  it('tells max_distance where distances are known', async () => {
    const distances = [0, 1, 2, 3, 4].map((from) => [0, 1, 2, 3, 4].map((to) => 1000 * Math.abs(from - to)))
    const durations = distances.map((row) => row.map((metres) => metres / 10))
    const { answer } = await plan(
      request({
        ...vehicle([step('job', 3)], { max_distance: 3500 }),
        jobs: [job(3)],
        matrices: { car: { durations, distances } },
      }),
    )
    expect(answer.routes[0]!.steps.map(({ violations }) => causesOf(violations))).toEqual([[], [], ['max_distance']])
  })

  it('starts before working hours where that is less than being late', async () => {
    const late = vehicle([step('job', 1), step('job', 2)], { time_window: [1000, 9000] })
    const { answer } = await plan(
      request({ ...late, jobs: [job(1, { time_windows: [[1400, 1500]] }), job(2, { time_windows: [[1800, 1900]] })] }),
    )
    // 100 s too early once, instead of twice too late
    expect(answer.summary.violations).toEqual([{ cause: 'lead_time', duration: 100 }])
    expect(answer.routes[0]!.steps[0]).toMatchObject({
      arrival: 900,
      violations: [{ cause: 'lead_time', duration: 100 }],
    })
  })

  it('keeps service_at, service_after and service_before, whatever they break', async () => {
    const steps = [
      step('job', 1, { service_after: 2000 }),
      step('job', 2, { service_at: 4000 }),
      step('job', 3, { service_before: 5000 }),
    ]
    const { answer } = await plan(
      request({ ...vehicle(steps), jobs: [job(1, { time_windows: [[0, 1000]] }), job(2), job(3)] }),
    )
    expect(answer.summary.violations).toEqual([{ cause: 'delay', duration: 1000 }])
    const impossible = [step('job', 1, { service_at: 100 })]
    await expect(plan(request({ ...vehicle(impossible), jobs: [job(1)] }))).rejects.toThrow(
      'Infeasible route for vehicle 1.',
    )
  })

  it('drives as far as it can before a break', async () => {
    const breaks = [{ id: 1, service: 100, time_windows: [[300, 400]] }]
    const { answer } = await plan(
      request({ ...vehicle([step('break', 1), step('job', 1)], { breaks, time_window: [0, 9000] }), jobs: [job(1)] }),
    )
    expect(answer.routes[0]!.steps).toMatchObject([
      { arrival: 0 },
      { arrival: 300, duration: 300 },
      { arrival: 700, duration: 600 },
      { arrival: 1300 },
    ])
  })

  it('is exact: no times at all cost less than the chosen ones', async () => {
    const windows = fc.array(fc.tuple(fc.nat(9), fc.nat(2)), { maxLength: 2 }).map((pairs) => {
      let from = 0
      return pairs.map(([gap, length]) => {
        const window = [from + gap, from + gap + length]
        from = window[1]! + 1
        return window
      })
    })
    const arbitrary = fc.record({
      durations: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 16 }),
      tasks: fc.array(fc.record({ service: fc.nat(2), setup: fc.nat(1), time_windows: windows }), {
        minLength: 1,
        maxLength: 2,
      }),
      rests: fc.array(fc.record({ at: fc.nat(2), service: fc.nat(2), time_windows: windows }), { maxLength: 2 }),
      from: fc.nat(4),
      length: fc.nat(8),
      forced: fc.option(fc.record({ step: fc.nat(3), time: fc.nat(12) })),
    })
    const task = { service: 2, setup: 1, time_windows: [] }
    const LATE_START = {
      durations: [0, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0],
      tasks: [task, task],
      rests: [1, 2].map((service) => ({ at: 0, service, time_windows: [] })),
      from: 0,
      length: 0,
      forced: { step: 0, time: 10 },
    }
    let late = 0
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ durations, tasks, rests, from, length, forced }) => {
        const some = (time_windows: number[][]) => (time_windows.length > 0 ? { time_windows } : {})
        const steps: { type: string; id?: number; service_at?: number }[] = [{ type: 'start' }]
        for (let k = 0; k <= tasks.length; k++) {
          for (const [id, { at }] of rests.entries())
            if (Math.min(at, tasks.length) === k) steps.push({ type: 'break', id })
          if (k < tasks.length) steps.push({ type: 'job', id: k })
        }
        steps.push({ type: 'end' })
        if (forced && steps[forced.step]) steps[forced.step]!.service_at = forced.time
        const raw = {
          vehicles: [
            {
              id: 1,
              start_index: 3,
              end_index: 3,
              time_window: [from, from + length],
              steps,
              breaks: rests.map(({ service, time_windows }, id) => ({ id, service, ...some(time_windows) })),
            },
          ],
          jobs: tasks.map(({ service, setup, time_windows }, id) => ({
            id,
            location_index: id,
            service,
            setup,
            ...some(time_windows),
          })),
          matrices: {
            car: {
              durations: [0, 1, 2, 3].map((row) =>
                durations.slice(4 * row, 4 * row + 4).map((d, to) => (row === to ? 0 : d)),
              ),
            },
          },
        }
        const reading = readRequest(raw, true)
        const tables = await makeTables(reading.request!, trunk)
        const model = makeModel(reading.request!, tables)
        const planned = planSteps(reading.request!.vehicles[0]!.steps!)
        const best = leastPrice(model, planned, 48)
        const timed = timePlan(model, 0, planned)
        if (best === Number.POSITIVE_INFINITY) {
          expect(timed).toBeNull()
          return
        }
        expect(timed).not.toBeNull()
        const starts = timed!.map(({ startCs }) => startCs)
        const price = priceOf(model, planned, starts)
        if (price > 100 * 30) late++
        expect(price).toBe(best)
      }),
      // forced so late that all of it ends after 24 s
      { numRuns: 150, examples: [[LATE_START]] },
    )
    expect(late).toBeGreaterThan(5)
  })
})

/** Straight from the definition: weight × missed time + duration; Infinity where a step comes too soon after another. */
function priceOf(model: Model, steps: readonly PlanStep[], starts: readonly number[]): number {
  const vehicle = model.vehicles[0]!
  const drive = (from: number, to: number) => vehicle.durationCs[from * model.places + to]!
  const place = ({ kind, rank }: PlanStep) => (kind === 'task' ? model.tasks[rank]!.place : 3)
  let missed = Math.max(0, vehicle.openCs - starts[0]!) + Math.max(0, starts.at(-1)! - vehicle.closeCs)
  let whole = 0
  let station = 0
  let busy = 0
  let stationAction = 0
  let resting = 0
  let earliest = starts[0]!
  for (const [index, step] of steps.entries()) {
    const start = starts[index]!
    if (step.atCs !== undefined && start !== step.atCs) return Number.POSITIVE_INFINITY
    if (start < earliest) return Number.POSITIVE_INFINITY
    if (step.kind === 'break') {
      const { windows, serviceCs } = vehicle.breaks[step.rank]!
      const { leadCs, delayCs } = missedCs(windows, start)
      missed += leadCs + delayCs
      earliest = start + serviceCs
      resting += serviceCs
      whole += serviceCs
    } else if (index > 0) {
      const leg = drive(place(steps[station]!), place(step))
      whole += leg
      if (start < busy + leg + resting) return Number.POSITIVE_INFINITY
      resting = 0
    }
    if (step.kind !== 'break') {
      stationAction =
        step.kind === 'task'
          ? vehicle.serviceCs[step.rank]! + (place(steps[station]!) === place(step) ? 0 : vehicle.setupCs[step.rank]!)
          : 0
      if (step.kind === 'task') {
        const { leadCs, delayCs } = missedCs(model.tasks[step.rank]!.windows, start)
        missed += leadCs + delayCs
      }
      whole += stationAction
      busy = start + stationAction
      earliest = busy
      station = index
    }
  }
  return Math.max(1, whole) * missed + starts.at(-1)! - starts[0]!
}

/** Tries every whole second; what begins badly is not ended, since the steps to come only add to it. */
function leastPrice(model: Model, steps: readonly PlanStep[], mostS: number): number {
  let best = Number.POSITIVE_INFINITY
  const starts = new Array<number>(steps.length).fill(0)
  const visit = (index: number, fromS: number): void => {
    const price = index === 0 ? 0 : priceOf(model, steps.slice(0, index), starts.slice(0, index))
    if (price >= best) return
    if (index === steps.length) {
      best = price
      return
    }
    for (let time = fromS; time <= mostS; time++) {
      starts[index] = time * 100
      visit(index + 1, time)
    }
  }
  visit(0, 0)
  return best
}
