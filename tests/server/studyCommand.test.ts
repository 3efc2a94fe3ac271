import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, describe, expect, test } from 'vitest'
import { openCommandLine } from '../../server/commands/commandLine.ts'
import { loadComplex } from '../../server/complexes.ts'
import type { PickupResult, PickupStudy, Run } from '../../study/index.ts'
import { findStudyIssues } from '../../study/index.ts'

const FIXTURES = new URL('../../fixtures/studies/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'milkrun-study-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function milkrun(...words: readonly string[]) {
  const lines: string[] = []
  const notes: string[] = []
  const { run } = openCommandLine(words, {
    print: (line) => lines.push(line),
    note: (line) => notes.push(line),
    progress: () => {},
    startedMs: performance.timeOrigin + performance.now(),
  })
  return { code: await run(), lines, notes }
}

const write = (name: string, document: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(document))
  return path
}

const SMALL: PickupStudy = {
  kind: 'pickup',
  name: { ko: '작은 연구', en: 'a small study' },
  complex: 'gwangju',
  seeds: [1, 2],
  days: 1,
  iterations: 100,
  settings: [
    { id: 'base', name: { ko: '기본', en: 'base' }, changes: [] },
    { id: 'few', factor: 'firms', name: { ko: '5개사', en: '5 firms' }, changes: [{ kind: 'participants', count: 5 }] },
  ],
}
/** A preset as it is, but for routes that take a while. */
const briefly = (name: string): string => {
  const document = JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), 'utf8'))
  return document.routes
    ? write(`${name}.json`, { ...document, routes: { ...document.routes, days: 1, iterations: 100 } })
    : `fixtures/studies/${name}.json`
}

interface Answer {
  readonly result: PickupResult
  readonly runs: number
  readonly runsOf: readonly Run[]
}
const read = (path: string): Answer => JSON.parse(readFileSync(path, 'utf8'))

