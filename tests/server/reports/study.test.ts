import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../../server/reports/study/attacks.ts'
import { renderStudy } from '../../../server/reports/study/index.ts'
import { drawn, quick, readPdf, readSheets, squeezed } from './studyPapers.ts'

describe('a study on paper', () => {
  it.each(['gwangju-imports', 'reported-saving', 'supply-example', 'mold-complexes'])(
    '%s tells answer, every reviewer, every source and the document itself, in both languages',
    async (name) => {
      const papers = await quick(name)
      for (const locale of ['ko', 'en'] as const) {
        const { pages, text, first, files, bytes } = await readPdf(papers, locale)
        expect(first).toContain(squeezed(papers.study.name[locale]))
        expect(first).toContain(locale === 'ko' ? '이값이아닌것' : 'Whatitisnot')
        expect(first).toContain(locale === 'ko' ? '(기준' : '(baseline')
        for (const attack of ATTACKS) expect(text).toContain(squeezed(attack[locale]))
        for (const { source, sourceKo, path } of papers.sources)
          expect(text, path).toContain(squeezed((locale === 'ko' && sourceKo) || source))
        expect(text).toContain(squeezed('npm run -s milkrun -- study study.json'))
        expect(text).toMatch(/[0-9a-f]{32}/)
        expect(text).toContain('40%')
        pages.forEach((page, k) => {
          expect(squeezed(page)).toContain(`${k + 1}/${pages.length}`)
        })
        expect(JSON.parse(new TextDecoder().decode(files['study.json']!.content))).toEqual(papers.study)
        // the same paper twice is the same bytes
        if (locale === 'en') expect((await renderStudy(papers, 'pdf', locale)).bytes).toEqual(bytes)
      }
    },
  )

  it('holds the won of the answer, and labels an appraisal for what it is', async () => {
    const imports = await quick('gwangju-imports')
    const { result } = imports
    if (result.kind !== 'imports') throw new Error(result.kind)
    const { today, best, steps } = result.imports
    const won = (krw: number) => Math.abs(krw).toLocaleString('en-US')
    const { text } = await readPdf(imports, 'en')
    for (const { krw } of steps.filter(({ krw }) => krw !== 0)) expect(text).toContain(won(krw))
    expect(text).toContain(won(today.costKrw))
    expect(text).toContain(won(best.costKrw - today.costKrw))
    const appraisal = await readPdf(await quick('reported-saving'), 'ko')
    expect(appraisal.first).toContain('예타준용간이')
    expect(appraisal.first).toContain('예비타당성조사가아닙니다')
  })

  it('says of drawn days how sure they are, what reviewers get from them and what not, and that it is not done', async () => {
    const papers = await drawn()
    const { first, text } = await readPdf(papers, 'en')
    // 10 days of 1,000,000: five save 300,000 and five 200,000
    expect(first).toContain('25.0%less')
    expect(first).toContain('95%interval21.2%to28.8%')
    expect(text).toContain('10firmstakepart12.5%(−12.5points)')
    expect(text).toContain('Seeds7,8wereheldoutofdevelopment')
    expect(text).toContain('shortof20daysof5seeds')
    expect(text).toContain('62,500,000ayear')
    expect(text).not.toContain('Notfinished')
    const { first: partial } = await readPdf(await drawn(6), 'ko')
    expect(partial).toContain('중간결과:20회가운데6회')
    // somebody else's complex: sources, no prices
    const { data: _, ...without } = papers
    const { text: kept } = await readPdf(without, 'ko')
    for (const { source, sourceKo } of papers.sources) expect(kept).toContain(squeezed(sourceKo ?? source))
    expect(kept).toContain('단지만볼수있음')
    expect(kept).not.toContain('16,600')
    expect(text).toContain('16,600')
  })
})

