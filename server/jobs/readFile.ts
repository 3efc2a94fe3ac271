/** A file of strangers is read in a thread that has so much memory and so much time, and is ended beyond. */
import type { Locale } from '../../solver/index.ts'
import { Refusal, type Words } from '../errors.ts'
import type { Admission } from '../reports/admit.ts'
import type { AdmitTask, FirmsTask, ImportTask, Outcomes, PlacesTask, PreviewTask, ReviewTask } from './tasks.ts'
import { startThread } from './thread.ts'

/** The largest files that are allowed took 8 s and 750 MB on a busy machine: 20,000 rows in 20 MB of CSV, and as a workbook. */
const LIMITS = { ms: 60_000, memoryMb: 1_536 }
/** Of a one-file plan nearly all goes to its certificate. */
const VERIFY_SECONDS = 60

/** Others wait: what one may take is not to be multiplied by how many come. */
const AT_ONCE = 2

export async function readInThread<
  T extends ImportTask | PreviewTask | ReviewTask | PlacesTask | FirmsTask | AdmitTask,
>(task: T, { ms, memoryMb } = LIMITS): Promise<Outcomes[T['kind']]> {
  await takeSlot()
  const thread = startThread(task, undefined, undefined, { maxOldGenerationSizeMb: memoryMb })
  const tooHeavy = (ko: string, en: string): Refusal => {
    const remedy = task.kind === 'admit' ? SPLIT_PLAN : SPLIT_ORDERS
    return new Refusal(422, 'file.tooHeavy', {
      ko: `파일을 읽는 데 한도(${ko})를 넘었습니다. ${remedy.ko}`,
      en: `Reading the file took more than the limit (${en}). ${remedy.en}`,
    })
  }
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
    giveSlot()
  }
}

let free = AT_ONCE
const waiting: (() => void)[] = []
async function takeSlot(): Promise<void> {
  if (free > 0) free--
  else await new Promise<void>((resolve) => waiting.push(resolve))
}
function giveSlot(): void {
  const next = waiting.shift()
  if (next) next()
  else free++
}

export const admitInThread = (bytes: Uint8Array, locale: Locale): Promise<Admission> =>
  readInThread(
    { kind: 'admit', bytes, locale, seconds: VERIFY_SECONDS },
    { ...LIMITS, ms: LIMITS.ms + VERIFY_SECONDS * 1000 },
  )

const SPLIT_ORDERS: Words = {
  ko: '주문만 새 파일로 복사하거나 기간을 나누어 올려 주세요.',
  en: 'Copy the orders alone into a new file, or split it by period.',
}
const SPLIT_PLAN: Words = {
  ko: '명령줄의 check와 verify로 확인하고, 문제만 올려 주세요.',
  en: 'Check it with the commands check and verify, and import the problem alone.',
}
