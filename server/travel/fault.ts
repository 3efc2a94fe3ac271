/** What went wrong with one question to a service: in words, and whether asking again may help. */
import type { Words } from './provider.ts'

/** Of a foreign text, so much is shown. */
const SHOWN_CHARS = 160

const seconds = (ms: number): string => `${Math.ceil(ms / 100) / 10}`
/** One line, without what a terminal would obey. */
const shown = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, SHOWN_CHARS)
const quoted = (text: string): string => (shown(text) ? ` (“${shown(text)}”)` : '')
const last = (why: Words | undefined, locale: 'ko' | 'en'): string => (why ? ` ${why[locale]}` : '')

export class Fault extends Error {
  readonly words: Words
  /** The same question may be answered soon. */
  readonly again: boolean
  /** The service is not well; several in a row and it is left alone. */
  readonly broken: boolean
  /** The service asks to be left alone for so long. */
  readonly restMs: number | undefined

  private constructor(
    words: Words,
    { again = false, broken = true, restMs }: { again?: boolean; broken?: boolean; restMs?: number | undefined } = {},
  ) {
    super(words.en)
    this.name = 'Fault'
    this.words = words
    this.again = again
    this.broken = broken
    this.restMs = restMs
  }

  static network(error: unknown): Fault {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const code = (cause as { code?: unknown } | null)?.code
    const told = typeof code === 'string' ? code : shown(cause instanceof Error ? cause.message : String(cause))
    return new Fault(
      {
        ko: `연결이 되지 않거나 끊겼습니다 (${told}). 서비스가 켜져 있는지, 주소가 맞는지 보세요.`,
        en: `no connection, or it was cut (${told}); see that the service runs and the address is right.`,
      },
      { again: true },
    )
  }

  static slow(timeoutMs: number): Fault {
    const s = seconds(timeoutMs)
    return new Fault({ ko: `${s}초 안에 답이 없습니다.`, en: `no answer within ${s} s.` })
  }

  /** The request as a whole, with all its tries. */
  static late(deadlineMs: number, why: Words | undefined): Fault {
    const s = seconds(deadlineMs)
    return new Fault({
      ko: `모두 합해 ${s}초 안에 끝나지 않아 그만두었습니다.${last(why, 'ko')}`,
      en: `given up after ${s} s in all.${last(why, 'en')}`,
    })
  }

  static resting(openMs: number, why: Words | undefined): Fault {
    const s = seconds(openMs)
    return new Fault({
      ko: `거듭 실패해 ${s}초 동안 묻지 않습니다. 마지막 까닭:${last(why, 'ko') || ' 모름'}`,
      en: `it failed again and again and is left alone for ${s} s; last:${last(why, 'en') || ' unknown'}`,
    })
  }

  static status(status: number, restMs: number | undefined, text: string): Fault {
    const rest = restMs === undefined ? undefined : seconds(restMs)
    const busy = status === 429
    return new Fault(
      {
        ko: `HTTP ${status} 로 답합니다${quoted(text)}.${rest ? ` ${rest}초 뒤에 다시 물으라고 합니다.` : ''}`,
        en: `it answers HTTP ${status}${quoted(text)}${rest ? ` and asks to wait ${rest} s` : ''}.`,
      },
      // one that has too much to do and does not say when it will have less is not pressed
      { again: busy ? restMs !== undefined : status !== 501, restMs },
    )
  }

  /** The service is well; it does not take this question. */
  static refused(status: number, text: string): Fault {
    return new Fault(
      {
        ko: `요청을 받지 않습니다: HTTP ${status}${quoted(text)}. 주소와 서비스의 한도를 확인하세요.`,
        en: `it refuses the request: HTTP ${status}${quoted(text)}; check the address and the limits of the service.`,
      },
      { broken: false },
    )
  }

  static redirect(status: number, location: string | null): Fault {
    const to = quoted((location ?? '').replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//'))
    return new Fault(
      {
        ko: `다른 주소로 넘깁니다: HTTP ${status}${to}. 마지막 주소를 적으세요.`,
        en: `it redirects: HTTP ${status}${to}; give the final address.`,
      },
      { broken: false },
    )
  }

  static huge(maxBytes: number): Fault {
    const mb = Math.ceil(maxBytes / 2 ** 20)
    return new Fault({
      ko: `답이 ${mb} MB를 넘어 그만 읽었습니다.`,
      en: `its answer is larger than ${mb} MB and was not read to the end.`,
    })
  }

  static notJson(status: number, type: string | null, text: string): Fault {
    return new Fault({
      ko: `JSON이 아니거나 중간에 끊긴 답입니다: HTTP ${status}, ${shown(type ?? '') || '형식 없음'}${quoted(text)}. 길찾기 서비스의 주소가 맞는지 보세요.`,
      en: `its answer is no JSON, or half of one: HTTP ${status}, ${shown(type ?? '') || 'no type'}${quoted(text)}; see that this is the address of a routing service.`,
    })
  }

  /** `what`: the place in the answer and what is wrong there. */
  static shape(what: string): Fault {
    return new Fault({
      ko: `답의 모양이 다릅니다: ${shown(what)}. 서비스의 종류와 판을 확인하세요.`,
      en: `its answer has the wrong shape: ${shown(what)}; check what kind of service this is, and its version.`,
    })
  }
}
