/** Forwards only, in this order, each once. A released migration is never edited: a change is a new one. */
import type { Kysely } from 'kysely'
import * as m001 from './m001.ts'
import * as m003 from './m003.ts'

export const MIGRATIONS: Readonly<Record<string, { up(db: Kysely<unknown>): Promise<void> }>> = { m001, m003 }
