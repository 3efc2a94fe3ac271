import { expect, it, vi } from 'vitest'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig(PATIENT)

const NAJU = '전남 나주시 왕곡면 혁신산단길 46'
const NOWHERE = '강원 고성군 간성읍 수성로 1'
const ORDERS = [
  '접수번호,상차일,업체명,상차지,하차지,중량,상차지주소',
  `G1,2026-11-23,금형A07,새강재,금형A07,600,${NAJU}`,
  `G2,2026-11-23,금형A08,먼강재,금형A08,300,${NOWHERE}`,
].join('\r\n')

it('milkrun import guesses what it can, writes down what waits, and plans all of it once that is filled in', async () => {
  const { milkrun, read, write } = openFolder()
  write('orders.csv', ORDERS)
  const form = '--complex gwangju --out day.json --lang en'
  const first = await milkrun(`import orders.csv ${form} --waiting places.csv`)
  expect(first.code, first.stderr).toBe(0)
  expect(first.stderr).toContain('is a guess')
  expect(first.stderr).toContain('was not found')
  expect(JSON.parse(read('day.json')).sites.at(-1)).toMatchObject({ name: '새강재', precision: 'sigungu' })
  expect(read('places.csv')).toContain(`새강재,${NAJU},,\r\n`)

  write(
    'places.csv',
    read('places.csv').replace(`${NAJU},,`, `${NAJU},34.98,126.69`).replace(`${NOWHERE},,`, `${NOWHERE},38.37,128.46`),
  )
  const second = await milkrun(`import orders.csv ${form} --places places.csv`)
  expect(second.code, second.stderr).toBe(0)
  expect(second.stderr).toBe('')
  expect(JSON.parse(read('day.json')).shipments).toHaveLength(2)
})

it('milkrun places remembers what is set or imported, lists it and forgets it', async () => {
  const { milkrun, write, addData } = openFolder()
  addData()
  const inComplex = (rest: string) => milkrun(`places ${rest} --complex gwangju --lang en`)
  // the test's command line is cut at spaces
  const address = NOWHERE.replaceAll(' ', '\u3000')
  const set = await inComplex(`set --address=${address} --lat 38.37 --lng 128.46`)
  expect(set.code, set.stderr).toBe(0)
  write('places.csv', `주소,위도,경도\r\n${NAJU},34.98,126.69\r\n${NAJU}2,1,2\r\n`)
  const imported = await inComplex('import places.csv')
  expect(imported.stdout).toContain('1 addresses of 2 rows')
  expect(imported.stderr).toContain('outside Korea')
  const list = await inComplex('list --json')
  expect(JSON.parse(list.stdout)).toMatchObject([
    { address: NOWHERE, source: 'hand', state: 'placed' },
    { address: NAJU, source: 'file' },
  ])
  expect((await inComplex(`remove --address=${address}`)).code).toBe(0)
  const found = await inComplex(`find --address=${address}`)
  expect([found.code, found.stderr.trim()]).toEqual([1, 'Nothing was found.'])
  expect((await inComplex('orders')).stdout).toContain('0 orders joined')
  expect((await inComplex('set --address x --lat north --lng 1')).code).toBe(2)
})
