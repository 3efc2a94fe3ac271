/** The store on any database. */
import { auditNoun } from './audit.ts'
import { complexNoun } from './complexes.ts'
import { type ConfirmedFiles, noFiles } from './confirmedFiles.ts'
import type { Database } from './database.ts'
import { jobNoun } from './jobs.ts'
import { planNoun } from './plans.ts'
import { problemNoun, shipmentNoun } from './problems.ts'
import type { Store } from './store.ts'
import { viewNoun } from './views.ts'

export function createStore({ db }: Database, files: ConfirmedFiles = noFiles): Store {
  return {
    as: (scope) => ({
      scope,
      complexes: complexNoun(db, scope),
      problems: problemNoun(db, scope),
      shipments: shipmentNoun(db, scope),
      plans: planNoun(db, scope, files),
      jobs: jobNoun(db, scope),
      views: viewNoun(db, scope),
      audit: auditNoun(db, scope),
    }),
  }
}
