/** Forwards only, in this order, each once. A released migration is never edited: a change is a new one. */
import type { Kysely } from 'kysely'
import * as m001 from './m001.ts'
import * as m002 from './m002.ts'
import * as m003 from './m003.ts'
import * as m004 from './m004.ts'
import * as m005 from './m005.ts'
import * as m006 from './m006.ts'
import * as m007 from './m007.ts'
import * as m008 from './m008.ts'
import * as m009 from './m009.ts'
import * as m010 from './m010.ts'
import * as m011 from './m011.ts'
import * as m012 from './m012.ts'
import * as m013 from './m013.ts'
import * as m014 from './m014.ts'
import * as m015 from './m015.ts'
import * as m016 from './m016.ts'
import * as m017 from './m017.ts'
import * as m018 from './m018.ts'

type Migration = { up(db: Kysely<unknown>): Promise<void> }
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  m001,
  m002,
  m003,
  m004,
  m005,
  m006,
  m007,
  m008,
  m009,
  m010,
  m011,
  m012,
  m013,
  m014,
  m015,
  m016,
  m017,
  m018,
}
