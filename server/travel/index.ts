import type { TravelProvider } from './provider.ts'
import { trunk } from './trunk.ts'

/** Every source of travel times. */
export const PROVIDERS: readonly TravelProvider[] = [trunk]
