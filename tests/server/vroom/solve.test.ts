import { describe, expect, it } from 'vitest'
import { DURATIONS, request, solveRaw, stepsOf } from './solveRaw.ts'

const jobs = (...more: object[]) => more.map((job, index) => ({ id: index + 1, location_index: index + 1, ...job }))
const vehicle = (more: object) => ({ vehicles: [{ id: 1, start_index: 0, end_index: 0, ...more }] })

describe('a request in the wire format of VROOM', () => {
  it('starts or ends anywhere where the vehicle leaves it open', async () => {
    const open = await solveRaw(request({ ...vehicle({ end_index: undefined }), jobs: jobs({}, {}, {}, {}) }))
    expect(open.answer.summary.cost).toBe(1950)
    expect(open.answer.routes[0]!.steps.at(-1)).toMatchObject({ type: 'end', location_index: 4, arrival: 1950 })
    const late = await solveRaw(request({ ...vehicle({ start_index: undefined }), jobs: jobs({}, {}, {}, {}) }))
    expect(late.answer.routes[0]!.steps[0]).toMatchObject({ type: 'start', location_index: 4, arrival: 0 })
  })

  it('loads deliveries at the start and brings pickups to the end, in every dimension', async () => {
    const { answer } = await solveRaw(
      request({
        ...vehicle({ capacity: [5, 2] }),
        jobs: jobs({ delivery: [5, 1], pickup: [0, 1] }, { pickup: [5, 1] }),
      }),
    )
    expect(answer.routes[0]!.steps.map(({ load }) => load)).toEqual([
      [5, 1],
      [0, 1],
      [5, 2],
      [5, 2],
    ])
    expect(answer.summary).toMatchObject({ delivery: [5, 1], amount: [5, 1], pickup: [5, 2] })
  })

  it('reads the old amount of a job as a delivery', async () => {
    const { answer } = await solveRaw(request({ ...vehicle({ capacity: [3] }), jobs: jobs({ amount: [2] }) }))
    expect(answer.summary).toMatchObject({ delivery: [2], pickup: [0] })
  })

  it('gives tasks to vehicles with all their skills, and says where there is none', async () => {
    const { answer, reasons } = await solveRaw(
      request({
        vehicles: [
          { id: 1, start_index: 0, end_index: 0, skills: [1] },
          { id: 2, start_index: 4, end_index: 4, skills: [1, 2] },
        ],
        jobs: jobs({ skills: [2, 1] }, { skills: [3] }),
      }),
    )
    expect(answer.routes.map((route) => route.vehicle)).toEqual([2])
    expect(answer.unassigned).toEqual([{ id: 2, type: 'job', location_index: 2 }])
    expect(reasons).toMatchObject([{ type: 'job', id: 2, code: 'skills' }])
  })

  it.each<[string, object, object, string]>([
    ['capacity', { capacity: [1] }, { pickup: [2] }, 'capacity'],
    ['time', { time_window: [0, 100] }, {}, 'time'],
    ['range', { max_travel_time: 100 }, {}, 'range'],
    ['max_tasks', { max_tasks: 0 }, {}, 'max_tasks'],
  ])('says why a task is left: %s', async (_, ofVehicle, ofJob, code) => {
    const { reasons, answer } = await solveRaw(request({ ...vehicle(ofVehicle), jobs: jobs(ofJob) }))
    expect(answer.routes).toEqual([])
    expect(reasons).toMatchObject([{ type: 'job', id: 1, code }])
  })

  it('serves the highest sum of priorities, then most tasks, then the cheapest', async () => {
    const few = (more: object) => ({
      ...vehicle({ max_tasks: 2, ...more }),
      jobs: jobs({ priority: 1 }, { priority: 1 }, {}, { priority: 5 }),
    })
    const { answer, reasons } = await solveRaw(request(few({})))
    expect(answer.summary).toMatchObject({ priority: 6, unassigned: 2 })
    expect(answer.unassigned.map(({ id }) => id)).toContain(3)
    expect(answer.summary.cost).toBe(3200)
    expect(reasons.map(({ code }) => code)).toEqual(['others', 'others'])
  })

  it('counts the setup once for each arrival, and by type of vehicle', async () => {
    const at = { location_index: 1, setup: 100, service: 10, setup_per_type: { van: 7 }, service_per_type: { van: 3 } }
    const same = [
      { id: 1, ...at },
      { id: 2, ...at },
    ]
    expect((await solveRaw(request({ jobs: same }))).answer.summary).toMatchObject({ setup: 100, service: 20 })
    const van = await solveRaw(request({ ...vehicle({ type: 'van' }), jobs: same }))
    expect(van.answer.summary).toMatchObject({ setup: 7, service: 6 })
    const there = await solveRaw(request({ ...vehicle({ start_index: 1, end_index: 1 }), jobs: same }))
    expect(there.answer.summary).toMatchObject({ setup: 0, service: 20 })
  })

  it('prices hours, kilometres, work and use, rounded down for each route', async () => {
    const distances = DURATIONS.map((row) => row.map((seconds) => seconds * 10))
    const costs = { fixed: 7, per_hour: 1000, per_km: 13, per_task_hour: 100 }
    const { answer } = await solveRaw(
      request({
        ...vehicle({ costs }),
        jobs: jobs({ service: 50 }),
        matrices: { car: { durations: DURATIONS, distances } },
      }),
    )
    // 7 + 1000 * 1200 / 3600 + 13 * 12 + 100 * 50 / 3600 = 497.7…
    expect(answer.summary).toMatchObject({ cost: 497, distance: 12_000 })
  })

  it('prices by a matrix of its own where one is given', async () => {
    const costs = DURATIONS.map((row, from) => row.map((_, to) => (from === to ? 0 : 10 * from + to)))
    const { answer } = await solveRaw(
      request({ jobs: jobs({}, {}), matrices: { car: { durations: DURATIONS, costs } } }),
    )
    // 0 → 2 → 1 → 0: 2 + 21 + 10, the other way round 1 + 12 + 20
    expect(answer.summary).toMatchObject({ cost: 33, duration: 1900 })
  })

  it('drives faster by a speed factor, in whole seconds that add up', async () => {
    const { answer } = await solveRaw(
      request({ ...vehicle({ speed_factor: 1.7 }), jobs: jobs({ service: 5 }, {}, {}) }),
    )
    expect(answer.summary.duration).toBe(Math.floor((2700 * 59) / 100))
  })

  it('gives each profile its own matrix', async () => {
    const slow = DURATIONS.map((row) => row.map((seconds) => 2 * seconds))
    const { answer } = await solveRaw(
      request({
        vehicles: [
          { id: 1, start_index: 0, end_index: 0, profile: 'truck' },
          { id: 2, start_index: 0, end_index: 0, profile: 'van' },
        ],
        jobs: jobs({}),
        matrices: { truck: { durations: slow }, van: { durations: DURATIONS } },
      }),
    )
    expect(answer.routes).toMatchObject([{ vehicle: 2, cost: 1200 }])
  })

  it('keeps max_tasks, max_travel_time and max_distance on every route', async () => {
    const distances = DURATIONS.map((row) => row.map((seconds) => seconds * 10))
    for (const limit of [{ max_tasks: 1 }, { max_travel_time: 2400 }, { max_distance: 24_000 }]) {
      const vehicles = [1, 2, 3].map((id) => ({ id, start_index: 0, end_index: 0, ...limit }))
      const { answer } = await solveRaw(
        request({ vehicles, jobs: jobs({}, {}, {}), matrices: { car: { durations: DURATIONS, distances } } }),
      )
      expect(answer.routes.length, JSON.stringify(limit)).toBeGreaterThan(1)
    }
  })

  it('takes breaks on the way: driving is cut where the window opens', async () => {
    const breaks = [{ id: 9, service: 300, time_windows: [[700, 800]], description: 'tea' }]
    const solved = await solveRaw(
      request({ ...vehicle({ breaks, time_window: [0, 9000] }), jobs: jobs({ time_windows: [[600, 600]] }) }),
    )
    expect(stepsOf(solved)).toBe('job 1, break 9')
    expect(solved.answer.routes[0]!.steps).toMatchObject([
      { type: 'start', arrival: 0 },
      { arrival: 600, duration: 600 },
      { type: 'break', id: 9, arrival: 700, duration: 700, service: 300, description: 'tea' },
      { type: 'end', arrival: 1500, duration: 1200 },
    ])
  })

  it('takes a break with a limit of load where little is on board', async () => {
    const breaks = [{ id: 1, service: 100, time_windows: [[0, 20_000]], max_load: [0] }]
    const solved = await solveRaw(
      request({
        ...vehicle({ capacity: [9], breaks, start_index: 0, end_index: 0 }),
        shipments: [{ amount: [3], pickup: { id: 1, location_index: 1 }, delivery: { id: 2, location_index: 2 } }],
      }),
    )
    expect(stepsOf(solved)).not.toContain('pickup 1, break 1, delivery 2')
  })

  it('takes several breaks in the order of their windows', async () => {
    const breaks = [
      { id: 2, service: 60, time_windows: [[2000, 2100]] },
      {
        id: 1,
        service: 60,
        time_windows: [
          [100, 110],
          [900, 1000],
        ],
      },
    ]
    const solved = await solveRaw(request({ ...vehicle({ breaks, time_window: [50, 9000] }), jobs: jobs({}, {}) }))
    expect(solved.answer.routes[0]!.steps.filter(({ type }) => type === 'break').map(({ id }) => id)).toEqual([1, 2])
  })

  it('waits no longer than it has to: it starts as late as its first end allows', async () => {
    const { answer } = await solveRaw(
      request({ jobs: jobs({ time_windows: [[5000, 6000]] }, { time_windows: [[5500, 5600]] }) }),
    )
    expect(answer.summary.waiting_time).toBe(0)
    expect(answer.routes[0]!.steps[0]!.arrival).toBe(4500)
  })

  it('carries a shipment whose two ends have different ids, and leaves it whole where it does not fit', async () => {
    const shipments = [
      { amount: [2], pickup: { id: 5, location_index: 1 }, delivery: { id: 6, location_index: 2 }, priority: 3 },
      { amount: [9], pickup: { id: 7, location_index: 3 }, delivery: { id: 8, location_index: 4 } },
    ]
    const solved = await solveRaw(request({ ...vehicle({ capacity: [4] }), shipments }))
    expect(stepsOf(solved)).toBe('pickup 5, delivery 6')
    expect(solved.answer.summary).toMatchObject({ priority: 6, unassigned: 2 })
    expect(solved.answer.unassigned.map(({ type, id }) => `${type} ${id}`)).toEqual(['pickup 7', 'delivery 8'])
  })

  it('begins with the steps it is given, and is never dearer than they are', async () => {
    const steps = [4, 2, 3, 1].map((id) => ({ type: 'job', id }))
    const given = request({ ...vehicle({ steps }), jobs: jobs({}, {}, {}, {}) })
    // 0 4 2 3 1 0
    expect((await solveRaw(given, { iterations: 1 })).answer.summary.cost).toBeLessThanOrEqual(
      1500 + 800 + 500 + 700 + 600,
    )
    expect((await solveRaw(given)).answer.summary.cost).toBe(3450)
  })

  it('refuses to begin with steps that break a rule, and names the rule', async () => {
    const steps = [{ type: 'job', id: 1 }]
    await expect(solveRaw(request({ ...vehicle({ steps }), jobs: jobs({ skills: [4] }) }))).rejects.toThrow(
      'Infeasible route for vehicle 1.',
    )
  })

  it('gives the same answer for the same seed and iterations', async () => {
    const many = request({
      vehicles: [1, 2].map((id) => ({ id, start_index: 0, end_index: 0, capacity: [3] })),
      jobs: Array.from({ length: 9 }, (_, k) => ({
        id: k,
        location_index: 1 + (k % 4),
        pickup: [1],
        time_windows: [[100 * k, 5000]],
      })),
    })
    const [first, second] = [await solveRaw(many, { iterations: 200 }), await solveRaw(many, { iterations: 200 })]
    expect(first.answer).toEqual(second.answer)
  })

  it('asks the roads where there are no matrices, two vehicles of different profiles included', async () => {
    const at = (lng: number, lat: number) => [lng, lat]
    const { answer } = await solveRaw({
      vehicles: [
        { id: 1, start: at(126.85, 35.16), end: at(126.85, 35.16) },
        { id: 2, start: at(127.1, 37.3), profile: '5t', costs: { per_km: 10 } },
      ],
      jobs: [
        { id: 1, location: at(126.9, 35.2) },
        { id: 2, location: at(127.0, 37.5) },
      ],
    })
    expect(answer.routes.map(({ vehicle: id }) => id)).toEqual([1, 2])
    expect(answer.summary.distance).toBeGreaterThan(1000)
  })
})
