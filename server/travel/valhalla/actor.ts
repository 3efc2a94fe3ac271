/** What stands between the provider and a Valhalla, wherever it runs: in a thread of this process or behind HTTP. */

/** As Valhalla's HTTP interface calls them. */
export type ValhallaAction = 'sources_to_targets' | 'route' | 'trace_attributes' | 'locate' | 'status'

export interface ValhallaActor {
  /**
   * The answer as it came, not yet held against a shape. Rejects with a `ValhallaRefusal` where the engine understood and
   * said no, with the signal's reason where it was aborted, and with a `ProviderError` where the engine could not be asked.
   */
  ask(action: ValhallaAction, request: object, signal?: AbortSignal): Promise<unknown>
}

/** `noRoad`: a location has no road nearby; `noPath`: no road leads; `limit`: more or farther than its configuration allows. */
export type RefusalKind = 'noRoad' | 'noPath' | 'limit' | 'other'

/** The engine answered that it will not; its words are the same in process and over HTTP, its codes only travel over HTTP. */
export class ValhallaRefusal extends Error {
  readonly kind: RefusalKind

  constructor(message: string) {
    super(message)
    this.name = 'ValhallaRefusal'
    this.kind = kindOf(message)
  }
}

/** From valhalla/exceptions.h of 3.6. */
function kindOf(message: string): RefusalKind {
  if (/no suitable edges|no edges near/i.test(message)) return 'noRoad'
  if (/no path could be found|unconnected regions/i.test(message)) return 'noPath'
  if (/exceed(s|ed)|too many/i.test(message)) return 'limit'
  return 'other'
}
