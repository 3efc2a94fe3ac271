import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { VroomFailureSchema } from '../../server/vroom/schema.ts'
import { findIssues, improve, type Problem } from '../../solver/index.ts'
import { makeProblem } from './makeProblem.ts'
import { badRequests, LEAK } from './malformedRequests.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Paths of every member, the document itself left out. */
function pathsOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? value.map((member, k) => [k, member] as const) : Object.entries(value)
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, member]) => pathsOf(member, [...path, key]))]
}

function replaceAt(document: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const copy = structuredClone(document)
  const parent = path.slice(0, -1).reduce<Json>((at, key) => (at as Record<string, Json>)[key]!, copy) as Record<
    string,
    Json
  >
  const key = path.at(-1)!
  if (value !== undefined) parent[key] = value
  else if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
  return copy
}

const good = makeProblem() as unknown as Json
const PATHS = pathsOf(good)
/** Values that have broken such services before, beside anything else that JSON can say. */
const strange = fc.oneof(
  fc.constantFrom<Json | undefined>(
    undefined,
    null,
    '',
    -1,
    0,
    0.5,
    1e300,
    -1e-300,
    2 ** 53,
    'NaN',
    '__proto__',
    [],
    {},
    [[]],
    true,
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
)
/** A good problem with one to three members replaced or taken away. */
const nearlyGood = fc
  .array(fc.tuple(fc.constantFrom(...PATHS), strange), { minLength: 1, maxLength: 3 })
  .map((changes) =>
    changes.reduce((document, [path, value]) => {
      try {
        return replaceAt(document, path, value)
      } catch {
        return document
      }
    }, good),
  )

/** A few hundred every day; MALFORMED=10000 for all. */
const REQUESTS = Number(process.env.MALFORMED ?? 300)

describe('malformed input', () => {
  it(`is refused with words, breaks nothing and learns nothing: ${REQUESTS} requests to every address`, async () => {
    const { app } = await openApp()
    const problem = await addProblem(app)
    const payload = { seconds: 60 }
    const job = (await app.inject({ method: 'POST', url: `/api/problems/${problem}/jobs`, payload })).json().id
    await app.inject({ method: 'DELETE', url: `/api/jobs/${job}` })
    const contract = (await app.inject('/api/openapi.json')).json()
    const webhook = { url: 'https://erp.example/hook', events: ['job.done'] }
    const search = { seconds: 5, seed: 1, from: 'x', locks: [] }
    const good = [
      { method: 'POST', url: '/api/problems', body: makeProblem() },
      { method: 'POST', url: `/api/problems/${problem}/jobs`, body: search },
      { method: 'POST', url: '/api/webhooks', body: webhook },
    ]
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(badRequests(contract, [problem, job], good), async ({ method, url, headers, payload }) => {
        const response = await app.inject({ method: method as 'GET', url, headers, ...(payload && { payload }) })
        const { statusCode, body } = response
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
        expect(statusCode, `${method} ${url} ${body}`).toBeLessThan(500)
        if (statusCode < 400) {
          // a good request after all; its search is not what is tested here
          if (statusCode === 202) await app.inject({ method: 'DELETE', url: String(response.headers.location) })
          return
        }
        // what was asked for may be repeated
        expect(body.replaceAll(url.split('?')[0]!.slice(0, 120), '')).not.toMatch(LEAK)
        if (method === 'HEAD') return
        // those of /vroom have its shape
        if (typeof response.json().code === 'number') {
          expectShape(VroomFailureSchema, response.json())
          return
        }
        for (const { message, remedy } of expectRefusal(response, statusCode).issues)
          expect([message.length > 0, remedy.length > 0]).toEqual([true, true])
      }),
      { numRuns: REQUESTS },
    )
    // the generator reaches what it is for
    for (const status of [400, 404, 405, 415, 422]) expect(statuses.get(status) ?? 0, `${status}`).toBeGreaterThan(0)
    expect((await app.inject(`/api/problems/${problem}`)).json()).toEqual(makeProblem())
  }, 1_200_000)

  it('a form without its boundary, or cut off, is refused in words', async () => {
    const { app } = await openApp()
    for (const [type, payload] of [
      ['multipart/form-data', '{"seconds":5}'],
      [
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1,2',
      ],
    ] as const) {
      const headers = { 'content-type': type }
      const response = await app.inject({ method: 'POST', url: '/api/studies/firms', headers, payload })
      expect(expectRefusal(response, 400).code, type).toBe('import.form')
    }
  })

  it('names each text that is none, with its place, in problems and elsewhere', async () => {
    const { app } = await openApp()
    const bad = makeProblem({ name: 'nul \u0000', firms: [{ id: 'f\ud800', name: 'f', site: 'member' }] })
    const refused = await app.inject({ method: 'POST', url: '/api/problems', payload: bad })
    const places = expectRefusal(refused, 422).issues.filter(({ code }) => code === 'text.character')
    expect(places.map(({ path }) => path)).toEqual(['name', 'firms/0/id'])
    const url = `/api/problems/${await addProblem(app)}/jobs`
    const payload = { seconds: 1, from: 'a\u0000' }
    const job = expectRefusal(await app.inject({ method: 'POST', url, payload }), 400)
    expect([job.code, job.issues.map(({ path }) => path)]).toEqual(['request.text', ['body/from']])
    for (const address of ['/api/plans/%00', '/api/problems?complex=%00', '/api/jobs/a%00b'])
      expect(expectRefusal(await app.inject(address), 400).code, address).toBe('request.text')
  })

  it('is either listed as faults or can be planned', async () => {
    const { app } = await openApp()
    const travelOf = travelFrom(trunk)
    await fc.assert(
      fc.asyncProperty(nearlyGood, async (document) => {
        const response = await app.inject({ method: 'POST', url: '/api/problems', payload: document as object })
        if (response.statusCode === 400) {
          // what a reader could take for the prototype of everything is not even read
          expect(JSON.stringify(document)).toMatch(/"(__proto__|constructor)":/)
          return
        }
        if (response.statusCode === 422) {
          expectRefusal(response, 422)
          for (const issue of response.json().issues) expect(issue.remedy.length, issue.path).toBeGreaterThan(0)
          return
        }
        expect(response.statusCode, response.body).toBe(201)
        expect(findIssues(document).filter(({ severity }) => severity === 'error')).toEqual([])
        const problem = document as unknown as Problem
        const travel = await travelOf(problem).catch((error: Error) => {
          // a place off the mainland is the travel source's to refuse
          expect(error.name).toBe('ProviderError')
          return undefined
        })
        if (!travel) return
        for (const step of improve(problem, travel, { seed: 1, iterations: 20 })) expect(step.costKrw).not.toBeNaN()
        const stored = await app.inject(`/api/problems/${response.json().id}`)
        expect(stored.json()).toEqual(JSON.parse(JSON.stringify(document)))
      }),
      { numRuns: 200 },
    )
  })
})
