/** Asking the roads of the operator's choice, and those he has chosen for when they fail. */
import { ProviderError, type TravelPlace, type TravelProvider, type Words } from './provider.ts'

/** The figures are estimates of another source than the one chosen: which one was, and why it did not answer. */
export interface Fallback {
  readonly from: string
  readonly why: Words
}

/**
 * All that `ask` asks is answered by one source, so that no plan compares trucks on different roads. A place at fault is no failure of
 * the source; and where the fallback knows none of the places, the failure is told as it is.
 */
export async function askRoads<T>(
  provider: TravelProvider,
  places: readonly TravelPlace[],
  ask: (by: TravelProvider) => Promise<T>,
): Promise<{ readonly answer: T; readonly by: TravelProvider; readonly fallback?: Fallback }> {
  try {
    return { answer: await ask(provider), by: provider }
  } catch (error) {
    const { fallback, name } = provider
    if (!fallback || !(error instanceof ProviderError) || error.places.length > 0) throw error
    const lost = fallback.unreachable?.(places) ?? []
    if (places.length > 0 && lost.length === places.length) throw error
    return { answer: await ask(fallback), by: fallback, fallback: { from: name, why: error.words } }
  }
}
