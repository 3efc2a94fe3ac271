import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { PLAN_FILE_FORMAT } from '../../solver/index.ts'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig(PATIENT)

const OLD = fileURLToPath(new URL('../../fixtures/planFiles/v0.1.0.json', import.meta.url))
const FOUR_STOPS = fileURLToPath(new URL('../../fixtures/tiny/four-stops.json', import.meta.url))

it('milkrun export writes a plan file, of an older version too, in every format', async () => {
  const { milkrun, read, readBytes } = openFolder()
  for (const name of ['a.xlsx', 'a.csv', 'a.json', 'a.geojson', 'a.pdf'])
    expect(await milkrun(`export ${OLD} --out ${name}`)).toMatchObject({ code: 0, stdout: `${name}\n` })
  expect(readBytes('a.xlsx').subarray(0, 2).toString()).toBe('PK')
  expect(read('a.pdf').slice(0, 5)).toBe('%PDF-')
  expect(read('a.csv').split('\r\n')).toHaveLength(1 + 2 + 1)
  expect(JSON.parse(read('a.geojson')).type).toBe('FeatureCollection')
  // now in the present form, and still the same plan with the same proof
  expect(JSON.parse(read('a.json')).format).toBe(PLAN_FILE_FORMAT)
  expect(await milkrun(`check ${FOUR_STOPS} a.json`)).toMatchObject({ code: 0 })
  expect(await milkrun('verify a.json')).toMatchObject({ code: 0 })
  await milkrun('export a.json --out b.json')
  expect(read('b.json')).toBe(read('a.json'))
})

it('milkrun export says what is missing', async () => {
  const { milkrun, write } = openFolder()
  write('bare.json', {
    routes: [],
    direct: [],
    unserved: [],
    costLines: [],
    costKrw: 0,
    violations: [],
    provenance: { version: '0', seed: 1, iterations: 1, threads: 1, travelKey: 't', estimated: true },
  })
  for (const [args, words] of [
    ['export bare.json --out a.xlsx', 'carries no problem'],
    ['export bare.json', '--out'],
    ['export bare.json --out a.doc', 'xlsx, csv, json, geojson'],
  ] as const) {
    const ended = await milkrun(`${args} --lang en`)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(words)
  }
})
