/** Asks a geocoding service for JSON: soon given up, tried again where that helps. Nothing of the request is in its errors: it holds a key. */
import { ExponentialBackoff, handleType, retry } from 'cockatiel'
import { ProviderError } from '../travel/provider.ts'

export type Fetch = (
  url: URL,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
) => Promise<Pick<Response, 'status' | 'ok' | 'json'>>

export interface AskOptions {
  readonly fetch: Fetch
  readonly timeoutMs: number
  /** after the first try */
  readonly retries: number
  /** before the first of them; twice as long before the next */
  readonly backOffMs: number
}
export const ASKING: AskOptions = { fetch, timeoutMs: 5_000, retries: 2, backOffMs: 250 }

/** What may be over in a moment. */
class Passing extends ProviderError {}

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
  return await policy.execute(async ({ signal: given }) => {
    let response: Awaited<ReturnType<Fetch>>
    try {
      response = await fetch(url, { headers, signal: AbortSignal.any([given, AbortSignal.timeout(timeoutMs)]) })
      if (response.ok) return await response.json()
    } catch (error) {
      if (given.aborted) throw new ProviderError(service, 'was not waited for any longer')
      const name = error instanceof Error ? error.name : ''
      if (name === 'SyntaxError') throw new ProviderError(service, 'answered with something other than JSON')
      throw new Passing(service, name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : 'cannot be reached')
    }
    const { status } = response
    if (status === 401 || status === 403) throw new ProviderError(service, `refused the key (${status})`)
    if (status === 429) throw new ProviderError(service, 'its limit of requests is used up (429)')
    if (status >= 500) throw new Passing(service, `failed (${status})`)
    throw new ProviderError(service, `did not accept the address (${status})`)
  }, signal)
}
