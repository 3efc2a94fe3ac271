/** Who may open a link: whoever has it and the phone that it belongs to. Every other phone has to know something of the driver. */
import type { FastifyRequest } from 'fastify'
import type { Opening } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { LinkRecord, Nouns, Store } from '../store/store.ts'
import { hashOfKey, idOfToken, LINK_HEADER } from './link.ts'

/** A random key that the page keeps on the phone. */
const PHONE_HEADER = 'x-milkrun-phone'
/** Wrong digits before the link is locked: three chances in ten thousand to guess them. */
export const MOST_TRIES = 3
/** A driver with a phone of the firm and one of their own, and a new one. */
const MOST_PHONES = 4
/** A phone that comes back is noted so often at most. */
const SEEN_EVERY_MS = 30_000

export interface Opened {
  readonly link: LinkRecord
  /** as the driver of this round, in its complex */
  readonly store: Nouns
}

/** Whom limits count: the link, where the token is one; the address of whoever guesses. */
export const driverOf =
  (secret: string) =>
  ({ headers, ip }: FastifyRequest): string => {
    const id = idOfToken(secret, String(headers[LINK_HEADER] ?? ''))
    return id === undefined ? ip : `link:${id}`
  }

/** The link that a request carries. Forged: the database is not asked. */
export async function readLink(everybodys: Store, secret: string, request: FastifyRequest): Promise<Opened> {
  const id = idOfToken(secret, String(request.headers[LINK_HEADER] ?? ''))
  if (id === undefined) throw refuse('forged')
  const link = await everybodys.as({ actor: 'driver', complexes: 'all' }).links.get(id)
  if (!link) throw refuse('forged')
  if (link.revokedAt) throw refuse('revoked')
  const scope = { actor: `driver:${link.route}`, complexes: [link.complex], request: request.id }
  return { link, store: everybodys.as(scope) }
}

export const refuseExpired = ({ expiresAt }: LinkRecord, now: Date): void => {
  if (expiresAt <= now) throw refuse('expired')
}

function phoneOf({ headers }: FastifyRequest): { readonly hash: string; readonly device: string } {
  const key = headers[PHONE_HEADER]
  if (typeof key !== 'string' || !/^[\w-]{20,80}$/.test(key)) throw refuse('noPhone')
  return { hash: hashOfKey(key), device: deviceOf(headers['user-agent'] ?? '') }
}

/** As much as tells a coordinator whose phone it may be. */
const deviceOf = (agent: string): string =>
  ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'].find((name) => agent.includes(name)) ?? '?'

/**
 * Lets the phone in, or says what it has to show. `digits`: the last four of the driver's number, undefined where none is known; `given`:
 * what the person has typed.
 */
export async function letIn(
  { link, store }: Opened,
  request: FastifyRequest,
  digits: string | undefined,
  given?: string,
): Promise<void> {
  const { hash, device } = phoneOf(request)
  const now = new Date()
  const known = link.phones.some((phone) => phone.hash === hash)
  if (known && link.seenAt !== null && now.getTime() - link.seenAt.getTime() < SEEN_EVERY_MS) return
  const outcome = await store.once(link.complex, undefined, async (nouns) => {
    // two phones at the same instant: one of them is the first
    const held = (await nouns.links.hold(link.id)) ?? link
    const opening = (outcome: Opening['outcome']): Opening => ({
      at: now.toISOString(),
      phone: hash.slice(0, 8),
      device,
      outcome,
    })
    const add = (outcome: Opening['outcome']) => ({
      phones: [...held.phones, { hash, device, at: now.toISOString() }].slice(-MOST_PHONES),
      tries: 0,
      opening: opening(outcome),
    })
    if (held.phones.some((phone) => phone.hash === hash)) {
      await nouns.links.note(link.id, {})
      return 'known'
    }
    if (held.phones.length === 0) {
      await nouns.links.note(link.id, add('opened'))
      return 'known'
    }
    if (held.tries >= MOST_TRIES) return 'locked'
    if (digits === undefined) {
      const last = held.openings.at(-1)
      // one that tries again and again is one line
      const isNew = last?.phone !== hash.slice(0, 8) || last.outcome !== 'refused'
      await nouns.links.note(link.id, isNew ? { opening: opening('refused') } : {})
      return 'otherPhone'
    }
    if (given === undefined) return 'askDigits'
    if (given === digits) {
      await nouns.links.note(link.id, add('letIn'))
      return 'known'
    }
    const tries = held.tries + 1
    const locked = tries >= MOST_TRIES
    await nouns.links.note(link.id, { tries, opening: opening(locked ? 'locked' : 'digits') })
    return locked ? 'locked' : 'wrongDigits'
  })
  if (outcome !== 'known') throw refuse(outcome)
}

/** What may come in with it is answered in plain words: a driver reads them. */
const REFUSALS = {
  forged: () =>
    new Refusal(401, 'drive.forged', {
      ko: '올바른 링크가 아닙니다. 받은 링크를 끝까지 눌러 여세요. 그래도 안 되면 담당자에게 새 링크를 요청하세요.',
      en: 'This link is not valid. Open the whole link as you received it, or ask the coordinator for a new one.',
    }),
  revoked: () =>
    new Refusal(410, 'drive.revoked', {
      ko: '담당자가 닫은 링크입니다. 담당자에게 새 링크를 요청하세요.',
      en: 'The coordinator has closed this link. Ask for a new one.',
    }),
  expired: () =>
    new Refusal(410, 'drive.expired', {
      ko: '기한이 지난 링크입니다. 담당자에게 새 링크를 요청하세요.',
      en: 'This link has expired. Ask the coordinator for a new one.',
    }),
  noPhone: () =>
    new Refusal(400, 'drive.noPhone', {
      ko: '이 전화기의 열쇠가 없습니다. 페이지를 새로 여세요.',
      en: 'The key of this phone is missing. Open the page again.',
    }),
  askDigits: () =>
    new Refusal(403, 'drive.askDigits', {
      ko: '다른 전화기에서 먼저 연 링크입니다. 기사님 전화번호의 마지막 네 자리를 넣으세요.',
      en: "Another phone has opened this link before. Enter the last four digits of the driver's phone number.",
    }),
  wrongDigits: () =>
    new Refusal(403, 'drive.wrongDigits', {
      ko: '네 자리가 맞지 않습니다. 배차에 적힌 기사님 전화번호의 마지막 네 자리를 넣으세요.',
      en: 'These digits are wrong. Enter the last four of the phone number that the dispatch names.',
    }),
  otherPhone: () =>
    new Refusal(403, 'drive.otherPhone', {
      ko: '다른 전화기에서 먼저 연 링크입니다. 담당자에게 이 전화기로 바꾸어 달라고 하세요.',
      en: 'Another phone has opened this link before. Ask the coordinator to release it for this one.',
    }),
  locked: () =>
    new Refusal(403, 'drive.locked', {
      ko: '번호가 여러 번 틀려 잠겼습니다. 담당자에게 풀어 달라고 하세요.',
      en: 'Locked after several wrong numbers. Ask the coordinator to release it.',
    }),
} as const

const refuse = (why: keyof typeof REFUSALS): Refusal => REFUSALS[why]()

/** The routes of the phone: no session, their own limit, nothing for caches. */
export const DRIVE_LIMIT = { max: 120, timeWindow: '1 minute' } as const
