/** Basic infrastructure: what a site visit or a page says, else a gap. */
import { given } from './figure.ts'
import type { Known } from './indicators.ts'
import type { ComplexEntry } from './schema.ts'

const FACTS = ['hubM2', 'docks', 'craneT', 'forklifts', 'digital'] as const
const STATES = ['joint', 'operator'] as const
/** What is planned is half there. */
const LEVEL = { no: 0, planned: 0.5, yes: 1 } as const

export function infrastructureOf({
  infrastructure = {},
}: ComplexEntry): Record<(typeof FACTS)[number] | (typeof STATES)[number], Known> {
  const level = (id: (typeof STATES)[number]): Known => {
    const state = infrastructure[id]
    return given(state && { value: LEVEL[state.value], ...(state.note && { note: state.note }) }, 'survey')
  }
  const fact = (id: (typeof FACTS)[number]): Known => given(infrastructure[id], 'survey')
  return {
    joint: level('joint'),
    operator: level('operator'),
    hubM2: fact('hubM2'),
    docks: fact('docks'),
    craneT: fact('craneT'),
    forklifts: fact('forklifts'),
    digital: fact('digital'),
  }
}
