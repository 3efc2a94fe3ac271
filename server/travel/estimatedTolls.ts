/** Tolls for a source that knows times and metres only: those of the trunk network between the same places, and estimates. */
import { NO_WAY, type TravelMatrix, type TravelPlace, type TravelProfile } from './provider.ts'
import { trunk } from './trunk.ts'

/** Goes into the key of a source whose tolls are estimated here. */
export const estimatedTollsKey = (profile: TravelProfile): string => `tolls(${trunk.key(profile)})`

/** `distanceM`: of the source itself; no more of it can lie on expressways. Where the trunk network does not reach, no toll. */
export async function estimateTolls(
  from: readonly TravelPlace[],
  to: readonly TravelPlace[],
  profile: TravelProfile,
  distanceM: Int32Array,
  signal?: AbortSignal,
): Promise<Pick<TravelMatrix, 'tollKrw' | 'expresswayM'>> {
  const estimate = await trunk.matrix(from, to, profile, signal)
  return {
    tollKrw: distanceM.map((metres, cell) => (metres === NO_WAY ? NO_WAY : Math.max(0, estimate.tollKrw[cell]!))),
    expresswayM: distanceM.map((metres, cell) =>
      metres === NO_WAY ? NO_WAY : Math.max(0, Math.min(metres, estimate.expresswayM[cell]!)),
    ),
  }
}
