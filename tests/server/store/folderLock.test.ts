import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder, readOwner } from '../../../server/store/folderLock.ts'

const children: ChildProcess[] = []
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milkrun-lock-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function hold(): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'holdFolder.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  return { child, said: once(child.stdout!, 'data').then(([data]) => String(data).trim()) }
}

describe('the lock of a data folder', () => {
  it('lets one of twenty processes in that start at once', async () => {
    const said = await Promise.all(Array.from({ length: 20 }, () => hold().said))
    expect(said.filter((word) => word === 'held')).toHaveLength(1)
    expect(said.filter((word) => word === 'folder.inUse')).toHaveLength(19)
  })

  it('is free the moment its holder is killed, and goes to one of many who wait for that', async () => {
    const { child, said } = hold()
    expect(await said).toBe('held')
    expect((await readOwner(folder))?.pid).toBe(child.pid)
    await expect(lockFolder(folder)).rejects.toMatchObject({
      status: 503,
      code: 'folder.inUse',
      words: { en: expect.stringContaining(`process ${child.pid}`) },
    })
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    const next = await Promise.all(Array.from({ length: 5 }, () => hold().said))
    expect(next.sort()).toEqual(['folder.inUse', 'folder.inUse', 'folder.inUse', 'folder.inUse', 'held'])
  })

  it('is held against the same process too, until it is given back', async () => {
    const unlock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'folder.inUse' })
    await unlock()
    await unlock()
    await (await lockFolder(folder))()
    expect(await readOwner(folder)).toBeUndefined()
  })

  it('refuses a folder that it cannot write in with words', async () => {
    await expect(lockFolder(join(folder, 'none'))).rejects.toMatchObject({ status: 503, code: 'folder.unusable' })
  })
})
