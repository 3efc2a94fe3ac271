/** Which of the own roles is meant, and the documents that a page of what is one's own is made from. */
import { Type } from 'typebox'
import type { Plan, Problem } from '../../solver/index.ts'
import type { Member } from '../access.ts'
import { notFound, Refusal } from '../errors.ts'
import type { Nouns } from '../store/store.ts'
import { IdSchema } from './service.ts'

/** Said only by those who belong to several. */
export const Whose = {
  complex: Type.Optional(IdSchema),
  firm: Type.Optional(IdSchema),
  carrier: Type.Optional(IdSchema),
}

interface Asked {
  readonly complex?: string
  readonly firm?: string
  readonly carrier?: string
}
export interface Mine {
  readonly complex: string
  readonly firm: string | null
  readonly carrier: string | null
}

/** The one role that is meant; which one has to be said only by those who have several. */
export function choose(members: readonly Member[], { complex, firm, carrier }: Asked): Mine {
  const meant = members.filter(
    (member) =>
      (complex === undefined || member.complex === complex) &&
      (firm === undefined || member.firm === firm) &&
      (carrier === undefined || member.carrier === carrier),
  )
  const [one] = meant
  if (!one || one.complex === null) throw notFound('complex', complex ?? firm ?? carrier ?? '')
  if (meant.length === 1) return { ...one, complex: one.complex }
  const names = members.map((member) => [member.complex, member.firm ?? member.carrier].filter(Boolean).join('/'))
  throw new Refusal(400, 'role.several', {
    ko: `여러 곳의 회원입니다. 어느 것인지 complex 와 firm 이나 carrier 로 적으세요: ${names.join(', ')}.`,
    en: `You belong to several. Say which is meant with complex and firm or carrier: ${names.join(', ')}.`,
  })
}

/** A page shows many things of few problems: each is read once. */
export function openDocuments(store: Nouns) {
  const problems = new Map<string, Promise<Problem>>()
  const plans = new Map<string, Promise<Plan>>()
  const once = <T>(known: Map<string, Promise<T>>, id: string, read: () => Promise<T>): Promise<T> => {
    const found = known.get(id) ?? read()
    known.set(id, found)
    return found
  }
  return {
    problem: (id: string) =>
      once(problems, id, async () => {
        const record = await store.problems.get(id)
        if (!record) throw notFound('problem', id)
        return record.problem
      }),
    plan: (id: string) =>
      once(plans, id, async () => {
        const record = await store.plans.get(id)
        if (!record) throw notFound('plan', id)
        return record.plan
      }),
  }
}
