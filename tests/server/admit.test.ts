import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AdmittedPlanSchema } from '../../server/api.ts'
import { admitPlanFile } from '../../server/reports/admit.ts'
import { renderPlanFile, sealOf, splitPlanFile } from '../../server/reports/planFile.ts'
import { PLAN_FILE_FORMAT, type PlanFile } from '../../solver/index.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

/** A proved plan as version 0.1.0 wrote it: a route with two shipments, 48,000 won, which no plan undercuts. */
const OLD: PlanFile = JSON.parse(readFileSync(new URL('../../fixtures/planFiles/v0.1.0.json', import.meta.url), 'utf8'))
const FILE: PlanFile = (() => {
  const { plan, problem, papers } = splitPlanFile(OLD)
  return JSON.parse(renderPlanFile(plan, problem, papers.travel, papers.certificate))
})()
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const sealed = (file: PlanFile): PlanFile => ({ ...file, hash: sealOf(file) })
const admit = (value: unknown, seconds = 60) =>
  admitPlanFile(value instanceof Uint8Array ? value : bytesOf(value), {
    locale: 'ko',
    seconds,
    nowMs: () => performance.now(),
  })
const codesOf = async (value: unknown): Promise<string[]> => (await admit(value)).issues.map(({ code }) => code)

describe('a plan file from outside', () => {
  it('is admitted once all of it has been checked again, in its present form and in the first', async () => {
    expect(await admit(FILE)).toEqual({ file: FILE, holds: 'yes', issues: [] })
    expect(await admit(OLD)).toEqual({ file: OLD, holds: 'yes', issues: [] })
    const { certificate: _, ...bare } = FILE
    expect(await admit(sealed(bare as PlanFile))).toMatchObject({ file: {}, issues: [] })
  })

  it('is refused where a figure of the plan was changed, with the place, whether the seal was mended or not', async () => {
    const cheaper = structuredClone(FILE) as { routes: { costKrw: number; stops: { arriveS: number }[] }[] } & PlanFile
    cheaper.routes[0]!.costKrw -= 1
    cheaper.routes[0]!.stops[1]!.arriveS -= 60
    const { issues, file } = await admit(sealed(cheaper))
    expect(file).toBeUndefined()
    expect(issues.map(({ code }) => code)).toContain('plan.violation')
    expect(issues.map(({ path }) => path)).toContain('routes/0/stops/1')
    const unsealed = await codesOf(cheaper)
    expect(unsealed).toContain('planFile.hash')
    expect(unsealed).toContain('plan.violation')
  })

  it('is refused where its certificate claims more than can be proved', async () => {
    const certificate = FILE.certificate!
    const bold = { ...certificate, lowerKrw: certificate.lowerKrw + 1000 }
    const { issues } = await admit(sealed({ ...FILE, certificate: bold }))
    expect(issues.length).toBeGreaterThan(0)
    expect(issues.every(({ code, path }) => code === 'certificate.fault' && path === 'certificate')).toBe(true)
  })

  it('is refused where the shares of its split do not add up to its cost', async () => {
    const row = {
      firm: 'A',
      shipments: [],
      b1Krw: 0,
      b2Krw: 0,
      missing: [],
      shareKrw: 47_000,
      ownKrw: 0,
      savingKrw: 0,
      savingShare: 0,
      savingB2Krw: 0,
      savingB2Share: 0,
      jointKrw: 0,
      tightest: null,
    }
    const stability = {
      verdict: 'holds',
      looked: 0,
      every: false,
      provedUpToKrw: null,
      tightest: null,
      violated: [],
      violations: 0,
    } as const
    const split = {
      method: 'proportional',
      planKrw: 48_000,
      rows: [row],
      unserved: [],
      trucks: 'all',
      seed: 1,
      iterations: 1,
      dual: null,
      stability,
      subsidy: { dayKrw: 0, yearKrw: 0, workingDays: 250, enoughKrw: null },
      joint: null,
      notes: [],
    } as const
    const withSplit = (shareKrw: number) =>
      sealed({
        ...FILE,
        split: [
          {
            ...split,
            rows: [{ ...row, shareKrw }],
            unserved: [],
            notes: [],
            stability: { ...stability, violated: [] },
          },
        ],
      })
    expect(await codesOf(withSplit(47_000))).toEqual(['split.sum'])
    expect(await codesOf(withSplit(48_000))).toEqual([])
  })

  it('has every fault told at once: of its form, its problem and its seal', async () => {
    const { issues } = await admit({
      ...FILE,
      costKrw: 'free',
      extra: 1,
      problem: { ...FILE.problem, shipments: [{ ...FILE.problem.shipments[0], weightKg: -1 }] },
    })
    const codes = issues.map(({ code }) => code)
    expect(codes.filter((code) => code === 'planFile.shape').length).toBeGreaterThanOrEqual(2)
    expect(codes).toContain('planFile.hash')
    expect(issues.some(({ path }) => path === 'problem/shipments/0/weightKg')).toBe(true)
    for (const { message, remedy } of issues) expect(Math.min(message.length, remedy.length)).toBeGreaterThan(5)
  })

  it('is refused in words where it is of a newer form, or no JSON at all', async () => {
    expect(await codesOf({ ...FILE, format: PLAN_FILE_FORMAT + 1 })).toEqual(['planFile.newer'])
    for (const text of ['', '{', 'null', '[]', '"a"', '\u0000'])
      expect(await codesOf(new TextEncoder().encode(text))).toEqual(['planFile.json'])
    expect(await codesOf(new Uint8Array([0xff, 0xfe, 0xfd]))).toEqual(['planFile.json'])
  })

  it('with anything in it changed is never admitted, and never throws', async () => {
    const text = JSON.stringify(FILE)
    const change = fc.record({ at: fc.nat(text.length - 1), put: fc.string({ maxLength: 3 }), cut: fc.nat(5) })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, put, cut }) => {
        const changed = text.slice(0, at) + put + text.slice(at + cut)
        const { file } = await admit(new TextEncoder().encode(changed))
        // what still means the same, such as 1.0 for 1, has the same seal
        if (file) expect(sealOf(file)).toBe(FILE.hash)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the service', () => {
  it('takes in what it has given out, proves it again, and gives out the same bytes', async () => {
    const { app } = await openApp()
    const take = async (payload: Uint8Array | string) =>
      await app.inject({
        method: 'POST',
        url: '/api/plans/import',
        payload: Buffer.from(payload),
        headers: { 'content-type': 'application/json' },
      })
    const created = await take(bytesOf(FILE))
    expect(created.statusCode, created.body).toBe(201)
    expectShape(AdmittedPlanSchema, created.json())
    expect(created.json()).toMatchObject({ certificate: 'yes', warnings: [] })
    const exported = await app.inject(`/api/plans/${created.json().plan}/export?format=json`)
    expect(exported.headers['content-disposition']).toMatch(
      /filename="[\x20-\x7e]+"; filename\*=UTF-8''%EA%B3%84%ED%9A%8D-/,
    )
    expect(splitPlanFile(exported.json()).plan).toEqual(splitPlanFile(FILE).plan)
    const again = await take(exported.rawPayload)
    expect((await app.inject(`/api/plans/${again.json().plan}/export?format=json`)).body).toBe(exported.body)

    const refused = await take(bytesOf({ ...FILE, costKrw: 1 }))
    expect(expectRefusal(refused, 422).code).toBe('planFile.faults')
    expect(refused.json().issues.length).toBeGreaterThan(1)
    expectRefusal(await take(''), 400)
  })

  it('gives a plan out in every format, and names those there are', async () => {
    const { app } = await openApp()
    const created = await app.inject({
      method: 'POST',
      url: '/api/plans/import',
      payload: Buffer.from(bytesOf(FILE)),
      headers: { 'content-type': 'application/json' },
    })
    const url = `/api/plans/${created.json().plan}/export`
    for (const [format, type] of [
      ['xlsx', 'spreadsheetml'],
      ['csv', 'text/csv'],
      ['geojson', 'geo+json'],
      ['json', 'application/json'],
      ['pdf', 'application/pdf'],
    ] as const) {
      const response = await app.inject(`${url}?format=${format}`)
      expect(response.statusCode, response.body).toBe(200)
      expect(response.headers['content-type']).toContain(type)
      expect(response.headers['content-disposition']).toContain(`.${format}`)
    }
    expectRefusal(await app.inject(`${url}?format=doc`), 400)
    expectRefusal(await app.inject('/api/plans/none/export?format=csv'), 404)
  })
})
