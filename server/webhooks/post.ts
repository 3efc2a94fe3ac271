/** One attempt to deliver: a signed POST, no redirect followed, little of the answer read, soon given up. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { VERSION } from '../../solver/index.ts'
import { ClosedAddress, isOpenAddress, lookUpOpen } from './address.ts'
import { signatureOf } from './sign.ts'

/** Of the answer this much is kept for a person to read. */
const ANSWER_BYTES = 2000

export interface Letter {
  readonly id: string
  readonly event: string
  readonly url: string
  readonly body: string
  readonly secret: string
}
export interface PostOptions {
  readonly now: () => Date
  readonly timeoutMs: number
  readonly mayCallInside: boolean
}
/** `status`: absent where there was no answer; `answer`: the beginning of it, or why there was none. */
export interface Answer {
  readonly delivered: boolean
  readonly status?: number
  readonly answer: string
}

export async function postLetter(letter: Letter, { now, timeoutMs, mayCallInside }: PostOptions): Promise<Answer> {
  const url = new URL(letter.url)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // an address in figures is never looked up
  if (!mayCallInside && isIP(host) !== 0 && !isOpenAddress(host)) return failed('address of a private network')
  const signal = AbortSignal.timeout(timeoutMs)
  const { promise, resolve } = Promise.withResolvers<Answer>()
  let giveUp = (error: NodeJS.ErrnoException) => resolve(failed(whyNot(error, signal.aborted)))
  const sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    signal,
    // a connection that is kept would have been looked up for an earlier letter
    agent: false,
    ...(!mayCallInside && { lookup: lookUpOpen }),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(letter.body),
      'user-agent': `milkrun/${VERSION}`,
      'milkrun-event': letter.event,
      'milkrun-delivery': letter.id,
      'milkrun-signature': signatureOf(letter.body, letter.secret, Math.floor(now().getTime() / 1000)),
    },
  })
  sent.on('response', (response) => {
    const status = response.statusCode ?? 0
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = () => {
      const answer = Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString('utf8').replaceAll('\u0000', '')
      resolve({ delivered: status >= 200 && status < 300, status, answer })
      sent.destroy()
    }
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= ANSWER_BYTES) finish()
    })
    response.on('end', finish)
    // cut off in the middle, or too slow: the status has been told all the same
    response.on('error', finish)
    giveUp = finish
  })
  sent.on('error', (error) => giveUp(error))
  sent.end(letter.body)
  return await promise
}

const failed = (answer: string): Answer => ({ delivered: false, answer })

function whyNot(error: NodeJS.ErrnoException, timedOut: boolean): string {
  if (timedOut) return 'no answer in time'
  return error instanceof ClosedAddress ? 'address of a private network' : (error.code ?? error.message).slice(0, 200)
}
