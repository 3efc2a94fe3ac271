import type { LightMyRequestResponse } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, afterEach, expect } from 'vitest'
import { type ApiError, ErrorSchema } from '../../server/api.ts'
import { type AppOptions, buildApp } from '../../server/app.ts'
import { loadComplex } from '../../server/complexes.ts'
import type { App, Service } from '../../server/routes/service.ts'
import { type Address, type Database, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import type { Nouns } from '../../server/store/store.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { empty } from './databases.ts'
import { makeProblem } from './makeProblem.ts'
import { MEMORY } from './memory.ts'

const opened: App[] = []
const EVERYTHING = { actor: 'test', complexes: 'all' } as const
/** One of each kind for the tests of a file: opening one takes a second. */
const databases = new Map<Address['kind'], Database>()
afterAll(async () => {
  for (const database of databases.values()) await database.close()
})
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close()
  for (const database of databases.values()) await empty(database)
})

/** The real service on a real store; closed after the test. */
export async function openApp(
  changes: Partial<AppOptions> = {},
  address: Address = MEMORY,
): Promise<{ app: App; service: Service; store: Nouns; database: Database }> {
  const database = databases.get(address.kind) ?? (await openDatabase(address))
  databases.set(address.kind, database)
  const store = createStore(database)
  await store.as(EVERYTHING).complexes.put(await loadComplex('gwangju'))
  const options = {
    store,
    database,
    provider: trunk,
    concurrency: 1,
    ...changes,
    limits: { requestsPerMinute: 1e6, eventLoopDelayMs: 0, ...changes.limits },
  }
  const built = await buildApp(options)
  opened.push(built.app)
  return { ...built, store: store.as(EVERYTHING), database }
}

export async function addProblem(app: App, problem: unknown = makeProblem()): Promise<string> {
  const response = await app.inject({ method: 'POST', url: '/api/problems', payload: problem as object })
  expect(response.statusCode, response.body).toBe(201)
  return response.json().id
}

/** Response schemas only serialise: that an answer fits its schema has to be asked here. */
export function expectShape(schema: TSchema, value: unknown): void {
  expect([...Value.Errors(schema, value)].map(({ instancePath, message }) => `${instancePath}: ${message}`)).toEqual([])
}

export function expectRefusal(response: LightMyRequestResponse, status: number): ApiError {
  expect(response.statusCode, response.body).toBe(status)
  expect(response.headers['content-type']).toContain('application/json')
  const body = response.json()
  expectShape(ErrorSchema, body)
  expect(body.message.length).toBeGreaterThan(10)
  return body
}
