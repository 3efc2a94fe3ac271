import { beforeAll, describe, expect, it, vi } from 'vitest'
import { STUDY_KINDS } from '../../../server/api.ts'
import { ATTACKS } from '../../../server/reports/study/attacks.ts'
import type { StudyPapers } from '../../../server/reports/study/index.ts'
import { ledgerOf } from '../../../server/reports/study/ledger.ts'
import { sayIn } from '../../../server/reports/study/words.ts'
import { type Study, summarisePickup, sumNational } from '../../../study/index.ts'
import {
  drawn,
  FAILED_BECAUSE,
  national,
  preset,
  quick,
  readPdf,
  readSheets,
  routed,
  squeezed,
  withFirms,
  workedOut,
} from './studyPapers.ts'

vi.setConfig({ testTimeout: 120_000 })

/** A pickup study with other runs than it has. */
async function withRuns(take: (papers: StudyPapers) => StudyPapers['runs'], of = drawn()): Promise<StudyPapers> {
  const papers = await of
  if (papers.study.kind !== 'pickup') throw new Error(papers.study.kind)
  const runs = take(papers)
  return {
    ...papers,
    runs,
    done: runs.length,
    result: { kind: 'pickup', pickup: summarisePickup(papers.study, runs, 250) },
  }
}
/** A study of which nothing is drawn, with another document. */
async function changed<K extends Study['kind']>(
  name: string,
  kind: K,
  change: (study: Extract<Study, { kind: K }>) => Study,
): Promise<StudyPapers> {
  const whole = await preset(name)
  if (whole.kind !== kind) throw new Error(whole.kind)
  return await workedOut(change(whole as Extract<Study, { kind: K }>))
}
async function nationalWithout(): Promise<StudyPapers> {
  const papers = await national()
  if (papers.study.kind !== 'national') throw new Error(papers.study.kind)
  const parts = papers.parts!.map((part) => ({ ...part, state: 'failed' as const, done: 0, error: FAILED_BECAUSE.en }))
  const none = { kind: 'national', national: sumNational(papers.study, []) } as const
  return {
    ...papers,
    parts,
    done: 0,
    state: 'failed',
    result: none,
    complexes: undefined,
    sources: [],
    roads: undefined,
  }
}

