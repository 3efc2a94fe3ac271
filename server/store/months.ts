/** Months of a complex: open until somebody closes them, final from then on; and what corrects them. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Correction } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, within } from './within.ts'

const nextMonth = (month: string): string => {
  const [year, number] = month.split('-').map(Number)
  return number === 12 ? `${year! + 1}-01` : `${year}-${String(number! + 1).padStart(2, '0')}`
}

export function monthNoun(db: Kysely<Tables>, scope: Scope): Nouns['months'] {
  /** Who closes and who corrects wait for one another. */
  const hold = async (trx: Kysely<Tables>, complex: string): Promise<void> => {
    const home = maySee(scope, complex)
      ? await trx.selectFrom('complexes').select('id').where('id', '=', complex).forUpdate().executeTakeFirst()
      : undefined
    if (!home) throw notFound('complex', complex)
  }
  const isClosed = async (on: Kysely<Tables>, complex: string, month: string): Promise<boolean> => {
    const query = on.selectFrom('months').select('month').where('complex', '=', complex).where('month', '=', month)
    return (await query.executeTakeFirst()) !== undefined
  }
  const corrections = async (on: Kysely<Tables>, complex: string, month?: string): Promise<Correction[]> => {
    let query = on
      .selectFrom('corrections')
      .selectAll('corrections')
      .select((row) =>
        row
          .selectFrom('corrections as later')
          .select('later.id')
          .whereRef('later.voids', '=', 'corrections.id')
          .as('voidedBy'),
      )
      .where('corrections.complex', '=', complex)
      .where(within(scope, 'corrections.complex'))
      .orderBy('corrections.seq')
    if (month !== undefined) query = query.where('corrections.month', '=', month)
    return (await query.execute()).map(correctionOf)
  }

  return {
    async closed(complex) {
      const rows = await db
        .selectFrom('months')
        .select(['month', 'closed_at', 'closed_by'])
        .where('complex', '=', complex)
        .where(within(scope, 'complex'))
        .orderBy('month')
        .execute()
      return rows.map(({ month, closed_at, closed_by }) => ({
        month,
        closedAt: closed_at.toISOString(),
        closedBy: closed_by,
      }))
    },
    async get(complex, month) {
      const row = await db
        .selectFrom('months')
        .select('data')
        .where('complex', '=', complex)
        .where('month', '=', month)
        .where(within(scope, 'complex'))
        .executeTakeFirst()
      return row?.data
    },
    async close(complex, month, settle) {
      return await inTransaction(db, async (trx) => {
        await hold(trx, complex)
        if (await isClosed(trx, complex, month)) throw alreadyClosed(month)
        const at = new Date()
        const data = {
          ...settle(await corrections(trx, complex, month)),
          state: 'closed' as const,
          closedAt: at.toISOString(),
          closedBy: scope.actor,
        }
        await trx
          .insertInto('months')
          .values({ complex, month, data: JSON.stringify(data), closed_at: at, closed_by: scope.actor })
          .execute()
        await record(trx, scope, {
          complex,
          action: 'close',
          noun: 'month',
          nounId: `${complex}/${month}`,
          after: { sums: data.sums, leftOut: data.days.filter(({ leftOut }) => leftOut !== undefined) },
        })
        return data
      })
    },
    corrections: async (complex, month) => await corrections(db, complex, month),
    async correct(complex, given) {
      return await inTransaction(db, async (trx) => {
        await hold(trx, complex)
        const about = given.date.slice(0, 7)
        let month = about
        // what is closed stays closed: it counts in the next month that is open
        while (await isClosed(trx, complex, month)) month = nextMonth(month)
        const { voids } = given
        if (voids !== undefined) {
          const all = await corrections(trx, complex)
          const line = all.find(({ id }) => id === voids)
          if (!line) throw notFound('correction', voids)
          if (line.voidedBy !== undefined || line.voids !== undefined) throw isVoid()
        }
        const at = new Date()
        const content = { ...given, ...(month !== about && { corrects: about }) }
        const row = { id: newId(), complex, month, voids: voids ?? null, at, by: scope.actor }
        await trx
          .insertInto('corrections')
          .values({ ...row, data: JSON.stringify(content) })
          .execute()
        const after = { id: row.id, month, ...content, at: at.toISOString(), by: scope.actor }
        await record(trx, scope, { complex, action: 'add', noun: 'correction', nounId: row.id, after })
        return after
      })
    },
    async settled(plans) {
      if (plans.length === 0) return []
      return await db
        .selectFrom('settled_days')
        .innerJoin('plans', 'plans.id', 'settled_days.plan')
        .select(['settled_days.plan', 'settled_days.key', 'settled_days.data'])
        .where('settled_days.plan', 'in', plans)
        .where(within(scope, 'plans.complex'))
        .execute()
    },
    async keepSettled(plan, key, day) {
      const values = { key, data: JSON.stringify(day), at: new Date() }
      await db
        .insertInto('settled_days')
        .values({ plan, ...values })
        .onConflict((conflict) => conflict.column('plan').doUpdateSet(values))
        .execute()
    },
    async recorded(complex, month) {
      const rows = await db
        .selectFrom('actuals')
        .innerJoin('plans', 'plans.id', 'actuals.plan')
        .innerJoin('problems', 'problems.id', 'plans.problem')
        .select(['plans.id as plan', 'problems.starts_at', sql<number>`max(actuals.seq)`.as('last')])
        .where('plans.complex', '=', complex)
        .where('problems.starts_at', 'like', `${month}-%`)
        .where(within(scope, 'plans.complex'))
        .groupBy(['plans.id', 'problems.starts_at'])
        .orderBy('last')
        .execute()
      return rows.map(({ plan, starts_at, last }) => ({ plan, date: starts_at.slice(0, 10), last: Number(last) }))
    },
  }
}

const correctionOf = ({
  id,
  month,
  data,
  at,
  by,
  voids,
  voidedBy,
}: Selectable<Tables['corrections']> & { readonly voidedBy: string | null }): Correction => ({
  id,
  month,
  ...data,
  at: at.toISOString(),
  by,
  ...(voids !== null && { voids }),
  ...(voidedBy !== null && { voidedBy }),
})

const alreadyClosed = (month: string): Refusal =>
  new Refusal(409, 'month.closed', {
    ko: `${month} 은 이미 마감되었습니다. 고칠 것은 조정으로 적으세요. 다음 열린 달에 들어갑니다.`,
    en: `${month} is closed already. Write a correction: it counts in the next month that is open.`,
  })

const isVoid = (): Refusal =>
  new Refusal(409, 'correction.void', {
    ko: '이미 취소되었거나 취소하는 줄입니다.',
    en: 'This line is void already, or is itself the line that takes one back.',
  })
