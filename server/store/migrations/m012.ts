/**
 * A member of role carrier belongs to a carrier of its complex; until now it had a list of trucks. Members with the same trucks become one
 * carrier, a new one where the complex names none with these, and the rounds that they were shown stay theirs: offered.
 */
import { type Kysely, sql } from 'kysely'

interface Carrier {
  readonly id: string
  readonly name: string
  readonly vehicles: readonly string[]
}
interface Complex {
  readonly carriers?: readonly Carrier[]
  readonly fleet: readonly { readonly id: string }[]
}
interface Round {
  readonly id: string
  readonly vehicle: string
}
interface Plan {
  readonly routes: readonly Round[]
  readonly direct: readonly { readonly route?: Round }[]
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table members add column carrier text`.execute(db)
  const { rows } = await sql<{ id: string; complex: string; vehicles: string[]; name: string; data: Complex }>`
    select members.id, members.complex, members.vehicles, auth_users.name, complexes.data
    from members join auth_users on auth_users.id = members.user_id join complexes on complexes.id = members.complex
    where members.role = 'carrier' order by members.created_at, members.id`.execute(db)
  for (const [complex, members] of Map.groupBy(rows, (row) => row.complex)) {
    const { data } = members[0]!
    const carriers = [...(data.carriers ?? [])]
    const known = new Set(data.fleet.map(({ id }) => id))
    for (const { id, name, vehicles } of members) {
      const own = vehicles.filter((vehicle) => known.has(vehicle))
      const carrier = carriers.find((one) => isSame(one.vehicles, own)) ?? { id: freeId(carriers), name, vehicles: own }
      if (!carriers.includes(carrier)) carriers.push(carrier)
      await sql`update members set carrier = ${carrier.id} where id = ${id}`.execute(db)
    }
    await sql`update complexes set data = ${JSON.stringify({ ...data, carriers })} where id = ${complex}`.execute(db)
    await offerAll(db, complex, carriers)
  }
  await sql`drop index members_once`.execute(db)
  await sql`create unique index members_once
    on members (user_id, role, coalesce(complex, ''), coalesce(firm, ''), coalesce(carrier, ''))`.execute(db)
  await sql`alter table members drop column vehicles`.execute(db)
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify([...new Set(some)].sort()) === JSON.stringify([...new Set(others)].sort())

function freeId(carriers: readonly Carrier[]): string {
  for (let k = carriers.length + 1; ; k++) if (!carriers.some(({ id }) => id === `carrier-${k}`)) return `carrier-${k}`
}

/** One plan at a time in memory. */
async function offerAll(db: Kysely<unknown>, complex: string, carriers: readonly Carrier[]): Promise<void> {
  const plans = await sql<{ id: string }>`
    select id from plans where complex = ${complex} and state = 'confirmed'`.execute(db)
  for (const { id } of plans.rows) {
    const [row] = (await sql<{ data: Plan }>`select data from plans where id = ${id}`.execute(db)).rows
    const { routes, direct } = row!.data
    for (const { id: route, vehicle } of [...routes, ...direct.flatMap((way) => way.route ?? [])]) {
      const carrier = carriers.find(({ vehicles }) => vehicles.includes(vehicle))
      if (!carrier) continue
      const data = JSON.stringify({ carrier: carrier.id, state: 'offered' })
      await sql`insert into dispatches (plan, route, complex, version, data, changed_at, changed_by)
        values (${id}, ${route}, ${complex}, 1, ${data}, now(), 'system') on conflict do nothing`.execute(db)
    }
  }
}
