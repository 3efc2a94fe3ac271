/**
 * Kills the service, or its database, at random moments while clients import, edit, confirm and withdraw, and looks after each start whether
 * all that was acknowledged is there and nothing is half there.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { loadComplex } from '../../../server/complexes.ts'
import { filesIn } from '../../../server/store/confirmedFiles.ts'
import { type Address, openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { improve, type Plan, type Problem } from '../../../solver/index.ts'
import { makeProblem } from '../makeProblem.ts'
import type { Postgres } from '../postgres.ts'
import { type Running, startService } from './service.ts'

export interface Tally {
  kills: number
  readonly acknowledged: { imports: number; edits: number; confirmations: number; withdrawals: number }
  /** requests that nobody answered, because somebody was killed */
  unanswered: number
  /** that the database was away, said with words */
  refused: number
  readonly lost: string[]
}

export interface Killing {
  readonly address: Exclude<Address, { kind: 'memory' }>
  readonly folder: string
  readonly victim: 'service' | 'database'
  /** of `address`, where it is a server */
  readonly postgres?: Postgres
  readonly kills: number
  readonly random: () => number
}

const CLIENTS = 3
/** One of them after the other, as their confirmations are taken back. */
const PLANS_OF_A_CLIENT = 15
/** Requests that are through before the kill; others are on their way then. */
const MOST_THROUGH = 12
const MOST_WAIT_MS = 20_000
const MOST_MS = 100

interface Known {
  version: number
  state: string
  costKrw: number
}
interface Slot {
  readonly plan: string
  /** as last acknowledged */
  known: Known
  /** what the request on its way would make of it */
  pending: Known | undefined
}

export async function killAtRandom({ address, folder, victim, postgres, kills, random }: Killing): Promise<Tally> {
  const variants = await variantsOf(makeProblem())
  const slots = await seed(address, folder, variants[0])
  const tally: Tally = {
    kills: 0,
    acknowledged: { imports: 0, edits: 0, confirmations: 0, withdrawals: 0 },
    unanswered: 0,
    refused: 0,
    lost: [],
  }
  const imported = new Map<string, string>()
  const env = { MILKRUN_DATA: folder, ...(address.kind === 'server' && { DATABASE_URL: address.url }) }
  let service: Running = await startService(env)
  try {
    for (; tally.kills < kills; tally.kills++) {
      const stop = new AbortController()
      const clients = Array.from({ length: CLIENTS }, (_, client) => {
        const own = slots.filter((_, k) => k % CLIENTS === client)
        return beClient(service, own, variants, imported, tally, stop.signal, random)
      })
      const enough = done(tally) + Math.ceil(MOST_THROUGH * random())
      for (let ms = 0; done(tally) < enough && ms < MOST_WAIT_MS; ms += 5) await wait(5)
      await wait(MOST_MS * random())
      if (victim === 'service') await service.kill()
      else process.kill(await postgres!.pid(), 'SIGKILL')
      await wait(victim === 'service' ? 0 : 200 * random())
      stop.abort()
      await Promise.all(clients)
      if (victim === 'service') service = await startService(env)
      else await startAgain(postgres!, service)
      await look(service, slots, imported, tally)
    }
    await service.kill('SIGTERM')
  } finally {
    await service.kill()
  }
  return tally
}

const done = ({ acknowledged }: Tally): number => Object.values(acknowledged).reduce((sum, count) => sum + count)

async function variantsOf(problem: Problem): Promise<readonly [Plan, Plan]> {
  const travel = await travelFrom(trunk)(problem)
  const best = (of: Problem) =>
    [...improve(of, travel, { seed: 1, iterations: 30 })].flatMap((step) => step.plan ?? []).at(-1)!
  const first = best(problem)
  const second = best({ ...problem, vehicles: problem.vehicles.slice(0, 1) })
  const edit = { kind: 'reverse', route: '1' } as const
  return [first, { ...second, edits: [{ edit, krw: second.costKrw - first.costKrw }] }]
}

async function seed(address: Killing['address'], folder: string, plan: Plan): Promise<Slot[]> {
  const database = await openDatabase(address)
  const store = createStore(database, filesIn(`${folder}/confirmed`)).as({ actor: 'seed', complexes: 'all' })
  await store.complexes.put(await loadComplex('gwangju'))
  const dates = Array.from(
    { length: CLIENTS * PLANS_OF_A_CLIENT },
    (_, k) => `2026-${11 + Math.floor(k / 28)}-${String(1 + (k % 28)).padStart(2, '0')}`,
  )
  const days = await store.complexes.addDays(
    'gwangju',
    dates.map((date) => ({ date, problem: makeProblem() })),
    { fileName: 'seed', rows: dates.length, accepted: dates.length },
  )
  const slots: Slot[] = []
  for (const { problem, date } of days) {
    await store.plans.put({ id: `plan-${date}`, problem, plan })
    slots.push({
      plan: `plan-${date}`,
      known: { version: 1, state: 'draft', costKrw: plan.costKrw },
      pending: undefined,
    })
  }
  await database.close()
  return slots
}

