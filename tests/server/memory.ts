import { readFile } from 'node:fs/promises'
import { inject, type ProvidedContext } from 'vitest'
import type { Address } from '../../server/store/database.ts'

// the browser tests make none beforehand
const blank = inject('blank') as ProvidedContext['blank'] | undefined
const copyOf = async (dump: string | undefined): Promise<Address> => ({
  kind: 'memory',
  ...(dump !== undefined && { from: new Blob([await readFile(dump)]) }),
})
/** A database of its own, without rows, for each who opens it: a copy of the one of this run, where there is one. */
export const MEMORY = await copyOf(blank?.ready)
/** The same before the first start of a service: without tables. */
export const BARE = await copyOf(blank?.bare)
