/**
 * One process at a time in a data folder: PGlite has no lock of its own, and two processes silently lose each other's rows. The lock is the
 * operating system's, on a file that SQLite holds in an exclusive transaction: it ends with its process however that ends (kill -9, power),
 * so none is ever stale, and it knows no process numbers, which are given again and mean nothing in another container.
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../errors.ts'

const LOCK = 'milkrun.lock'
/** Who holds the lock, for people and for the command line; nothing depends on it. */
const OWNER = 'milkrun.owner.json'
/** https://www.sqlite.org/rescode.html, the lower byte */
const SQLITE_BUSY = 5

export interface Owner {
  readonly pid: number
  /** where it answers, once it does */
  readonly url?: string
}

/** Returns what unlocks. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const lock = await take(folder)
  // without it the lock holds all the same
  await writeOwner(folder, { pid: process.pid }).catch(() => {})
  return async () => {
    await rm(join(folder, OWNER), { force: true }).catch(() => {})
    if (lock.isOpen) lock.close()
  }
}

/** For the process that holds the lock. */
export async function writeOwner(folder: string, owner: Owner): Promise<void> {
  await writeFile(join(folder, OWNER), JSON.stringify(owner))
}

/** Who said last that they hold the folder; they may be gone. */
export async function readOwner(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, OWNER), 'utf8')) as Owner
  } catch {
    return undefined
  }
}

async function take(folder: string): Promise<DatabaseSync> {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, LOCK), { timeout: 0 })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    return lock
  } catch (error) {
    lock?.close()
    const { errcode = 0 } = error as { readonly errcode?: number }
    if ((errcode & 0xff) === SQLITE_BUSY) throw inUse(folder, await readOwner(folder))
    throw new Refusal(503, 'folder.unusable', {
      ko: `데이터 폴더를 잠그지 못했습니다: ${folder} (${(error as Error).message}). 이 컴퓨터의 디스크에 있고 쓸 수 있는 폴더를 MILKRUN_DATA 로 고르세요.`,
      en: `The data folder ${folder} cannot be locked (${(error as Error).message}). Name a folder in MILKRUN_DATA that is on a disk of this computer and can be written.`,
    })
  }
}

const inUse = (folder: string, owner: Owner | undefined): Refusal =>
  new Refusal(503, 'folder.inUse', {
    ko: `데이터 폴더를 다른 milkrun 이 쓰고 있습니다: ${folder}${owner ? ` (프로세스 ${owner.pid})` : ''}. 그 프로그램을 쓰거나 끝내고, 또는 MILKRUN_DATA 로 다른 폴더를 고르세요.`,
    en: `Another milkrun is using the data folder ${folder}${owner ? ` (process ${owner.pid})` : ''}. Use or end that one, or name another folder in MILKRUN_DATA.`,
  })
