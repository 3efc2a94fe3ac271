/** A file of strangers is read in a thread that has so much memory and so much time, and is ended beyond. */
import { Refusal } from '../errors.ts'
import type { ImportTask, Outcomes, PreviewTask } from './tasks.ts'
import { startThread } from './thread.ts'

/** The largest file that is allowed, 20 MB of CSV, takes about 5 s and 600 MB. */
const LIMITS = { ms: 60_000, memoryMb: 1_536 }

export async function readInThread<T extends ImportTask | PreviewTask>(
  task: T,
  { ms, memoryMb } = LIMITS,
): Promise<Outcomes[T['kind']]> {
  const thread = startThread(task, undefined, undefined, { maxOldGenerationSizeMb: memoryMb })
  const timeUp = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeUp.reject(tooHeavy(`${Math.ceil(ms / 1000)}초`, `${Math.ceil(ms / 1000)} s`)), ms)
  try {
    return await Promise.race([thread.outcome, timeUp.promise])
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code
    throw code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy(`메모리 ${memoryMb} MB`, `${memoryMb} MB of memory`) : error
  } finally {
    clearTimeout(timer)
    thread.outcome.catch(() => {}) // after the time limit nobody waits for it
    await thread.cancel()
  }
}

const tooHeavy = (ko: string, en: string): Refusal =>
  new Refusal(422, 'file.tooHeavy', {
    ko: `파일을 읽는 데 한도(${ko})를 넘었습니다. 주문만 새 파일로 복사하거나 기간을 나누어 올려 주세요.`,
    en: `Reading the file took more than the limit (${en}). Copy the orders alone into a new file, or split it by period.`,
  })
