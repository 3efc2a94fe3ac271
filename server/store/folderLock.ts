/**
 * One process at a time in a data folder: PGlite has no lock of its own, and two processes silently lose each other's rows.
 * The lock is a file made with O_EXCL that names its owner; one whose owner is dead (kill -9) is taken over.
 */
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'

const NAME = 'milkrun.lock'
/** Each round somebody else was quicker to take over a dead owner's lock. */
const MAX_ROUNDS = 20

interface Owner {
  readonly pid: number
  /** of this taking; tells our lock from a later one of a process with the same number */
  readonly token: string
  /** when the process began, as the system tells: a number is given again after a restart of the machine */
  readonly began: string
}

/** Returns what unlocks. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, NAME)
  const mine: Owner = { pid: process.pid, token: randomUUID(), began: (await beganAt(process.pid)) ?? '' }
  const draft = join(folder, `${NAME}.${mine.token}`)
  await writeFile(draft, JSON.stringify(mine), { flag: 'wx', flush: true })
  try {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      // link() fails where the name exists, and makes the lock appear whole: nobody reads a half-written owner
      if (await made(link(draft, path))) return async () => await unlock(path, mine)
      const owner = await readOwner(path)
      if (owner && (await isAlive(owner))) throw inUse(folder, owner)
      // of several who see the same dead lock, one moves it away; what was moved is looked at again, since it may be a new one
      const aside = `${draft}.stale`
      if (!(await made(rename(path, aside)))) continue
      const moved = await readOwner(aside)
      if (moved && (await isAlive(moved))) await made(link(aside, path))
      await rm(aside, { force: true })
    }
    throw inUse(folder, undefined)
  } finally {
    await rm(draft, { force: true })
  }
}

/** False where the file is there already, or is gone: both say that another process was quicker. */
async function made(step: Promise<void>): Promise<boolean> {
  try {
    await step
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  }
}

async function unlock(path: string, mine: Owner): Promise<void> {
  if ((await readOwner(path))?.token === mine.token) await rm(path, { force: true })
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

async function isAlive({ pid, began }: Owner): Promise<boolean> {
  if (pid === process.pid) return began === ((await beganAt(pid)) ?? '')
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = await beganAt(pid)
  return now === undefined || began === '' || now === began
}

/** Field 22 of /proc/PID/stat (proc(5)): ticks since the machine started. Undefined where there is no /proc. */
async function beganAt(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // a zombie is dead: its parent has not asked how it ended
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19]
  } catch {
    return undefined
  }
}

const inUse = (folder: string, owner: Owner | undefined): Refusal =>
  new Refusal(503, 'folder.inUse', {
    ko: `데이터 폴더를 다른 milkrun 이 쓰고 있습니다: ${folder}${owner ? ` (프로세스 ${owner.pid})` : ''}. 그 프로그램을 쓰거나 끝내고, 또는 MILKRUN_DATA 로 다른 폴더를 고르세요.`,
    en: `Another milkrun is using the data folder ${folder}${owner ? ` (process ${owner.pid})` : ''}. Use or end that one, or name another folder in MILKRUN_DATA.`,
  })
