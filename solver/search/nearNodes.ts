import type { Neighbours } from './neighbours.ts'

/** Neighbours of orders as nodes, from 1 on, without the order itself: [node * kept + rank]. */
export interface NearNodes {
  readonly kept: number
  readonly near: Int32Array
}

export function nearNodes({ kept: listed, list }: Neighbours): NearNodes {
  const kept = listed - 1
  const nodes = list.length / listed
  const near = new Int32Array((nodes + 1) * kept)
  for (let node = 1; node <= nodes; node++)
    for (let rank = 0; rank < kept; rank++) near[node * kept + rank] = list[(node - 1) * listed + rank + 1] + 1
  return { kept, near }
}
