import { readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import type { Address } from '../../server/store/database.ts'

const { bare, ready } = inject('blank')
const copyOf = async (dump: string): Promise<Address> => ({ kind: 'memory', from: new Blob([await readFile(dump)]) })
/** A database of its own, without rows, for each who opens it. */
export const MEMORY = await copyOf(ready)
/** The same before the first start of a service: without tables. */
export const BARE = await copyOf(bare)
