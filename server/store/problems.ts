import type { Kysely } from 'kysely'
import type { Problem } from '../../solver/index.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import type { Nouns, ProblemSummary, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, newestPlan, pageOf, within } from './within.ts'

/** Rows of one INSERT: a statement carries at most 65,535 parameters. */
const ROWS_AT_A_TIME = 5_000
/** A place in the list as one number: more shipments than this are in no problem, and the product stays exact. */
const POSITIONS = 1_000_000

export async function addProblem(
  trx: Kysely<Tables>,
  scope: Scope,
  complex: string,
  problem: Problem,
  id = newId(),
): Promise<string> {
  if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
  const { name, startsAt, days, sites, shipments, vehicles } = problem
  const { seq } = await trx
    .insertInto('problems')
    .values({
      id,
      complex,
      name,
      starts_at: startsAt,
      days,
      site_count: sites.length,
      shipment_count: shipments.length,
      vehicle_count: vehicles.length,
      data: JSON.stringify(problem),
      created_at: new Date(),
      created_by: scope.actor,
    })
    .returning('seq')
    .executeTakeFirstOrThrow()
  const rows = shipments.map((shipment, position) => ({
    problem: id,
    problem_seq: seq,
    position,
    complex,
    id: shipment.id,
    firm: shipment.firm,
    data: JSON.stringify(shipment),
  }))
  for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME)
    await trx
      .insertInto('shipments')
      .values(rows.slice(from, from + ROWS_AT_A_TIME))
      .execute()
  // a problem never changes: its own row is the record of what was added
  const after = { name, startsAt, shipments: shipments.length }
  await record(trx, scope, { complex, action: 'add', noun: 'problem', nounId: id, after })
  return id
}

export function problemNoun(db: Kysely<Tables>, scope: Scope): Nouns['problems'] {
  return {
    add: async (complex, problem) =>
      await inTransaction(db, async (trx) => await addProblem(trx, scope, complex, problem)),
    async list({ after, limit }) {
      let query = db
        .selectFrom('problems')
        .select(['seq', 'id', 'complex', 'name', 'starts_at', 'days', 'site_count', 'shipment_count', 'vehicle_count'])
        .select((row) => newestPlan(row, 'problems.id'))
        .where(within(scope, 'complex'))
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      const { items, next } = pageOf(rows, limit, ({ seq }) => seq)
      const summaries = items.map(
        (row): ProblemSummary => ({
          id: row.id,
          complex: row.complex,
          name: row.name,
          startsAt: row.starts_at,
          days: row.days,
          sites: row.site_count,
          shipments: row.shipment_count,
          vehicles: row.vehicle_count,
          ...(row.plan !== null && { plan: row.plan }),
        }),
      )
      return { items: summaries, ...(next !== undefined && { next }) }
    },
    async get(id) {
      const row = await db
        .selectFrom('problems')
        .select(['id', 'complex', 'data'])
        .where('id', '=', id)
        .where(within(scope, 'complex'))
        .executeTakeFirst()
      return row && { id: row.id, complex: row.complex, problem: row.data }
    },
  }
}

export function shipmentNoun(db: Kysely<Tables>, scope: Scope): Nouns['shipments'] {
  return {
    /** In the order of the problems, newest first, and within one as in its file. */
    async list({ after, limit, firm, problem }) {
      let query = db
        .selectFrom('shipments')
        .innerJoin('problems', 'problems.id', 'shipments.problem')
        .select(['shipments.problem', 'problems.starts_at', 'shipments.data', 'problem_seq', 'position'])
        .where(within(scope, 'shipments.complex'))
      if (firm !== undefined) query = query.where('shipments.firm', '=', firm)
      if (problem !== undefined) query = query.where('shipments.problem', '=', problem)
      if (after !== undefined) {
        const seq = Math.floor(after / POSITIONS)
        const position = after % POSITIONS
        query = query
          .where('problem_seq', '<=', seq)
          .where((row) => row.or([row('problem_seq', '<', seq), row('position', '>', position)]))
      }
      const rows = await query
        .orderBy('problem_seq', 'desc')
        .orderBy('position')
        .limit(limit + 1)
        .execute()
      const { items, next } = pageOf(rows, limit, ({ problem_seq, position }) => problem_seq * POSITIONS + position)
      const shipments = items.map((row) => ({ problem: row.problem, startsAt: row.starts_at, shipment: row.data }))
      return { items: shipments, ...(next !== undefined && { next }) }
    },
  }
}
