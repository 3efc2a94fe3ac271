/** Faults of the database and its disk that are the world's, not ours: told with words and answered when the world is well again. */
import type { Words } from '../errors.ts'

export interface Outage {
  readonly code: 'database.gone' | 'disk.full'
  readonly words: Words
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html, and what the system says of connections. */
const GONE =
  /^(?:08...|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/
const FULL = /^(?:53100|ENOSPC|EDQUOT|EFBIG)$/
/** What the driver says without a code. */
const GONE_WORDS =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
const FULL_WORDS = /no space left on device|could not (?:extend|write to) file/i

export function outageOf(error: unknown): Outage | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, message } = error as Error & { readonly code?: unknown }
  const name = typeof code === 'string' ? code : ''
  if (FULL.test(name) || FULL_WORDS.test(message)) return DISK_FULL
  if (GONE.test(name) || GONE_WORDS.test(message)) return DATABASE_GONE
  // several addresses of one name were tried
  return error instanceof AggregateError ? outageOf(error.errors[0]) : outageOf(error.cause)
}

const DATABASE_GONE: Outage = {
  code: 'database.gone',
  words: {
    ko: '데이터베이스가 응답하지 않습니다. 저장되었다고 답한 것은 그대로 있습니다. 잠시 뒤에 다시 시도하세요.',
    en: 'The database does not answer. What was acknowledged is kept. Try again in a moment.',
  },
}
const DISK_FULL: Outage = {
  code: 'disk.full',
  words: {
    ko: '디스크가 가득 차서 저장하지 못했습니다. 아무것도 바뀌지 않았습니다. 자리를 비운 뒤 다시 시도하세요.',
    en: 'The disk is full, so nothing was stored and nothing has changed. Free some space and try again.',
  },
}
