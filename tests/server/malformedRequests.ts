/** A generator of requests that nobody should send: every address of the contract, every method, with all that can be wrong about them. */
import fc from 'fast-check'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export interface BadRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload: Buffer | undefined
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']

/** Texts that have broken such services before. */
const nasty = fc.constantFrom(
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udc00y', '\ufeff', '\u202e', '가'.repeat(91), 'x'.repeat(5000)],
  ...["'; drop table plans; --", '$1', '%s%n', '{{7*7}}', '<script>alert(1)</script>', '../../etc/passwd', '__proto__'],
  ...[
    'constructor',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e309',
    '9007199254740993',
    '0x10',
    '٣',
    '2026-02-30',
    '\r\nx: y',
  ],
)
const anything = fc.oneof(
  nasty as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(null, true, 0, -1, 0.5, 1e308, -0, 2 ** 53, [], {}, [[]], { a: null }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
)

function placesOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...path, key]))]
}

function changeAt(document: Json, path: readonly string[], value: Json | undefined): Json {
  if (path.length === 0 || typeof document !== 'object' || document === null) return value ?? null
  const copy = structuredClone(document)
  let parent = copy as Record<string, Json>
  for (const key of path.slice(0, -1)) {
    const next = parent[key]
    if (typeof next !== 'object' || next === null) return copy
    parent = next as Record<string, Json>
  }
  if (value === undefined) delete parent[path.at(-1)!]
  else parent[path.at(-1)!] = value
  return copy
}

/** A good body with up to three places changed, taken away or added to. */
const nearly = (good: Json): fc.Arbitrary<Json> =>
  fc
    .array(fc.tuple(fc.constantFrom(...placesOf(good)), fc.option(anything, { nil: undefined })), { maxLength: 3 })
    .map((changes) => changes.reduce((document, [path, value]) => changeAt(document, path, value), good))

