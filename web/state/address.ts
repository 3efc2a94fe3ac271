/** What the address bar holds, so that a reload or a link comes back to the same screen: `#compare/2026-11-23`. */

export const SCREENS = ['plan', 'compare', 'split'] as const
export type Screen = (typeof SCREENS)[number]

export interface Address {
  readonly screen: Screen
  readonly date: string | undefined
}

export function parseAddress(hash: string): Address {
  const [screen, date] = hash.replace(/^#\/?/, '').split('/')
  return {
    screen: SCREENS.find((known) => known === screen) ?? 'plan',
    date: date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined,
  }
}

export const formatAddress = ({ screen, date }: Address): string => `#${screen}${date ? `/${date}` : ''}`
