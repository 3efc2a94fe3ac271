/** Runs at the beginning of every test file. */
import { afterEach } from 'vitest'
import { lettingGo } from './lettingGo.ts'

afterEach(async () => {
  for (const letGo of lettingGo) await letGo()
})