describe('a study whose orders may wait', () => {
  it('shows what waiting brings apart from the rounds, with the stock that it costs', async () => {
    const papers = await drawn()
    if (papers.result.kind !== 'pickup') throw new Error(papers.result.kind)
    const none = { value: 0, interval: null }
    // B1 1,000,000 − 250,000 by rounds − 40,000 by frequency − 30,000 by fuller rounds + 5,000 of stock = 680,000 + 5,000
    const waits = {
      setting: 'few',
      daily: 'base',
      days: 10,
      saving: { value: 0.315, interval: [0.3, 0.33] },
      more: { value: 0.065, interval: [0.05, 0.08] },
      sameWaiting: { value: 0.29, interval: null },
      b1Krw: 1_000_000,
      planKrw: 680_000,
      stockKrw: 5_000,
      steps: { mode: 50_000, truckSize: 0, routing: -300_000, frequency: -40_000, fuller: -30_000, stock: 5_000 },
      wait: { meanDays: 1.25, longestDays: 4, waitedShare: 0.5, mayWaitShare: 0.6 },
      co2Saving: none,
      stockKg: 820,
      orders: 20,
      shipments: 12,
      left: 0,
      missingKg: 0,
    } as const
    const pickup = { ...papers.result.pickup, frequency: { settings: [waits], best: 'few' } }
    const { text } = await readPdf({ ...papers, result: { kind: 'pickup', pickup } }, 'en')
    expect(text).toContain('frequency−₩40,000,fullerrounds−₩30,000,stock+₩5,000')
    expect(text).toContain('Thesavinghaspaid₩5,000aday')
    expect(text).toContain('₩685,000')
    expect(text).not.toContain('Nobodyorderslessoften')
  })
})

describe('a study as a workbook', () => {
  it('has figures as numbers, runs as rows, and every input with its source', async () => {
    const papers = await drawn()
    const sheets = await readSheets(papers, 'en')
    const runs = sheets.get('Runs')!
    expect(runs).toHaveLength(21)
    expect(runs[0]).toContain('plan (won)')
    expect(runs[1]![6]).toBe(700_000)
    const [, b1] = sheets.get('Baselines')!
    expect(b1!.slice(0, 1)).toEqual(['B1'])
    expect(b1![2]).toBeCloseTo(25, 9)
    const fall = sheets.get('Waterfall')!.slice(1)
    expect(fall.slice(0, -1).reduce((sum, row) => sum + Number(row[1]), 0)).toBeCloseTo(Number(fall.at(-1)![1]), 6)
    const ledger = sheets.get('Ledger of inputs')!
    expect(ledger[0]!.slice(0, 5)).toEqual(['What', 'Field', 'Value', 'Unit', 'Basis'])
    // of the tariff of the lightest hired truck: a line of the file, with what stands beside it
    const base = ledger.find((row) => row[8] === 'complex/tariffs/2/baseKrw')!
    expect(base.slice(1, 6)).toEqual([
      'base',
      papers.data!.tariffs[2]!.kind === 'hired' ? 16_600 : 0,
      'won',
      'derived',
      'C',
    ])
    expect(String(base[7])).toContain('KOTI')
    expect(sheets.get('Attacks and answers')).toHaveLength(12)
    expect(sheets.get('As reported')!.flat().join(' ')).toContain('700 million won')
    const document = sheets
      .get('Document')!
      .slice(1)
      .map(([line]) => line)
    expect(JSON.parse(document.join('\n'))).toEqual(papers.study)
  })

  it('does not lend the source of one thing to another', async () => {
    const ledger = (await readSheets(await quick('mold-complexes'), 'en')).get('Ledger of inputs')!
    const of = (path: RegExp) => new Set(ledger.filter((row) => path.test(String(row[8]))).map((row) => row[4]))
    // the year is in the press; the firms of the example are nobody's
    expect(of(/^complexes\/0\/year$/)).toEqual(new Set(['published']))
    expect(of(/^complexes\/0\/(register|firmList|orders)\//)).toEqual(new Set(['assumed']))
  })

  it('has no two sheets of one name, however suppliers are called', async () => {
    const papers = await quick('supply-example')
    if (papers.study.kind !== 'supply') throw new Error('not supply')
    const long = 'a supplier whose name is longer than any sheet'
    const register = {
      ...papers.study.register,
      suppliers: papers.study.register.suppliers.map((one) => ({ ...one, name: long })),
    }
    const sheets = await readSheets({ ...papers, study: { ...papers.study, register } }, 'ko')
    expect(sheets.size).toBeGreaterThan(8)
    expect([...sheets.keys()].every((name) => name.length <= 31)).toBe(true)
  })
})
