import { randomBytes } from 'node:crypto'

/** Short, fit for an address bar, and not to be guessed: 72 random bits. */
export const newId = (): string => randomBytes(9).toString('base64url')
