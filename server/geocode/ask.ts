/** Asks a geocoding service for JSON: soon given up, tried again where that helps. Nothing of the request is in its errors: it holds a key. */
import { ExponentialBackoff, handleType, retry } from 'cockatiel'
import type { Words } from '../errors.ts'
import { ProviderError } from '../travel/provider.ts'

type Answer = Pick<Response, 'status' | 'ok' | 'json'>
export type Fetch = (
  url: URL,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal; readonly redirect: 'manual' },
) => Promise<Answer>

export interface AskOptions {
  readonly fetch: Fetch
  readonly timeoutMs: number
  /** after the first try */
  readonly retries: number
  /** before the first of them; about twice as long before the next */
  readonly backOffMs: number
}
export const ASKING: AskOptions = { fetch, timeoutMs: 5_000, retries: 2, backOffMs: 250 }

/** A service could not tell where an address is; the words name no key and no address. */
export class Unanswered extends ProviderError {
  readonly words: Words

  constructor(service: string, ko: string, en: string) {
    super(service, en)
    this.words = { ko, en }
  }
}
/** What may be over in a moment. */
class Passing extends Unanswered {}

export async function askJson(
  service: string,
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  { fetch, timeoutMs, retries, backOffMs }: AskOptions,
): Promise<unknown> {
  const policy = retry(handleType(Passing), {
    maxAttempts: retries,
    backoff: new ExponentialBackoff({ initialDelay: backOffMs, maxDelay: 8 * backOffMs }),
  })
  return await policy.execute(async () => {
    if (signal.aborted) throw new Unanswered(service, '더 기다리지 않았습니다', 'was not waited for any longer')
    const overdue = AbortSignal.timeout(timeoutMs)
    let answer: Answer
    try {
      // followed, a redirect would carry the key to wherever it leads
      answer = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.any([signal, overdue]) })
      if (answer.ok) return await answer.json()
    } catch (error) {
      if (error instanceof SyntaxError) throw new Unanswered(service, '답이 JSON이 아닙니다', 'its answer is no JSON')
      throw overdue.aborted
        ? new Passing(service, `${timeoutMs / 1000}초 안에 답하지 않았습니다`, `no answer within ${timeoutMs / 1000} s`)
        : new Passing(service, '연결할 수 없습니다', 'it cannot be reached')
    }
    throw refusal(service, answer.status)
  })
}

function refusal(service: string, status: number): Unanswered {
  if (status === 401 || status === 403)
    return new Unanswered(service, `키를 받아들이지 않습니다(${status})`, `it refused the key (${status})`)
  if (status === 429)
    return new Unanswered(service, `요청 한도를 다 썼습니다(${status})`, `its limit of requests is used up (${status})`)
  if (status >= 500) return new Passing(service, `서비스 오류(${status})`, `it failed (${status})`)
  return new Unanswered(service, `요청을 받아들이지 않습니다(${status})`, `it did not accept the request (${status})`)
}

export const otherShape = (service: string): Unanswered =>
  new Unanswered(service, '답의 형식이 문서와 다릅니다', 'its answer has another shape than documented')
