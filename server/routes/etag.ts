/** Conditional requests (RFC 9110 §13): what the reader has already is not sent again, and nobody overwrites what they have not seen. */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { App } from './service.ts'

/** Of something that counts its versions. A handler sets it as the header `etag`. */
export const versionTag = (version: number): string => `"v${version}"`

/** The version that the caller has seen and means to change: the header If-Match. */
export function expectedVersion({ headers }: Pick<FastifyRequest, 'headers'>): number {
  const tag = headers['if-match']
  if (tag === undefined || tag.trim() === '*') {
    throw new Refusal(428, 'request.ifMatch', {
      ko: '어느 판을 바꾸는지 If-Match 에 적으세요. 읽을 때 받은 ETag 를 그대로 보내면 됩니다, 예: If-Match: "v3".',
      en: 'Say with If-Match which version you change. Send the ETag that came with it, such as If-Match: "v3".',
    })
  }
  const version = Number(/^"v([1-9]\d{0,8})"$/.exec(tag.trim())?.[1])
  if (Number.isSafeInteger(version)) return version
  throw new Refusal(400, 'request.ifMatch', {
    ko: 'If-Match 를 읽을 수 없습니다. 읽을 때 받은 ETag 하나를 그대로 보내세요, 예: If-Match: "v3".',
    en: 'If-Match cannot be read. Send the one ETag that came with what you have read, such as If-Match: "v3".',
  })
}

/** Of a text as it is sent. */
const contentTag = (text: string): string => `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`

/** If-None-Match compares weakly: a cache on the way may have marked our tag as weak. */
function isKnown(tag: string, known: string | undefined): boolean {
  if (known === undefined) return false
  return known.trim() === '*' || known.split(',').some((entry) => entry.trim().replace(/^W\//, '') === tag)
}

/** Gives every answer to a GET under /api a tag, its own or that of its content, and answers 304 to those who have it. */
export function tagAnswers(app: App): void {
  app.addHook('onSend', async ({ method, url, headers }, reply, payload: unknown) => {
    const reads = method === 'GET' || method === 'HEAD'
    if (!reads || reply.statusCode !== 200 || !url.startsWith('/api/') || typeof payload !== 'string') return payload
    const tag = String(reply.getHeader('etag') ?? contentTag(payload))
    reply.header('etag', tag)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache')
    if (!isKnown(tag, headers['if-none-match'])) return payload
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return null
  })
}
