/** Lists that stay quick with 100,000 shipments, and plans that a person has changed. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the order of the list, which lived in the problems only
  await sql`alter table shipments add column problem_seq bigint`.execute(db)
  await sql`update shipments set problem_seq = problems.seq from problems where problems.id = shipments.problem`.execute(
    db,
  )
  await sql`alter table shipments alter column problem_seq set not null`.execute(db)
  await sql`drop index shipments_of_firm`.execute(db)
  await sql`create index shipments_in_order on shipments (problem_seq desc, position)`.execute(db)
  await sql`create index shipments_of_complex on shipments (complex, problem_seq desc, position)`.execute(db)
  await sql`create index shipments_of_firm on shipments (complex, firm, problem_seq desc, position)`.execute(db)

  await sql`create index plans_in_order on plans (changed_seq)`.execute(db)
  await sql`create index audit_of_noun on audit (noun_id, seq)`.execute(db)
  // of a person: what a search finds later is no longer put over it
  await sql`alter table plans add column edited boolean not null default false`.execute(db)
}
