/** How long the lists take with 100,000 shipments and 1,000 plans, on both kinds of database: `node tests/bench/store.ts`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadComplex } from '../../server/complexes.ts'
import { type Address, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import type { Nouns } from '../../server/store/store.ts'
import { makePlan, makeProblem, makeShipment } from '../server/makeProblem.ts'
import { startPostgres } from '../server/postgres.ts'

const COMPLEXES = 10
const PROBLEMS = 1000
const SHIPMENTS_A_PROBLEM = 100
const FIRMS = 20
const TRIES = 50

async function fill(store: Nouns): Promise<void> {
  const home = await loadComplex('gwangju')
  for (let k = 0; k < COMPLEXES; k++) await store.complexes.put({ ...home, complex: { ...home.complex, id: `c${k}` } })
  const shipments = Array.from({ length: SHIPMENTS_A_PROBLEM }, (_, k) =>
    makeShipment(`s${k}`, { firm: `f${k % FIRMS}` }),
  )
  for (let k = 0; k < PROBLEMS; k++) {
    const problem = await store.problems.add(`c${k % COMPLEXES}`, makeProblem({ name: `day ${k}`, shipments }))
    if (k % 50 < 30) await store.complexes.setDay(`c${k % COMPLEXES}`, `2026-${String(k).padStart(4, '0')}`, problem)
    await store.plans.put({ id: `p${k}`, problem, plan: makePlan({ costKrw: k }) })
  }
}

/** Each of them as the page and a program would ask: the first page, and one from the middle. */
async function measure(name: string, all: Nouns, one: Nouns): Promise<void> {
  const middle = async (list: (after?: number) => Promise<{ readonly next?: number }>) => {
    let at = (await list()).next
    for (let k = 0; k < 80 && at !== undefined; k++) at = (await list(at)).next ?? at
    return at
  }
  const lists: Readonly<Record<string, (store: Nouns, after?: number) => Promise<{ readonly next?: number }>>> = {
    shipments: async (store, after) => await store.shipments.list({ limit: 50, after }),
    'shipments of a firm': async (store, after) => await store.shipments.list({ limit: 50, after, firm: 'f7' }),
    problems: async (store, after) => await store.problems.list({ limit: 5, after }),
    plans: async (store, after) => await store.plans.list({ limit: 5, after }),
    audit: async (store, after) => await store.audit.list({ limit: 50, after }),
    complexes: async (store) => {
      await store.complexes.list()
      return {}
    },
  }
  for (const [what, list] of Object.entries(lists)) {
    for (const [who, store] of [
      ['all', all],
      ['one complex', one],
    ] as const) {
      const afters = [undefined, await middle((after) => list(store, after))]
      for (const [place, after] of afters.entries()) {
        const times: number[] = []
        for (let k = 0; k < TRIES; k++) {
          const startMs = performance.now()
          await list(store, after)
          times.push(performance.now() - startMs)
        }
        times.sort((a, b) => a - b)
        const [median, worst] = [times[TRIES / 2]!, times.at(-1)!]
        console.log(
          `${name.padEnd(7)} ${what.padEnd(20)} ${who.padEnd(12)} ${(place === 0 ? 'first' : 'middle').padEnd(7)} ${median.toFixed(1).padStart(7)} ms ${worst.toFixed(1).padStart(7)} ms`,
        )
      }
    }
  }
}

async function run(name: string, address: Address): Promise<void> {
  const database = await openDatabase(address)
  const store = createStore(database)
  const startMs = performance.now()
  await fill(store.as({ actor: 'bench', complexes: 'all' }))
  console.log(`${name}: filled in ${((performance.now() - startMs) / 1000).toFixed(0)} s; median and worst of ${TRIES}`)
  await measure(name, store.as({ actor: 'bench', complexes: 'all' }), store.as({ actor: 'bench', complexes: ['c3'] }))
  await database.close()
}

const folder = await mkdtemp(join(tmpdir(), 'milkrun-lists-'))
const postgres = await startPostgres({ durable: true })
try {
  await run('server', { kind: 'server', url: postgres.url('postgres') })
  await run('folder', { kind: 'folder', path: folder })
} finally {
  await postgres.remove()
  await rm(folder, { recursive: true, force: true })
}
