import type { Kysely } from 'kysely'
import type { Dispatch } from '../api.ts'
import { takeOver } from '../dispatch.ts'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import type { Nouns, PlanRecord, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, within } from './within.ts'

export function dispatchNoun(db: Kysely<Tables>, scope: Scope): Nouns['dispatches'] {
  return {
    of: async (plan) => await saidOf(db, scope, plan),
    async put(plan, route, version, content) {
      return await inTransaction(db, async (trx) => {
        const home = await trx
          .selectFrom('plans')
          .select('complex')
          .where('id', '=', plan)
          .where(within(scope, 'complex'))
          .forUpdate()
          .executeTakeFirst()
        if (!home) throw notFound('plan', plan)
        const { complex } = home
        const before = (await saidOf(trx, scope, plan)).find((entry) => entry.route === route)
        if ((before?.version ?? 0) !== version) throw dispatchChanged()
        const values = {
          version: version + 1,
          data: JSON.stringify(content),
          changed_at: new Date(),
          changed_by: scope.actor,
        }
        await trx
          .insertInto('dispatches')
          .values({ plan, route, complex, ...values })
          .onConflict((conflict) => conflict.columns(['plan', 'route']).doUpdateSet(values))
          .execute()
        const after: Dispatch = { route, ...content, version: version + 1 }
        await record(trx, scope, {
          complex,
          action: 'put',
          noun: 'dispatch',
          nounId: plan,
          ...(before && { before }),
          after,
        })
        return after
      })
    },
  }
}

/**
 * A plan that is confirmed takes over who drives from the one that stood for its day last. In the transaction of the confirmation, so that no
 * carrier loses sight of its rounds.
 */
export async function inheritDispatches(trx: Kysely<Tables>, scope: Scope, { id, complex, problem, plan }: PlanRecord) {
  const last = await trx
    .selectFrom('plans')
    .innerJoin('problems', 'problems.id', 'plans.problem')
    .select(['plans.id', 'plans.data'])
    .where('plans.complex', '=', complex)
    .where('plans.state', '=', 'withdrawn')
    .where('problems.starts_at', '=', (where) =>
      where.selectFrom('problems').select('starts_at').where('problems.id', '=', problem),
    )
    .orderBy('plans.changed_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return
  const kept = takeOver(last.data, await saidOf(trx, scope, last.id), plan)
  if (kept.length === 0) return
  const stamp = { complex, changed_at: new Date(), changed_by: scope.actor }
  await trx
    .insertInto('dispatches')
    .values(
      kept.map(({ route, version, ...content }) => ({
        plan: id,
        route,
        version,
        data: JSON.stringify(content),
        ...stamp,
      })),
    )
    .execute()
  await record(trx, scope, { complex, action: 'takeOver', noun: 'dispatch', nounId: id, after: kept })
}

async function saidOf(on: Kysely<Tables>, scope: Scope, plan: string): Promise<Dispatch[]> {
  const rows = await on
    .selectFrom('dispatches')
    .select(['route', 'version', 'data'])
    .where('plan', '=', plan)
    .where(within(scope, 'complex'))
    .orderBy('route')
    .execute()
  return rows.map(({ route, version, data }) => ({ route, ...data, version }))
}

export const dispatchChanged = (): Refusal =>
  new Refusal(412, 'dispatch.changed', {
    ko: '그 사이 다른 사람이 이 배차를 바꿨습니다. 새로 읽고 다시 고치세요.',
    en: 'Somebody else has changed this dispatch meanwhile. Read it again, then change it.',
  })