/** As text, well or badly encoded. */
const encoded = (document: fc.Arbitrary<Json>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      document,
      fc.constantFrom('utf8', 'utf8', 'utf8', 'utf16le', 'latin1', 'cut', 'twice', 'bom', 'raw'),
      fc.nat(),
    )
    .map(([value, how, at]) => {
      const text = JSON.stringify(value) ?? 'null'
      if (how === 'cut') return Buffer.from(text).subarray(0, at % (text.length + 1))
      if (how === 'twice') return Buffer.from(text + text)
      if (how === 'bom') return Buffer.from(`\ufeff${text}`)
      // what JSON.stringify would have escaped
      if (how === 'raw') return Buffer.from(text.replaceAll('\\u0000', '\u0000'))
      return Buffer.from(text, how as BufferEncoding)
    })

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
  fc
    .constantFrom(
      ...[
        '',
        '{',
        '[',
        '"',
        'nul',
        '{"a":1,}',
        '{"a":NaN}',
        '{"__proto__":{"x":1}}',
        '{"constructor":{"prototype":{}}}',
      ],
      ...[
        '[1',
        '1',
        '"\\ud800"',
        '{"a":"\\u0000"}',
        `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
        '{"a":'.repeat(5000),
      ],
      ...[
        'order;date\n1;2\n',
        'a,b\n"unclosed',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
      ],
    )
    .map((text) => Buffer.from(text)),
  // the beginnings of gzip, zip, UTF-16 and of EUC-KR
  fc
    .constantFrom([0x1f, 0x8b, 8, 0], [0x50, 0x4b, 3, 4], [0xff, 0xfe, 0x31, 0], [0xc7, 0xd1, 0xb1, 0xdb])
    .map((start) => Buffer.from(start)),
)

const TYPES = [
  ...['application/json', 'application/json; charset=utf-8', 'application/json; charset=latin1', 'application/json;'],
  ...[
    'text/csv',
    'text/plain',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'text/html',
    'a/b',
    '/',
  ],
  ...[
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/vnd.ms-excel',
    'application/merge-patch+json',
  ],
]
/** Of a header: no line break and nothing beyond latin1, which no client can send. */
const headerText = fc.oneof(
  fc.constantFrom(
    '',
    '*',
    '"',
    'W/"v1"',
    '"v1"',
    '"v0"',
    '0',
    '-1',
    '1e9',
    'bytes=0-',
    ',,,;q=',
    'x'.repeat(3000),
    '\u00ff',
  ),
  fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?')),
)
const HEADERS = [
  ...['accept', 'accept-language', 'accept-encoding', 'content-encoding', 'cookie', 'authorization', 'if-match'],
  ...[
    'if-none-match',
    'if-modified-since',
    'range',
    'last-event-id',
    'x-request-id',
    'x-forwarded-for',
    'idempotency-key',
  ],
  ...['origin', 'referer', 'x-http-method-override', 'prefer', 'te', 'x-csrf-token', 'forwarded'],
]

export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>
}
interface Parameter {
  readonly name: string
  readonly in: string
}

/** Of a shape that is accepted, to begin from. */
export interface GoodRequest {
  readonly method: string
  readonly url: string
  readonly body: unknown
}

/** `known`: ids that exist. */
export function badRequests(
  contract: Contract,
  known: readonly string[],
  good: readonly GoodRequest[],
): fc.Arbitrary<BadRequest> {
  const queries = Object.values(contract.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ parameters = [] }) =>
      parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    ),
  )
  const inAddress = fc
    .oneof(nasty, fc.string({ unit: 'binary', maxLength: 20 }))
    .map((text) => encodeURIComponent(text.toWellFormed()))
  const raw = fc.constantFrom(
    '%00',
    '%ff',
    '%c0%af',
    '%',
    '%zz',
    '%ed%a0%80',
    '..',
    '.',
    '//',
    '%2f',
    '%2e%2e%2f',
    ';',
    '?',
    '*',
  )
  const segment = fc.oneof({ weight: 2, arbitrary: fc.constantFrom('x', ...known) }, inAddress, raw)
  const path = fc
    .tuple(fc.constantFrom(...Object.keys(contract.paths)), fc.array(segment, { minLength: 3, maxLength: 3 }))
    .map(([pattern, values]) => {
      let next = 0
      return pattern.replaceAll(/\{[^}]+\}/g, () => values[next++ % values.length]!)
    })
  const query = fc
    .array(
      fc.tuple(fc.oneof(fc.constantFrom(...new Set(queries)), inAddress), fc.oneof(inAddress, raw, fc.constant('1'))),
      {
        maxLength: 3,
      },
    )
    .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`))
  const body = fc.oneof(...good.map((one) => encoded(nearly(one.body as Json))), encoded(anything), bytes)
  const headers = fc.tuple(
    fc.option(fc.constantFrom(...TYPES), { nil: undefined, freq: 8 }),
    fc.array(fc.tuple(fc.constantFrom(...HEADERS), headerText), { maxLength: 3 }),
  )
  const anywhere = fc
    .tuple(
      fc.constantFrom(...METHODS),
      fc.oneof(
        { weight: 9, arbitrary: path },
        fc.webPath().map((at) => `/${at}`),
      ),
      query,
      headers,
      body,
    )
    .map(([method, at, asked, [type, others], payload]) => ({
      method,
      url: at + asked,
      headers: { ...(type !== undefined && { 'content-type': type }), ...Object.fromEntries(others) },
      payload: method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? undefined : payload,
    }))
  // what is right in all but its values gets past the shape, to what only the whole can tell
  const nearlyRight = fc.constantFrom(...good).chain(({ method, url, body }) =>
    nearly(body as Json).map((document) => ({
      method,
      url,
      headers: { 'content-type': 'application/json' },
      payload: Buffer.from(JSON.stringify(document)),
    })),
  )
  return fc.oneof({ weight: 3, arbitrary: anywhere }, { weight: 1, arbitrary: nearlyRight })
}

/** What only the program's own insides would say. */
export const LEAK =
  /node_modules|node:internal|\/server\/|\/solver\/|\.ts:\d|\bat [\w.<>]+ \(|\bselect .+ from\b|insert into|relation "|invalid (byte|input)|pglite|pgboss|kysely|fastify|FST_|TypeError|RangeError|SyntaxError|ENOENT/i
