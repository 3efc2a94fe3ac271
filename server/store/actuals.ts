import type { Kysely, Selectable } from 'kysely'
import type { Actual } from '../api.ts'
import { notFound } from '../errors.ts'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, within } from './within.ts'

export function actualNoun(db: Kysely<Tables>, scope: Scope): Nouns['actuals'] {
  const list = async (on: Kysely<Tables>, plan: string): Promise<Actual[]> => {
    const rows = await on
      .selectFrom('actuals')
      .selectAll()
      .where('plan', '=', plan)
      .where(within(scope, 'complex'))
      .orderBy('seq')
      .execute()
    const corrected = new Set(rows.flatMap(({ corrects }) => corrects ?? []))
    return rows.map((row) => ({ ...actualOf(row), ...(corrected.has(row.id) && { corrected: true as const }) }))
  }
  return {
    list: async (plan) => await list(db, plan),
    async add(plan, events) {
      return await inTransaction(db, async (trx) => {
        const query = trx.selectFrom('plans').select('complex').where('id', '=', plan).where(within(scope, 'complex'))
        const home = await query.executeTakeFirst()
        if (!home) throw notFound('plan', plan)
        const { complex } = home
        const recorded_at = new Date()
        const rows = events.map(({ at, stop, quantity, note, corrects, void: gone = false, ...more }) => ({
          id: more.id,
          route: more.route,
          kind: more.kind,
          complex,
          plan,
          at: new Date(at),
          stop: stop ?? null,
          quantity: quantity ?? null,
          note: note ?? null,
          corrects: corrects ?? null,
          void: gone,
          recorded_at,
          recorded_by: scope.actor,
          shipment: more.shipment ?? null,
          problem: more.problem ?? null,
          clock_off_s: more.clockOffS ?? null,
          lng: more.lng ?? null,
          lat: more.lat ?? null,
        }))
        // one that was sent before is there
        const added = await trx
          .insertInto('actuals')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['plan', 'id']).doNothing())
          .returningAll()
          .execute()
        if (added.length > 0) {
          const change = { complex, action: 'record', noun: 'actual', nounId: plan }
          await record(trx, scope, { ...change, after: added.map(actualOf) })
        }
        return await list(trx, plan)
      })
    },
  }
}

const actualOf = (row: Selectable<Tables['actuals']>): Actual => ({
  id: row.id,
  route: row.route,
  ...(row.stop !== null && { stop: row.stop }),
  kind: row.kind,
  at: row.at.toISOString(),
  ...(row.quantity !== null && { quantity: row.quantity }),
  ...(row.note !== null && { note: row.note }),
  ...(row.shipment !== null && { shipment: row.shipment }),
  ...(row.problem !== null && { problem: row.problem }),
  ...(row.corrects !== null && { corrects: row.corrects }),
  ...(row.void && { void: true }),
  recordedAt: row.recorded_at.toISOString(),
  by: row.recorded_by,
  ...(row.clock_off_s !== null && { clockOffS: row.clock_off_s }),
  ...(row.lng !== null && row.lat !== null && { lng: row.lng, lat: row.lat }),
})
