import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { MonthSchema } from '../../server/api.ts'
import { makeProblem } from './makeProblem.ts'
import { expectShape } from './openApp.ts'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig(PATIENT)

it('settles a month of the folder, by itself or through the service that uses it, the same to the won', async () => {
  const { start, milkrun, addData, has } = openFolder()
  addData()
  const child = start('serve --port 0')
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const address = `${/http:\/\/127\.0\.0\.1:\d+/.exec(line)![0]}/api`
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const content = { 'content-type': 'application/json', 'x-milkrun': '1', ...headers }
    const answer = await fetch(`${address}${path}`, { method: 'POST', headers: content, body: JSON.stringify(body) })
    return (await answer.json()) as { id: string }
  }
  const problem = await post('/problems', makeProblem())
  const { id } = await post(`/problems/${problem.id}/jobs`, { seconds: 60, iterations: 50 })
  await (await fetch(`${address}/jobs/${id}/events`)).text()
  const { plan } = (await (await fetch(`${address}/jobs/${id}`)).json()) as { plan: string }
  const etag = (await fetch(`${address}/plans/${plan}`)).headers.get('etag')!
  await post(`/plans/${plan}/confirm`, {}, { 'if-match': etag })

  const asked = await milkrun('settle --complex gwangju --month 2026-11 --json')
  expect(asked.code, asked.stderr).toBe(0)
  const month = JSON.parse(asked.stdout)
  expectShape(MonthSchema, month)
  const day = month.days.find((one: { plan?: string }) => one.plan === plan)
  expect(day).toMatchObject({ state: 'ready', basis: 'planned' })
  expect(month.sums.firmsKrw).toBe(month.sums.carriersKrw + month.sums.terminalKrw)
  child.kill('SIGTERM')
  await once(child, 'close')

  const own = await milkrun('settle --complex gwangju --month 2026-11 --json --out month.xlsx')
  expect(JSON.parse(own.stdout)).toEqual(month)
  expect(has('month.xlsx')).toBe(true)
  expect((await milkrun('settle --complex gwangju --month 2026-11 --lang en')).stdout).toMatch(
    /firms ₩[\d,]+ = carriers ₩/,
  )
  expect((await milkrun('settle --complex gwangju --month november')).code).toBe(2)
  expect((await milkrun('settle --complex nowhere --month 2026-11')).code).toBe(2)
}, 120_000)
