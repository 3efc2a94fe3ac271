/** Where the truck gets to at all, on the roads of its class and by way of any sites. */
import type { Documents, Goods, Truck } from './documents.ts'

/** Some roads lead it from its start to where the goods are, to where they go, and home. */
export function isOnRoads({ sites }: Documents, { legS, start, end }: Truck, goods: Goods): boolean {
  const [loads, unloads] = goods.sites
  return leads(legS, sites, start, loads) && leads(legS, sites, loads, unloads) && leads(legS, sites, unloads, end)
}

function leads(legS: readonly number[], sites: number, from: number, to: number): boolean {
  if (from < 0 || to < 0 || legS[from * sites + to] < Number.POSITIVE_INFINITY) return true
  const met = new Set([from])
  for (const site of met)
    for (let next = 0; next < sites; next++) if (legS[site * sites + next] < Number.POSITIVE_INFINITY) met.add(next)
  return met.has(to)
}
