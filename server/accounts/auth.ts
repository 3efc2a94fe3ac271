/** better-auth on our database: passwords, sessions and their cookies. Nobody reaches it but through accounts.ts; it has no routes of its own. */
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import type { Database } from '../store/database.ts'
import { MAX_CHARACTERS } from './passwords.ts'

/** Not used for so long: signed out. */
const IDLE_S = 12 * 3600
/** Used or not, a session ends after so long. */
export const LONGEST_S = 7 * 86_400
/** A session in use is written at most so often. */
const TOUCH_EVERY_S = 600

export interface AuthOptions {
  readonly secret: string
  /** The address people type, where it is known: https makes the cookies Secure. */
  readonly url?: string | undefined
  /** How passwords are kept; scrypt unless told otherwise. */
  readonly hashing?: Hashing
}

export interface Hashing {
  readonly hash: (password: string) => Promise<string>
  readonly verify: (given: { readonly hash: string; readonly password: string }) => Promise<boolean>
}

export const authOptions = ({ db }: Pick<Database, 'db'>, { secret, url, hashing }: AuthOptions) =>
  ({
    database: { db, type: 'postgres' },
    secret,
    baseURL: url ?? 'http://localhost',
    telemetry: { enabled: false },
    // what it says of a failed sign-in is in the audit log
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: MAX_CHARACTERS,
      ...(hashing && { password: hashing }),
    },
    user: { modelName: 'auth_users' },
    session: { modelName: 'auth_sessions', expiresIn: IDLE_S, updateAge: TOUCH_EVERY_S },
    account: { modelName: 'auth_accounts' },
    verification: { modelName: 'auth_verifications' },
    advanced: {
      cookiePrefix: 'milkrun',
      useSecureCookies: url?.startsWith('https://') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // it would believe any X-Forwarded-For
      ipAddress: { disableIpTracking: true },
    },
  }) satisfies BetterAuthOptions

export const openAuth = (database: Pick<Database, 'db'>, options: AuthOptions) =>
  betterAuth(authOptions(database, options))
