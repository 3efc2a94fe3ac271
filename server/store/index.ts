/** The store on any database. */
import { type Kysely, sql } from 'kysely'
import { actualNoun } from './actuals.ts'
import { addressNoun } from './addresses.ts'
import { auditNoun } from './audit.ts'
import { writeBackup } from './backup.ts'
import { complexNoun } from './complexes.ts'
import { type ConfirmedFiles, noFiles } from './confirmedFiles.ts'
import type { Database } from './database.ts'
import { dispatchNoun } from './dispatches.ts'
import { disturbanceNoun } from './disturbances.ts'
import { countFigures } from './figures.ts'
import { heldNoun } from './held.ts'
import { answerOnce } from './idempotency.ts'
import { jobNoun } from './jobs.ts'
import { linkNoun } from './links.ts'
import { mappingNoun } from './mappings.ts'
import { messageNoun } from './messages.ts'
import { monthNoun } from './months.ts'
import { planNoun } from './plans.ts'
import { problemNoun, shipmentNoun } from './problems.ts'
import { proofNoun } from './proofs.ts'
import { remembering } from './remember.ts'
import type { Nouns, Scope, Store } from './store.ts'
import { studyNoun } from './studies.ts'
import type { Tables } from './tables.ts'
import { storedCells } from './travelCells.ts'
import { variantNoun } from './variants.ts'
import { viewNoun } from './views.ts'
import { webhookNoun } from './webhooks.ts'
import { inTransaction } from './within.ts'

export function createStore({ db, memory }: Database, files: ConfirmedFiles = noFiles): Store {
  const nounsOn = (db: Kysely<Tables>, scope: Scope): Nouns => ({
    scope,
    actuals: actualNoun(db, scope),
    addresses: addressNoun(db, scope),
    dispatches: dispatchNoun(db, scope),
    disturbances: disturbanceNoun(db, scope),
    messages: messageNoun(db, scope),
    held: heldNoun(db, scope),
    complexes: complexNoun(db, scope),
    problems: problemNoun(db, scope),
    variants: variantNoun(db, scope),
    shipments: shipmentNoun(db, scope),
    plans: planNoun(db, scope, files),
    proofs: proofNoun(db, scope),
    jobs: jobNoun(db, scope),
    links: linkNoun(db, scope),
    mappings: mappingNoun(db, scope),
    months: monthNoun(db, scope),
    studies: studyNoun(db, scope),
    webhooks: webhookNoun(db, scope),
    views: viewNoun(db, scope),
    audit: auditNoun(db, scope),
    once: async (complex, key, perform) => {
      const within = async (trx: Kysely<Tables>) => await perform(nounsOn(trx, scope))
      return await (key ? answerOnce(db, complex, key, within) : inTransaction(db, within))
    },
  })
  return {
    as: (scope) => (memory ? remembering(nounsOn(db, scope), memory) : nounsOn(db, scope)),
    async backup(path) {
      await writeBackup(db, files.folder, path)
    },
    async ping() {
      await sql`select 1`.execute(db)
    },
    travelCells: storedCells(db),
    figures: async () => await countFigures(db),
  }
}
