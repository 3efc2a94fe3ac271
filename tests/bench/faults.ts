/** Many kills, with a table of what came of them: `node tests/bench/faults.ts 20` kills each kind of victim twenty times. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killAtRandom } from '../server/faults/killing.ts'
import { startPostgres } from '../server/postgres.ts'

const kills = Number(process.argv[2] ?? 20)
/** `service-folder`, `service-server` or `database-server`; default: all of them */
const only = process.argv[3]
const folder = await mkdtemp(join(tmpdir(), 'milkrun-kills-'))
const postgres = await startPostgres({ durable: true })
try {
  console.log('victim     database  kills  imports  edits  confirmed  withdrawn  unanswered  refused  lost  seconds')
  for (const [victim, kind] of [
    ['service', 'folder'],
    ['service', 'server'],
    ['database', 'server'],
  ] as const) {
    if (only !== undefined && only !== `${victim}-${kind}`) continue
    const own = await mkdtemp(join(folder, 'run-'))
    const name = `kills_${victim}`
    if (kind === 'server') await postgres.createDatabase(name)
    const address = kind === 'folder' ? { kind, path: own } : { kind, url: postgres.url(name) }
    const startS = performance.now() / 1000
    const tally = await killAtRandom({ address, folder: own, victim, postgres, kills, random: Math.random })
    const { imports, edits, confirmations, withdrawals } = tally.acknowledged
    const figures = [tally.kills, imports, edits, confirmations, withdrawals, tally.unanswered, tally.refused]
    const seconds = performance.now() / 1000 - startS
    const cells = [...figures, tally.lost.length, Math.round(seconds)].map((figure) => String(figure).padStart(8))
    console.log(`${victim.padEnd(9)}  ${kind.padEnd(8)}${cells.join(' ')}`)
    for (const line of tally.lost) console.log(`  lost: ${line}`)
  }
} finally {
  await postgres.remove()
  await rm(folder, { recursive: true, force: true })
}
