import { once } from 'node:events'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, vi } from 'vitest'
import { secretFor } from '../../server/accounts/secret.ts'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig({ testTimeout: 4 * PATIENT.testTimeout })

/** Its address and the link for the first administrator, once it answers. */
async function serve(start: ReturnType<typeof openFolder>['start'], args: string, env: Record<string, string> = {}) {
  const child = start(args, env)
  const lines: string[] = []
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const port = /http:\/\/\S+:(\d+)/.exec(lines[0] ?? '')?.[1]
      if (port) resolve(`http://127.0.0.1:${port}`)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${stderr}`)))
  })
  const address = await ready
  // busy for a moment with the orders of the example
  await vi.waitUntil(async () => (await fetch(`${address}/health`)).ok, { timeout: 60_000, interval: 200 })
  const stop = async () => {
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    await closed
    return stderr
  }
  return { address, lines, stop }
}

describe('milkrun serve beyond this computer', () => {
  it('prints a link for the first administrator and shows nothing to others', async () => {
    const { start, has, milkrun } = openFolder()
    const { address, lines, stop } = await serve(start, 'serve --port 0 --host 0.0.0.0')
    expect((await fetch(`${address}/api/problems`)).status).toBe(401)
    await vi.waitUntil(() => lines.some((line) => line.includes('#link/')))
    const token = /#link\/([\w-]{43})$/.exec(lines.at(-1)!)![1]
    const send = async (path: string, body: object) =>
      await fetch(address + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-milkrun': '1' },
        body: JSON.stringify(body),
      })
    const password = 'four unrelated words'
    const made = await send('/api/links/use', { token, email: 'boss@example.com', name: 'Boss', password })
    expect(await made.json()).toEqual({ email: 'boss@example.com' })
    expect((await send('/api/session', { email: 'boss@example.com', password })).status).toBe(204)
    const stderr = await stop()
    expect(stderr).not.toContain(password)
    expect(has('data/secret')).toBe(true)

    expect((await milkrun('account list')).stdout).toBe('boss@example.com  Boss  administrator\n')
    const again = await serve(start, 'serve --port 0 --host 0.0.0.0')
    await again.stop()
    expect(again.lines.join('\n')).not.toContain('#link/')
  })

  it('is refused without accounts', async () => {
    const { milkrun } = openFolder()
    const ended = await milkrun('serve --port 0 --host 0.0.0.0', { MILKRUN_ACCOUNTS: 'off' })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('계정이 필요합니다')
    expect((await milkrun('serve --port 0', { MILKRUN_ACCOUNTS: 'yes' })).code).toBe(2)
  })
})

describe('milkrun account', () => {
  it('makes an administrator, shows the link once, changes roles and keeps the last administrator', async () => {
    const { milkrun, addData } = openFolder()
    addData()
    const added = await milkrun('account add --role administrator --email Boss@Example.com --name Boss')
    expect(added).toMatchObject({ code: 0 })
    expect(added.stdout).toMatch(/^http:\/\/localhost:8080\/#link\/[\w-]{43}\n$/)
    const faulty = await milkrun('account add --role firm --email kim@example.com --lang en')
    expect(faulty).toMatchObject({ code: 2, stdout: '' })
    expect(faulty.stderr).toContain('names no complex')
    expect(faulty.stderr).toContain('names no firm')
    const kim = '--complex gwangju --email kim@example.com'
    expect((await milkrun(`account add --role coordinator ${kim}`)).code).toBe(0)
    expect((await milkrun(`account role --role carrier --carrier carrier-A ${kim}`)).code).toBe(0)
    expect(JSON.parse((await milkrun('account list --json')).stdout)).toMatchObject([
      { email: 'boss@example.com', active: false, members: [{ role: 'administrator' }] },
      { email: 'kim@example.com', members: [{ role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' }] },
    ])
    expect((await milkrun('account reset-password --email kim@example.com')).stdout).toContain('#link/')
    expect((await milkrun('account remove --email kim@example.com')).code).toBe(0)
    expect((await milkrun('account remove --email boss@example.com')).stderr).toContain('마지막 관리자')
    expect((await milkrun('account remove --email nobody@example.com')).code).toBe(2)
    expect((await milkrun('account')).code).toBe(2)
  })
})

describe('the secret', () => {
  it('is made once, for nobody else to read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'milkrun-secret-'))
    const [first, second] = await Promise.all([secretFor(folder, undefined), secretFor(folder, undefined)])
    expect(first).toBe(second)
    expect(first!.length).toBeGreaterThanOrEqual(43)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(first)
    expect(await secretFor(folder, 'x'.repeat(32))).toBe('x'.repeat(32))
    await expect(secretFor(folder, 'short')).rejects.toMatchObject({ code: 'secret.short' })
    writeFileSync(join(folder, 'secret'), '')
    await expect(secretFor(folder, undefined)).rejects.toMatchObject({ code: 'secret.damaged' })
  })
})
