import { describe, expect, it, vi } from 'vitest'
import { openFolder, PATIENT } from '../openFolder.ts'
import { request } from './solveRaw.ts'

vi.setConfig(PATIENT)

const steps = [
  { type: 'job', id: 2 },
  { type: 'job', id: 1 },
]
const sound = request({
  vehicles: [{ id: 1, start_index: 0, end_index: 0, max_tasks: 1, steps }],
  jobs: [
    { id: 1, location_index: 1 },
    { id: 2, location_index: 2 },
  ],
})

describe('milkrun vroom', () => {
  it('chooses times for given routes with -c, and tells what they break', async () => {
    const { milkrun, write, read } = openFolder()
    write('request.json', sound)
    const { code, stdout, stderr } = await milkrun('vroom request.json -c')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ code: 0, summary: { cost: 1900, violations: [{ cause: 'max_tasks' }] } })
    await milkrun('vroom request.json --plan-mode --out answer.json')
    expect(JSON.parse(read('answer.json')).routes).toEqual(JSON.parse(stdout).routes)
  })

  it('ends with 2 where the request is at fault, in the shape that clients read', async () => {
    const { milkrun, write } = openFolder()
    // without -c the steps have to keep every rule
    write('request.json', sound)
    const infeasible = await milkrun('vroom request.json --iterations 50')
    expect(infeasible.code).toBe(2)
    expect(JSON.parse(infeasible.stdout)).toMatchObject({ code: 2, error: 'Infeasible route for vehicle 1.' })
    write('faulty.json', request({ vehicles: [], jobs: [{ id: 1 }] }))
    const { code, stdout, stderr } = await milkrun('vroom faulty.json --lang en')
    expect(code).toBe(2)
    expect(JSON.parse(stdout).x_faults.map(({ path }: { path: string }) => path)).toEqual(['vehicles', 'jobs/0'])
    expect(stderr).toContain('No vehicle defined.')
  })

  it('ends with 3 where no road reaches a place', async () => {
    const { milkrun, write } = openFolder()
    write('request.json', { vehicles: [{ id: 1, start: [126.9, 35.2] }], jobs: [{ id: 1, location: [2.3, 48.7] }] })
    const { code, stdout } = await milkrun('vroom request.json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ code: 3, x_faults: [{ path: 'jobs/0/location' }] })
  })
})
