/** The real service as a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../../server/cli.ts', import.meta.url))

export interface Running {
  readonly url: string
  readonly child: ChildProcess
  /** kill -9, or another signal; resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** Resolves once it answers; throws with what it said where it ends before. */
export async function startService(
  env: Readonly<Record<string, string>>,
  prefix: readonly string[] = [],
): Promise<Running> {
  const [program = process.execPath, ...words] = prefix
  const node = prefix.length > 0 ? [process.execPath] : []
  const child = spawn(program, [...words, ...node, CLI, 'serve', '--port', '0', '--lang', 'en'], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'milkrun-test-compiled'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr!.on('data', (data) => {
    said = (said + String(data)).slice(-4000)
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (data) => {
      const found = /open at (http:\S+)/.exec(String(data))
      if (found) resolve(found[1]!)
    })
    void ended.then(([code]) => reject(new Error(`the service ended with ${code}: ${said}`)))
  })
  return {
    url,
    child,
    async kill(signal = 'SIGKILL') {
      child.kill(signal)
      await ended
    },
  }
}
