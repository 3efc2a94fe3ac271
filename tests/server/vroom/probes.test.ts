/** The published probes and benchmarks of the format, where somebody has put them beside the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { trunk } from '../../../server/travel/trunk.ts'
import { answerVroom } from '../../../server/vroom/desk.ts'
import { solveVroom } from '../../../server/vroom/solve.ts'
import { causesOf, solveRaw } from './solveRaw.ts'

const folder = process.env.MILKRUN_VROOM ?? fileURLToPath(new URL('../../../../shared/vroom/', import.meta.url))
const present = existsSync(folder)
const read = (path: string) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'))
const list = (kind: string, pattern: RegExp): string[] =>
  present
    ? readdirSync(`${folder}/${kind}`)
        .filter((name) => pattern.test(name))
        .map((name) => `${kind}/${name.replace(pattern, '')}`)
    : []

const INPUT = /\.input\.json$/
const solvable = [...list('probes', INPUT), ...list('issues', INPUT)].filter((name) => !/\/e\d/.test(name))
const faulty = list('probes', INPUT).filter((name) => /\/e\d/.test(name))

describe.skipIf(!present)('the probes of the format (skipped where ../shared/vroom is not there)', () => {
  it.each(solvable)('%s: no dearer than VROOM, as much served, the same violations', async (name) => {
    const expected = read(`${name}.vroom-1.14.0.json`)
    const planMode = (expected._args ?? '').includes('-c')
    const { answer } = await solveRaw(read(`${name}.input.json`), { planMode })
    const { cost, priority, unassigned, violations } = answer.summary
    expect(answer.code).toBe(expected.code)
    expect(priority).toBeGreaterThanOrEqual(expected.summary.priority)
    expect(unassigned).toBeLessThanOrEqual(expected.summary.unassigned)
    expect(cost).toBeLessThanOrEqual(expected.summary.cost)
    expect(causesOf(violations)).toEqual(causesOf(expected.summary.violations))
    if (!planMode) return
    expect(violations).toEqual(expect.arrayContaining(expected.summary.violations))
    for (const [index, { steps }] of answer.routes.entries())
      for (const [at, step] of steps.entries())
        expect(causesOf(step.violations)).toEqual(causesOf(expected.routes[index].steps[at].violations))
  })

  it.each(faulty)('%s: refused with the same code', async (name) => {
    const expected = read(`${name}.vroom-1.14.0.json`)
    const reply = await answerVroom(
      { bytes: readFileSync(`${folder}/${name}.input.json`), locale: 'en', signal: new AbortController().signal },
      { provider: trunk, run: async (work) => solveVroom(work, () => 0) },
    )
    expect(reply.body).toMatchObject({ code: expected.code, error: expect.stringMatching(/.{10}/), x_faults: [{}] })
    expect(reply.status).toBe(400)
  })

  it('solves the documented examples that bring their matrices', async () => {
    const expected = read('official/example_2_sol.json')
    for (const name of ['official/example_2.json', 'official/vroom-express_healthcheck.json']) {
      const { answer } = await solveRaw(read(name))
      expect(answer.summary).toMatchObject(expected.summary)
      expect(answer.routes[0]!.steps).toMatchObject(expected.routes[0].steps)
    }
  })

  it.each(['example_1', 'example_3'])('%s: names every place that no road of ours reaches', async (name) => {
    const raw = read(`official/${name}.json`)
    const { status, body } = await answerVroom(
      { bytes: Buffer.from(JSON.stringify(raw)), locale: 'en', planMode: true, signal: new AbortController().signal },
      { provider: trunk, run: async (work) => solveVroom(work, () => 0) },
    )
    expect(status).toBe(422)
    const places = 2 * raw.vehicles.length + raw.jobs.length + 2 * (raw.shipments ?? []).length
    expect(body).toMatchObject({
      code: 3,
      x_faults: Array.from({ length: places }, () => ({ code: 'place.unreachable' })),
    })
  })

  it.each([
    ['A-n32-k5', 10_000],
    ['vfmpfv03', 3000],
    ['lr101', 10_000],
    ['RC201', 40_000],
  ])('benchmarks/%s: no dearer than VROOM', async (name, iterations) => {
    const expected = read(`benchmarks/${name}.vroom-1.14.0.json`)
    const { answer } = await solveRaw(read(`benchmarks/${name}.json`), { iterations })
    expect(answer.summary.unassigned).toBe(expected.summary.unassigned)
    expect(answer.summary.cost).toBeLessThanOrEqual(expected.summary.cost)
  })
})
