import { expect, it } from 'vitest'
import { cachedProvider } from '../../../server/travel/cached.ts'
import { cellsInMemory } from '../../../server/travel/cells.ts'
import { matrixFileProvider, readMatrix } from '../../../server/travel/matrixFile.ts'
import { osrmOverHttp } from '../../../server/travel/osrm.ts'
import type { TravelProvider } from '../../../server/travel/provider.ts'
import { SOURCES } from '../../../server/travel/sources.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { valhallaOverHttp } from '../../../server/travel/valhalla/overHttp.ts'
import { contract, JEJU, PLACES } from './contract.ts'
import { openFakeOsrm } from './fakeOsrm.ts'
import { openFakeValhalla } from './fakeValhalla.ts'

it('is held against every source that an operator can choose', () => {
  // Valhalla in process, and over HTTP with the engine behind it: valhallaContract.test.ts
  expect(SOURCES.map(({ form }) => form.replace(/(:|http).*/, '$1'))).toEqual([
    'trunk',
    'valhalla:',
    'valhalla+http',
    'osrm+http',
    'matrix:',
  ])
})

contract('trunk', async () => ({
  provider: trunk,
  places: PLACES,
  lost: JEJU,
  truck: '5t',
  close: async () => {},
}))

contract('OSRM over HTTP', async () => {
  const fake = await openFakeOsrm()
  fake.publish('2026-11-01')
  return {
    provider: osrmOverHttp(fake.address),
    places: PLACES,
    lost: JEJU,
    truck: '5t',
    onOtherData: async () => {
      fake.publish('2026-11-15')
      return osrmOverHttp(fake.address)
    },
    close: fake.close,
  }
})

contract('Valhalla over HTTP', async () => {
  const fake = await openFakeValhalla()
  return {
    provider: valhallaOverHttp(fake.address),
    places: PLACES,
    lost: JEJU,
    truck: '5t',
    onOtherData: async () => {
      fake.publish()
      return valhallaOverHttp(fake.address)
    },
    close: fake.close,
  }
})

contract('a source whose cells are kept', async () => {
  const fake = await openFakeOsrm()
  return {
    provider: cachedProvider(osrmOverHttp(fake.address), cellsInMemory()),
    places: PLACES,
    lost: JEJU,
    truck: '5t',
    close: fake.close,
  }
})

/** Minutes and kilometres as somebody would type them, eastward longer than westward. */
function typedMatrix(kmPerMinute: number): TravelProvider {
  const names = PLACES.map(({ id }) => id)
  const km = PLACES.map((from) =>
    PLACES.map(
      (to) => Math.round(Math.hypot(to.lng - from.lng, to.lat - from.lat) * 1300 + (to.lng > from.lng ? 7 : 0)) / 10,
    ),
  )
  const table = (head: string, cell: (value: number) => number) =>
    [[head, ...names], ...km.map((row, k) => [names[k], ...row.map(cell)])].map((row) => row.join(',')).join('\n')
  const text = `${table('거리(km)', (value) => value)}\n\n${table('시간(분)', (value) => value / kmPerMinute)}\n`
  return matrixFileProvider('typed.csv', readMatrix(new TextEncoder().encode(text), 'ko').data!)
}

contract('a matrix file', async () => ({
  provider: typedMatrix(0.8),
  places: PLACES,
  lost: JEJU,
  truck: '5t',
  onOtherData: async () => typedMatrix(0.5),
  close: async () => {},
}))
