/** Studies: what was asked, and the drawn days that are worked out. Their batches are in the queue, see studyQueue.ts. */
import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import { VERSION } from '../../solver/index.ts'
import type { StudySummary } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import type { NewStudy, Nouns, Scope, StudyPartRecord } from './store.ts'
import { HEAD, isOpenStudy, type Named, partsOfStudy, reasonOf, type StudyRow, summaryOf } from './studyRows.ts'
import type { Tables } from './tables.ts'
import { inTransaction, pageOf, within } from './within.ts'

/** Of one person or key, under way at a time. */
const MAX_OPEN = 20
const ASK_AGAIN_S = 60

/** Of one's complexes, or one's own. */
const visible = (scope: Scope) => (builder: ExpressionBuilder<Tables, 'studies'>) =>
  builder.or([within<'studies'>(scope, 'studies.complex')(builder), builder('studies.created_by', '=', scope.actor)])

/** A part is shown with its whole, where one sees that. */
const listed = (scope: Scope) => (builder: ExpressionBuilder<Tables, 'studies'>) =>
  builder.not(
    builder.exists(
      builder
        .selectFrom('studies as whole')
        .select('whole.id')
        .whereRef('whole.id', '=', 'studies.part_of')
        .where(({ or, eb }) =>
          or([within<'studies'>(scope, 'whole.complex')(builder), eb('whole.created_by', '=', scope.actor)]),
        ),
    ),
  )

