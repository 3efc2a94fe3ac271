/** Delivers what the outbox holds, several at a time, for as long as the process lives; any number of processes share the work. */
import type { Deliveries, Due } from '../store/deliveries.ts'
import { type PostOptions, postLetter } from './post.ts'

const AT_A_TIME = 20
/** A retry falls due without anybody saying so. */
const LOOK_EVERY_MS = 5000
const TEND_EVERY_MS = 60_000

export interface DeliverOptions extends PostOptions {
  readonly logError: (error: unknown) => void
  readonly logDisabled: (webhook: string) => void
  readonly lookEveryMs?: number
}

export async function startDelivering(deliveries: Deliveries, options: DeliverOptions): Promise<() => Promise<void>> {
  const { logError, logDisabled, lookEveryMs = LOOK_EVERY_MS } = options
  const flying = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let lookAgain = false
  let ended = false

  const deliver = async (due: Due): Promise<void> => {
    const { disabled } = await deliveries.settle(due, await postLetter(due, options))
    if (disabled !== undefined) logDisabled(disabled)
  }
  const lookOnce = async (): Promise<void> => {
    do {
      lookAgain = false
      const room = AT_A_TIME - flying.size
      if (room === 0 || ended) return
      for (const due of await deliveries.take(room)) {
        const flight: Promise<void> = deliver(due)
          // not settled: another attempt follows when the queue misses it
          .catch(logError)
          .finally(() => {
            flying.delete(flight)
            look()
          })
        flying.add(flight)
      }
    } while (lookAgain)
  }
  const look = (): void => {
    lookAgain = true
    if (ended) return
    looking ??= lookOnce()
      .catch(logError)
      .finally(() => {
        looking = undefined
        if (lookAgain && flying.size < AT_A_TIME) look()
      })
  }

  const unlisten = await deliveries.onNews(look)
  const timers = [setInterval(look, lookEveryMs), setInterval(() => deliveries.tend().catch(logError), TEND_EVERY_MS)]
  look()
  return async () => {
    ended = true
    for (const timer of timers) clearInterval(timer)
    await unlisten()
    await looking
    await Promise.all(flying)
    await deliveries.close()
  }
}
