import { Errors } from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import { CODES } from '../../server/codes.ts'
import { type Contract, type Operation, operationName, type Schema } from '../../server/openApi/describe.ts'
import { EXAMPLES } from '../../server/openApi/examples.ts'
import { KOREAN } from '../../server/openApi/words.ts'
import type { App } from '../../server/routes/service.ts'
import { addProblem, expectRefusal, openApp } from './openApp.ts'

const contractOf = async (app: App): Promise<Contract> => (await app.inject('/api/openapi.json')).json()
const operationsOf = ({ paths }: Contract) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
const resolve = (contract: unknown, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], contract)

function everyReference(value: unknown, found: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, member] of Object.entries(value))
    if (key === '$ref') found.push(String(member))
    else everyReference(member, found)
  return found
}

describe('the contract', () => {
  it('names and describes every address, its parameters and all its answers', async () => {
    const contract = await contractOf((await openApp()).app)
    expect(contract.openapi).toMatch(/^3\.1\.\d$/)
    const names = operationsOf(contract).map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const { method, path, operation } of operationsOf(contract)) {
      const where = `${method} ${path}`
      expect(operation.operationId, where).toMatch(/^[a-z]\w+$/)
      expect(operation.summary?.length, where).toBeGreaterThan(5)
      expect(operation.description?.length, where).toBeGreaterThan(5)
      expect(operation.tags?.length, where).toBe(1)
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path')
      expect(declared.map(({ name }) => name).sort(), where).toEqual(inPath.sort())
      for (const { name, required, description, schema, ...rest } of operation.parameters ?? []) {
        expect(description?.length, `${where} ${name}`).toBeGreaterThan(3)
        expect(schema, `${where} ${name}`).toBeDefined()
        if (rest.in === 'path') expect(required).toBe(true)
      }
      const statuses = Object.keys(operation.responses)
      expect(statuses, where).toEqual(expect.arrayContaining(['4XX', '5XX']))
      expect(
        statuses.some((status) => status.startsWith('2')),
        where,
      ).toBe(true)
      for (const answer of Object.values(operation.responses))
        if (!('$ref' in answer)) expect(answer.description, where).not.toMatch(/^(Default Response|)$/)
    }
    for (const reference of everyReference(contract))
      expect(resolve(contract, reference), reference).toBeInstanceOf(Object)
  })

  it('has examples that fit their schemas, and requests that are accepted', async () => {
    const { app } = await openApp()
    const contract = await contractOf(app)
    const problem = await addProblem(app)
    const known = Object.keys(EXAMPLES).filter((name) => name !== 'refusal')
    const byName = new Map(operationsOf(contract).map((entry) => [entry.operation.operationId!, entry]))
    for (const name of known) {
      const { method, path, operation } = byName.get(name)!
      const fits = (content: { schema?: Schema; example?: unknown } | undefined, part: string) => {
        expect(content?.example, `${name} ${part}`).toBeDefined()
        expect(faultsOf(content!.schema!, content!.example), `${name} ${part}`).toEqual([])
      }
      const [answer] = Object.entries(operation.responses).flatMap(([status, one]) =>
        status.startsWith('2') ? [one] : [],
      )
      fits(answer?.content?.['application/json'], 'answer')
      const { request } = EXAMPLES[name]!
      if (request === undefined) continue
      fits(operation.requestBody?.content['application/json'], 'request')
      const url = path.replace('{id}', problem)
      const response = await app.inject({ method: method.toUpperCase() as 'POST', url, payload: request as object })
      expect(response.statusCode, `${name} ${response.body}`).toBeLessThan(300)
    }
    const { content } = (contract.components as { responses: Record<string, Operation['responses'][string]> }).responses
      .refusal4XX!
    const refusal = resolve(contract, String(content?.['application/json']?.schema?.$ref)) as Schema
    expect(faultsOf(refusal, content?.['application/json']?.example)).toEqual([])
  })

  it('lists every code of a refusal', async () => {
    const { description } = (await contractOf((await openApp()).app)).info
    for (const code of Object.keys(CODES)) expect(description).toContain(`\`${code}\``)
  })

  it('names an operation by its address', () => {
    expect(operationName('get', '/api/problems/{id}')).toBe('getProblem')
    expect(operationName('post', '/api/problems/{id}/jobs')).toBe('createProblemJob')
    expect(operationName('post', '/api/jobs/{id}/stop')).toBe('stopJob')
    expect(operationName('delete', '/api/webhooks/{id}')).toBe('removeWebhook')
    expect(operationName('get', '/api/audit/{seq}')).toBe('getAuditSeq')
    expect(operationName('post', '/vroom')).toBe('createVroom')
  })
})

const faultsOf = (schema: Schema, value: unknown): string[] => {
  const [, errors] = Errors(schema as never, value)
  return errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

describe('the documentation page', () => {
  it('shows every operation in the language asked for, with nothing from elsewhere', async () => {
    const { app } = await openApp()
    const contract = await contractOf(app)
    const korean = await app.inject('/api/docs')
    const english = await app.inject({ url: '/api/docs', headers: { 'accept-language': 'en' } })
    expect(korean.headers['content-type']).toBe('text/html; charset=utf-8')
    expect([korean.body.slice(0, 40), english.body.slice(0, 40)]).toEqual([
      expect.stringContaining('lang="ko"'),
      expect.stringContaining('lang="en"'),
    ])
    for (const { path, operation } of operationsOf(contract)) {
      for (const page of [korean.body, english.body]) {
        expect(page).toContain(`id="${operation.operationId}"`)
        expect(page).toContain(`<code>${path}</code>`)
      }
    }
    for (const page of [korean.body, english.body]) {
      expect(page).not.toMatch(/<script|<style| style=| on\w+=|(src|href)="(https?:)?\/\//)
      expect(page).toContain('curl -X POST &#39;http://localhost')
    }
    expect((await app.inject('/api/docs?lang=en')).body).toBe(english.body)
    const style = await app.inject('/api/docs.css')
    expect(style.headers['content-type']).toContain('text/css')
    expect(style.body).not.toContain('@import')
    expectRefusal(await app.inject('/api/docs?lang=fr'), 400)
  })

  it('has Korean words for every operation', async () => {
    const names = operationsOf(await contractOf((await openApp()).app)).map(({ operation }) => operation.operationId!)
    expect(names.filter((name) => !(name in KOREAN))).toEqual([])
  })

  it('finds by words of either language, and says when there is nothing', async () => {
    const { app } = await openApp()
    const found = async (q: string) => {
      const page = (await app.inject(`/api/docs?lang=ko&q=${encodeURIComponent(q)}`)).body
      return [...page.matchAll(/<details id="(\w+)"/g)].map(([, name]) => name)
    }
    expect(await found('explain shipment')).toEqual(['getPlanExplainShipment'])
    expect(await found('확정을 거둔다')).toEqual(['withdrawPlan'])
    expect(await found('POST webhooks')).toEqual(expect.arrayContaining(['createWebhook', 'enableWebhook']))
    expect(await found('qqqq')).toEqual([])
    const page = (await app.inject(`/api/docs?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).body
    expect(page).not.toContain('<script>')
  })
})