export function studyNoun(db: Kysely<Tables>, scope: Scope): Nouns['studies'] {
  const held = async (trx: Kysely<Tables>, id: string): Promise<StudyRow> => {
    const query = trx.selectFrom('studies').selectAll().where('id', '=', id).where(visible(scope))
    const row = await query.forUpdate().executeTakeFirst()
    if (!row) throw notFound('study', id)
    return row
  }
  /** The whole is held first, here and in the queue. */
  const heldParts = async (trx: Kysely<Tables>, id: string): Promise<StudyRow[]> =>
    await trx.selectFrom('studies').selectAll().where('part_of', '=', id).orderBy('seq').forUpdate().execute()
  const summaryNow = async (trx: Kysely<Tables>, id: string): Promise<StudySummary> =>
    summaryOf(
      await trx
        .selectFrom('studies')
        .select([...HEAD, 'document', partsOfStudy])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    )
  const audit = async (trx: Kysely<Tables>, { id, complex }: StudyRow, action: string, after: unknown) =>
    await record(trx, scope, { complex, action, noun: 'study', nounId: id, after })
  const change = async (
    trx: Kysely<Tables>,
    row: StudyRow,
    values: Partial<Pick<StudyRow, 'state' | 'error' | 'ended_at'>> & { readonly why?: null },
    action: string,
  ): Promise<StudySummary> => {
    await trx.updateTable('studies').set(values).where('id', '=', row.id).execute()
    const after = summaryOf({ ...row, ...values })
    await audit(trx, row, action, after)
    return after
  }

  const insert = async (
    trx: Kysely<Tables>,
    { document, complex, data, result, runs, locale, parts }: NewStudy,
    partOf: string | null,
  ): Promise<StudyRow> => {
    const at = new Date()
    return await trx
      .insertInto('studies')
      .values({
        id: newId(),
        part_of: partOf,
        complex,
        kind: document.kind,
        // of a whole, nothing but its parts is to be done
        state: result || parts ? 'done' : 'queued',
        locale,
        version: VERSION,
        document: JSON.stringify(document),
        data: data ? JSON.stringify(data) : null,
        result: result ? JSON.stringify(result) : null,
        error: null,
        why: null,
        runs_done: 0,
        runs_all: parts ? 0 : runs,
        turn: null,
        created_at: at,
        created_by: scope.actor,
        started_at: result ? at : null,
        ended_at: result ? at : null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  }

  return {
    async add(study, queue) {
      return await inTransaction(db, async (trx) => {
        if (!study.result) {
          const { open } = await trx
            .selectFrom('studies')
            .select(sql<number>`count(distinct coalesce(part_of, id))::integer`.as('open'))
            .where('created_by', '=', scope.actor)
            .where('state', 'in', ['queued', 'running'])
            .executeTakeFirstOrThrow()
          if (open >= MAX_OPEN) throw full()
        }
        const whole = await insert(trx, study, null)
        const parts = study.parts ?? []
        for (const part of parts) {
          const row = await insert(trx, part, whole.id)
          await queue.send(trx, row.id)
          await audit(trx, row, 'add', summaryOf(row))
        }
        if (!study.result && parts.length === 0) await queue.send(trx, whole.id)
        const summary = await summaryNow(trx, whole.id)
        await audit(trx, whole, 'add', summary)
        return summary
      })
    },

    async get(id) {
      const query = db.selectFrom('studies').selectAll().select(partsOfStudy).where('id', '=', id)
      const row = await query.where(visible(scope)).executeTakeFirst()
      if (!row) return undefined
      const { version, locale, document, data, result } = row
      return { summary: summaryOf(row), version, locale, document, data, result }
    },

    async list({ after, limit }) {
      let query = db
        .selectFrom('studies')
        .select([...HEAD, partsOfStudy])
        .select(
          sql<Named>`json_build_object('kind', kind, 'name', document->'name', 'complex', document->'complex')`.as(
            'document',
          ),
        )
        .where(visible(scope))
        .where(listed(scope))
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      const { items, ...next } = pageOf(rows, limit, ({ seq }) => seq)
      return { items: items.map(summaryOf), ...next }
    },

    async runs(id, page) {
      let query = db
        .selectFrom('study_runs')
        .innerJoin('studies', 'studies.id', 'study_runs.study')
        .select(['study_runs.position', 'study_runs.data'])
        .where('study_runs.study', '=', id)
        .where((builder) => visible(scope)(builder as unknown as ExpressionBuilder<Tables, 'studies'>))
        .orderBy('study_runs.position')
      if (page) query = query.limit(page.limit + 1)
      if (page?.after !== undefined) query = query.where('study_runs.position', '>', page.after)
      const rows = await query.execute()
      const { items, ...next } = pageOf(rows, page?.limit ?? rows.length, ({ position }) => position)
      return { items: items.map(({ data }) => data), ...next }
    },

    async parts(id) {
      const rows = await db
        .selectFrom('studies')
        .select(HEAD)
        .select(
          sql<Pick<StudyPartRecord, 'complex' | 'name' | 'lng' | 'lat' | 'workingDaysPerYear'>>`json_build_object(
            'complex', document->'complex', 'name', data->'complex'->'name', 'lng', data->'complex'->'lng',
            'lat', data->'complex'->'lat', 'workingDaysPerYear', data->'demand'->'workingDaysPerYear')`.as('of'),
        )
        .where('part_of', '=', id)
        .where(visible(scope))
        .orderBy('seq')
        .execute()
      return rows.map(({ id: part, state, runs_done, runs_all, of, ...row }) => ({
        ...of,
        id: part,
        state,
        done: runs_done,
        all: runs_all,
        ...reasonOf(row),
      }))
    },

    async runsOfParts(id) {
      const rows = await db
        .selectFrom('study_runs')
        .innerJoin('studies', 'studies.id', 'study_runs.study')
        .select(['study_runs.study', 'study_runs.data'])
        .where('studies.part_of', '=', id)
        .where((builder) => visible(scope)(builder as unknown as ExpressionBuilder<Tables, 'studies'>))
        .orderBy('study_runs.study')
        .orderBy('study_runs.position')
        .execute()
      const byPart = Map.groupBy(rows, ({ study }) => study)
      return new Map([...byPart].map(([part, own]) => [part, own.map(({ data }) => data)]))
    },

    async stop(id, queue) {
      return await inTransaction(db, async (trx) => {
        const row = await held(trx, id)
        for (const open of [row, ...(await heldParts(trx, id))].filter(isOpenStudy)) {
          await queue.drop(trx, open.id)
          await change(trx, open, { state: 'stopped', ended_at: new Date() }, 'stop')
        }
        return await summaryNow(trx, id)
      })
    },

    async resume(id, queue) {
      return await inTransaction(db, async (trx) => {
        const row = await held(trx, id)
        const all = [row, ...(await heldParts(trx, id))]
        if (all.every(({ state }) => state === 'done')) throw notResumed()
        for (const over of all.filter(({ state }) => state === 'stopped' || state === 'failed')) {
          await change(trx, over, { state: 'queued', error: null, why: null, ended_at: null }, 'resume')
          await queue.send(trx, over.id)
        }
        return await summaryNow(trx, id)
      })
    },

    async remove(id, queue) {
      await inTransaction(db, async (trx) => {
        const row = await held(trx, id)
        for (const one of [row, ...(await heldParts(trx, id))]) await queue.drop(trx, one.id)
        await trx.deleteFrom('studies').where('id', '=', id).execute()
        await record(trx, scope, {
          complex: row.complex,
          action: 'remove',
          noun: 'study',
          nounId: id,
          before: summaryOf(row),
        })
      })
    },
  }
}

const full = (): Refusal =>
  new Refusal(
    503,
    'studies.full',
    {
      ko: `연구 ${MAX_OPEN}개가 아직 끝나지 않았습니다. 필요 없는 연구를 멈추거나 끝난 뒤에 다시 보내세요.`,
      en: `${MAX_OPEN} of your studies are under way. Stop those that are not needed, or submit this one when they have ended.`,
    },
    [],
    ASK_AGAIN_S,
  )

const notResumed = (): Refusal =>
  new Refusal(409, 'study.over', {
    ko: '이미 끝난 연구입니다. 결과를 보거나, 바꾼 내용으로 새 연구를 보내세요.',
    en: 'This study is done. Read its result, or submit a new one with what is to be otherwise.',
  })
