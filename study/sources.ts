/** Where the figures of a study come from: every note in its document, for the ledger of what is measured, reported and assumed. */

import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { SourceSchema } from '../solver/index.ts'
import { withKnown } from './complexes/known.ts'

export interface StudySource extends Static<typeof SourceSchema> {
  /** of what it stands beside, in the document */
  readonly path: string
}

/** A `note` stands beside all of an object, a `firmListNote` beside its firm list. What comes with the program is in it too. */
export function sourcesOf(document: unknown, path = ''): StudySource[] {
  if (typeof document !== 'object' || document === null) return []
  return Object.entries(withKnown(document)).flatMap(([key, value]): StudySource[] => {
    const of = (name: string): string => (path === '' || name === '' ? `${path}${name}` : `${path}/${name}`)
    const [, field] = /^(?:note|(.+)Note)$/.exec(key) ?? [key, null]
    if (field !== null && Value.Check(SourceSchema, value)) return [{ path: of(field ?? ''), ...value }]
    return sourcesOf(value, of(key))
  })
}
