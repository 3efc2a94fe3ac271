import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import { addProblem } from './problems.ts'
import type { AddedDay, ComplexRecord, Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { confirmedPlan, heldOrders, inTransaction, maySee, newestPlan, newestState, openJob, within } from './within.ts'

export function complexNoun(db: Kysely<Tables>, scope: Scope): Nouns['complexes'] {
  const read = async (id?: string): Promise<ComplexRecord[]> => {
    let complexes = db.selectFrom('complexes').select(['id', 'data']).where(within(scope, 'id')).orderBy('seq')
    let days = db
      .selectFrom('days')
      .innerJoin('problems', 'problems.id', 'days.problem')
      .leftJoin('disturbances', 'disturbances.problem', 'days.problem')
      .select(['days.complex', 'days.date', 'days.problem', 'problems.shipment_count', 'disturbances.plan as revises'])
      .select((row) => [
        newestPlan(row, 'days.problem'),
        newestState(row, 'days.problem'),
        confirmedPlan(row, 'days.problem'),
        openJob(row, 'days.problem'),
        heldOrders(row),
      ])
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
      days: (daysOf.get(row.id) ?? []).map(
        ({ date, problem, shipment_count, plan, state, confirmed, job, waiting, revises }) => ({
          date,
          problem,
          shipments: shipment_count,
          ...(plan !== null && { plan }),
          ...(state !== null && { planState: state }),
          ...(confirmed !== null && { confirmed }),
          ...(Number(waiting) > 0 && { waiting: Number(waiting) }),
          ...(job !== null && { job }),
          ...(revises !== null && { revises }),
        }),
      ),
    }))
  }

  const standing = async (trx: Kysely<Tables>, id: string, date: string): Promise<string | undefined> => {
    const query = trx.selectFrom('days').select('problem').where('complex', '=', id).where('date', '=', date)
    return (await query.forUpdate().executeTakeFirst())?.problem
  }
  /** The problem that stood before. */
  const setDay = async (
    trx: Kysely<Tables>,
    id: string,
    date: string,
    problem: string,
  ): Promise<string | undefined> => {
    const before = await standing(trx, id, date)
    const changed_at = new Date()
    await trx
      .insertInto('days')
      .values({ complex: id, date, problem, changed_at })
      .onConflict((conflict) => conflict.columns(['complex', 'date']).doUpdateSet({ problem, changed_at }))
      .execute()
    const change = { complex: id, action: 'setDay', noun: 'day', nounId: `${id}/${date}` }
    await record(trx, scope, { ...change, before, after: problem })
    return before
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
        const added: AddedDay[] = []
        for (const { date, problem: data } of days) {
          const problem = await addProblem(trx, scope, id, data)
          const before = await setDay(trx, id, date, problem)
          added.push({ date, problem, shipments: data.shipments.length, ...(before !== undefined && { before }) })
        }
        const after = { ...summary, days: added }
        await record(trx, scope, { complex: id, action: 'done', noun: 'import', nounId: newId(), after })
        return added
      })
    },
    async setDay(id, date, problem) {
      if (!maySee(scope, id)) throw new Error(`complex ${id} is out of scope`)
      await inTransaction(db, async (trx) => {
        await setDay(trx, id, date, problem)
      })
    },
    async pointDay(id, date, { from, to }) {
      if (!maySee(scope, id)) throw new Error(`complex ${id} is out of scope`)
      await inTransaction(db, async (trx) => {
        await trx.selectFrom('complexes').select('id').where('id', '=', id).forUpdate().execute()
        if (((await standing(trx, id, date)) ?? null) !== from) throw dayChanged(date)
        if (to !== null) return void (await setDay(trx, id, date, to))
        await trx.deleteFrom('days').where('complex', '=', id).where('date', '=', date).execute()
        const change = { complex: id, action: 'dropDay', noun: 'day', nounId: `${id}/${date}` }
        await record(trx, scope, { ...change, before: from })
      })
    },
  }
}

export const dayChanged = (date: string): Refusal =>
  new Refusal(412, 'day.changed', {
    ko: `그 사이에 ${date} 의 주문이나 계획이 바뀌었습니다. 다시 불러온 뒤 바꾸세요. 아무것도 덮어쓰지 않았습니다.`,
    en: `The orders or the plan of ${date} have changed meanwhile. Load them again and make your change; nothing was overwritten.`,
  })
