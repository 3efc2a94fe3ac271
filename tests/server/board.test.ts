import { describe, expect, it } from 'vitest'
import { type Board, type BoardRound, BoardSchema } from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import type { Plan, Problem } from '../../solver/index.ts'
import { planOf } from '../solver/routes.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const HOUR = 3600
/** Ten minutes between any two places. */
const LEG_S = 600
const cells = (value: number) => Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? 0 : value))
const travel = {
  key: 'test',
  estimated: true,
  tables: [
    {
      trucks: ['1t' as const, '2.5t' as const],
      durationS: cells(LEG_S),
      distanceM: cells(8000),
      tollKrw: cells(0),
    },
  ],
}

/** supplier → member, to begin there by half past nine; then the hired truck to the port. */
function makeDay(nowS: number): { problem: Problem; plan: Plan } {
  const [round, spot] = makeProblem().vehicles
  const problem = makeProblem({
    vehicles: [round!, { ...spot!, count: 0 }],
    startsAt: new Date(Date.now() - nowS * 1000).toISOString(),
    travel,
    shipments: [
      makeShipment('plates', {
        from: 'supplier',
        to: 'member',
        loadS: 900,
        unloadS: 600,
        pickupWindows: [[9 * HOUR, 9 * HOUR + 600]],
        due: 9 * HOUR + 1800,
        modes: ['route'],
      }),
      makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900, modes: ['hired'] }),
    ],
  })
  return { problem, plan: planOf(problem, travel, { iterations: 20 }) }
}

/** The plan: at the supplier from 9:00 to 9:15, at the member at 9:25. */
async function open(nowS: number) {
  const { app, store } = await openApp()
  const { problem, plan } = makeDay(nowS)
  const id = await store.problems.add('gwangju', problem)
  await store.plans.put({ id: 'p', problem: id, plan })
  await store.plans.confirm('p', 1, '{}')
  const at = (seconds: number) => new Date(Date.parse(problem.startsAt) + seconds * 1000).toISOString()
  const send = async (...events: object[]) => {
    const sent = await app.inject({ method: 'POST', url: '/api/plans/p/actuals', payload: { events } })
    expect(sent.statusCode, sent.body).toBe(200)
  }
  return { app, store, plan, at, send }
}
const read = async (app: App): Promise<Board> => {
  const answer = await app.inject('/api/plans/p/board')
  expect(answer.statusCode, answer.body).toBe(200)
  expectShape(BoardSchema, answer.json())
  return answer.json()
}
const roundOf = ({ rounds }: Board): BoardRound => rounds.find(({ number }) => number === 1)!
const timesOf = ({ stops }: BoardRound) => stops.map(({ arriveS, leaveS }) => [arriveS, leaveS])