/** Every kind whole, in pieces, stopped, failed, and without what it may be without. */
const CASES: readonly (readonly [name: string, make: () => Promise<StudyPapers>])[] = [
  ['pickup', drawn],
  ['pickup, of which firms take part', withFirms],
  ['pickup, stopped after six days', async () => ({ ...(await drawn(6)), state: 'stopped' })],
  ['pickup, of a single day', async () => await withRuns(({ runs }) => runs.slice(0, 1))],
  [
    'pickup, broken off before its first day',
    async () => ({ ...(await withRuns(() => [])), state: 'failed', error: 'no roads' }),
  ],
  [
    'pickup, with quiet days only',
    async () =>
      await withRuns(({ runs }) => runs.map((run) => ({ ...run, planKrw: 0, baselineKrw: { B0: 0, B1: 0, B2: 0 } }))),
  ],
  [
    'pickup, without its first setting',
    async () => await withRuns(({ runs }) => runs.filter(({ setting }) => setting === 'few')),
  ],
  [
    'pickup, with runs of an older version',
    async () => await withRuns(({ runs }) => runs.map(({ lateness: _, firms: __, ...run }) => run), withFirms()),
  ],
  ['pickup, of somebody else’s complex', async () => ({ ...(await withFirms()), data: undefined, roads: undefined })],
  ['national', async () => await national(3, 2)],
  ['national, of two hundred complexes', async () => await national(200)],
  ['national, of one that failed', nationalWithout],
  [
    'national, whose parts nobody gives',
    async () => ({ ...(await national()), parts: undefined, complexes: undefined, sources: [] }),
  ],
  ['imports', async () => await quick('gwangju-imports')],
  [
    'imports, with nothing uncertain',
    async () => await changed('gwangju-imports', 'imports', ({ uncertain: _, ...study }) => study),
  ],
  [
    'imports, of two draws',
    async () => await changed('gwangju-imports', 'imports', (study) => ({ ...study, draws: { seed: 1, count: 2 } })),
  ],
  [
    'imports, that cost nothing today',
    async () =>
      await changed('gwangju-imports', 'imports', ({ uncertain: _, ...study }) => ({
        ...study,
        ordersPerYear: [1],
        reported: [],
        programmeKrwPerYear: 0,
      })),
  ],
  ['appraisal', async () => await quick('reported-saving')],
  [
    'appraisal, without any line',
    async () => await changed('reported-saving', 'appraisal', (study) => ({ ...study, flows: [] })),
  ],
  ['supply', async () => await quick('supply-example')],
  ['supply, with routes', routed],
  ['supply, with routes of somebody else’s complex', async () => ({ ...(await routed()), data: undefined })],
  [
    'supply, without outages, routes or a second supplier',
    async () =>
      await changed('supply-example', 'supply', ({ routes: _, diversify: __, ...study }) => ({
        ...study,
        outages: [],
      })),
  ],
  [
    'supply, of which no stock and no price is known',
    async () =>
      await changed('supply-example', 'supply', (study) => ({
        ...study,
        register: {
          ...study.register,
          items: study.register.items.map(({ unitKrw: _, alternatives: __, ...item }) => ({
            ...item,
            uses: item.uses.map(({ stock: ___, ...use }) => use),
          })),
        },
      })),
  ],
  ['complexes', async () => await quick('mold-complexes')],
  ['complexes, the known ones', async () => await quick('known-complexes')],
  [
    'complexes, of which nothing is known',
    async () =>
      await changed('mold-complexes', 'complexes', ({ compare: _, ...study }) => ({
        ...study,
        complexes: [{ id: 'one', name: { ko: '하나', en: 'one' } }],
      })),
  ],
]

it('has a case for every kind of study that there is', () => {
  for (const kind of STUDY_KINDS)
    expect(CASES.filter(([name]) => name.startsWith(kind)).length, kind).toBeGreaterThan(1)
})

const LOCALES = ['ko', 'en'] as const
describe.each(CASES)('%s', (name, make) => {
  // a kind as it should be in both languages, each of its misfortunes in one of them
  const at = CASES.findIndex(([one]) => one === name)
  const locales = name.includes(',') ? [LOCALES[at % 2]!] : LOCALES

  let papers: StudyPapers
  beforeAll(async () => {
    papers = await make()
    expect(papers.result.kind).toBe(name.split(',')[0])
  })

  it.each(locales)('is a paper in %s that says what was asked, answered and put in', async (locale) => {
    const { text, first, files, pages } = await readPdf(papers, locale)
    expect(first).toContain(squeezed(papers.study.name[locale]).slice(0, 12))
    expect(first).toContain(locale === 'ko' ? '(기준' : '(baseline')
    for (const attack of ATTACKS) expect(text).toContain(squeezed(attack[locale]))
    for (const { source, sourceKo, path } of papers.sources)
      expect(text, path).toContain(squeezed((locale === 'ko' && sourceKo) || source))
    expect(text).toContain(squeezed('npm run -s milkrun -- study study.json'))
    expect(JSON.parse(new TextDecoder().decode(files['study.json']!.content))).toEqual(papers.study)
    for (const page of pages) expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/)
  })

  it.each(locales)('is a workbook in %s whose cells are words or figures', async (locale) => {
    const sheets = await readSheets(papers, locale)
    const cells = [...sheets.values()].flat(2)
    expect(cells.length).toBeGreaterThan(100)
    for (const cell of cells) {
      if (typeof cell === 'number') expect(Number.isFinite(cell)).toBe(true)
      else if (typeof cell === 'string') expect(cell).not.toMatch(/\bNaN\b|\bInfinity\b|undefined|\[object/)
    }
    expect(sheets.get(locale === 'ko' ? '공격과 답' : 'Attacks and answers')).toHaveLength(12)
  })
})