describe('milkrun study', () => {
  test.each(readdirSync(FIXTURES))('%s is a study without a fault', (name) => {
    expect(findStudyIssues(JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')), 'en')).toEqual([])
  })

  test.each(['gwangju-imports', 'reported-saving', 'supply-example', 'known-complexes', 'mold-complexes'])(
    'works out %s in both languages',
    async (name) => {
      for (const lang of ['ko', 'en']) {
        const { code, lines } = await milkrun('study', briefly(name), '--lang', lang)
        expect(code).toBe(0)
        expect(lines.length).toBeGreaterThan(4)
        const told = lines.join('\n')
        if (lang === 'en' && ['reported-saving', 'known-complexes'].includes(name)) expect(told).not.toMatch(/[가-힣]/)
        // every percentage of saving says what it rests on; every outage has both phases
        if (name === 'gwangju-imports') {
          const savings = lines.filter((line) => /오늘 대비|below today|against today/.test(line))
          expect(savings).toHaveLength(2)
          for (const line of savings) expect(line).toMatch(/가정한 가격에 따른 추정|estimate on assumed prices/)
        }
        if (name === 'supply-example') {
          expect(told.match(/\[긴급|\[Urgent/g)).toHaveLength(3)
          expect(told).toMatch(/밀크런이라야 감당할 만함|affordable because of the milk run/)
        }
      }
    },
  )

  test('gives the same figures however many threads share the work, and goes on where it was stopped', async () => {
    const study = write('small.json', SMALL)
    const [one, two, part, whole] = ['one', 'two', 'part', 'whole'].map((name) => join(folder, `${name}.json`))
    expect((await milkrun('study', study, '--threads', '1', '--out', one)).code).toBe(0)
    await milkrun('study', study, '--threads', '2', '--out', two)
    expect(read(two).runsOf).toEqual(read(one).runsOf)
    expect(read(one).runs).toBe(4)
    for (const { planKrw, baselineKrw, steps } of read(one).runsOf) {
      expect(planKrw).toBeLessThanOrEqual(baselineKrw.B1)
      expect(baselineKrw.B1 + steps.mode + steps.truckSize + steps.routing).toBe(planKrw)
    }

    await milkrun('study', write('first.json', { ...SMALL, seeds: [1] }), '--out', part)
    const paper = join(folder, 'report.pdf')
    await milkrun('study', study, '--from', part, '--out', whole, '--report', paper, '--lang', 'en')
    expect(readFileSync(paper).subarray(0, 5).toString()).toBe('%PDF-')
    expect(read(whole).result).toEqual(read(one).result)
    // the files that it was given stand in the command that gives it again
    const { demand } = await loadComplex('gwangju')
    const beside = [
      '--data',
      write('complex.json', await loadComplex('gwangju')),
      '--demand',
      write('fit.json', demand),
    ]
    const sheets = join(folder, 'report.xlsx')
    const told = await milkrun('study', study, ...beside, '--report', sheets, '--lang', 'en')
    expect(told.code, told.notes.join('\n')).toBe(0)
    const method = (await readXlsxFile(readFileSync(sheets))).find(({ sheet }) => sheet === 'Method')!.data
    expect(method.flat().join(' ')).toContain('study study.json --demand demand.json --data complex.json --out')
    const other = await milkrun('study', write('other.json', { ...SMALL, iterations: 200 }), '--from', part)
    expect(other.code).toBe(2)
  })

  test('holds an own complex against the known ones, from a list of firms and a pickup study, and refuses a list with faults', async () => {
    const list = join(folder, '새 단지.csv')
    writeFileSync(list, '업체명,공정,위도,경도\r\n가나금형,금형,35.12,126.76\r\n다라금형,금형,35.13,126.77\r\n')
    const out = join(folder, 'complexes.json')
    const told = await milkrun(
      'study',
      'fixtures/studies/known-complexes.json',
      '--firms',
      list,
      '--out',
      out,
      '--lang',
      'en',
    )
    expect(told.code).toBe(0)
    expect(told.lines.join('\n')).toMatch(/47 complexes, 4 indicators/)
    const { document, result } = JSON.parse(readFileSync(out, 'utf8'))
    expect(document.complexes.at(-1)).toMatchObject({ name: { ko: '새 단지' }, processes: ['mold'] })
    expect(result.complexes.at(-1).figures.firms.figure).toMatchObject({ value: 2, certainty: 'C' })
    expect(result.ranked.at(-1).total.value).toBeGreaterThan(0)
    const pickup = join(folder, 'pickup.json')
    await milkrun('study', write('pickup-study.json', SMALL), '--threads', '1', '--out', pickup)
    const known = ['study', 'fixtures/studies/known-complexes.json', '--json', '--lang', 'en'] as const
    const saved = await milkrun(...known, '--saving', `gwangju-mold=${pickup}`)
    const { savingShare, krwPerTonne } = JSON.parse(saved.lines[0]!).result.complexes.find(
      ({ id }: { id: string }) => id === 'gwangju-mold',
    ).figures
    const [base] = read(pickup).result.settings
    expect(savingShare.figure).toMatchObject({ value: base!.saving.B1.value, certainty: 'X' })
    // of one day: won a day ÷ tonnes a day
    expect(krwPerTonne.figure.value).toBeCloseTo((base!.baselineKrw.B1 - base!.planKrw) / (base!.weightKg / 1000), 6)
    expect((await milkrun(...known, '--saving', `busan=${pickup}`)).code).toBe(2)
    expect((await milkrun(...known, '--saving', `gwangju-mold=${out}`)).code).toBe(2)
    writeFileSync(list, '업체명,위도,경도\r\n,126.76,35.12\r\n')
    const refused = await milkrun('study', 'fixtures/studies/known-complexes.json', '--firms', list, '--lang', 'en')
    expect(refused.code).toBe(2)
    expect(refused.notes.join('\n')).toMatch(/swapped/)
  })

  test('tells every fault of a study with its place', async () => {
    const broken = {
      ...SMALL,
      seeds: [],
      settings: [
        { id: 'x', name: { ko: '', en: '' }, changes: [{ kind: 'detours', percent: 3 }, { kind: 'stopFee' }] },
      ],
    }
    const { code, notes } = await milkrun('study', write('broken.json', broken), '--lang', 'en')
    expect(code).toBe(2)
    const told = notes.join('\n')
    expect(told).toContain('seeds')
    expect(told).toContain('settings/0/changes/0/kind')
    expect(told).toContain('settings/0/changes/1/krw')
    const imports = JSON.parse(readFileSync(new URL('gwangju-imports.json', FIXTURES), 'utf8'))
    imports.today[0].way = 'rail'
    imports.suppliers[0].kgPerYear = 1
    expect(findStudyIssues(imports, 'en').map(({ path }) => path)).toEqual([
      'today/0/way',
      'suppliers/0/kgPerYear',
      'uncertain/0', // what is used has left its range
    ])
    const named = await milkrun(
      'study',
      'fixtures/studies/reported-saving.json',
      '--report',
      'report.doc',
      '--lang',
      'en',
    )
    expect(named.code).toBe(2)
    expect(named.notes.join(' ')).toContain('.pdf or .xlsx')
    expect(findStudyIssues([], 'ko')).toHaveLength(1)
    expect(findStudyIssues({ kind: 'wish' }, 'ko')).toHaveLength(1)
  })

  test('fits a demand model to order files, which another study draws from', async () => {
    const demand = join(folder, 'demand.json')
    const files = ['seed-01', 'seed-03'].map((name) =>
      fileURLToPath(new URL(`../../fixtures/gwangju/orders/${name}.csv`, import.meta.url)),
    )
    const { code, lines } = await milkrun('study', 'fit', ...files, '--out', demand, '--lang', 'en')
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^9\d\d orders of 20 working days \(2026-11-23 to 2026-12-18\), 24 firms, 13 flows$/)
    expect(lines.join('\n')).toMatch(/A24: \d+\.\d\d \(/)
    expect(lines.at(-1)).toMatch(/tests/)
    const fitted = JSON.parse(readFileSync(demand, 'utf8'))
    expect(fitted.from).toBe('2026-12-21')
    expect(Object.keys(fitted.flows[0].perFirm)).toHaveLength(24)
    const drawn = await milkrun('study', write('small.json', SMALL), '--demand', demand, '--json')
    expect(drawn.code).toBe(0)
    // its source is in the ledger, and its days are those after the orders
    expect(JSON.parse(drawn.lines[0]!).sources).toEqual([expect.objectContaining({ path: 'demand', certainty: 'X' })])
    const few = await milkrun('study', 'fit', write('none.csv', 'x'), '--lang', 'en')
    expect([few.code, few.notes.join(' ')]).toEqual([2, expect.stringContaining('5 at least')])
  })

  test('makes a complex to study of a list of firms, and tells every row at fault', async () => {
    const list = (...rows: string[]) => {
      const path = join(folder, 'firms.csv')
      writeFileSync(path, ['업체명,공정,종업원수,위도,경도', ...rows].join('\n'))
      return path
    }
    const bad = list('가,금형,12,37.53,126.79', '나,연금술,12,37.5,126.8', '다,도금,많음,,', '가,금형,3,37.53,126.79')
    const faults = await milkrun('study', 'fit', '--firms', bad, '--lang', 'en')
    expect(faults.code).toBe(2)
    for (const told of ['row 3', '연금술', 'Neither a size', 'Nothing says where'])
      expect(faults.notes.join('\n')).toContain(told)
    const out = join(folder, 'complex.json')
    const good = list('가,금형,12,37.53,126.79', '다,도금,30명,,', '라,금형,60,37.54,126.8')
    const made = await milkrun(
      'study',
      'fit',
      '--firms',
      good,
      '--name',
      'Valley',
      '--at',
      '37.53,126.79',
      '--out',
      out,
      '--lang',
      'en',
    )
    expect(made.code).toBe(0)
    expect(made.lines.join('\n')).toContain('1 firms without a point')
    expect(made.lines.join('\n')).toContain('without any source')
    const data = JSON.parse(readFileSync(out, 'utf8'))
    expect(data.firms.map(({ size }: { size: string }) => size)).toEqual(['small', 'medium', 'large'])
    // plating firms order no steel, mold firms do; by the assumptions four goods a week come to a medium plating firm
    const perFirm = (flow: string) => data.demand.flows.find(({ id }: { id: string }) => id === flow)?.perFirm
    expect(perFirm('surfaceIn')).toEqual({ 'firm-2': 0, 'firm-3': 4, 'firm-4': 0 })
    expect(perFirm('steel')).toMatchObject({ 'firm-3': 0, 'firm-4': 2 })
    const study = write('valley.json', { ...SMALL, complex: 'valley' })
    expect((await milkrun('study', study, '--data', out)).code).toBe(0)
    expect((await milkrun('study', study)).code).toBe(2)
    expect((await milkrun('study', write('small.json', SMALL), '--data', out)).code).toBe(2)
  })
})
