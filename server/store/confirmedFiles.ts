/**
 * A confirmed plan as files of its own, on the disk before anybody is told that it is confirmed: PGlite survives the end of its process, but
 * asks nobody to write to the disk, so a machine that loses its power may lose the latest rows. Two files a plan: ID.json as `milkrun check`
 * and `milkrun verify` read it, and ID.state.json with what the store knows of it beside. The second one decides: it appears whole or not at all.
 */
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComplexData } from '../complexes.ts'
import { newId } from './ids.ts'

export interface KeptPlan {
  readonly id: string
  /** withdrawn: kept so that an older database does not bring the confirmation back */
  readonly state: 'confirmed' | 'withdrawn'
  readonly version: number
  readonly problem: string
  readonly changedAt: string
  readonly changedBy: string
  readonly complex: ComplexData
  /** that the problem stands for */
  readonly dates: readonly string[]
}

export interface ConfirmedFiles {
  readonly folder?: string
  /** Runs `work`, one at a time; what it has written is taken back where it fails. `file`: the plan file, of a confirmation. */
  during<T>(work: (write: (plan: KeptPlan, file?: string) => Promise<void>) => Promise<T>): Promise<T>
  /** Every plan that was ever confirmed here; the name of the file where it cannot be read. */
  list(): Promise<(KeptPlan | { readonly damaged: string })[]>
  planFile(id: string): Promise<string>
}

/** Nothing is kept beyond the process. */
export const noFiles: ConfirmedFiles = {
  during: async (work) => await work(async () => {}),
  list: async () => [],
  planFile: async (id) => {
    throw new Error(`no file of plan ${id}`)
  },
}

const STATE = '.state.json'

export function filesIn(folder: string): ConfirmedFiles {
  let last: Promise<unknown> = Promise.resolve()
  return {
    folder,
    async during(work) {
      const turn = last.then(async () => {
        const undos: (() => Promise<void>)[] = []
        const dones: (() => Promise<void>)[] = []
        try {
          const result = await work(async (plan, file) => {
            await mkdir(folder, { recursive: true })
            if (file !== undefined) await writeWhole(join(folder, `${plan.id}.json`), file)
            const path = join(folder, `${plan.id}${STATE}`)
            const before = `${path}.before`
            await rm(before, { force: true })
            const hadOne = await link(path, before).then(
              () => true,
              () => false,
            )
            undos.push(async () => await (hadOne ? rename(before, path) : rm(path, { force: true })))
            if (hadOne) dones.push(async () => await rm(before, { force: true }))
            await writeWhole(path, JSON.stringify(plan))
            await syncFolder(folder)
          })
          await Promise.all(dones.map((done) => done().catch(() => {})))
          return result
        } catch (error) {
          for (const undo of undos) await undo()
          if (undos.length > 0) await syncFolder(folder)
          throw error
        }
      })
      last = turn.catch(() => {})
      return await turn
    },
    async list() {
      const names = await readdir(folder).catch(() => [] as string[])
      const kept = names.filter((name) => name.endsWith(STATE))
      return await Promise.all(
        kept.sort().map(async (name) => {
          try {
            return JSON.parse(await readFile(join(folder, name), 'utf8')) as KeptPlan
          } catch {
            return { damaged: name }
          }
        }),
      )
    },
    planFile: async (id) => await readFile(join(folder, `${id}.json`), 'utf8'),
  }
}

/** All of it under its name, on the disk, or nothing. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${newId()}.part`
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** The name of a new file is an entry of its folder, which is synced on its own. */
async function syncFolder(folder: string): Promise<void> {
  // a system that opens no folders (Windows) writes them by itself
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
