import { expect, it } from 'vitest'
import { punctuality, type Stop } from '../../solver/index.ts'
import { makeProblem, makeShipment } from '../server/makeProblem.ts'

const HOUR_S = 3600

it('says until when a stop may begin, and by how much it misses what was wished', () => {
  const problem = makeProblem({
    shipments: [
      makeShipment('early', { from: 'supplier', to: 'member', pickupWindows: [[8 * HOUR_S, 9 * HOUR_S]] }),
      makeShipment('late', { from: 'member', to: 'supplier', due: 10 * HOUR_S, softDelivery: { closesS: 8 * HOUR_S } }),
    ],
  })
  const sites = problem.sites.map((site) => ({ ...site, windows: [[7 * HOUR_S, 12 * HOUR_S] as [number, number]] }))
  const visit = (shipment: string, kind: 'pickup' | 'delivery', startS: number) => ({
    shipment,
    kind,
    startS,
    endS: startS,
  })
  const startS = 8 * HOUR_S + 600
  const stop = {
    site: 'supplier',
    startS,
    visits: [visit('late', 'delivery', startS), visit('early', 'pickup', startS + 300)],
  } as unknown as Stop
  const room = punctuality({ ...problem, sites })
  // the second visit begins 300 s later: the stop may wait until 9:00 less these
  expect(room(stop)).toEqual({ latestS: 9 * HOUR_S - 300, lateS: 600 })
  // out of every window only what is due remains, and nothing where nothing is
  const outside = visit('late', 'delivery', 6 * HOUR_S)
  expect(room({ ...stop, startS: outside.startS, visits: [outside] })).toEqual({ latestS: 10 * HOUR_S, lateS: 0 })
  expect(room({ ...stop, visits: [] })).toEqual({ latestS: undefined, lateS: 0 })
})
