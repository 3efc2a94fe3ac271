/** The command line in a folder of its own: within this process, or as a process where that is what a test is about. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject, onTestFinished } from 'vitest'
import { openCommandLine } from '../../server/commands/commandLine.ts'
import { nowMs } from '../../server/jobs/clock.ts'
import { makeProblem } from './makeProblem.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
export const DAY = fileURLToPath(new URL('../../fixtures/gwangju/problems/seed-01-day-01.json', import.meta.url))

/** For `vi.setConfig`: a process or a database takes half a second, and much longer where others work at the same time. */
export const PATIENT = { testTimeout: 60_000 }

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a person's shell says of the language: nothing. */
const LANGUAGE = { LC_ALL: '', LC_MESSAGES: '', LANG: 'C' }

/** A folder of its own for each test, with `problem.json` in it; it goes with the test. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'milkrun-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const has = (name: string) => existsSync(join(folder, name))
  const readBytes = (name: string) => readFileSync(join(folder, name))
  const read = (name: string) => readBytes(name).toString('utf8')
  const write = (name: string, content: object | string | Uint8Array) =>
    writeFileSync(
      join(folder, name),
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    )
  const start = (args: string, env: Record<string, string> = {}) =>
    spawn(process.execPath, [CLI, ...wordsOf(args)], { cwd: folder, env: { ...process.env, ...LANGUAGE, ...env } })
  /** As a person would run it. */
  const asProcess = async (args: string, env: Record<string, string> = {}): Promise<Ended> => {
    const child = start(args, env)
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    const [code] = await once(child, 'close')
    return { code, stdout, stderr }
  }
  /** The same within this process, which stands in the folder meanwhile: one at a time. */
  const milkrun = async (args: string, env: Record<string, string> = {}): Promise<Ended> => {
    const before = { folder: process.cwd(), env: { ...process.env } }
    let [stdout, stderr] = ['', '']
    process.chdir(folder)
    Object.assign(process.env, LANGUAGE, env)
    try {
      const code = await openCommandLine(wordsOf(args), {
        print: (line) => (stdout += `${line}\n`),
        note: (line) => (stderr += `${line}\n`),
        progress: () => {},
        startedMs: nowMs(),
      }).run()
      return { code, stdout, stderr }
    } finally {
      process.chdir(before.folder)
      for (const name of Object.keys({ ...LANGUAGE, ...env })) delete process.env[name]
      Object.assign(process.env, before.env)
    }
  }
  /** An empty database, copied: to make one takes longer than most tests. */
  const addData = () => {
    mkdirSync(join(folder, 'data'), { mode: 0o700 })
    cpSync(inject('blank').folder, join(folder, 'data', 'pglite'), { recursive: true })
  }
  write('problem.json', makeProblem())
  return { has, read, readBytes, write, start, asProcess, milkrun, addData }
}

const wordsOf = (args: string): string[] => args.split(' ').filter(Boolean)
