import { describe, expect, it } from 'vitest'
import { type DayFacts, dayState, dayWord, type PlanFacts, screenOfStep } from '../../web/state/dayState.ts'

const draft: PlanFacts = {
  state: 'draft',
  changedAt: '2026-11-22T08:00:00Z',
  changedBy: 'local',
  unserved: 0,
  edits: 0,
  overrides: 0,
  fromMs: 100,
  untilMs: 200,
}
const states = (facts: Partial<DayFacts>) =>
  dayState({ shipments: 10, waiting: 0, searching: false, nowMs: 0, ...facts })
    .map(({ state }) => state)
    .join(' ')

describe('the state of a day', () => {
  it('goes from orders over a plan and its confirmation to the road and back', () => {
    expect(states({ shipments: 0 })).toBe('now todo todo todo todo todo')
    expect(states({})).toBe('done now todo todo todo todo')
    expect(states({ plan: draft, searching: true })).toBe('done now todo todo todo todo')
    expect(states({ plan: draft })).toBe('done done todo now todo todo')
    expect(states({ plan: { ...draft, edits: 2 } })).toBe('done done done now todo todo')
    const confirmed = { ...draft, state: 'confirmed' } as const
    expect(states({ plan: confirmed })).toBe('done done done done now todo')
    expect(states({ plan: confirmed, nowMs: 250 })).toBe('done done done done done now')
    expect(states({ plan: confirmed, nowMs: 250, actual: { known: 5, all: 5 } })).toBe('done done done done done done')
    expect(states({ plan: { ...draft, state: 'withdrawn' } })).toBe('done done todo now todo todo')
  })

  it('counts who has accepted, until the first truck leaves', () => {
    const notes = (facts: Partial<DayFacts>) =>
      dayState({
        shipments: 10,
        waiting: 0,
        searching: false,
        nowMs: 0,
        dispatched: { accepted: 3, all: 5 },
        ...facts,
      })[4]!.notes
    const confirmed = { ...draft, state: 'confirmed' } as const
    expect(notes({ plan: confirmed })).toEqual([{ say: 'notYet' }, { say: 'dispatched', accepted: 3, all: 5 }])
    expect(notes({ plan: confirmed, nowMs: 150 })).toEqual([{ say: 'driving' }])
    expect(notes({ plan: draft })).toEqual([{ say: 'notYet' }])
  })

  it('asks for a look where addresses wait or shipments are on no truck', () => {
    expect(states({ waiting: 2, plan: { ...draft, unserved: 1 } })).toBe('alert alert todo now todo todo')
    const [orders, plan] = dayState({
      shipments: 10,
      waiting: 2,
      searching: false,
      nowMs: 0,
      plan: { ...draft, unserved: 1 },
    })
    expect(orders?.notes).toEqual([
      { say: 'orders', count: 10 },
      { say: 'waiting', count: 2 },
    ])
    expect(plan?.notes).toEqual([{ say: 'unserved', count: 1 }])
    expect([screenOfStep('orders', { waiting: 2 }), screenOfStep('orders', { waiting: 0 })]).toEqual([
      'places',
      'import',
    ])
  })

  it('tells who has confirmed it and when, what was done by hand and what of it costs more', () => {
    const plan = { ...draft, state: 'confirmed', edits: 3, overrides: 1, changedBy: 'user:kim@x.kr' } as const
    const notes = dayState({ shipments: 1, waiting: 0, searching: false, nowMs: 150, plan }).map(({ notes }) => notes)
    expect(notes.slice(2, 5)).toEqual([
      [
        { say: 'edits', count: 3 },
        { say: 'overrides', count: 1 },
      ],
      [{ say: 'confirmed', by: 'user:kim@x.kr', at: '2026-11-22T08:00:00Z' }],
      [{ say: 'driving' }],
    ])
  })

  it('is one word in a list of days', () => {
    const day = { problem: 'p', date: '2026-11-23', shipments: 3 }
    expect([
      dayWord({ ...day, shipments: 0 }),
      dayWord(day),
      dayWord({ ...day, job: 'j' }),
      dayWord({ ...day, plan: 'a', planState: 'draft' }),
      dayWord({ ...day, plan: 'a', planState: 'draft', confirmed: 'b' }),
      dayWord({ ...day, plan: 'a', planState: 'withdrawn' }),
    ]).toEqual(['empty', 'orders', 'searching', 'planned', 'confirmed', 'withdrawn'])
  })
})
