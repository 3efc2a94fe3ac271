/** Jobs on a database: what people do with them, and the workers of this process. */
import type { Database } from '../store/database.ts'
import { openQueue } from '../store/queue.ts'
import type { Store } from '../store/store.ts'
import { openStudyQueue } from '../store/studyQueue.ts'
import { openBell } from './bell.ts'
import { type CrewOptions, startCrew } from './crew.ts'
import { createJobs, type Jobs } from './queue.ts'
import { createStudies, type Studies } from './studies.ts'

export interface WorkOptions
  extends Pick<CrewOptions, 'travelOf' | 'concurrency' | 'logBug' | 'logStudyBug' | 'logError'> {
  readonly store: Store
  readonly database: Database
  readonly heartbeatS?: number
}

export async function openWork({ store, database, heartbeatS, ...options }: WorkOptions): Promise<{
  readonly jobs: Jobs
  readonly studies: Studies
  close(): Promise<void>
}> {
  const { logError } = options
  const queue = await openQueue(database, { logError, ...(heartbeatS !== undefined && { heartbeatS }) })
  const studyQueue = await openStudyQueue(database, { logError, ...(heartbeatS !== undefined && { heartbeatS }) })
  const bell = await openBell(database)
  const jobs = createJobs(queue, bell)
  const studies = createStudies({ queue: studyQueue, travelOf: options.travelOf, workers: options.concurrency })
  const crew = startCrew({
    ...options,
    store: store.as({ actor: 'worker', complexes: 'all' }),
    queue,
    studyQueue,
    bell,
    ...(heartbeatS !== undefined && { tendEveryMs: heartbeatS * 250 }),
  })
  return {
    jobs,
    studies,
    async close() {
      jobs.close()
      await Promise.all([crew.close(), studies.close()])
      await bell.close()
      await Promise.all([queue.close(), studyQueue.close()])
    },
  }
}
