/**
 * From an OpenStreetMap extract to roads that can be asked: read it, let Valhalla's own program build tiles, write the manifest.
 *
 * Tiles are built in a folder with another name and get their own when they are whole; the manifest, written last, names them.
 * So a set that was left half built is never taken for whole, and a service that still answers from the set before keeps its
 * files. An interrupted build goes on where parsing was done: what parsing leaves is kept, what came after is built anew.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Refusal } from '../../errors.ts'
import { lockFolder } from '../../store/folderLock.ts'
import { buildConfig } from './config.ts'
import { readExtract } from './extract.ts'
import {
  BUILD_METHOD,
  bytesOfTiles,
  isWhole,
  LICENCE,
  manifestPath,
  type RoadsManifest,
  readManifest,
  tileFolder,
} from './manifest.ts'
import { type EnginePackage, findEngine, libraryRefusal } from './package.ts'

export type BuildStep = 'read' | 'parse' | 'build'

export interface BuildOptions {
  /** `share` of the step; undefined where it is not known. */
  readonly onProgress?: (step: BuildStep, share: number | undefined) => void
  readonly signal?: AbortSignal | undefined
  readonly now: () => Date
}

export interface BuiltRoads {
  readonly manifest: RoadsManifest
  /** `known`: these roads were there already; `resumed`: an interrupted build went on. */
  readonly how: 'built' | 'resumed' | 'known'
}

/** Valhalla's stages by which each of our steps can be told in shares. */
const LAST_OF_PARSING = 'constructedges'
const BUILD_STAGES = ['build', 'enhance', 'filter', 'hierarchy', 'shortcuts', 'restrictions', 'validate', 'cleanup']
const PARSED = 'parsed'

/** One build at a time in a folder. */
export async function buildRoads(file: string, folder: string, options: BuildOptions): Promise<BuiltRoads> {
  const engine = findEngine()
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(503, 'roads.folder', {
      ko: `${folder}: 도로를 둘 폴더를 만들 수 없습니다 (${error.code}). 쓸 수 있는 폴더를 --out 이나 MILKRUN_DATA 로 고르세요.`,
      en: `${folder}: the folder for the roads cannot be made (${error.code}). Name one that can be written with --out or MILKRUN_DATA.`,
    })
  })
  const unlock = await lockFolder(folder)
  try {
    return await build(engine, file, folder, options)
  } finally {
    await unlock()
  }
}

async function build(
  engine: EnginePackage,
  file: string,
  folder: string,
  { onProgress = () => {}, signal, now }: BuildOptions,
): Promise<BuiltRoads> {
  const startedMs = now().getTime()
  const source = await readExtract(file, (share) => onProgress('read', share), signal)
  const id = createHash('sha256')
    .update(`${source.sha256}\n${engine.version}\n${BUILD_METHOD}`)
    .digest('hex')
    .slice(0, 12)
  const tiles = tileFolder(folder, id)
  // one that nobody can read is replaced
  const before = await readManifest(folder).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
  if (before?.id === id && (await isWhole(folder, before))) return { manifest: before, how: 'known' }

  const draft = `${tiles}.part`
  const work = resolve(draft)
  await assertNoBuilder(work)
  const resumed = existsSync(join(work, PARSED))
  if (!resumed) await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  const config = join(work, 'build.json')
  await writeFile(config, JSON.stringify(buildConfig(work)))
  const run = async (step: BuildStep, stages: readonly string[]) =>
    await runBuilder(join(engine.binaries, 'valhalla_build_tiles'), ['-c', config, ...stages, resolve(file)], work, {
      onLine: (line) => onProgress(step, step === 'build' ? shareOf(line) : undefined),
      signal,
    })
  if (!resumed) {
    onProgress('parse', undefined)
    await run('parse', ['-e', LAST_OF_PARSING])
    await writeFile(join(work, PARSED), '')
  }
  // levels of tiles that an interrupted build has left
  for (const name of await readdir(work))
    if (/^\d$/.test(name)) await rm(join(work, name), { recursive: true, force: true })
  await run('build', ['-s', 'build'])
  for (const name of await readdir(work))
    if (!/^\d$/.test(name)) await rm(join(work, name), { recursive: true, force: true })

  await rm(tiles, { recursive: true, force: true })
  await rename(work, tiles)
  const manifest: RoadsManifest = {
    format: 'milkrun-roads-1',
    id,
    licence: LICENCE,
    engine: `valhalla ${engine.version}`,
    builtAt: now().toISOString(),
    buildS: Math.round((now().getTime() - startedMs) / 100) / 10,
    tileBytes: await bytesOfTiles(tiles),
    source: { ...source, box: [...source.box] },
  }
  await writeWhole(manifestPath(folder), `${JSON.stringify(manifest, null, 2)}\n`)
  await removeOldSets(folder, [id, before?.id])
  return { manifest, how: resumed ? 'resumed' : 'built' }
}

