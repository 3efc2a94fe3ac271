/** Shares of a plan's cost by every method, in a worker thread. */
import { loadHighs, METHOD_LIMITS, openSplit, proveDual, type Split } from '../../solver/index.ts'
import { nowMs } from './clock.ts'
import type { SplitTask } from './tasks.ts'

const SEED = 1

/** Methods side by side; those that the number of firms forbids are missing. */
export async function splitEveryWay({ problem, travel, plan, proofSeconds }: SplitTask): Promise<Split[]> {
  const highs = await loadHighs()
  const startMs = nowMs()
  const limit = { seconds: proofSeconds, elapsedS: () => (nowMs() - startMs) / 1000 }
  const split = openSplit(problem, travel, plan, {
    highs,
    seed: SEED,
    dual: proofSeconds > 0 ? proveDual(highs, problem, travel, plan, { seed: SEED, limit }) : undefined,
  })
  const firms = split('proportional').rows.length
  const methods = METHOD_LIMITS.flatMap(({ name, mostFirms }) => (firms <= mostFirms ? [name] : []))
  for (const method of methods) split(method)
  // once more: some methods look at groups of their own, and all are to be judged by the same ones
  return methods.map((method) => split(method))
}
