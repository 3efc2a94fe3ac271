/** Talks to the service as the holder of a link. */
import type { ApiError, Drive, DriveEvent, DriveProof, DriveTaken } from '../../server/api.ts'

/** Why the service will not: its code and its words. Status 0: nothing has answered. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  /** The same may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

/** Of one answer: a signal that is hardly there is none. */
const MOST_WAIT_MS = 40_000
const PHONE_KEY = 'milkrun.drive.phone'

/** By which the service knows this phone again; it says nothing of the phone. */
function phoneKey(): string {
  const known = localStorage.getItem(PHONE_KEY)
  if (known) return known
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  const made = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  localStorage.setItem(PHONE_KEY, made)
  return made
}

async function ask<T>(token: string, path: string, body?: unknown): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/drive${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      cache: 'no-store',
      signal: AbortSignal.timeout(MOST_WAIT_MS),
      headers: {
        'x-milkrun': '1',
        'x-milkrun-link': token,
        'x-milkrun-phone': phoneKey(),
        'accept-language': document.documentElement.lang || 'ko',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  } catch (error) {
    throw new Refused(0, 'unreachable', String(error))
  }
  if (response.ok) return (await response.json()) as T
  const { code = 'unknown', message = response.statusText } = (await response
    .json()
    .catch(() => ({}))) as Partial<ApiError>
  throw new Refused(response.status, code, message)
}

export const openClient = (token: string) => ({
  drive: async () => await ask<Drive>(token, ''),
  letIn: async (digits: string) => await ask<Drive>(token, '/phone', { digits }),
  send: async (events: readonly DriveEvent[]) =>
    await ask<DriveTaken>(token, '/events', { now: new Date().toISOString(), events }),
  seen: async (messages: readonly string[]) => await ask<Drive>(token, '/seen', { messages }),
  sendProof: async (proof: Omit<DriveProof, 'now'>) =>
    await ask<DriveTaken>(token, '/proofs', { ...proof, now: new Date().toISOString() }),
})
export type DriveClient = ReturnType<typeof openClient>
