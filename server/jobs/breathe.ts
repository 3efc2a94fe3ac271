/** Long work in the main thread lets signals and messages in now and then. */
import { setImmediate as turn } from 'node:timers/promises'
import { nowMs } from './clock.ts'

/** How long Ctrl-C may wait. */
const EVERY_MS = 50

/** To be awaited at every step; true where it has let something in. */
export function makeBreath(): () => Promise<boolean> {
  let lastMs = nowMs()
  return async () => {
    if (nowMs() - lastMs <= EVERY_MS) return false
    await turn()
    lastMs = nowMs()
    return true
  }
}
