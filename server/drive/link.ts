/**
 * The address that a driver opens: `/drive/#ID.SIGNATURE`. What is signed is the id of the link, so a token that nobody has made is refused
 * without asking the database, and the address of a link can be printed again. It stands behind the #: no server and no log is sent it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The header that carries the token from the page. */
export const LINK_HEADER = 'x-milkrun-link'
/** 128 bits of the signature: short enough for a code that a worn camera reads. */
const SIGNATURE_BYTES = 16

/** The secret of the service signs cookies, too: links are signed by one made of it. */
const signatureOf = (secret: string, id: string): Buffer =>
  createHmac('sha256', createHmac('sha256', secret).update('milkrun driver links').digest())
    .update(id)
    .digest()
    .subarray(0, SIGNATURE_BYTES)

export const tokenOf = (secret: string, id: string): string => `${id}.${signatureOf(secret, id).toString('base64url')}`

/** The id of the link, or undefined where the token is not one of ours. */
export function idOfToken(secret: string, token: string): string | undefined {
  const [, id, signature] = /^([\w-]{4,40})\.([\w-]{22})$/.exec(token) ?? []
  if (id === undefined || signature === undefined) return undefined
  const given = Buffer.from(signature, 'base64url')
  const expected = signatureOf(secret, id)
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
}

/** What a phone opens. `base`: the address of the service, with or without a slash. */
export const linkUrl = (base: string, secret: string, id: string): string =>
  `${base.replace(/\/+$/, '')}/drive/#${tokenOf(secret, id)}`

/** What is kept of the key by which a phone is known again. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('base64url')

/** For a service that was given none: its links end with it. */
export const anySecret = (): string => randomBytes(32).toString('base64url')
