/** What an address may be in, and why it waits; pure, because the contract with the web names them. */

/** waiting: nobody knows where it is. guess: planned at the middle of a road or town. placed: by a person or a file. */
export const ADDRESS_STATES = ['waiting', 'guess', 'placed'] as const
export type AddressState = (typeof ADDRESS_STATES)[number]

/** nothing: not found. gwangju: 광주광역시 or 경기 광주시. elsewhere: found in another province. several: it fits several places. */
export const WAIT_REASONS = ['nothing', 'gwangju', 'elsewhere', 'several'] as const
export type WaitReason = (typeof WAIT_REASONS)[number]
