/** The command line as a person would run it, in a folder of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeProblem } from './makeProblem.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
export const DAY = fileURLToPath(new URL('../../fixtures/gwangju/problems/seed-01-day-01.json', import.meta.url))

/** Some seventy processes: without it each would compile the same files again. */
const COMPILED = join(tmpdir(), 'milkrun-test-compiled')
/** For `vi.setConfig`: a process takes half a second, and much longer where others work at the same time. */
export const PATIENT = { testTimeout: 60_000 }

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A folder of its own for each test, with `problem.json` in it, and the command as a person would run it there. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'milkrun-cli-'))
  const has = (name: string) => existsSync(join(folder, name))
  const readBytes = (name: string) => readFileSync(join(folder, name))
  const read = (name: string) => readBytes(name).toString('utf8')
  const write = (name: string, content: object | string | Uint8Array) =>
    writeFileSync(
      join(folder, name),
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    )
  const start = (args: string, env: Record<string, string> = {}) =>
    spawn(process.execPath, [CLI, ...args.split(' ').filter(Boolean)], {
      cwd: folder,
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, LC_ALL: '', LC_MESSAGES: '', LANG: 'C', ...env },
    })
  const milkrun = async (args: string, env: Record<string, string> = {}): Promise<Ended> => {
    const child = start(args, env)
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    const [code] = await once(child, 'close')
    return { code, stdout, stderr }
  }
  write('problem.json', makeProblem())
  return { has, read, readBytes, write, start, milkrun }
}
