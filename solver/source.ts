/** Where a figure comes from, in both languages; shown beside it wherever a person sees it. */
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const

/** A two sources or official, B one source, C derived, G general knowledge, X assumed. */
export const CERTAINTIES = ['A', 'B', 'C', 'G', 'X'] as const

export const SourceNoteSchema = Type.Object(
  {
    source: Type.Object({ ko: Type.String(), en: Type.String() }, strict),
    asOf: Type.Optional(Type.String({ description: 'ISO date of the figure' })),
    certainty: Type.Enum(CERTAINTIES),
  },
  strict,
)
export type SourceNote = Static<typeof SourceNoteSchema>
