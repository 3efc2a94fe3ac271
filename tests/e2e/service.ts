/** The real service on a free port, with the example orders. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

export interface RunningService {
  readonly address: string
  /** Where the first administrator sets a password, where there are accounts. */
  readonly setup: Promise<string>
  readonly stop: () => Promise<void>
}

/** `demo`: its very first start; it plans their first day at once, and proves a bound: half a minute of a core. Otherwise its tables are there. */
export async function startService(settings: Record<string, string>, demo: boolean): Promise<RunningService> {
  const data = await mkdtemp(join(tmpdir(), 'milkrun-'))
  if (!demo) await cp(inject('blank').folder, join(data, 'pglite'), { recursive: true })
  const child = spawn(process.execPath, ['server/cli.ts', 'serve', '--port', '0', ...(demo ? ['--demo'] : [])], {
    cwd: root,
    env: { ...process.env, ...settings, MILKRUN_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (data) => {
    complaints += data
  })
  const setup = Promise.withResolvers<string>()
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('#link/')) return setup.resolve(line)
      const found = /http:\/\/[\w.[\]:]+:\d+/.exec(line)
      if (found) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${complaints}`)))
  })
  return {
    address,
    setup: setup.promise,
    async stop() {
      await stop(child)
      await rm(data, { recursive: true })
    },
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