describe('a study over many complexes on paper', () => {
  it('names each complex with its range, those that failed with the reason, and how to ask a service again', async () => {
    const papers = await national(3, 2)
    const { text, first } = await readPdf(papers, 'en')
    // complex 1: 150, 180, 210, 240 saved of 1,000 each, mean 195; complex 2: 220, 250 of 1,000, mean 235: 430 of 2,000
    expect(first).toContain('21.5%less')
    expect(first).toContain('Stoppedbyaperson:12of24runsarethere.')
    expect(text).toContain(squeezed(FAILED_BECAUSE.en))
    expect(text).toContain(squeezed('made-up complex 3 failed 0 / 8'))
    expect(text).toContain(squeezed('made-up complex 2 stopped 4 / 8'))
    // 250 × (195,000 + 235,000) − 2 × 10,000,000
    expect(text).toContain('₩87,500,000')
    expect(text).toContain(squeezed('study study.json --server http://127.0.0.1:8080'))
    const sheets = await readSheets(papers, 'ko')
    const rows = sheets.get('단지')!
    expect(rows.map(([name]) => name)).toEqual(['단지', '만든 단지 2', '만든 단지 1', '만든 단지 3'])
    expect(rows[1]![3]).toBeCloseTo(23.5, 9)
    expect(
      sheets
        .get('단지 자료')!
        .slice(1)
        .map(([, id]) => id),
    ).toEqual(['made-1', 'made-2', 'made-3'])
    expect(
      sheets
        .get('설정')!
        .slice(1)
        .map((row) => row[7]),
    ).toEqual([null, expect.closeTo(-2, 9)])
  })

  it('tells a source that complexes share once, with whose it is', async () => {
    const rows = ledgerOf(await national(6), sayIn('en')).filter(({ path }) => path.startsWith('complex/'))
    expect(new Set(rows.map(({ what, note }) => `${what} ${note!.source}`)).size).toBe(rows.length)
    expect(rows[0]!.field).toMatch(/made-up complex 1, .* and 2 more:/)
  })
})

describe('how sure imports are, on paper', () => {
  it('has the range beside the point, how often the choice would be made again, and what moves it', async () => {
    const papers = await quick('gwangju-imports')
    if (papers.result.kind !== 'imports') throw new Error(papers.result.kind)
    const { saving, sameOrders, draws, turns } = papers.result.imports.range!
    const { first, text } = await readPdf(papers, 'en')
    const share = (value: number) => `${(100 * value).toFixed(1)}%`
    const { p05, p50, p95 } = saving.quantiles
    expect(first).toContain(`${share(p05)}to${share(p95)}(5to95%,median${share(p50)})`)
    expect(first).toContain('estimateonassumedprices')
    expect(text).toContain(`${sameOrders.times}/${draws}thesamenumberoforders`)
    expect(text).not.toContain('nostatisticalinterval')
    expect((await readSheets(papers, 'en')).get('What moves it')).toHaveLength(turns.length + 1)
    const range = (await readPdf(papers, 'ko')).text
    expect(range).toContain('범위·해상조달기간')
  })
})

describe('what to do about an outage, on paper', () => {
  it('has both phases, fetching alone and pooled, and what a second supplier costs either way', async () => {
    const papers = await routed()
    if (papers.result.kind !== 'supply') throw new Error(papers.result.kind)
    const { fetches, diversified, outages } = papers.result.supply
    const { text } = await readPdf(papers, 'en')
    const won = (krw: number) => `₩${krw.toLocaleString('en-US')}`
    expect(text).toContain('Urgent(within4weeks)')
    expect(text).toContain('Mediumterm')
    for (const { response } of outages)
      expect(text).toContain(squeezed(`${response.phases.urgent.toFixed(1)} days with all that is urgent`))
    const planned = fetches.flatMap((fetch) => (fetch.kind === 'planned' ? fetch : []))
    expect(planned.length).toBeGreaterThan(0)
    for (const { aloneKrw, pooledKrw } of planned) {
      expect(text).toContain(won(aloneKrw))
      expect(text).toContain(won(pooledKrw))
    }
    expect((await readSheets(papers, 'en')).get('Second supplier')).toHaveLength(diversified.length + 1)
    // roads and tariffs that fetching was planned with are inputs, too
    expect(text).toContain(squeezed('KOTI'))
    expect(text).toContain(squeezed('Fingerprint of the complex’s data'))
  })
})

