/** Tries to sign in, counted before the password is looked at, so that many at once are not more than one after the other. */
import type { Database } from './database.ts'

const WINDOW_MS = 15 * 60_000
/** From one address to one account; then to one account from anywhere, and from one address to any account. */
const MOST_TRIES = 5
/** Higher, or a stranger could keep a coordinator out by failing on purpose. */
const MOST_TRIES_OF_ACCOUNT = 50
const MOST_TRIES_FROM_ADDRESS = 30
const FORGET_AFTER_MS = 86_400_000

export interface Try {
  readonly seq: number
  readonly account: string
  readonly address: string
  /** Another one like it would have to wait. */
  readonly last: boolean
}

export interface SignIns {
  /** What to give to `forget` once the password was right; or for how long there are no more tries. `account`: known or not. */
  begin(account: string, address: string, now: Date): Promise<Try | { readonly waitS: number }>
  forget(done: Try): Promise<void>
  /** Somebody who may has given the account a new password. */
  forgive(account: string): Promise<void>
}

export function createSignIns({ db }: Database): SignIns {
  return {
    async begin(account, address, now) {
      await db
        .deleteFrom('sign_in_tries')
        .where('at', '<', new Date(now.getTime() - FORGET_AFTER_MS))
        .execute()
      const { seq } = await db
        .insertInto('sign_in_tries')
        .values({ account, address, at: now })
        .returning('seq')
        .executeTakeFirstOrThrow()
      const earlier = await db
        .selectFrom('sign_in_tries')
        .select(['account', 'address', 'at'])
        .where((row) => row.or([row('account', '=', account), row('address', '=', address)]))
        .where('seq', '<', seq)
        .where('at', '>', new Date(now.getTime() - WINDOW_MS))
        .orderBy('seq', 'desc')
        .execute()
      const ofAccount = earlier.filter((row) => row.account === account)
      const ofBoth = ofAccount.filter((row) => row.address === address)
      const waits = [
        freeAt(ofBoth, MOST_TRIES),
        freeAt(ofAccount, MOST_TRIES_OF_ACCOUNT),
        freeAt(
          earlier.filter((row) => row.address === address),
          MOST_TRIES_FROM_ADDRESS,
        ),
      ]
      const waitS = Math.ceil((Math.max(...waits) - now.getTime()) / 1000)
      if (waitS <= 0) return { seq, account, address, last: ofBoth.length === MOST_TRIES - 1 }
      // a try that was not looked at does not make the wait longer
      await db.deleteFrom('sign_in_tries').where('seq', '=', seq).execute()
      return { waitS }
    },
    async forget({ account, address }) {
      await db.deleteFrom('sign_in_tries').where('account', '=', account).where('address', '=', address).execute()
    },
    async forgive(account) {
      await db.deleteFrom('sign_in_tries').where('account', '=', account).execute()
    },
  }
}

/** When one of so many tries, newest first, is old enough to be forgotten. */
const freeAt = (tries: readonly { readonly at: Date }[], most: number): number =>
  tries.length < most ? 0 : tries[most - 1]!.at.getTime() + WINDOW_MS
