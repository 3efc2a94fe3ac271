/** Completes what the schemas of the routes say into a contract for people and generators: names, one shape of refusal, headers, examples. */
import { CODES } from '../codes.ts'
import { EXAMPLES } from './examples.ts'

export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly [keyword: string]: unknown
}
interface Content {
  readonly schema?: Schema
  readonly example?: unknown
}
export interface Answer {
  readonly description: string
  readonly content?: Readonly<Record<string, Content>>
  readonly headers?: Readonly<Record<string, unknown>>
}
export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}
export interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Content>> }
  readonly responses: Readonly<Record<string, Answer>>
}
export interface Contract {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly tags?: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>>; readonly [kind: string]: unknown }
}

const VERBS: Readonly<Record<string, string>> = {
  get: 'get',
  post: 'create',
  put: 'replace',
  patch: 'change',
  delete: 'remove',
}
const ANSWERS: Readonly<Record<string, string>> = {
  200: 'Done; what was asked for',
  201: 'Added; the header Location says where',
  202: 'Accepted; it goes on after this answer',
  204: 'Done; there is nothing to say',
  '4XX': 'Refused: the caller has to change something',
  '5XX': 'Refused: the service cannot, now or at all',
}

const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/xes$/, 'x').replace(/s$/, '')
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** `GET /api/problems/{id}` is getProblem, `POST /api/jobs/{id}/stop` stopJob. From the address alone, so that it never changes. */
export function operationName(method: string, path: string): string {
  const steps = path.split('/').filter((step) => step !== '' && step !== 'api')
  const words = steps.flatMap((step, k) => {
    if (step.startsWith('{')) return []
    const word = step.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())
    const id = /^\{(.+)\}$/.exec(steps[k + 1] ?? '')?.[1]
    if (id === undefined) return [word]
    // a word without a plural needs another to tell the one from the list
    return singular(word) === word && id !== 'id' ? [word, id] : [singular(word)]
  })
  const last = words.at(-1) ?? 'root'
  const acts = method === 'post' && words.length > 1 && !last.endsWith('s')
  if (acts) return last + words.slice(0, -1).map(capital).join('')
  const named = method === 'post' ? [...words.slice(0, -1), singular(last)] : words
  return (VERBS[method] ?? method) + named.map(capital).join('')
}

const header = (description: string, type = 'string') => ({ description, schema: { type } })
const HEADERS = {
  requestId: header('Of this request, in the log of the service too; the caller may choose it'),
  limit: header('Requests a minute', 'integer'),
  remaining: header('Requests left of them', 'integer'),
  reset: header('Seconds until all are there again', 'integer'),
  etag: header('Of this version: for If-None-Match, and for If-Match where it can be changed'),
  link: header('The next page: <…>; rel="next". Absent on the last one'),
  retryAfter: header('Seconds after which the same may succeed', 'integer'),
}
const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })
const LIMIT_HEADERS = {
  'X-Request-Id': reference('headers', 'requestId'),
  'RateLimit-Limit': reference('headers', 'limit'),
  'RateLimit-Remaining': reference('headers', 'remaining'),
  'RateLimit-Reset': reference('headers', 'reset'),
}

function describeAnswer(status: string, method: string, path: string, answer: Answer, example: unknown): Answer {
  const description = answer.description === 'Default Response' ? (ANSWERS[status] ?? 'Answer') : answer.description
  if (status === '4XX' || status === '5XX') return reference('responses', `refusal${status}`) as never
  const json = answer.content?.['application/json']
  const isPage = json?.schema?.properties?.next !== undefined
  const headers = {
    ...LIMIT_HEADERS,
    ...(method === 'get' && path.startsWith('/api/') && { ETag: reference('headers', 'etag') }),
    ...(isPage && { Link: reference('headers', 'link') }),
  }
  const shown =
    json && example !== undefined && status.startsWith('2') ? { 'application/json': { ...json, example } } : undefined
  return { ...answer, description, headers, ...(answer.content && { content: { ...answer.content, ...shown } }) }
}

/** What may be the id of, by the word before it in the address. */
function describeParameter(parameter: Parameter, path: string): Parameter {
  // what has a default may be left out
  const required = parameter.required === true && parameter.schema?.default === undefined
  if (parameter.description) return { ...parameter, required }
  const before = path.split('/').at(path.split('/').indexOf(`{${parameter.name}}`) - 1)
  const description = parameter.in === 'path' ? `id of the ${singular(before ?? '')}` : `${parameter.name} to ask for`
  return { ...parameter, required, description }
}

function describeOperation(method: string, path: string, operation: Operation): Operation {
  const operationId = operation.operationId ?? operationName(method, path)
  const { request, response } = EXAMPLES[operationId] ?? {}
  const full = operation.summary ?? operationId
  // the first clause names it, the rest explains
  const [summary = full] = full.split(/[;:.](?:\s|$)/)
  const body = operation.requestBody
  const content = Object.entries(body?.content ?? {}).map(([type, given]) => [
    type,
    type === 'application/json' && request !== undefined ? { ...given, example: request } : given,
  ])
  return {
    ...operation,
    operationId,
    summary,
    description: operation.description ?? `${full}.`,
    parameters: (operation.parameters ?? []).map((parameter) => describeParameter(parameter, path)),
    ...(body && { requestBody: { ...body, content: Object.fromEntries(content) } }),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, answer]) => [
        status,
        describeAnswer(status, method, path, answer, response),
      ]),
    ),
  }
}

const codesText = (): string =>
  Object.entries(CODES)
    .map(([code, { statuses, remedy }]) => `- \`${code}\` (${statuses.join(', ')}): ${remedy.en}`)
    .join('\n')

export function describeContract(given: Contract): Contract {
  const operations = Object.values(given.paths).flatMap((methods) => Object.values(methods))
  const refusal = operations
    .map(({ responses }): Schema | undefined => responses['4XX']?.content?.['application/json']?.schema)
    .find((schema) => schema !== undefined)
  const refusalAnswer = (status: string) => ({
    description: ANSWERS[status]!,
    headers: { 'X-Request-Id': LIMIT_HEADERS['X-Request-Id'], 'Retry-After': reference('headers', 'retryAfter') },
    content: { 'application/json': { schema: reference('schemas', 'Refusal'), example: EXAMPLES.refusal?.response } },
  })
  return {
    ...given,
    info: {
      ...given.info,
      description: `${given.info.description ?? ''}\n\nEvery refusal has one shape, with a stable code. The codes:\n\n${codesText()}`,
    },
    paths: Object.fromEntries(
      Object.entries(given.paths).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [method, describeOperation(method, path, operation)]),
        ),
      ]),
    ),
    components: {
      ...given.components,
      schemas: { ...given.components?.schemas, ...(refusal && { Refusal: refusal }) },
      headers: HEADERS,
      responses: { refusal4XX: refusalAnswer('4XX'), refusal5XX: refusalAnswer('5XX') },
    },
  }
}
