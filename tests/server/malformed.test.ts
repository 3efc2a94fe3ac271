import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '../../server/travel/index.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { findIssues, improve, type Problem } from '../../solver/index.ts'
import { makeProblem } from './makeProblem.ts'
import { addProblem, expectRefusal, openApp } from './openApp.ts'

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

describe('malformed input', () => {
  it('is refused with words and never breaks the service', async () => {
    const { app } = await openApp()
    const problem = await addProblem(app)
    const urls = [
      '/api/problems',
      `/api/problems/${problem}/jobs`,
      '/api/problems/x/jobs',
      '/api/imports?complex=gwangju',
      '/api/imports',
      '/api/jobs/x/events',
      '/api/plans/%00',
      '/api/%ff',
      '//',
      '/api/problems/x?a[b]=c',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
        fc.oneof(
          fc.constantFrom(...urls),
          fc.webPath().map((path) => `/${path}`),
        ),
        fc.oneof(fc.json(), fc.string(), fc.constantFrom('{', '{"a":NaN}', '\u0000', '"\ud800"')),
        fc.constantFrom(
          'application/json',
          'application/json; charset=x',
          'text/csv',
          'text/plain',
          'multipart/form-data',
          '',
          'a/b',
        ),
        async (method, url, payload, type) => {
          // a good job request would be run
          if (url.endsWith(`${problem}/jobs`)) fc.pre(payload.trim() !== '{}')
          const hasBody = method !== 'GET' && method !== 'HEAD'
          const headers = { ...(type && hasBody && { 'content-type': type }), 'accept-language': 'en' }
          const response = await app.inject({ method: method as 'GET', url, headers, ...(hasBody && { payload }) })
          expect(response.statusCode, `${method} ${url} ${response.body}`).toBeLessThan(500)
          if (response.statusCode >= 400 && method !== 'HEAD') expectRefusal(response, response.statusCode)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is either listed as faults or can be planned', async () => {
    const { app } = await openApp()
    const travelOf = travelFrom(PROVIDERS[0]!)
    await fc.assert(
      fc.asyncProperty(nearlyGood, async (document) => {
        const response = await app.inject({ method: 'POST', url: '/api/problems', payload: document as object })
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
