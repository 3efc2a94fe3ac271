/** A search in a terminal: its deadline, its line of progress, and Ctrl-C as "stop and keep the best". */
import { nowMs } from '../jobs/clock.ts'
import type { Watch } from '../jobs/parallel.ts'
import { count, type Terminal } from './command.ts'

const DEFAULT_SECONDS = 10
/** Kept for the check, the file and the exit, so that the limit holds for the whole process. */
const RESERVE_MS = 100

/** The limit counts from the start of this process. A limit of iterations alone has no clock, so that it repeats byte for byte. */
export function deadlineFor(
  { startedMs }: Terminal,
  seconds: number | undefined,
  iterations: number | undefined,
): { readonly deadlineMs?: number } {
  if (seconds === undefined && iterations !== undefined) return {}
  return { deadlineMs: startedMs + (seconds ?? DEFAULT_SECONDS) * 1000 - RESERVE_MS }
}

export interface SearchWatch extends Watch {
  end(): void
  /** Since the start of the process, as the limit counts. */
  elapsedS(): number
  /** Of all threads together, as last reported. */
  iterations(): number
}

export function watchSearch(terminal: Terminal, showCost: (cost: number) => string): SearchWatch {
  const elapsedS = () => (nowMs() - terminal.startedMs) / 1000
  let wantsStop = false
  let searched = 0
  const onInterrupt = () => {
    // once keeps the best; the second time ends the process as usual
    wantsStop = true
    process.off('SIGINT', onInterrupt)
    terminal.note(
      terminal.locale === 'ko' ? '멈추고 지금까지의 가장 좋은 결과를 씁니다.' : 'Stopping; the best so far is kept.',
    )
  }
  process.on('SIGINT', onInterrupt)
  return {
    stopped: () => wantsStop,
    report(report) {
      if (report.kind !== 'progress') return
      const { iterations, costKrw } = report.progress
      searched = iterations
      terminal.progress(`${elapsedS().toFixed(1)} s  ${showCost(costKrw)}  ${count(iterations)}`)
    },
    end() {
      process.off('SIGINT', onInterrupt)
      terminal.progress('')
    },
    elapsedS,
    iterations: () => searched,
  }
}
