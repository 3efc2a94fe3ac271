/**
 * Who may do what, in one table. Every route names its action (`config: { access: 'plan.read' }`); one without is refused at start.
 * A role is looked at before any id is: what it may not do is 403 whatever the id, and what belongs to another complex is 404.
 */

/** coordinator: plans a complex. firm: sees what is its own. carrier: sees its sheets. policymaker: sees sums of complexes that opted in. */
export const ROLES = ['coordinator', 'firm', 'carrier', 'policymaker', 'administrator'] as const
export type Role = (typeof ROLES)[number]
/** Roles that a person has of one complex; the others are of the whole service. */
export const COMPLEX_ROLES: readonly Role[] = ['coordinator', 'firm', 'carrier']

/** What a key of a machine may be made for. */
export const KEY_SCOPES = ['read', 'plan', 'import', 'confirm'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

interface Rule {
  /** 'signedIn': every person with an account, whatever the role */
  readonly who: 'anyone' | 'signedIn' | readonly Role[]
  /** A key with this scope may, too. */
  readonly key?: KeyScope
}

export const ACTIONS = {
  'service.see': { who: 'anyone' },
  /** sign in, set a password by a link, ask who one is */
  'session.open': { who: 'anyone' },
  'session.own': { who: 'signedIn' },
  'map.read': { who: 'signedIn', key: 'read' },
  'complex.read': { who: ['coordinator', 'administrator'], key: 'read' },
  /** add one, or replace what is known of it */
  'complex.put': { who: ['administrator'] },
  'complex.openToPolicy': { who: ['coordinator', 'administrator'] },
  'problem.read': { who: ['coordinator'], key: 'read' },
  'problem.add': { who: ['coordinator'], key: 'import' },
  'job.read': { who: ['coordinator'], key: 'read' },
  /** start a search, stop it, cancel it */
  'job.run': { who: ['coordinator'], key: 'plan' },
  /** in the wire format of others; nothing is kept */
  'vroom.solve': { who: ['coordinator'], key: 'plan' },
  'plan.read': { who: ['coordinator'], key: 'read' },
  'plan.edit': { who: ['coordinator'], key: 'plan' },
  'plan.confirm': { who: ['coordinator'], key: 'confirm' },
  'actual.read': { who: ['coordinator'], key: 'read' },
  /** what trucks really did */
  'actual.record': { who: ['coordinator'], key: 'plan' },
  /** what a month comes to, and its papers */
  'month.read': { who: ['coordinator'], key: 'read' },
  /** correct it and close it */
  'month.settle': { who: ['coordinator'] },
  /** how long stops and roads really took, and planning by it */
  'measured.read': { who: ['coordinator'], key: 'read' },
  'measured.adopt': { who: ['coordinator'] },
  /** between coordinator and drivers */
  'message.read': { who: ['coordinator'], key: 'read' },
  'message.send': { who: ['coordinator'], key: 'plan' },
  /** give drivers links to their rounds, and close them */
  'link.manage': { who: ['coordinator'], key: 'confirm' },
  /** by such a link: drive/door.ts looks at it */
  'drive.open': { who: 'anyone' },
  'webhook.manage': { who: ['coordinator'] },
  /** everything, of every complex */
  'backup.make': { who: ['administrator'] },
  'audit.read': { who: ['coordinator', 'administrator'] },
  'account.manage': { who: ['coordinator', 'administrator'] },
  'key.manage': { who: ['coordinator', 'administrator'] },
  'my.firm': { who: ['firm'] },
  'my.sheets': { who: ['carrier'] },
  'aggregates.read': { who: ['policymaker'] },
  /** of one's complexes, of those that opted in, of those that come with the program */
  'study.read': { who: ['coordinator', 'policymaker', 'administrator'], key: 'read' },
  /** submit one, stop it, delete it */
  'study.run': { who: ['coordinator', 'policymaker', 'administrator'], key: 'plan' },
} as const satisfies Record<string, Rule>
export type Action = keyof typeof ACTIONS

/** What a person is: of a complex, or of the whole service (no complex). */
export interface Member {
  readonly id: string
  readonly role: Role
  readonly complex: string | null
  /** of a firm member */
  readonly firm: string | null
  /** of a member of a carrier: the carrier of the complex */
  readonly carrier: string | null
}

export type Principal =
  /** the one at this computer, where there are no accounts */
  | { readonly kind: 'local' }
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'person'
      readonly id: string
      readonly email: string
      readonly name: string
      readonly members: readonly Member[]
      /** that opted in; filled for policymakers */
      readonly openComplexes: readonly string[]
    }
  | {
      readonly kind: 'key'
      readonly id: string
      readonly scopes: readonly KeyScope[]
      /** those that its maker still looks after */
      readonly complexes: 'all' | readonly string[]
    }

export const actorOf = (principal: Principal): string => {
  if (principal.kind === 'person') return `user:${principal.email}`
  return principal.kind === 'key' ? `key:${principal.id}` : principal.kind
}

export type Verdict =
  /** the complexes in which it may, and by which of the person's roles */
  | { readonly kind: 'may'; readonly complexes: 'all' | readonly string[]; readonly members: readonly Member[] }
  | { readonly kind: 'signIn' }
  | { readonly kind: 'mayNot' }

export function decide(principal: Principal, action: Action): Verdict {
  const { who, key }: Rule = ACTIONS[action]
  if (principal.kind === 'local') return { kind: 'may', complexes: 'all', members: [] }
  if (who === 'anyone') return { kind: 'may', complexes: [], members: [] }
  if (principal.kind === 'nobody') return { kind: 'signIn' }
  if (principal.kind === 'key') {
    const may = key !== undefined && principal.scopes.includes(key)
    return may ? { kind: 'may', complexes: principal.complexes, members: [] } : { kind: 'mayNot' }
  }
  if (who === 'signedIn') return { kind: 'may', complexes: [], members: principal.members }
  const members = principal.members.filter(({ role }) => who.includes(role))
  if (members.length === 0) return { kind: 'mayNot' }
  return { kind: 'may', complexes: complexesOf(members, principal.openComplexes), members }
}

function complexesOf(members: readonly Member[], open: readonly string[]): 'all' | readonly string[] {
  if (members.some(({ role }) => role === 'administrator')) return 'all'
  const own = members.flatMap(({ complex }) => complex ?? [])
  return [...new Set(members.some(({ role }) => role === 'policymaker') ? [...own, ...open] : own)]
}

/** May who manages these complexes give, change or take this role? */
export const mayGrant = (managed: 'all' | readonly string[], role: Role, complex: string | null): boolean =>
  managed === 'all' || (COMPLEX_ROLES.includes(role) && complex !== null && managed.includes(complex))
