/** Faults in the caller's data: all of them at once, each with its place and remedy, in the reader's language. */
import { type Static, Type } from 'typebox'

export const IssueSchema = Type.Object(
  {
    code: Type.String({ description: 'stable, for programs: window.closesBeforeOpens' }),
    severity: Type.Enum(['error', 'warning'], {
      description: 'error: cannot be planned; warning: can be planned, probably not what was meant',
    }),
    path: Type.String({ description: 'vehicles/2/shifts/0, or row 14 column 중량' }),
    row: Type.Optional(Type.Integer({ description: 'line of the imported file, the header is 1' })),
    column: Type.Optional(Type.String({ description: 'header of the imported file' })),
    message: Type.String(),
    remedy: Type.String(),
  },
  { additionalProperties: false },
)
export type Issue = Static<typeof IssueSchema>
export const LOCALES = ['ko', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Every fault of a problem that came from outside. An empty list: it can be planned. */
export function findIssues(_input: unknown, _locale: Locale = 'ko'): Issue[] {
  throw new Error('being written')
}
