import { Type } from 'typebox'
import type { Issue, Locale } from '../../solver/index.ts'
import { type Complex, ComplexSchema } from '../api.ts'
import { localeOf, unprocessable } from '../errors.ts'
import { ComplexDataSchema, findComplexIssues } from '../imports/complexData.ts'
import type { ComplexRecord } from '../store/store.ts'
import { type App, IdParams, refusals } from './service.ts'

/** That of the fixture is 40 kB. */
const MAX_COMPLEX_BYTES = 4 * 2 ** 20

export function complexRoutes(app: App): void {
  app.get(
    '/api/complexes',
    {
      config: { access: 'complex.read' },
      schema: {
        summary: 'Complexes and their days',
        tags: ['problems'],
        response: { 200: Type.Array(ComplexSchema), ...refusals },
      },
    },
    async ({ store }) => (await store.complexes.list()).map(describeComplex),
  )

  app.put(
    '/api/complexes/:id',
    {
      bodyLimit: MAX_COMPLEX_BYTES,
      config: { access: 'complex.put', ownFaults: true },
      schema: {
        summary: 'Add a complex, or replace its places, firms, fleet and tariffs; days that are there stay as they are',
        tags: ['problems'],
        params: IdParams,
        body: ComplexDataSchema,
        response: { 200: ComplexSchema, ...refusals },
      },
      // the schema is for readers of the contract: findComplexIssues says more, with remedies
      validatorCompiler: () => () => true,
    },
    async ({ params, body, headers, store }) => {
      const locale = localeOf(headers['accept-language'])
      const issues = findComplexIssues(body, locale)
      if (issues.length === 0 && body.complex.id !== params.id) issues.push(otherId(params.id, locale))
      if (issues.length > 0) throw unprocessable(issues)
      await store.complexes.put(body)
      return describeComplex((await store.complexes.get(params.id))!)
    },
  )
}

function describeComplex({ data, days }: ComplexRecord): Complex {
  const { id, name, lng, lat, timeZone, synthetic } = data.complex
  return { id, name, lng, lat, timeZone, synthetic, days: [...days] }
}

const otherId = (id: string, locale: Locale): Issue => ({
  code: 'complex.otherId',
  severity: 'error',
  path: 'complex/id',
  ...(locale === 'ko'
    ? { message: `주소의 id 는 '${id}' 입니다.`, remedy: '둘을 같게 적으세요.' }
    : { message: `the id in the address is '${id}'`, remedy: 'Make both the same.' }),
})