describe('the live board', () => {
  it('is the plan before the day begins, hired trucks alone with it', async () => {
    const { app, plan } = await open(-2 * HOUR)
    const board = await read(app)
    expect([board.nowS, board.over, board.estimated]).toEqual([0, false, true])
    expect(board.rounds.map(({ number, shipment, need, state }) => [number ?? shipment, need, state])).toEqual([
      ['mold', 'waiting', 'waiting'],
      [1, 'waiting', 'waiting'],
    ])
    expect(timesOf(roundOf(board))).toEqual(plan.routes[0]!.stops.map(({ arriveS, leaveS }) => [arriveS, leaveS]))
  })

  it('says what will be late before it is, since when that was to be seen, and where the truck should be', async () => {
    // 9:20: it has left the supplier at 9:19, four minutes late; another 600 s to the member, which is 29, in time by 60 s
    const nowS = 9 * HOUR + 1210
    const { app, send, at } = await open(nowS)
    const arrived = { id: 'a', route: '1', stop: 0, kind: 'arrived', at: at(9 * HOUR) }
    await send({ id: 'd', route: '1', kind: 'departed', at: at(9 * HOUR - LEG_S) }, arrived)
    // it stands there still: expected to leave now, at the member after 9:30
    const standing = roundOf(await read(app))
    expect([standing.need, standing.state, standing.lateStops]).toEqual(['late', 'there', 1])
    // nothing was told before now: since it was five minutes late to leave, which is all the room there is
    expect(standing.stops[1]!.foreseenS).toBe(9 * HOUR - LEG_S + 301)
    expect(standing.quietS).toBeGreaterThanOrEqual(300)
    expect(standing.place).toEqual({ lng: 126.812, lat: 35.208 })

    await send({ id: 'l', route: '1', stop: 0, kind: 'left', at: at(9 * HOUR + 1140) })
    const onTime = roundOf(await read(app))
    expect(onTime.stops[1]).toMatchObject({ state: 'ahead', arriveS: 9 * HOUR + 1740, lateS: 0, slackS: 60 })
    expect([onTime.need, onTime.state, onTime.behindS, onTime.roomS]).toEqual(['tight', 'driving', 240, 60])
    // a tenth of the way is behind it
    expect(onTime.place!.lat).toBeGreaterThan(35.17)
    expect(onTime.place!.lat).toBeLessThan(35.208)

    // corrected: it left only now. 5 s more than there are
    await send({ id: 'l2', corrects: 'l', route: '1', stop: 0, kind: 'left', at: at(9 * HOUR + 1205) })
    const late = roundOf(await read(app))
    expect([late.need, late.lateStops]).toEqual(['late', 1])
    expect(late.stops[1]!.lateS).toBeGreaterThan(0)
    expect(late.stops[1]!.lateS).toBeLessThanOrEqual(30)
    expect(late.stops[0]).toMatchObject({ state: 'left', arrivedS: 9 * HOUR, lateS: 0 })
  })

  it('puts first what needs somebody, and counts what drivers wrote until it is read', async () => {
    const { app, store, send, at } = await open(9 * HOUR + 60)
    const hired = 'direct-mold'
    // nobody has said that they have left
    expect((await read(app)).rounds.map(({ need, state }) => [need, state])).toEqual([
      ['late', 'notLeft'],
      ['quiet', 'notLeft'],
    ])
    await send(
      { id: 'd', route: '1', kind: 'departed', at: at(8 * HOUR + 3000) },
      { id: 'a', route: '1', stop: 0, kind: 'arrived', at: at(9 * HOUR) },
    )
    await send({ id: 'p1', route: '1', stop: 0, kind: 'problem', note: '지게차 고장', at: at(9 * HOUR + 30) })
    await store.messages.add('p', 'driver', [{ id: 'm', route: hired, text: '어디로?' }])
    const board = await read(app)
    expect(board.rounds.map(({ need, unread }) => [need, unread])).toEqual([
      ['problem', 0],
      ['quiet', 1],
    ])
    expect(roundOf(board).problems).toMatchObject([{ note: '지게차 고장', stop: 0, open: true, photos: [] }])
    // it goes on: the problem is over
    await send({ id: 'l', route: '1', stop: 0, kind: 'left', at: at(9 * HOUR + 55) })
    expect(roundOf(await read(app))).toMatchObject({ need: 'going', problems: [{ open: false }] })
    expectRefusal(await app.inject('/api/plans/none/board'), 404)
  })

  it('asks nothing of a day that is over', async () => {
    const { app, send, at } = await open(40 * HOUR)
    const events = [
      { id: 'a', kind: 'arrived', stop: 0, at: at(9 * HOUR) },
      { id: 'b', kind: 'left', stop: 0, at: at(9 * HOUR + 900) },
      { id: 'c', kind: 'arrived', stop: 1, at: at(9 * HOUR + 1900) },
      { id: 'e', kind: 'left', stop: 1, at: at(9 * HOUR + 2500) },
    ]
    await send(...events.map((event) => ({ ...event, route: '1' })))
    const board = await read(app)
    const round = roundOf(board)
    expect([board.over, round.need, round.state, round.lateStops]).toEqual([true, 'finished', 'finished', 0])
    // it was late, and that stays to be seen
    expect(round.stops[1]).toMatchObject({ state: 'left', lateS: 100, arrivedS: 9 * HOUR + 1900 })
    expect(round.place).toBeUndefined()
  })
})
