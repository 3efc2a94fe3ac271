import { duals } from './duals.ts'
import { equalProfit } from './equalProfit.ts'
import type { Method } from './method.ts'
import { nucleolus } from './nucleolus.ts'
import { proportional } from './proportional.ts'
import { shapley } from './shapley.ts'

/** Every way to split; the first is the default. */
export const METHODS: readonly Method[] = [duals, proportional, equalProfit, shapley, nucleolus]
