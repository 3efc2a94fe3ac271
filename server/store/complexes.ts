import type { Kysely } from 'kysely'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import { addProblem } from './problems.ts'
import type { ComplexRecord, DayRecord, Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, newestPlan, openJob, within } from './within.ts'

export function complexNoun(db: Kysely<Tables>, scope: Scope): Nouns['complexes'] {
  const read = async (id?: string): Promise<ComplexRecord[]> => {
    let complexes = db.selectFrom('complexes').select(['id', 'data']).where(within(scope, 'id')).orderBy('seq')
    let days = db
      .selectFrom('days')
      .innerJoin('problems', 'problems.id', 'days.problem')
      .leftJoin('disturbances', 'disturbances.problem', 'days.problem')
      .select(['days.complex', 'days.date', 'days.problem', 'problems.shipment_count', 'disturbances.plan as revises'])
      .select((row) => [newestPlan(row, 'days.problem'), openJob(row, 'days.problem')])
      .where(within(scope, 'days.complex'))
      .orderBy('date')
    if (id !== undefined) {
      complexes = complexes.where('id', '=', id)
      days = days.where('days.complex', '=', id)
    }
    const found = await complexes.execute()
    const daysOf = Map.groupBy(await days.execute(), ({ complex }) => complex)
    return found.map((row) => ({
      data: row.data,
      days: (daysOf.get(row.id) ?? []).map(({ date, problem, shipment_count, plan, job, revises }) => ({
        date,
        problem,
        shipments: shipment_count,
        ...(plan !== null && { plan }),
        ...(job !== null && { job }),
        ...(revises !== null && { revises }),
      })),
    }))
  }

  const setDay = async (trx: Kysely<Tables>, id: string, date: string, problem: string): Promise<void> => {
    const before = await trx
      .selectFrom('days')
      .select('problem')
      .where('complex', '=', id)
      .where('date', '=', date)
      .forUpdate()
      .executeTakeFirst()
    const changed_at = new Date()
    await trx
      .insertInto('days')
      .values({ complex: id, date, problem, changed_at })
      .onConflict((conflict) => conflict.columns(['complex', 'date']).doUpdateSet({ problem, changed_at }))
      .execute()
    const change = { complex: id, action: 'setDay', noun: 'day', nounId: `${id}/${date}` }
    await record(trx, scope, { ...change, before: before?.problem, after: problem })
  }

  return {
    async put(data) {
      const { id } = data.complex
      if (!maySee(scope, id)) throw new Error(`complex ${id} is out of scope`)
      await inTransaction(db, async (trx) => {
        const before = await trx
          .selectFrom('complexes')
          .select('data')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
        const text = JSON.stringify(data)
        if (before && JSON.stringify(before.data) === text) return
        await trx
          .insertInto('complexes')
          .values({ id, data: text, created_at: new Date() })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ data: text }))
          .execute()
        await record(trx, scope, {
          complex: id,
          action: 'put',
          noun: 'complex',
          nounId: id,
          before: before?.data,
          after: data,
        })
      })
    },
    list: async () => await read(),
    get: async (id) => (await read(id))[0],
    async hold(id) {
      await db
        .selectFrom('complexes')
        .select('id')
        .where('id', '=', id)
        .where(within(scope, 'id'))
        .forUpdate()
        .execute()
    },
    async addDays(id, days, summary) {
      return await inTransaction(db, async (trx) => {
        const added: DayRecord[] = []
        for (const { date, problem: data } of days) {
          const problem = await addProblem(trx, scope, id, data)
          await setDay(trx, id, date, problem)
          added.push({ date, problem, shipments: data.shipments.length })
        }
        const after = { ...summary, days: added }
        await record(trx, scope, { complex: id, action: 'done', noun: 'import', nounId: newId(), after })
        return added
      })
    },
    async setDay(id, date, problem) {
      if (!maySee(scope, id)) throw new Error(`complex ${id} is out of scope`)
      await inTransaction(db, async (trx) => await setDay(trx, id, date, problem))
    },
  }
}
