/**
 * Cells of travel matrices as one row per origin. Measured on the embedded database, 300 × 300: such rows are read in 10 ms, a row per
 * cell in 600 to 900. New destinations are appended by the database itself, so writers at the same time lose nothing of each other; a
 * cell that both have asked for is there twice, with the same figures.
 */
import { type Kysely, sql } from 'kysely'
import { CELL_BYTES, type TravelCells } from '../travel/cells.ts'
import type { Tables } from './tables.ts'

/** Rows that nobody has asked for so long go; those of an older version of the data among them. */
const KEPT_DAYS = 30
/** A row with more is begun anew with what was asked last, and fills again: else it would hold every place there ever was. */
const MOST_DESTINATIONS = 2_000
/** Of one statement. */
const BATCH_BYTES = 4 * 2 ** 20
const BATCH_ROWS = 250

export function storedCells(db: Kysely<Tables>): TravelCells {
  return {
    async read(source, origins) {
      const found = new Map<number, Uint8Array>()
      const stale: number[] = []
      for (let first = 0; first < origins.length; first += BATCH_ROWS) {
        const { rows } = await sql<{ origin: number; cells: string; stale: boolean }>`
          select origin, encode(cells, 'base64') as cells, used_on < current_date as stale from travel_rows
          where source = ${source} and origin = any(${origins.slice(first, first + BATCH_ROWS)}::bigint[])`.execute(db)
        for (const row of rows) {
          found.set(row.origin, Buffer.from(row.cells, 'base64'))
          if (row.stale) stale.push(row.origin)
        }
      }
      if (stale.length > 0) await touch(db, source, stale)
      return found
    },
    async add(source, rows) {
      let origins: number[] = []
      let cells: string[] = []
      let bytes = 0
      const flush = async () => {
        if (origins.length > 0) await append(db, source, origins, cells)
        origins = []
        cells = []
        bytes = 0
      }
      // in one order everywhere, so that writers wait for each other and never in a ring
      for (const [origin, packed] of [...rows].sort(([a], [b]) => a - b)) {
        origins.push(origin)
        cells.push(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('base64'))
        bytes += packed.byteLength
        if (bytes >= BATCH_BYTES) await flush()
      }
      await flush()
    },
  }
}

async function append(db: Kysely<Tables>, source: string, origins: number[], cells: string[]): Promise<void> {
  await sql`
    insert into travel_rows (source, origin, cells, used_on)
    select ${source}, origin, decode(cells, 'base64'), current_date
    from unnest(${origins}::bigint[], ${cells}::text[]) as row (origin, cells)
    on conflict (source, origin) do update set used_on = current_date, cells = case
      when length(travel_rows.cells) >= ${MOST_DESTINATIONS * CELL_BYTES}::integer then excluded.cells
      else travel_rows.cells || excluded.cells end`.execute(db)
}

/** Once a day for a row; whoever holds it just now says the same. */
async function touch(db: Kysely<Tables>, source: string, origins: readonly number[]): Promise<void> {
  await sql`
    update travel_rows set used_on = current_date where source = ${source} and origin in (
      select origin from travel_rows where source = ${source} and origin = any(${origins}::bigint[])
      for update skip locked)`.execute(db)
}

export async function forgetCells(db: Kysely<Tables>): Promise<void> {
  await db.deleteFrom('travel_rows').where('used_on', '<', sql<Date>`current_date - ${KEPT_DAYS}::integer`).execute()
}
