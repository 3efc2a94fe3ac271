/** At the border: a text that no database could take is a fault of the request, wherever in it. */
import { findBadTexts, type Issue } from '../../solver/index.ts'
import { localeOf, Refusal } from '../errors.ts'
import type { App } from './service.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler finds every fault of the body itself. */
    ownFaults?: boolean
  }
}

const WORDS = {
  ko: { message: '글자가 아닌 것이 들어 있습니다 (NUL 또는 반쪽 문자).', remedy: '그 글자를 지우고 다시 적으세요.' },
  en: {
    message: 'This holds what is no character (NUL, or half of one).',
    remedy: 'Remove it and write the text again.',
  },
}

export function refuseBadTexts(app: App): void {
  app.addHook('preValidation', async ({ params, query, body, headers, routeOptions }) => {
    const issues: Issue[] = []
    const words = WORDS[localeOf(headers['accept-language'])]
    const look = (part: string, value: unknown) =>
      findBadTexts(value, (path) => {
        issues.push({ code: 'request.text', severity: 'error', path: `${part}${path}`, ...words })
      })
    look('params', params)
    look('querystring', query)
    if (!routeOptions.config.ownFaults && !(body instanceof Uint8Array)) look('body', body)
    if (issues.length === 0) return
    throw new Refusal(
      400,
      'request.text',
      {
        ko: '요청에 글자가 아닌 것이 들어 있습니다 (NUL 또는 반쪽 문자). 아래 항목을 고쳐 다시 보내세요.',
        en: 'The request holds what is no character (NUL, or half of one). Correct what is listed and send it again.',
      },
      issues,
    )
  })
}
