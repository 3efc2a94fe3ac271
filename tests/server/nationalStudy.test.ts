import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type StudyAnswer, StudyAnswerSchema, StudyEstimateSchema, StudySummarySchema } from '../../server/api.ts'
import { openCommandLine } from '../../server/commands/commandLine.ts'
import { loadComplex } from '../../server/complexes.ts'
import { openStudyQueue } from '../../server/store/studyQueue.ts'
import type { NationalStudy } from '../../study/index.ts'
import { makeComplexes } from '../bench/madeComplexes.ts'
import { member, openAccounts } from './openAccounts.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

vi.setConfig({ testTimeout: 400_000 })

const made = makeComplexes(await loadComplex('gwangju'), 3)
const [one, two, broken] = made.map(({ complex }) => complex.id) as [string, string, string]
const STUDY: NationalStudy = {
  kind: 'national',
  name: { ko: '세 곳', en: 'three of them' },
  complexes: [one, two, broken],
  seeds: [1],
  days: 2,
  iterations: 100,
  settings: [{ id: 'base', name: { ko: '기본', en: 'base' }, changes: [] }],
}

/** The service with two made-up complexes, and a third that orders heat treatment from places that it does not have. */
async function openThree(concurrency: number) {
  const opened = await openApp({ concurrency })
  for (const data of made) {
    const sites = data.sites.filter(({ id }) => data.complex.id !== broken || !id.startsWith('heat-'))
    const url = `/api/complexes/${data.complex.id}`
    const response = await opened.app.inject({ method: 'PUT', url, payload: { ...data, sites } })
    expect(response.statusCode, response.body).toBe(200)
  }
  const post = async (path: string, document: unknown) =>
    await opened.app.inject({ method: 'POST', url: `/api/studies${path}`, payload: { document } as object })
  const read = async (id: string): Promise<StudyAnswer> => (await opened.app.inject(`/api/studies/${id}`)).json()
  return { ...opened, post, read }
}

