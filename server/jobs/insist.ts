/** What a worker writes is written, however long the database is away. */
import { setTimeout as pause } from 'node:timers/promises'

/** Between two tries to reach a database that is away. */
const TRY_AGAIN_MS = 1000
/** After the travel source was silent. */
const SOURCE_PAUSE_MS = 5000

export interface Insisting {
  /** Until it is done, or somebody else has the work. */
  readonly insist: (write: () => Promise<void>) => Promise<void>
  /** The travel source is given time to come back. */
  readonly waitForSource: () => Promise<void>
}

/** `gone`: the work is somebody else's. */
export function insisting(gone: AbortSignal, logError: (error: unknown) => void): Insisting {
  const wait = async (ms: number) => await pause(ms, undefined, { signal: gone }).catch(() => {})
  return {
    async insist(write) {
      while (!gone.aborted) {
        try {
          return await write()
        } catch (error) {
          logError(error)
          await wait(TRY_AGAIN_MS)
        }
      }
    },
    waitForSource: async () => await wait(SOURCE_PAUSE_MS),
  }
}
