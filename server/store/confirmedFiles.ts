/**
 * A confirmed plan as a file of its own, on the disk before anybody is told that it is confirmed: PGlite survives the end of its process, but
 * asks nobody to write to the disk, so a machine that loses its power may lose the latest rows.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlanRecord } from './store.ts'

interface ConfirmedPlan extends PlanRecord {
  readonly by: string
  /** the plan file as `milkrun check` reads it */
  readonly file: string
}

export interface ConfirmedFiles {
  write(plan: ConfirmedPlan): Promise<void>
  withdraw(plan: PlanRecord): Promise<void>
  /** Every confirmation on the disk. */
  list(): Promise<ConfirmedPlan[]>
}

/** Nothing is kept beyond the process. */
export const noFiles: ConfirmedFiles = { write: async () => {}, withdraw: async () => {}, list: async () => [] }

export function filesIn(folder: string): ConfirmedFiles {
  const pathOf = (id: string) => join(folder, `${id}.json`)
  return {
    async write(plan) {
      await mkdir(folder, { recursive: true })
      const path = pathOf(plan.id)
      const draft = await open(`${path}.part`, 'w')
      try {
        await draft.writeFile(JSON.stringify(plan))
        await draft.sync()
      } finally {
        await draft.close()
      }
      await rename(`${path}.part`, path)
      await syncFolder(folder)
    },
    async withdraw({ id }) {
      await rm(pathOf(id), { force: true })
      await syncFolder(folder)
    },
    async list() {
      const names = await readdir(folder).catch(() => [] as string[])
      const kept = names.filter((name) => name.endsWith('.json'))
      return await Promise.all(kept.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))))
    },
  }
}

/** The name of a new file is an entry of its folder, which is synced on its own. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
