/** Faults in what may ride together. */
import { type Loose, type LooseProblem, listOf, type Say } from './loose.ts'

export function checkCompany({ mixing }: Loose, { shipments }: LooseProblem, say: Say): void {
  const classes = new Set(shipments.map(({ cargo }) => cargo))
  listOf(mixing).forEach((pair, index) => {
    listOf(pair).forEach((name, at) => {
      if (typeof name === 'string' && !classes.has(name)) say('mixing.unused', `mixing/${index}/${at}`, { found: name })
    })
  })
}
