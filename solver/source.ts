/** Where a figure comes from, in both languages; shown beside it wherever a person sees it. */
import { type Static, Type } from 'typebox'
import type { SourceSchema } from './problem.ts'

const strict = { additionalProperties: false } as const

interface Words {
  readonly ko: string
  readonly en: string
}
const WordsSchema = Type.Object({ ko: Type.String(), en: Type.String() }, strict)

/** A two sources or official, B one source, C derived, G general knowledge, X assumed. */
const CERTAINTIES = ['A', 'B', 'C', 'G', 'X'] as const

export interface SourceNote {
  readonly source: Words
  /** ISO date of the figure */
  readonly asOf?: string
  readonly certainty: (typeof CERTAINTIES)[number]
}

/** What a figure may be about. */
export const SOURCE_TOPICS = ['roads', 'toll', 'tariff', 'fuel', 'co2'] as const

/** One figure, or one rule, with where it comes from, as a person reads it. */
export const SourceLineSchema = Type.Object(
  {
    topic: Type.Enum(SOURCE_TOPICS),
    name: WordsSchema,
    value: WordsSchema,
    source: WordsSchema,
    asOf: Type.Optional(Type.String({ description: 'ISO date of the figure' })),
    certainty: Type.Optional(Type.Enum(CERTAINTIES, { description: 'absent: whoever entered it does not say' })),
  },
  strict,
)
export type SourceLine = Static<typeof SourceLineSchema>

/** A note that somebody entered, in the words of a source line. */
export const notedSource = ({
  source,
  sourceKo = source,
  asOf,
  certainty,
}: Static<typeof SourceSchema>): Pick<SourceLine, 'source' | 'asOf' | 'certainty'> => ({
  source: { ko: sourceKo, en: source },
  ...(asOf !== undefined && { asOf }),
  ...(certainty !== undefined && { certainty }),
})

/** A figure, or a rule, that holds for a time. ISO dates, both included; without `until`: until a later entry begins. */
export interface Dated {
  readonly from: string
  readonly until?: string
}

/** The entry of a dated list, oldest first, that holds on a day. ISO dates compare as text. */
export const inForce = <T extends Dated>(entries: readonly T[], isoDate: string): T | undefined =>
  entries.findLast(({ from, until }) => from <= isoDate && (until === undefined || isoDate <= until))
