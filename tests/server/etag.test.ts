import type { LightMyRequestResponse } from 'fastify'
import { describe, expect, it } from 'vitest'
import { expectedVersion } from '../../server/routes/etag.ts'
import { addProblem, openApp } from './openApp.ts'

describe('etags and pages', () => {
  it('gives every answer to a GET a tag, and sends nothing to those who have it', async () => {
    const { app } = await openApp()
    const id = await addProblem(app)
    for (const url of [`/api/problems/${id}`, '/api/problems', '/api/roads', '/api/openapi.json', '/api/complexes']) {
      const first = await app.inject(url)
      const tag = String(first.headers.etag)
      expect(tag, url).toMatch(/^"[\w-]+"$/)
      for (const known of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
        const again = await app.inject({ url, headers: { 'if-none-match': known } })
        expect([again.statusCode, again.body], `${url} ${known}`).toEqual([304, ''])
        expect(again.headers.etag).toBe(tag)
      }
      expect((await app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200)
      expect((await app.inject({ method: 'HEAD', url })).headers.etag).toBe(tag)
    }
  })

  it('changes the tag of a list with its content, never that of a problem', async () => {
    const { app } = await openApp()
    const id = await addProblem(app)
    const tags = async () => [
      (await app.inject('/api/problems')).headers.etag,
      (await app.inject(`/api/problems/${id}`)).headers.etag,
    ]
    const [list, problem] = await tags()
    await addProblem(app)
    const [listNow, problemNow] = await tags()
    expect(listNow).not.toBe(list)
    expect(problemNow).toBe(problem)
  })

  it('names the next page of a list in a header, with what else was asked for', async () => {
    const { app } = await openApp()
    for (let k = 0; k < 3; k++) await addProblem(app)
    const seen: string[] = []
    let url: string | undefined = '/api/problems?limit=2'
    while (url !== undefined) {
      const page: LightMyRequestResponse = await app.inject(url)
      seen.push(...page.json().items.map(({ id }: { id: string }) => id))
      url = /^<(\/api\/problems\?limit=2&after=\d+)>; rel="next"$/.exec(String(page.headers.link))?.[1]
      expect(url === undefined).toBe(page.json().next === undefined)
    }
    expect(new Set(seen).size).toBe(3)
  })

  it('reads the one version that a change was made for', () => {
    expect(expectedVersion({ headers: { 'if-match': '"v12"' } })).toBe(12)
    for (const [tag, status] of [
      [undefined, 428],
      ['*', 428],
      ['', 400],
      ['v3', 400],
      ['W/"v3"', 400],
      ['"v0"', 400],
      ['"v3", "v4"', 400],
      ['"v9999999999"', 400],
    ] as const) {
      const read = () => expectedVersion({ headers: tag === undefined ? {} : { 'if-match': tag } })
      expect(read, String(tag)).toThrowError(expect.objectContaining({ status, code: 'request.ifMatch' }))
    }
  })
})