describe('who must take part, on paper', () => {
  it('says the fewest that pay, whose exit breaks it, how likely a stop is late, and whether days are enough', async () => {
    const papers = await withFirms()
    const { data, study } = papers
    const { text } = await readPdf(papers, 'en')
    // 250 working days: 12 firms save 25 to 26 of 30 million, all 50 to 51
    expect(text).toContain('onlyall24firmspayfortheprogrammeonaverage')
    expect(text).toContain(
      squeezed(`In 1 of 2 such exits the others do not pay for the programme (without ${data!.firms[0]!.name})`),
    )
    // one of 20 stops of every day
    expect(text).toContain('Astopofaroundislatewithalikelihoodof5.0%')
    expect(text).toContain('mostoftenat열처리1(60.0in100days)')
    expect(text).toMatch(/Within±1pointfromday2on/)
    const sheets = await readSheets(papers, 'ko')
    expect(
      sheets
        .get('참여')!
        .slice(1)
        .map(([firms]) => firms),
    ).toEqual([6, 12, 24])
    expect(
      sheets
        .get('빠지면')!
        .slice(1)
        .map((row) => row[6]),
    ).toEqual(['못 갚음', '갚음'])
    if (study.kind !== 'pickup') throw new Error(study.kind)
    const { text: none } = await readPdf(await drawn(10), 'en')
    expect(none).toContain('Thisstudydoesnotanswerit.All24firmsaretakentojoin')
  })
})

describe('the command that gives a study again', () => {
  it('names what it was given beside the document, and carries the demand model', async () => {
    const papers = await drawn()
    if (papers.study.kind !== 'pickup') throw new Error(papers.study.kind)
    const demand = papers.data!.demand as never
    const given = { demand: true, data: '새 단지.json', roads: 'trunk' }
    const { text, files } = await readPdf({ ...papers, study: { ...papers.study, demand }, given }, 'en')
    expect(text).toContain(
      squeezed("study study.json --demand demand.json --data '새 단지.json' --roads trunk --out result.json"),
    )
    expect(JSON.parse(new TextDecoder().decode(files['demand.json']!.content))).toEqual(demand)
    const plain = await readPdf(papers, 'en')
    expect(plain.text).toContain(squeezed('study study.json --out result.json'))
    expect(Object.keys(plain.files)).toEqual(['study.json'])
  })
})

it('calls every figure of the presets and of a complex by a name, in both languages', async () => {
  const { data } = await drawn()
  for (const name of [
    'gwangju-frequency',
    'gwangju-participation',
    'gwangju-imports',
    'supply-example',
    'reported-saving',
  ]) {
    const study = await preset(name)
    for (const locale of ['ko', 'en'] as const)
      for (const { field, path } of ledgerOf({ ...(await drawn()), study, data, sources: [] }, sayIn(locale)))
        expect(field, path).not.toMatch(locale === 'ko' ? /[a-z]{4,}/ : /\b[a-z]+[A-Z]\w*/)
  }
  const frequency = ledgerOf({ ...(await drawn()), study: await preset('gwangju-frequency'), data }, sayIn('en'))
  expect(frequency.find(({ path }) => path === 'days')!.field).toBe('working days a seed')
  expect(frequency.find(({ path }) => path.endsWith('/changes/0/days'))!.field).toMatch(/^weekdays/)
})
