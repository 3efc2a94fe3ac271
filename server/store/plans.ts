import { type Kysely, type Selectable, sql } from 'kysely'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import type { ConfirmedFiles, KeptPlan } from './confirmedFiles.ts'
import { inheritDispatches } from './dispatches.ts'
import { newId } from './ids.ts'
import { stampLedger } from './ledger.ts'
import type { Nouns, PlanRecord, PlanSummary, Scope } from './store.ts'
import type { PlanState, Tables } from './tables.ts'
import { inTransaction, pageOf, within } from './within.ts'

type Row = Selectable<Tables['plans']>
type Write = Parameters<Parameters<ConfirmedFiles['during']>[0]>[0]

export function planNoun(db: Kysely<Tables>, scope: Scope, files: ConfirmedFiles): Nouns['plans'] {
  const nextSeq = sql<number>`nextval('plans_changed_seq_seq')`
  const stamp = () => ({ changed_at: new Date(), changed_by: scope.actor, changed_seq: nextSeq })

  const locked = async (trx: Kysely<Tables>, id: string): Promise<Row | undefined> =>
    await trx
      .selectFrom('plans')
      .selectAll()
      .where('id', '=', id)
      .where(within(scope, 'complex'))
      .forUpdate()
      .executeTakeFirst()

  /** The row at exactly this version and in this state, held until the transaction ends. */
  const claim = async (trx: Kysely<Tables>, id: string, version: number, state: PlanState): Promise<Row> => {
    const row = await locked(trx, id)
    if (!row) throw notFound('plan', id)
    if (row.version !== version) throw changedMeanwhile(recordOf(row))
    if (row.state !== state) throw wrongState(row.state)
    return row
  }

  const moveTo = async (trx: Kysely<Tables>, row: Row, state: PlanState, action: string): Promise<PlanRecord> => {
    const moved = await trx
      .updateTable('plans')
      .set({ state, version: row.version + 1, ...stamp() })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    const change = { complex: row.complex, action, noun: 'plan', nounId: row.id }
    await record(trx, scope, { ...change, before: stateOf(row), after: stateOf(moved) })
    return recordOf(moved)
  }

  const keeping = async <T>(work: (trx: Kysely<Tables>, write: Write) => Promise<T>): Promise<T> =>
    await files.during(async (write) => await inTransaction(db, async (trx) => await work(trx, write)))

  return {
    async put({ id, problem, plan, certificate }) {
      return await inTransaction(db, async (trx) => {
        const before = await locked(trx, id)
        if (before && (before.state !== 'draft' || before.edited)) return false
        const values = {
          cost_krw: plan.costKrw,
          lower_krw: certificate?.lowerKrw ?? null,
          data: JSON.stringify(plan),
          certificate: certificate ? JSON.stringify(certificate) : null,
          ...stamp(),
        }
        if (before) {
          const better = await trx
            .updateTable('plans')
            .set({ ...values, version: before.version + 1 })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirstOrThrow()
          const change = { complex: before.complex, action: 'improve', noun: 'plan', nounId: id }
          await record(trx, scope, { ...change, before: stateOf(before), after: stateOf(better) })
          return true
        }
        const home = await trx
          .selectFrom('problems')
          .select('complex')
          .where('id', '=', problem)
          .where(within(scope, 'complex'))
          .executeTakeFirst()
        if (!home) throw notFound('problem', problem)
        const { complex } = home
        await trx
          .insertInto('plans')
          .values({ id, complex, problem, version: 1, state: 'draft', created_at: new Date(), ...values })
          .execute()
        const after = { problem, state: 'draft', version: 1, costKrw: plan.costKrw, lowerKrw: values.lower_krw }
        await record(trx, scope, { complex, action: 'add', noun: 'plan', nounId: id, after })
        return true
      })
    },

    async get(id) {
      const query = db.selectFrom('plans').selectAll().where('id', '=', id).where(within(scope, 'complex'))
      const row = await query.executeTakeFirst()
      return row && recordOf(row)
    },

    async list({ after, limit, problem }) {
      let query = db
        .selectFrom('plans')
        .select([...SUMMARY_COLUMNS, 'changed_seq'])
        .where(within(scope, 'complex'))
      if (problem !== undefined) query = query.where('problem', '=', problem)
      if (after !== undefined) query = query.where('changed_seq', '<', after)
      const rows = await query
        .orderBy('changed_seq', 'desc')
        .limit(limit + 1)
        .execute()
      const { items, next } = pageOf(rows, limit, (row) => row.changed_seq)
      return { items: items.map(summaryOf), ...(next !== undefined && { next }) }
    },

    async newestOf(problem) {
      const row = await db
        .selectFrom('plans')
        .select('id')
        .where('problem', '=', problem)
        .where(within(scope, 'complex'))
        .orderBy('changed_seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.id
    },

    async choose(id) {
      await inTransaction(db, async (trx) => {
        const row = await locked(trx, id)
        if (!row) throw notFound('plan', id)
        if (row.state === 'withdrawn') throw wrongState(row.state)
        await trx.updateTable('plans').set({ changed_seq: nextSeq }).where('id', '=', id).execute()
        await record(trx, scope, {
          complex: row.complex,
          action: 'choose',
          noun: 'plan',
          nounId: id,
          after: stateOf(row),
        })
      })
    },

    async remove(id) {
      await inTransaction(db, async (trx) => {
        const row = await locked(trx, id)
        if (row?.state !== 'draft' || row.edited) return
        await trx.deleteFrom('plans').where('id', '=', id).execute()
        const change = { complex: row.complex, action: 'remove', noun: 'plan', nounId: id }
        await record(trx, scope, { ...change, before: stateOf(row) })
      })
    },

    async edit(id, version, changed, certificate) {
      return await inTransaction(db, async (trx) => {
        const row = await claim(trx, id, version, 'draft')
        const plan = stampLedger(row.data, changed, scope.actor, new Date())
        const edited = await trx
          .updateTable('plans')
          .set({
            data: JSON.stringify(plan),
            cost_krw: plan.costKrw,
            lower_krw: certificate?.lowerKrw ?? null,
            certificate: certificate ? JSON.stringify(certificate) : null,
            edited: true,
            version: version + 1,
            ...stamp(),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        const change = { complex: row.complex, action: 'edit', noun: 'plan', nounId: id }
        await record(trx, scope, {
          ...change,
          before: row.data,
          after: plan,
          more: { version: version + 1, problem: row.problem },
        })
        return recordOf(edited)
      })
    },

    async confirm(id, version, file) {
      return await keeping(async (trx, write) => {
        const row = await claim(trx, id, version, 'draft')
        const query = trx
          .selectFrom('plans')
          .select('id')
          .where('problem', '=', row.problem)
          .where('state', '=', 'confirmed')
        const other = await query.executeTakeFirst()
        if (other) throw dayConfirmed(other.id)
        // of a day that was under way: what went before is replaced, and stays as a record
        const replaced = await trx
          .selectFrom('disturbances')
          .innerJoin('plans', 'plans.id', 'disturbances.plan')
          .selectAll('plans')
          .where('disturbances.problem', '=', row.problem)
          .where('plans.state', '=', 'confirmed')
          .forUpdate('plans')
          .executeTakeFirst()
        if (replaced) await write(await keptOf(trx, await moveTo(trx, replaced, 'withdrawn', 'withdraw'), 'withdrawn'))
        const confirmed = await moveTo(trx, row, 'confirmed', 'confirm')
        await inheritDispatches(trx, scope, confirmed)
        // last before the commit: what is on the disk outlives a machine that stops before the database has written
        await write(await keptOf(trx, confirmed, 'confirmed'), file)
        return confirmed
      })
    },

    async withdraw(id, version) {
      return await keeping(async (trx, write) => {
        const withdrawn = await moveTo(trx, await claim(trx, id, version, 'confirmed'), 'withdrawn', 'withdraw')
        await write(await keptOf(trx, withdrawn, 'withdrawn'))
        return withdrawn
      })
    },

    async revise(id, version) {
      return await keeping(async (trx, write) => {
        const found = await locked(trx, id)
        const row = await claim(trx, id, version, found?.state === 'withdrawn' ? 'withdrawn' : 'confirmed')
        if (row.state === 'confirmed')
          await write(await keptOf(trx, await moveTo(trx, row, 'withdrawn', 'withdraw'), 'withdrawn'))
        const { complex, problem, cost_krw, lower_krw, data, certificate } = row
        const copy = await trx
          .insertInto('plans')
          .values({
            id: newId(),
            complex,
            problem,
            version: 1,
            state: 'draft',
            created_at: new Date(),
            cost_krw,
            lower_krw,
            data: JSON.stringify(data),
            certificate: certificate ? JSON.stringify(certificate) : null,
            // a person's from the start: no search replaces it
            edited: true,
            ...stamp(),
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        const after = { ...stateOf(copy), revises: id }
        await record(trx, scope, { complex, action: 'revise', noun: 'plan', nounId: copy.id, after })
        return recordOf(copy)
      })
    },
  }
}

export const SUMMARY_COLUMNS = [
  'plans.id',
  'plans.problem',
  'plans.complex',
  'plans.version',
  'plans.state',
  'plans.cost_krw',
  'plans.lower_krw',
  'plans.changed_at',
  'plans.changed_by',
] as const
type SummaryColumn = (typeof SUMMARY_COLUMNS)[number] extends `plans.${infer Column extends keyof Row}` ? Column : never

export const summaryOf = (row: Pick<Row, SummaryColumn>): PlanSummary => ({
  id: row.id,
  problem: row.problem,
  complex: row.complex,
  version: row.version,
  state: row.state,
  costKrw: row.cost_krw,
  ...(row.lower_krw !== null && { lowerKrw: row.lower_krw }),
  changedAt: row.changed_at.toISOString(),
  changedBy: row.changed_by,
})

const recordOf = ({
  id,
  problem,
  complex,
  version,
  state,
  changed_at,
  changed_by,
  data,
  certificate,
}: Row): PlanRecord => ({
  id,
  problem,
  complex,
  version,
  state,
  changedAt: changed_at.toISOString(),
  changedBy: changed_by,
  plan: data,
  ...(certificate && { certificate }),
})

async function keptOf(trx: Kysely<Tables>, plan: PlanRecord, state: KeptPlan['state']): Promise<KeptPlan> {
  const { id, version, problem, complex, changedAt, changedBy } = plan
  const home = await trx.selectFrom('complexes').select('data').where('id', '=', complex).executeTakeFirstOrThrow()
  const days = await trx.selectFrom('days').select('date').where('problem', '=', problem).execute()
  const dates = days.map(({ date }) => date)
  return { id, state, version, problem, changedAt, changedBy, complex: home.data, dates }
}

const stateOf = ({ state, version, cost_krw, lower_krw, problem }: Row) => ({
  problem,
  state,
  version,
  costKrw: cost_krw,
  lowerKrw: lower_krw,
})

export const changedMeanwhile = ({ version, changedBy, changedAt }: PlanRecord): Refusal =>
  new Refusal(412, 'plan.changed', {
    ko: `그 사이에 계획이 바뀌었습니다 (${changedBy}, ${changedAt}, ${version}판). 새 판을 불러온 뒤 바꿀 것을 다시 적용하세요. 아무것도 덮어쓰지 않았습니다.`,
    en: `The plan has changed meanwhile (${changedBy}, ${changedAt}, version ${version}). Load the new version and apply your change to it; nothing was overwritten.`,
  })

export const wrongState = (state: PlanState): Refusal =>
  new Refusal(
    409,
    `plan.${state}`,
    {
      draft: {
        ko: '아직 확정되지 않은 계획입니다. 먼저 확정하세요.',
        en: 'The plan is not confirmed yet. Confirm it first.',
      },
      confirmed: {
        ko: '확정된 계획은 바뀌지 않습니다. 확정을 거두고 새 계획을 만드세요.',
        en: 'A confirmed plan does not change. Withdraw it and make a new one.',
      },
      withdrawn: {
        ko: '확정이 취소된 계획은 기록으로 남을 뿐 바뀌지 않습니다. 새 계획을 만드세요.',
        en: 'A plan whose confirmation was withdrawn stays as a record. Make a new one.',
      },
    }[state],
  )

export const dayConfirmed = (id: string): Refusal =>
  new Refusal(409, 'plan.dayConfirmed', {
    ko: `이 날의 다른 계획(${id})이 이미 확정되었습니다. 먼저 그 확정을 거두세요.`,
    en: `Another plan of this day (${id}) is confirmed. Withdraw that one first.`,
  })
