/** At start: what was acknowledged as confirmed, and is on the disk, is in the database too, whatever became of the database. */
import type { Kysely } from 'kysely'
import type { Plan, PlanFile } from '../../solver/index.ts'
import type { Words } from '../errors.ts'
import { sealOf, splitPlanFile } from '../reports/planFile.ts'
import { record } from './audit.ts'
import type { ConfirmedFiles, KeptPlan } from './confirmedFiles.ts'
import { addProblem } from './problems.ts'
import type { Scope } from './store.ts'
import type { Tables } from './tables.ts'

export interface Recovered {
  /** of the plan, or the name of a file that cannot be read */
  readonly id: string
  /** missing: only reported, because a database that others share is not this machine's to mend */
  readonly outcome: 'confirmed' | 'withdrawn' | 'missing' | 'damaged'
}

const SYSTEM: Scope = { actor: 'system', complexes: 'all' }

/** `mend`: puts back what is missing; otherwise it is only told. What the database knows better stays. */
export async function recoverConfirmed(
  db: Kysely<Tables>,
  files: ConfirmedFiles,
  { mend }: { readonly mend: boolean },
): Promise<Recovered[]> {
  const told: Recovered[] = []
  const kept: KeptPlan[] = []
  for (const entry of await files.list()) {
    if ('damaged' in entry) told.push({ id: entry.damaged, outcome: 'damaged' })
    else kept.push(entry)
  }
  // first what was taken back: another plan of the same day may have been confirmed after it
  kept.sort((a, b) => Number(a.state === 'confirmed') - Number(b.state === 'confirmed'))
  for (const plan of kept) {
    const query = db.selectFrom('plans').select(['version', 'state']).where('id', '=', plan.id)
    const row = await query.executeTakeFirst()
    if (plan.state === 'withdrawn') {
      if (row?.state !== 'confirmed' || row.version >= plan.version) continue
      if (mend) await withdrawAgain(db, plan)
      told.push({ id: plan.id, outcome: mend ? 'withdrawn' : 'missing' })
    } else if (!row || row.version < plan.version) {
      const file = await readPlanFile(files, plan.id)
      if (file && mend) await confirmAgain(db, plan, file)
      told.push({ id: plan.id, outcome: file ? (mend ? 'confirmed' : 'missing') : 'damaged' })
    }
  }
  return told
}

async function readPlanFile(files: ConfirmedFiles, id: string): Promise<PlanFile | undefined> {
  try {
    const file = JSON.parse(await files.planFile(id)) as PlanFile
    return sealOf(file) === file.hash ? file : undefined
  } catch {
    return undefined
  }
}

async function withdrawAgain(db: Kysely<Tables>, { id, version, changedAt, changedBy, complex }: KeptPlan) {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('plans')
      .set({ state: 'withdrawn', version, changed_at: new Date(changedAt), changed_by: changedBy })
      .where('id', '=', id)
      .execute()
    const change = { complex: complex.complex.id, action: 'recover', noun: 'plan', nounId: id }
    await record(trx, SYSTEM, { ...change, before: { state: 'confirmed' }, after: { state: 'withdrawn', version } })
  })
}

async function confirmAgain(db: Kysely<Tables>, kept: KeptPlan, file: PlanFile): Promise<void> {
  const { id, version, problem, changedAt, changedBy, dates } = kept
  const { plan, problem: data, papers } = splitPlanFile(file)
  const { certificate } = papers
  const complex = kept.complex.complex.id
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('complexes')
      .values({ id: complex, data: JSON.stringify(kept.complex), created_at: new Date() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const known = await trx.selectFrom('problems').select('id').where('id', '=', problem).executeTakeFirst()
    if (!known) await addProblem(trx, SYSTEM, complex, data, problem)
    for (const date of dates)
      await trx
        .insertInto('days')
        .values({ complex, date, problem, changed_at: new Date() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    const values = {
      version,
      state: 'confirmed' as const,
      cost_krw: plan.costKrw,
      lower_krw: certificate?.lowerKrw ?? null,
      data: JSON.stringify(plan satisfies Plan),
      certificate: certificate ? JSON.stringify(certificate) : null,
      changed_at: new Date(changedAt),
      changed_by: changedBy,
    }
    await trx
      .insertInto('plans')
      .values({ id, complex, problem, created_at: new Date(changedAt), ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
    const after = { problem, state: 'confirmed', version, costKrw: plan.costKrw }
    await record(trx, SYSTEM, { complex, action: 'recover', noun: 'plan', nounId: id, after })
  })
}

const OUTCOMES: Readonly<Record<Recovered['outcome'], (id: string) => Words>> = {
  confirmed: (id) => ({
    ko: `확정 계획 ${id} 을(를) 데이터베이스에 되돌려 놓았습니다.`,
    en: `Put the confirmed plan ${id} back into the database.`,
  }),
  withdrawn: (id) => ({
    ko: `계획 ${id} 의 확정 취소를 데이터베이스에 다시 적었습니다.`,
    en: `Noted in the database again that plan ${id} was withdrawn.`,
  }),
  missing: (id) => ({
    ko: `주의: 이 컴퓨터에서 확정한 계획 ${id} 이(가) 데이터베이스에는 그렇게 있지 않습니다. confirmed/${id}.json 을 확인하세요.`,
    en: `Warning: plan ${id}, confirmed on this machine, is not so in the database. Look at confirmed/${id}.json.`,
  }),
  damaged: (id) => ({
    ko: `주의: confirmed 폴더의 ${id} 을(를) 읽을 수 없거나 봉인이 맞지 않습니다. 그대로 두었습니다.`,
    en: `Warning: ${id} in the folder confirmed cannot be read, or its seal does not match. It was left as it is.`,
  }),
}

export const describeRecovered = (recovered: readonly Recovered[]): Words[] =>
  recovered.map(({ id, outcome }) => OUTCOMES[outcome](id))
