/** Orders as the fit takes them, whatever file or day they come from. */

export interface FitOrder {
  /** id */
  readonly firm: string
  /** ISO date of the pickup */
  readonly date: string
  readonly direction: 'in' | 'out'
  /** site of the other end */
  readonly partner: string
  /** what groups orders into a flow: what the partner does, else the goods */
  readonly goods: string
  readonly item: string
  readonly weightKg: number
  /** the heaviest piece */
  readonly pieceKg: number
  /** wished time as a person writes it; empty: none */
  readonly time: string
  readonly handling: string
  readonly mustGoAlone: boolean
}

export interface FitInput {
  readonly orders: readonly FitOrder[]
  readonly firms: readonly { readonly id: string; readonly name: string; readonly size?: string | undefined }[]
  /** ISO dates on which orders could have come, quiet ones too, in order */
  readonly workingDates: readonly string[]
  readonly workingDaysPerYear: number
  /** ISO date of the first day that a study draws */
  readonly from: string
  readonly note: {
    readonly source: string
    readonly sourceKo?: string
    readonly asOf: string
    readonly certainty: 'A' | 'B' | 'C' | 'G' | 'X'
  }
}