function shareOf(line: string): number | undefined {
  const at = BUILD_STAGES.findIndex((stage) => MARKS[stage]!.test(line))
  return at < 0 ? undefined : at / BUILD_STAGES.length
}

/** Lines by which it tells that a stage begins. */
const MARKS: Readonly<Record<string, RegExp>> = {
  build: /Building \d+ tiles/,
  enhance: /Enhancing local graph/,
  filter: /GraphFilter/,
  hierarchy: /HierarchyBuilder/,
  shortcuts: /Creating shortcuts/,
  restrictions: /Adding complex turn restrictions/,
  validate: /Validating, finishing/,
  cleanup: /Cleaning up temporary/,
}

interface RunOptions {
  readonly onLine: (line: string) => void
  readonly signal: AbortSignal | undefined
}

/** Its process number. */
const BUILDER = 'builder.pid'

/** It outlives us when we are killed (kill -9), and would write into what the next build makes. */
async function assertNoBuilder(work: string): Promise<void> {
  const pid = Number(await readFile(join(work, BUILDER), 'utf8').catch(() => Number.NaN))
  if (!(pid > 0)) return
  // a number may belong to somebody else by now
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => (platform() === 'linux' ? '' : work))
  if (!words.includes(work) || !isAlive(pid)) return
  throw new Refusal(503, 'roads.building', {
    ko: `중단된 작업의 프로그램(프로세스 ${pid})이 아직 이 도로를 만들고 있습니다. 끝날 때까지 기다리거나 끝내고 다시 하세요.`,
    en: `The program of an interrupted build (process ${pid}) is still at work on these roads. Wait for it or end it, and try again.`,
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** How much of what it said last goes into an error. */
const TOLD_CHARS = 600

/** In `folder`, because it leaves files where it is started. */
async function runBuilder(program: string, words: readonly string[], folder: string, { onLine, signal }: RunOptions) {
  signal?.throwIfAborted()
  const child = spawn(program, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], signal })
  let told = ''
  const listen = (line: string) => {
    told = `${told}${line}\n`.slice(-TOLD_CHARS)
    onLine(line)
  }
  if (child.pid) writeFileSync(join(folder, BUILDER), String(child.pid))
  createInterface({ input: child.stdout }).on('line', listen)
  createInterface({ input: child.stderr }).on('line', listen)
  const code = await new Promise<number | string | null>((settle, fail) => {
    // one that is stopped has ended when it is closed, not when it is told
    child.on('error', (error) => signal?.aborted || fail(error))
    child.on('close', (exitCode, killedBy) => settle(exitCode ?? killedBy))
  })
  signal?.throwIfAborted()
  if (code === 0) return
  throw (
    libraryRefusal(told) ??
    new Refusal(503, 'roads.build', {
      ko: `Valhalla 가 도로를 만들다가 멈췄습니다(${code}). 메모리와 디스크가 넉넉한지 보고 같은 명령을 다시 하세요: 읽어 둔 데부터 이어집니다. 마지막 말:\n${told.trim()}`,
      en: `Valhalla stopped while building the roads (${code}). See that there is enough memory and disk and give the same command again: it goes on after what it has read. Its last words:\n${told.trim()}`,
    })
  )
}

/** On the disk before the name is there. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.part`
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, path)
}

/** The set before this one stays: a service may still be answering from it. */
async function removeOldSets(folder: string, kept: readonly (string | undefined)[]): Promise<void> {
  for (const name of await readdir(folder))
    if (/^[0-9a-f]{12}(\.part)?$/.test(name) && !kept.includes(name))
      await rm(join(folder, name), { recursive: true, force: true })
}
