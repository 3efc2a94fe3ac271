/** Which passwords are refused. Length is what helps (NIST SP 800-63B): no rules about kinds of characters, a list of those that everybody tries first. */
import type { Issue, Locale } from '../../solver/index.ts'
import { Refusal, type Words } from '../errors.ts'

const MIN_CHARACTERS = 12
export const MAX_CHARACTERS = 128

/** What is tried first, in lower case; anything made of these alone is as bad. */
const COMMON = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'milkrun',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  'iloveyou',
  'changeme',
  'secret',
  'default',
  'test',
  'monkey',
  'dragon',
  'football',
  'superman',
  'sunshine',
  'princess',
  'gwangju',
  'korea',
  'seoul',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t',
  '1q2w3e4r',
  'qwer1234',
  'q1w2e3r4',
  'abcdefghijkl',
  'abc',
  'abcd',
  '비밀번호',
  '밀크런',
  '광주',
]

const TOO_SHORT: Words = {
  ko: `${MIN_CHARACTERS}자보다 짧습니다.`,
  en: `is shorter than ${MIN_CHARACTERS} characters`,
}
const TOO_LONG: Words = { ko: `${MAX_CHARACTERS}자보다 깁니다.`, en: `is longer than ${MAX_CHARACTERS} characters` }
const THE_EMAIL: Words = { ko: '이메일 주소로 만든 것입니다.', en: 'is made of the e-mail address' }
const TOO_COMMON: Words = {
  ko: '누구나 먼저 시도해 볼 만한 것입니다.',
  en: 'is one of those that everybody tries first',
}

function faultsOf(password: string, email: string): Words[] {
  const plain = password.toLowerCase()
  const [name = ''] = email.toLowerCase().split('@')
  const length = [...password].length
  return [
    ...(length < MIN_CHARACTERS ? [TOO_SHORT] : []),
    ...(length > MAX_CHARACTERS ? [TOO_LONG] : []),
    ...(madeOf(plain, [email.toLowerCase(), ...(name.length >= 3 ? [name] : [])]) ? [THE_EMAIL] : []),
    ...(isCommon(plain) ? [TOO_COMMON] : []),
  ]
}

/** Nothing is left but digits and marks once these words are taken out. */
function madeOf(password: string, words: readonly string[]): boolean {
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ''), password)
  return rest !== password && !/\p{L}/u.test(rest)
}

/** A few characters again and again, a run of neighbours, or common words with digits. */
function isCommon(password: string): boolean {
  if (new Set(password).size < 5) return true
  const steps = [...password].map((letter, k, all) =>
    k === 0 ? 1 : letter.codePointAt(0)! - all[k - 1]!.codePointAt(0)!,
  )
  if (steps.slice(1).every((step) => step === 1 || step === -9) || steps.slice(1).every((step) => step === -1))
    return true
  return madeOf(password, COMMON)
}

/** Throws with every fault at once. `path`: of the field in the request. */
export function assertPassword(password: string, email: string, path: string, locale: Locale): void {
  const issues = faultsOf(password, email).map(
    (words): Issue => ({
      code: 'password.weak',
      severity: 'error',
      path,
      message: words[locale],
      remedy:
        locale === 'ko' ? '서로 상관없는 낱말 네 개를 이어 쓰면 좋습니다.' : 'Four unrelated words in a row do well.',
    }),
  )
  if (issues.length === 0) return
  throw new Refusal(
    422,
    'password.weak',
    { ko: '이 비밀번호는 쓸 수 없습니다.', en: 'This password cannot be used.' },
    issues,
  )
}
