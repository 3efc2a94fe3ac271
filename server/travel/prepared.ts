/** A source behind an address, whose data may be replaced while we run: what it is made of is learnt before it is asked, and now and then again. */
import { type RoadsAbout, sourceError, type TravelProvider } from './provider.ts'

/** Nobody exchanges the data of a routing service more often than that. */
const LEARN_EVERY_MS = 60_000

type Traits = 'name' | 'estimated' | 'estimatedTolls' | 'cacheable' | 'byHour' | 'state'
export interface PreparedOptions extends Pick<TravelProvider, Traits> {
  readonly about: RoadsAbout
  /** The provider on the data that the service has now. Throws ProviderError. */
  readonly learn: (signal?: AbortSignal) => Promise<TravelProvider>
  readonly nowMs?: () => number
}

export function preparedProvider({ learn, about, nowMs = Date.now, ...traits }: PreparedOptions): TravelProvider {
  let learnt: { readonly provider: TravelProvider; readonly atMs: number } | undefined
  const current = async (signal?: AbortSignal): Promise<TravelProvider> => {
    signal?.throwIfAborted()
    if (!learnt || nowMs() - learnt.atMs > LEARN_EVERY_MS) learnt = { provider: await learn(signal), atMs: nowMs() }
    return learnt.provider
  }
  return {
    ...traits,
    about: () => learnt?.provider.about?.() ?? about,
    key(profile) {
      if (learnt) return learnt.provider.key(profile)
      throw sourceError(traits.name, {
        ko: '어떤 자료로 답하는지 아직 알려 주지 않았습니다.',
        en: 'it has not told yet which data it has.',
      })
    },
    async prepare(signal) {
      await current(signal)
    },
    matrix: async (from, to, profile, signal) => await (await current(signal)).matrix(from, to, profile, signal),
    path: async (stops, profile, signal) => await (await current(signal)).path(stops, profile, signal),
    guide: async (stops, profile, locale, signal) =>
      (await (await current(signal)).guide?.(stops, profile, locale, signal)) ?? stops.slice(1).map(() => []),
  }
}
