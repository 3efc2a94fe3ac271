import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CODES } from '../../server/codes.ts'
import { errorBody, localeOf, Refusal } from '../../server/errors.ts'
import { outageOf } from '../../server/store/outage.ts'
import { expectRefusal, openApp } from './openApp.ts'

describe('localeOf', () => {
  it.each([
    [undefined, 'ko'],
    ['', 'ko'],
    ['*', 'ko'],
    ['fr-FR,de;q=0.9', 'ko'],
    ['en-US,en;q=0.9', 'en'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['en;q=0.5, ko;q=0.8', 'ko'],
    ['fr, EN;q=0.3', 'en'],
    ['en;q=0', 'ko'],
    [';;q=;,,', 'ko'],
  ])('answers %s in %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })
})

/** Of the command line only: it ends with an exit code. */
const COMMAND_CODES = [
  'accounts.needed',
  'accounts.unknown',
  'address.refused',
  'backup.damaged',
  'backup.newer',
  'backup.service',
  'environment.log',
  'file.fault',
  'file.world',
  'folder.unusable',
  'import.otherDay',
  'instance.format',
  'plan.bare',
  'plan.noCertificate',
  'port.taken',
  'restore.inUse',
  'restore.notEmpty',
  'roads.absent',
  'roads.build',
  'roads.building',
  'roads.choice',
  'roads.damaged',
  'roads.fallback',
  'roads.file',
  'roads.folder',
  'roads.library',
  'roads.manifest',
  'roads.matrix',
  'roads.none',
  'roads.notInstalled',
  'roads.notPbf',
  'roads.packing',
  'roads.platform',
  'secret.damaged',
  'secret.short',
  'service.unreachable',
  'split.firms',
  'tiles.file',
  'use.wrong',
  'worker.folder',
]

describe('codes', () => {
  const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`server/${name}`, 'utf8'))
    .join('\n')

  it('lists every code that the program can answer with, and none besides', () => {
    const literal = [...sources.matchAll(/new Refusal\([^']*?'([a-z][\w.]*)'/g)].map(([, code]) => code!)
    const nouns = [...sources.matchAll(/notFound\('(\w+)'/g)].map(([, noun]) => `${noun}.unknown`)
    const states = ['draft', 'confirmed', 'withdrawn'].map((state) => `plan.${state}`)
    const outages = ['ECONNREFUSED', 'ENOSPC'].map((code) => outageOf(Object.assign(new Error(), { code }))!.code)
    const used = new Set([...literal, ...nouns, ...states, ...outages])
    expect([...used].filter((code) => !(code in CODES) && !COMMAND_CODES.includes(code)).sort()).toEqual([])
    expect(Object.keys(CODES).filter((code) => !used.has(code))).toEqual([])
  })

  it('lists each with every status that it comes with', () => {
    const written = [...sources.matchAll(/new Refusal\(\s*(\d{3}),\s*'([\w.]+)'/g)]
    expect(written.length).toBeGreaterThan(60)
    const missing = written.filter(([, status, code]) => !(CODES[code!]?.statuses.includes(Number(status)) ?? true))
    expect(missing.map(([, status, code]) => `${code} ${status}`)).toEqual([])
  })

  it('never loses a code that clients may rely on', () => {
    expect(Object.keys(CODES)).toEqual(expect.arrayContaining([...PUBLISHED]))
  })

  it('has a remedy in both languages for each', () => {
    for (const [code, { statuses, remedy }] of Object.entries(CODES)) {
      expect(
        statuses.every((status) => status >= 400 && status < 600 && status !== 501),
        code,
      ).toBe(true)
      expect(remedy.ko, code).toMatch(/[가-힣]/)
      expect(remedy.en, code).toMatch(/^[A-Z][^가-힣]{8,}$/)
    }
  })
})

describe('shape of a refusal', () => {
  it('always has an issue with place and remedy, in one language throughout', () => {
    const refusal = new Refusal(404, 'route.unknown', { ko: '그런 주소는 없습니다.', en: 'There is no such address.' })
    expect(errorBody(refusal, 'en', 'r1')).toEqual({
      code: 'route.unknown',
      message: 'There is no such address.',
      issues: [
        {
          code: 'route.unknown',
          severity: 'error',
          path: '/',
          message: 'There is no such address.',
          remedy: CODES['route.unknown']!.remedy.en,
        },
      ],
      request: 'r1',
    })
  })

  it('carries the id of the request, given by the caller where it fits a log', async () => {
    const { app } = await openApp()
    const given = await app.inject({ url: '/api/nothing', headers: { 'x-request-id': 'trace-42.a:b_c' } })
    expect([given.headers['x-request-id'], given.json().request]).toEqual(['trace-42.a:b_c', 'trace-42.a:b_c'])
    for (const id of ['short', 'a b c d e f g h', 'x'.repeat(101), 'quote"quote"', '줄바꿈줄바꿈줄바꿈']) {
      const other = await app.inject({ url: '/api/problems', headers: { 'x-request-id': id } })
      expect(other.headers['x-request-id']).toMatch(/^[\w-]{12}$/)
    }
  })

  it('says the same in the header and in the body about when to try again', async () => {
    const { app } = await openApp({ limits: { requestsPerMinute: 1 } })
    const first = await app.inject('/api/problems')
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '1', 'ratelimit-remaining': '0', 'ratelimit-reset': '60' })
    const response = await app.inject('/api/problems')
    const body = expectRefusal(response, 429)
    expect(body).toMatchObject({ code: 'request.tooMany', retryAfterS: 60 })
    expect(response.headers['retry-after']).toBe('60')
    // addresses that do not exist count as well
    expectRefusal(await app.inject('/api/nothing'), 429)
  })

  it('refuses addresses that cannot be read or are too long', async () => {
    const { app } = await openApp()
    expect(expectRefusal(await app.inject('/api/problems/%ff'), 400).code).toBe('request.address')
    expect(expectRefusal(await app.inject(`/api/problems/${'x'.repeat(900)}`), 414).code).toBe('request.addressTooLong')
    // what people name in Korean is long in an address only
    expectRefusal(await app.inject(`/api/plans/x/explain/${encodeURIComponent('가'.repeat(90))}`), 404)
  })

  it('reads the numbers of a query, and refuses what is none', async () => {
    const { app } = await openApp()
    expect((await app.inject('/api/problems?limit=5&after=12')).statusCode).toBe(200)
    for (const query of ['limit=0', 'limit=501', 'limit=ten', 'limit=1.5', 'after=-1', 'limit=', 'limit=1&limit=2'])
      expect(expectRefusal(await app.inject(`/api/problems?${query}`), 400).code, query).toBe('request.shape')
  })
})

const PUBLISHED: readonly string[] = [
  'access.mayNot',
  'account.email',
  'account.hasRole',
  'account.lastAdministrator',
  'account.unknown',
  'accounts.off',
  'backup.forbidden',
  'backup.nothing',
  'body.json',
  'body.length',
  'body.tooLarge',
  'body.type',
  'bug',
  'change.unknown',
  'complex.unknown',
  'complex.unnamed',
  'database.gone',
  'database.newer',
  'database.unreachable',
  'date.notADay',
  'delivery.unknown',
  'disk.full',
  'file.tooHeavy',
  'folder.inUse',
  'idempotency.otherBody',
  'import.form',
  'import.noFile',
  'job.notRetried',
  'job.unknown',
  'job.withoutPlan',
  'jobs.full',
  'key.refused',
  'key.unknown',
  'link.over',
  'mapping.faults',
  'mapping.form',
  'member.faults',
  'metrics.elsewhere',
  'password.weak',
  'plan.changed',
  'plan.confirmed',
  'plan.dayConfirmed',
  'plan.draft',
  'plan.unknown',
  'plan.violations',
  'plan.withdrawn',
  'planFile.faults',
  'planFile.none',
  'problem.faults',
  'problem.unknown',
  'request.address',
  'request.addressTooLong',
  'request.foreignHost',
  'request.foreignPage',
  'request.headersTooLarge',
  'request.ifMatch',
  'request.refused',
  'request.shape',
  'request.text',
  'request.tooMany',
  'request.tooSlow',
  'request.unreadable',
  'role.several',
  'route.method',
  'route.unknown',
  'service.busy',
  'service.notReady',
  'session.locked',
  'session.none',
  'session.refused',
  'shipment.unknown',
  'streams.tooMany',
  'travel.place',
  'travel.unavailable',
  'web.notBuilt',
  'webhook.address',
  'webhook.tooMany',
  'webhook.unknown',
]
