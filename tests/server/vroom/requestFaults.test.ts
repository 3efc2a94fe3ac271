import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRequest } from '../../../server/vroom/readRequest.ts'
import { arbitraryRequest } from './arbitraryRequest.ts'
import { DURATIONS, request } from './solveRaw.ts'

const faultsOf = (raw: unknown, planMode = false) =>
  readRequest(raw, planMode).faults.map(({ code, path, error }) => ({ code, path, error }))
const job = (more: object = {}) => ({ id: 1, location_index: 1, ...more })
const vehicle = (more: object = {}) => ({ id: 1, start_index: 0, end_index: 0, ...more })

describe('the faults of a request', () => {
  it('are all named, each with its place, a sentence and a remedy', () => {
    const { faults, request: read } = readRequest(
      request({
        vehicles: [
          vehicle({ capacity: ['x'], speed_factor: 9, breaks: [{ service: -1 }] }),
          vehicle({ start_index: 9, time_window: [5, 1] }),
        ],
        jobs: [job({ priority: 101, time_windows: [] }), job({ skills: 'all', pickup: [1, 2], service: 1.5 })],
        shipments: [{ pickup: { id: 1 } }],
      }),
      false,
    )
    expect(read).toBeUndefined()
    expect(faults.map(({ path }) => path).sort()).toEqual(
      [
        'vehicles/0/capacity/0',
        'vehicles/0/speed_factor',
        'vehicles/0/breaks/0/id',
        'vehicles/0/breaks/0/service',
        'vehicles/1/start_index',
        'vehicles/1/time_window',
        'jobs/0/priority',
        'jobs/0/time_windows',
        'jobs/1',
        'jobs/1/pickup',
        'jobs/1/service',
        'jobs/1/skills',
        'shipments/0/delivery',
        'shipments/0/pickup',
      ].sort(),
    )
    for (const { message, remedy, error } of faults)
      for (const words of [message.ko, message.en, remedy.ko, remedy.en, error]) expect(words.length).toBeGreaterThan(3)
  })

  it.each<[string, object, string, string]>([
    ['no vehicles', { vehicles: undefined }, 'vehicles', 'Invalid vehicles.'],
    ['an empty list of vehicles', { vehicles: [] }, 'vehicles', 'No vehicle defined.'],
    ['nothing to do', { jobs: [] }, '/', 'No task defined.'],
    ['jobs that are no list', { jobs: {} }, 'jobs', 'Invalid jobs.'],
    ['a job that is no object', { jobs: [7] }, 'jobs/0', 'Invalid job.'],
    ['an id that is none', { jobs: [job({ id: 'a' })] }, 'jobs/0/id', 'Invalid or missing id for job.'],
    ['two jobs of one id', { jobs: [job(), job()] }, 'jobs/1', 'Duplicate job id: 1.'],
    ['a job nowhere', { jobs: [{ id: 1 }] }, 'jobs/0', 'Invalid location for job 1.'],
    ['a vehicle nowhere', { vehicles: [{ id: 1 }] }, 'vehicles/0', 'No start or end specified for vehicle 1.'],
    [
      'a place beyond the matrix',
      { jobs: [job({ location_index: 5 })] },
      'jobs/0/location_index',
      'location_index exceeding matrix size for car profile.',
    ],
    ['a negative service', { jobs: [job({ service: -1 })] }, 'jobs/0/service', 'Invalid service duration.'],
    [
      'a window that ends first',
      { jobs: [job({ time_windows: [[100, 50]] })] },
      'jobs/0/time_windows/0',
      'Invalid time window: [100, 50]',
    ],
    [
      'windows that overlap',
      {
        jobs: [
          job({
            time_windows: [
              [0, 9],
              [9, 20],
            ],
          }),
        ],
      },
      'jobs/0/time_windows',
      'Unsorted or overlapping time-windows for job 1.',
    ],
    [
      'amounts of another length',
      { jobs: [job({ delivery: [1] })] },
      'jobs/0/delivery',
      'Inconsistent delivery length: 1 instead of 0.',
    ],
    [
      'a matrix with a hole',
      {
        matrices: {
          car: {
            durations: [
              [0, null],
              [1, 0],
            ],
          },
        },
        jobs: [job()],
      },
      'matrices/car/durations/0/1',
      'Invalid matrix entry.',
    ],
    [
      'a matrix that is not square',
      { matrices: { car: { durations: [[0], [1, 0]] } }, jobs: [job()] },
      'matrices/car/durations/0',
      'Unexpected matrix line length.',
    ],
    [
      'an empty matrix',
      { matrices: { car: { durations: [] } }, jobs: [job()] },
      'matrices/car/durations',
      'Empty matrix.',
    ],
    [
      'metres without seconds',
      { matrices: { car: { distances: DURATIONS } }, jobs: [job()] },
      'matrices/car',
      'Custom matrix provided for distances but not for durations for car profile.',
    ],
    [
      'own costs beside a price an hour',
      {
        vehicles: [vehicle({ costs: { per_hour: 1 } })],
        matrices: { car: { durations: DURATIONS, costs: DURATIONS } },
        jobs: [job()],
      },
      'vehicles/0/costs/per_hour',
      'Custom costs are incompatible with using a per_hour value.',
    ],
    [
      'breaks beyond working hours',
      { vehicles: [vehicle({ time_window: [0, 10], breaks: [{ id: 1, service: 20 }] })], jobs: [job()] },
      'vehicles/0/breaks',
      'Inconsistent breaks for vehicle 1.',
    ],
    [
      'two breaks of one id',
      { vehicles: [vehicle({ breaks: [{ id: 1 }, { id: 1 }] })], jobs: [job()] },
      'vehicles/0/breaks/1',
      'Duplicate break id: 1.',
    ],
    [
      'an unknown step',
      { vehicles: [vehicle({ steps: [{ type: 'fly' }] })], jobs: [job()] },
      'vehicles/0/steps/0',
      'Invalid type in steps for vehicle 1.',
    ],
    [
      'a step of no job',
      { vehicles: [vehicle({ steps: [{ type: 'job', id: 8 }] })], jobs: [job()] },
      'vehicles/0/steps/0',
      'Invalid job id 8 for vehicle 1.',
    ],
    [
      'a job in two routes',
      { vehicles: [1, 2].map((id) => vehicle({ id, steps: [{ type: 'job', id: 1 }] })), jobs: [job()] },
      'vehicles/1/steps/0',
      'Duplicate job id 1 in input steps for vehicle 2.',
    ],
    [
      'an end in the middle',
      { vehicles: [vehicle({ steps: [{ type: 'end' }, { type: 'job', id: 1 }] })], jobs: [job()] },
      'vehicles/0/steps/0',
      'Unexpected end in input steps for vehicle 1.',
    ],
    [
      'some places by index and some not',
      { jobs: [job(), { id: 2, location: [127, 37] }] },
      'jobs/1/location',
      'Missing location index.',
    ],
    ['options of a wrong kind', { jobs: [job()], options: { l: 'long' } }, 'options/l', 'Invalid l option.'],
    ['far too many tasks', { jobs: Array.from({ length: 2001 }, (_, id) => ({ id })) }, '/', 'Too many tasks: 2001.'],
  ])('%s', (_, more, path, error) => {
    expect(faultsOf(JSON.parse(JSON.stringify(request(more))))).toContainEqual(expect.objectContaining({ path, error }))
  })

  it.each([null, 3, 'x', [], true])('a request that is no object: %j', (raw) => {
    expect(faultsOf(raw)).toEqual([{ code: 'root.type', path: '/', error: 'Input root is not an object.' }])
  })

  it('ignores keys that it does not know, and says so, but not those of others', () => {
    const { faults, notes } = readRequest(request({ jobs: [job({ time_window: [0, 1], x_mine: 1 })], meta: {} }), false)
    expect(faults).toEqual([])
    expect(notes.map(({ path }) => path)).toEqual(['jobs/0/time_window'])
  })

  it('are none in what the generator of good requests makes, and no spoiled value goes unnoticed or breaks the reader', () => {
    const strange = fc.oneof(
      fc.constantFrom<unknown>(null, -1, 0.5, '', 'x', [], {}, true, 1e300, 2 ** 53, [[]], [[1]], [[5, 1]], { id: 1 }),
      fc.jsonValue(),
    )
    const path = fc.array(fc.nat(30), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(
        arbitraryRequest({ jobs: 4, shipments: 2, vehicles: 2 }),
        path,
        strange,
        fc.boolean(),
        (raw, steps, value, planMode) => {
          const copy = structuredClone(raw) as unknown as Record<string, unknown>
          let parent: Record<string, unknown> = copy
          for (const [depth, choice] of steps.entries()) {
            const keys = Object.keys(parent)
            if (keys.length === 0) break
            const key = keys[choice % keys.length]!
            const child = parent[key]
            if (depth === steps.length - 1 || typeof child !== 'object' || child === null) {
              parent[key] = value
              break
            }
            parent = child as Record<string, unknown>
          }
          const { request: read, faults } = readRequest(copy, planMode)
          expect(read === undefined).toBe(faults.length > 0)
          for (const { path: place, error } of faults) {
            expect(place.length).toBeGreaterThan(0)
            expect(error).toMatch(/^.{5,200}$/)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
