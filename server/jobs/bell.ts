/** What other processes tell about jobs, heard on one connection by everybody in this one. */
import type { Database } from '../store/database.ts'
import { JOB_CHANNEL, type JobWord, readWord } from '../store/jobRows.ts'

export interface Bell {
  /** Undefined: the connection was lost for a while, so anything may have happened. Returns what ends the hearing. */
  on(hear: (word: JobWord | undefined) => void): () => void
  close(): Promise<void>
}

export async function openBell({ listen }: Pick<Database, 'listen'>): Promise<Bell> {
  const ears = new Set<(word: JobWord | undefined) => void>()
  const end = await listen(JOB_CHANNEL, (text) => {
    const word = readWord(text)
    for (const hear of [...ears]) hear(word)
  })
  return {
    on(hear) {
      ears.add(hear)
      return () => ears.delete(hear)
    },
    close: end,
  }
}
