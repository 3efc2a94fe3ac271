/** The store on any database. */
import { sql } from 'kysely'
import { auditNoun } from './audit.ts'
import { writeBackup } from './backup.ts'
import { complexNoun } from './complexes.ts'
import { type ConfirmedFiles, noFiles } from './confirmedFiles.ts'
import type { Database } from './database.ts'
import { countFigures } from './figures.ts'
import { jobNoun } from './jobs.ts'
import { planNoun } from './plans.ts'
import { problemNoun, shipmentNoun } from './problems.ts'
import type { Store } from './store.ts'
import { webhookNoun } from './webhooks.ts'

export function createStore({ db }: Database, files: ConfirmedFiles = noFiles): Store {
  return {
    async backup(path) {
      await writeBackup(db, files.folder, path)
    },
    as: (scope) => ({
      scope,
      complexes: complexNoun(db, scope),
      problems: problemNoun(db, scope),
      shipments: shipmentNoun(db, scope),
      plans: planNoun(db, scope, files),
      jobs: jobNoun(db, scope),
      webhooks: webhookNoun(db, scope),
      audit: auditNoun(db, scope),
    }),
    async ping() {
      await sql`select 1`.execute(db)
    },
    figures: async () => await countFigures(db),
  }
}
