import { expect, it, vi } from 'vitest'
import type { Plan } from '../../solver/index.ts'
import { makeProblem } from './makeProblem.ts'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig(PATIENT)

/** Trucks of the carrier alone carry, so that there is a round. */
const day = makeProblem({
  vehicles: makeProblem().vehicles.map((vehicle, k) => ({ ...vehicle, count: k === 0 ? 2 : 0 })),
  shipments: makeProblem()
    .shipments.slice(0, 2)
    .map((shipment) => ({ ...shipment, modes: ['route'] })),
})

it('plans the rest of a day under way, tells whom it concerns, and its files can be checked', async () => {
  const { milkrun, read, write } = openFolder()
  write('day.json', day)
  await milkrun('plan day.json --iterations 100 --out plan.json')
  const { routes }: Plan = JSON.parse(read('plan.json'))
  const [route] = routes
  write('events.json', [{ kind: 'breakdown', route: route!.id }])
  const minute = Math.ceil(route!.stops[0]!.leaveS / 60) + 1
  const now = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const search = `--now ${now} --iterations 20 --problem rest.json --out next.json --lang en`
  const ended = await milkrun(`disturb day.json plan.json events.json ${search}`)
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/stands at 고장 지점 .*taken over/s) })
  expect(ended.stdout).toMatch(/^cost ₩[\d,]+ \(the plan before ₩[\d,]+\), 0 unserved\nRoute .+: .* dropped/)
  expect(await milkrun('check rest.json next.json')).toMatchObject({ code: 0 })
  const json = JSON.parse((await milkrun(`disturb day.json plan.json events.json ${search} --json`)).stdout)
  expect(json.standings).toMatchObject([{ route: route!.id, stands: true }])

  const events = [
    { kind: 'late', route: 'none', lateS: 60 },
    { kind: 'order', shipment: day.shipments[0] },
  ]
  write('events.json', { events })
  const wrong = await milkrun(`disturb day.json plan.json events.json ${search}`)
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/events\/0\/route.*events\/1\/shipment\/id/s) })
  write('events.json', { events: [{ kind: 'flood' }] })
  expect((await milkrun(`disturb day.json plan.json events.json ${search}`)).code).toBe(2)
  expect((await milkrun('disturb day.json plan.json events.json --now ten')).code).toBe(2)
})