/** One after the other, until told to stop: a problem in, an edit, another, sometimes a confirmation and its withdrawal. */
async function beClient(
  { url }: Running,
  slots: readonly Slot[],
  variants: readonly [Plan, Plan],
  imported: Map<string, string>,
  tally: Tally,
  signal: AbortSignal,
  random: () => number,
): Promise<void> {
  let slot = slots[0]!
  const send = async (method: string, path: string, body?: object): Promise<Response | undefined> => {
    const headers = { 'if-match': `"v${slot.known.version}"`, ...(body && { 'content-type': 'application/json' }) }
    try {
      const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      if (answer.status === 503) tally.refused++
      else if (answer.status >= 500) tally.lost.push(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return answer
    } catch {
      tally.unanswered++
      return undefined
    }
  }
  while (!signal.aborted) {
    const name = `problem ${imported.size} ${random()}`
    const added = await send('POST', '/api/problems', makeProblem({ name }))
    if (added?.status === 201) {
      imported.set(((await added.json().catch(() => ({}))) as { id?: string }).id ?? '', name)
      tally.acknowledged.imports++
    }
    // where its confirmation was taken back, the record stays as it is
    slot = slots.find(({ known }) => known.state !== 'withdrawn') ?? slot
    const { version, state, costKrw } = slot.known
    if (state === 'withdrawn') continue
    const variant = variants[random() < 0.5 ? 0 : 1]
    const [method, path, pending, count] =
      state === 'confirmed'
        ? (['POST', '/withdraw', { version: version + 1, state: 'withdrawn', costKrw }, 'withdrawals'] as const)
        : random() < 0.2
          ? (['POST', '/confirm', { version: version + 1, state: 'confirmed', costKrw }, 'confirmations'] as const)
          : (['PUT', '', { version: version + 1, state, costKrw: variant.costKrw }, 'edits'] as const)
    slot.pending = pending
    const answer = await send(method, `/api/plans/${slot.plan}${path}`, method === 'PUT' ? variant : undefined)
    // whether it came through is not known until somebody looks
    if (!answer || answer.status === 503) return
    if (answer.status !== 200) {
      tally.lost.push(`${method} ${slot.plan}${path}: ${answer.status} ${await answer.text()}`)
      return
    }
    slot.known = pending
    slot.pending = undefined
    tally.acknowledged[count]++
  }
}

async function startAgain(postgres: Postgres, { url }: Running): Promise<void> {
  await postgres.start()
  for (let tries = 0; tries < 100; tries++) {
    if ((await fetch(`${url}/api/plans?limit=1`)).status === 200) return
    await wait(100)
  }
  throw new Error('the service did not find its database again')
}

async function look({ url }: Running, slots: readonly Slot[], imported: ReadonlyMap<string, string>, tally: Tally) {
  const read = async <T>(path: string): Promise<T> => {
    for (let tries = 0; tries < 300; tries++) {
      const answer = await fetch(`${url}${path}`)
      if (answer.status !== 503) return (await answer.json()) as T
      // it says itself that it is too busy just now
      await answer.text()
      await wait(100)
    }
    throw new Error(`${path} is refused for half a minute`)
  }
  for (const slot of slots) {
    const { version, state, plan } = await read<{ version: number; state: string; plan?: Plan }>(
      `/api/plans/${slot.plan}`,
    )
    const seen: Known = { version, state, costKrw: plan?.costKrw ?? -1 }
    const allowed = [slot.known, ...(slot.pending ? [slot.pending] : [])]
    if (!allowed.some((known) => JSON.stringify(known) === JSON.stringify(seen)))
      tally.lost.push(`${slot.plan} is ${JSON.stringify(seen)}, not one of ${JSON.stringify(allowed)}`)
    slot.known = seen
    slot.pending = undefined
  }
  const page = await read<{ items: { id: string; shipments: number }[] }>('/api/problems?limit=500')
  const listed = new Set(page.items.map(({ id }) => id))
  for (const id of [...imported.keys()].slice(-300)) if (!listed.has(id)) tally.lost.push(`problem ${id}`)
  // of what nobody was told, all or nothing
  for (const { id, shipments } of page.items.slice(0, 5)) {
    const rows = await read<{ items: unknown[] }>(`/api/shipments?problem=${id}`)
    const whole = await read<Problem>(`/api/problems/${id}`)
    if (rows.items.length !== shipments || whole.shipments.length !== shipments)
      tally.lost.push(`half of problem ${id}`)
  }
}