it('works each complex out as a study of its own, tells why one cannot be, and sums up the others; the command line submits and reads it', async () => {
  const { app, store, post, read } = await openThree(1)
  const estimate = (await post('/estimate', STUDY)).json()
  expectShape(StudyEstimateSchema, estimate)
  expect(estimate.runs).toBe(6)
  expect(estimate.basis.complexes).toHaveLength(3)
  expect(estimate.basis.dates.length).toBeLessThan(6)

  const folder = mkdtempSync(join(tmpdir(), 'milkrun-national-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [file, out] = [join(folder, 'study.json'), join(folder, 'answer.json')]
  writeFileSync(file, JSON.stringify(STUDY))
  const server = await app.listen({ port: 0, host: '127.0.0.1' })
  const milkrun = async (...words: readonly string[]) => {
    const [lines, notes, progress]: [string[], string[], string[]] = [[], [], []]
    const { run } = openCommandLine(['study', ...words, '--lang', 'en'], {
      print: (line) => lines.push(line),
      note: (line) => notes.push(line),
      progress: (line) => progress.push(line),
      startedMs: performance.timeOrigin + performance.now(),
    })
    return { code: await run(), told: lines.join('\n'), noted: notes.join('\n'), progress }
  }
  const done = await milkrun(file, '--server', server, '--out', out)
  expect(done.code, done.noted).toBe(0)
  expect(done.noted).toMatch(/estimate: 6 runs/)
  expect(done.progress.join('\n')).toMatch(/of 3 complexes done/)
  expect(done.told).toMatch(/2 complexes, 4 runs/)
  expect(done.told).toMatch(/could not be worked out/)
  const { id, parts } = JSON.parse(readFileSync(out, 'utf8'))
  expect(parts.map(({ state, done: ready }: { state: string; done: number }) => [state, ready])).toEqual([
    ['done', 2],
    ['done', 2],
    ['failed', 0],
  ])

  const answer = await read(id)
  expectShape(StudyAnswerSchema, answer)
  expect(answer).toMatchObject({ state: 'done', done: 4, all: 6, kind: 'national' })
  const { why, error } = answer.parts![2]!
  expect(error).toMatch(/열처리|heat-/)
  // whoever reads it reads it in a language of theirs
  expect([why!.ko, why!.en]).toContain(error)
  expect(why!.ko).not.toBe(why!.en)
  const national = answer.result?.kind === 'national' ? answer.result.national : undefined
  expect(national!.all[0]).toMatchObject({ complexes: 2, runs: 4 })
  expect(national!.all[0]!.saving.B1.interval).toHaveLength(2)
  // taken away as a report, the one that failed is in it with its reason, and what each rests on
  for (const format of ['pdf', 'xlsx'])
    for (const lang of ['ko', 'en']) {
      const report = await app.inject(`/api/studies/${id}/report?format=${format}&lang=${lang}`)
      expect(report.statusCode, report.body.slice(0, 400)).toBe(200)
      if (format !== 'xlsx' || lang !== 'en') continue
      const sheets = new Map((await readXlsxFile(report.rawPayload)).map(({ sheet, data }) => [sheet, data]))
      expect(sheets.get('Not done')!.flat().join(' ')).toContain(why!.en)
      expect(
        sheets
          .get('Data of complexes')!
          .slice(1)
          .map(([, complex]) => complex),
      ).toEqual([one, two, broken])
      expect(sheets.get('Ledger of inputs')!.flat().join(' ')).toContain('KOTI')
    }
  // a complex of it is a study like any other
  const first = await read(answer.parts![0]!.id)
  expect(first).toMatchObject({ kind: 'pickup', complex: one, partOf: id, done: 2 })
  expect(first.result?.kind === 'pickup' && first.result.pickup.settings[0]).toMatchObject(
    national!.complexes[0]!.settings[0]!,
  )
  expect((await app.inject(`/api/studies/${first.id}/runs`)).json().items).toHaveLength(2)
  const list = (await app.inject('/api/studies')).json().items
  expect(list.map((study: { id: string }) => study.id)).toEqual([id])

  // gone on with, only what has failed is tried again
  const again = await milkrun('--server', server, '--resume', id)
  expect(again.code, again.noted).toBe(0)
  expect((await read(id)).parts!.map(({ state }) => state)).toEqual(['done', 'done', 'failed'])
  expect((await milkrun(file)).noted).toMatch(/--server/)
  expect((await milkrun('--resume', id)).code).toBe(2)
  expect((await milkrun(file, '--server', 'http://127.0.0.1:1')).code).toBe(3)
  expect((await app.inject({ method: 'DELETE', url: `/api/studies/${id}` })).statusCode).toBe(204)
  expect(await store.studies.get(first.id)).toBeUndefined()
})

it('is refused with every complex that it cannot have, and takes one turn among other studies', async () => {
  const { app, database, post, read } = await openThree(0)
  const refused = expectRefusal(await post('', { ...STUDY, complexes: ['nowhere', one, 'elsewhere'] }), 422)
  expect(refused.issues.map(({ path }) => path)).toEqual(['document/complexes/0', 'document/complexes/2'])
  const huge = { ...STUDY, days: 100, seeds: Array.from({ length: 40 }, (_, k) => k) }
  expect(expectRefusal(await post('', huge), 422).code).toBe('study.tooLarge')

  const national = (await post('', { ...STUDY, days: 20 })).json()
  expectShape(StudySummarySchema, national)
  expect(national).toMatchObject({ state: 'queued', all: 60, done: 0 })
  const other = (await post('', { ...STUDY, kind: 'pickup', complex: two, complexes: undefined, days: 20 })).json()
  const partIds = (await read(national.id)).parts!.map(({ id }) => id)
  const queue = await openStudyQueue(database)
  const order: string[] = []
  for (let k = 0; k < 7; k++) order.push((await queue.claim())!.study)
  expect(order).toEqual([partIds[0], other.id, partIds[1], other.id, partIds[2], other.id, partIds[0]])
  expect((await read(national.id)).state).toBe('running')

  const stopped = (await app.inject({ method: 'POST', url: `/api/studies/${national.id}/stop` })).json()
  expect(stopped.state).toBe('stopped')
  expect((await read(national.id)).parts!.every(({ state }) => state === 'stopped')).toBe(true)
  expect(await queue.claim()).toBeUndefined()
  const resumed = (await app.inject({ method: 'POST', url: `/api/studies/${national.id}/resume` })).json()
  expect(resumed.state).toBe('running')
  expect(partIds).toContain((await queue.claim())!.study)
  await queue.close()
})

it('is seen whole by who made it; a coordinator sees the part of their own complex', async () => {
  const opened = await openAccounts({ concurrency: 0 })
  const data = (await opened.store.complexes.get('gwangju'))!.data
  for (const id of ['near', 'far']) await opened.store.complexes.put({ ...data, complex: { ...data.complex, id } })
  const coordinator = await opened.add('c@x.example', member({ role: 'coordinator', complex: 'near' }))
  const policymaker = await opened.add('p@x.example', member({ role: 'policymaker' }))
  const post = (complexes: readonly string[]) =>
    ({ method: 'POST', url: '/api/studies', payload: { document: { ...STUDY, complexes } } as object }) as const
  expect(expectRefusal(await policymaker(post(['near', 'gwangju'])), 422).issues[0]!.code).toBe('complex.unknown')
  const url = '/api/complexes/near/policy'
  expect((await coordinator({ method: 'PUT', url, payload: { open: true } })).statusCode).toBe(200)
  const whole = (await policymaker(post(['near', 'gwangju']))).json()
  expect((await policymaker('/api/studies')).json().items).toHaveLength(1)
  const theirs = (await coordinator('/api/studies')).json().items
  expect(theirs).toMatchObject([{ partOf: whole.id, complex: 'near' }])
  expectRefusal(await coordinator(`/api/studies/${whole.id}`), 404)
})
