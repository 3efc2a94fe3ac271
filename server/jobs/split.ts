/** Shares of a plan's cost by several methods, in a worker thread. */
import {
  type Certificate,
  type ChooseDual,
  type Highs,
  loadHighs,
  METHOD_LIMITS,
  type MethodName,
  openSplit,
  type Plan,
  type Problem,
  proveDual,
  type SettledDay,
  type Split,
  settleDay,
  splitPlan,
  type Travel,
} from '../../solver/index.ts'
import { nowMs } from './clock.ts'
import type { SettleTask, SplitTask } from './tasks.ts'

const SEED = 1
/** Up to so many firms every group is looked at in no time; up to MANY some methods must, and take a minute or two. */
const FEW = 6
const MANY = METHOD_LIMITS.find(({ name }) => name === 'nucleolus')!.mostFirms
const LOOK_AT_EVERY_GROUP: readonly MethodName[] = ['shapley', 'nucleolus']

/** What the number of firms allows; `quick`: but for those that would take minutes. */
export function methodsFor(firms: number, quick: boolean): MethodName[] {
  const slow = quick && firms > FEW && firms <= MANY ? LOOK_AT_EVERY_GROUP : []
  return METHOD_LIMITS.flatMap(({ name, mostFirms }) => (firms <= mostFirms && !slow.includes(name) ? [name] : []))
}

export async function splitByMethods(task: SplitTask): Promise<Split[]> {
  const { problem, travel, plan, quick } = task
  const highs = await loadHighs()
  const split = openSplit(problem, travel, plan, { highs, seed: SEED, dual: dualOf(task, highs) })
  const methods = methodsFor(split('proportional').rows.length, quick)
  for (const method of methods) split(method)
  // once more: some methods look at groups of their own, and all are to be judged by the same ones
  return methods.map((method) => split(method))
}

/** The day as it was driven, by the method and the prices of the plan. */
export async function settleStored({ input, proved }: SettleTask): Promise<SettledDay> {
  const highs = await loadHighs()
  const dual = proved ? knownPrices(proved) : undefined
  const options = { highs, seed: SEED, method: input.method, ...(dual && { dual }) }
  return settleDay({ ...input, split: (problem, travel, plan) => splitPlan(problem, travel, plan, options).rows })
}

const knownPrices = (proved: NonNullable<Split['dual']>): ChooseDual => {
  const prices = new Map(proved.prices.map(({ shipment, krw }) => [shipment, krw]))
  return () => ({ ...proved, prices })
}

/** Prices that were proved for another task on the same plan stay: the same plan, the same shares. */
function dualOf(
  { problem, travel, plan, proofSeconds, certificate, proved }: SplitTask,
  highs: Highs,
): ChooseDual | undefined {
  if (proved) return knownPrices(proved)
  return proofSeconds > 0 ? proveDualWithin(proofSeconds, highs, problem, travel, plan, SEED, certificate) : undefined
}

/** The seconds are those of the proof alone: groups are looked at before anybody asks for prices. */
export function proveDualWithin(
  seconds: number,
  highs: Highs,
  problem: Problem,
  travel: Travel,
  plan: Plan,
  seed: number,
  certificate?: Certificate,
): ChooseDual {
  return (target) => {
    const startMs = nowMs()
    const limit = { seconds, elapsedS: () => (nowMs() - startMs) / 1000 }
    return proveDual(highs, problem, travel, plan, { seed, limit, certificate })(target)
  }
}
