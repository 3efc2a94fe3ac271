/** What pricing is asked and what it must answer. Every answer is a proof or says that it is none. */

/** A way to carry some orders together by one truck of a kind. */
export interface Column {
  readonly kind: number
  /** ascending */
  readonly orders: readonly number[]
  /** whole; at most what any route of such a truck costs that carries them all */
  readonly krw: number
  /** in order, where the pricer knows one that keeps to the times it knows of; null: the set alone */
  readonly visits: readonly number[] | null
}

/** Where pricing stops short; counts, not seconds, so that a bound can be repeated. */
export interface Effort {
  readonly labels: number
  /** of branch and bound; 0: no integer program */
  readonly nodes: number
  /** whole units by which `leastKrw` may lie below the least reduced cost there is */
  readonly slackKrw: number
  /** on the caller's clock: beyond it the answer is wanted whatever has been found; undefined: no clock */
  readonly seconds?: number | undefined
}

export interface Priced {
  /**
   * No column of the kind has a reduced cost (its krw less the prices of its orders less the kind's) below this: proved, whatever the
   * effort. Whole; 0 or more means that none prices out.
   */
  readonly leastKrw: number
  /** of negative reduced cost, the least first */
  readonly columns: readonly Column[]
}

export interface Pricer {
  /** `prices`: [order] whole, 0 or more. `kindKrw`: price of a truck of the kind, whole, 0 or less. */
  price(prices: Float64Array, kindKrw: number, effort: Effort): Priced
  dispose(): void
}
