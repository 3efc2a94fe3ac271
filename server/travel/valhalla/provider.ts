/** Travel figures and paths of a Valhalla, whatever carries the questions to it. */
import type { TravelProvider } from '../provider.ts'
import type { ValhallaActor } from './actor.ts'

export interface ValhallaSource {
  /** For a person: names the service in messages. */
  readonly name: string
  /** Of data and engine together: equal versions promise equal figures. */
  readonly version: string
  readonly actor: ValhallaActor
  /** false: no road of the data takes a toll, so none need be asked for. */
  readonly hasTolls: boolean
  /** Pairs that one matrix request may hold (`service_limits.truck.max_matrix_location_pairs`, 2,500 in Valhalla's default). */
  readonly maxPairs: number
}

export function valhallaProvider(source: ValhallaSource): TravelProvider {
  throw new Error(`${source.name} cannot be asked yet`)
}
