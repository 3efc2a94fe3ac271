import { readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import type { Address } from '../../server/store/database.ts'

// the browser tests make none beforehand
const blank = inject('blank') as string | undefined
/** An empty database of its own for each who opens it: a copy of the one of this run, where there is one. */
export const MEMORY: Address = {
  kind: 'memory',
  ...(blank !== undefined && { from: new Blob([await readFile(blank)]) }),
}
