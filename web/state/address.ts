/** What the address bar holds, so that a reload or a link comes back to the same screen: `#compare/2026-11-23`. */

import type { Me } from '../../server/api.ts'

export const PLAN_SCREENS = ['plan', 'import', 'compare', 'split', 'places', 'week', 'live', 'settle', 'study'] as const
export type PlanScreen = (typeof PLAN_SCREENS)[number]
/** Of people with accounts: what a firm, a carrier, a policymaker sees, who is what, the own password. */
export const PEOPLE_SCREENS = ['firm', 'sheets', 'sums', 'accounts', 'password'] as const
export const SCREENS = [...PLAN_SCREENS, ...PEOPLE_SCREENS] as const
export type Screen = (typeof SCREENS)[number]

export interface Address {
  readonly screen: Screen
  readonly date: string | undefined
  /** What of the screen: two plans that are compared, `left..right`; a study. */
  readonly view?: string | undefined
}

export function parseAddress(hash: string): Address {
  const [name, second, third] = hash.replace(/^#\/?/, '').split('/')
  const screen = SCREENS.find((known) => known === name) ?? 'plan'
  // a study belongs to no day
  const [date, view] = screen === 'study' ? [undefined, second] : [second, third]
  return {
    screen,
    date: date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined,
    view: view && /^[\w.~-]{1,200}$/.test(view) ? view : undefined,
  }
}

export const formatAddress = ({ screen, date, view }: Address): string =>
  screen === 'study'
    ? `#study${view ? `/${view}` : ''}`
    : `#${screen}${date ? `/${date}${view ? `/${view}` : ''}` : ''}`

export const isPlanScreen = (screen: Screen): screen is PlanScreen => PLAN_SCREENS.some((known) => known === screen)

/** What the roles of this person show, in the order of the header; without accounts everything but them. */
export function screensOf(me: Me | undefined): Screen[] {
  if (!me?.person) return [...PLAN_SCREENS]
  const roles = me.person.members.map(({ role }) => role)
  const has = (...wanted: readonly (typeof roles)[number][]) => roles.some((role) => wanted.includes(role))
  return [
    ...(has('coordinator') ? PLAN_SCREENS : []),
    ...(has('firm') ? (['firm'] as const) : []),
    ...(has('carrier') ? (['sheets'] as const) : []),
    ...(has('policymaker') ? (['sums', ...(has('coordinator') ? [] : (['study'] as const))] as const) : []),
    ...(has('coordinator', 'administrator') ? (['accounts'] as const) : []),
  ]
}

/** The token of a link that sets a password: `#link/…`. It stays in the browser. */
export const linkTokenOf = (hash: string): string | undefined => /^#\/?link\/([\w-]{20,100})$/.exec(hash)?.[1]

/** `months` after 2026-11. */
export function stepMonth(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const count = year * 12 + number - 1 + months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}
