/** Studies of every kind with what they say, whole and in pieces, for those who test their reports; and what a report says when it is read back. */
import { readFile } from 'node:fs/promises'
import readXlsxFile from 'read-excel-file/node'
import { getDocumentProxy } from 'unpdf'
import type { StudyPart, StudyState } from '../../../server/api.ts'
import { loadComplex } from '../../../server/complexes.ts'
import { roadLines } from '../../../server/reports/sources.ts'
import { fingerprint, renderStudy, type StudyPapers } from '../../../server/reports/study/index.ts'
import { routedDays, workOut } from '../../../server/studies/workOut.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import type { Locale } from '../../../solver/index.ts'
import {
  type NationalStudy,
  type PickupStudy,
  quietDay,
  type Run,
  type Study,
  sourcesOf,
  summarisePickup,
  sumNational,
} from '../../../study/index.ts'

export const preset = async (name: string): Promise<Study> =>
  JSON.parse(await readFile(new URL(`../../../fixtures/studies/${name}.json`, import.meta.url), 'utf8'))
const MADE = { version: '9.9.9', madeAt: '2026-11-22T05:06:00.000Z', ownData: false, done: 0, all: 0 } as const

export const quick = async (name: string): Promise<StudyPapers> => await workedOut(await preset(name))
export async function workedOut(study: Study): Promise<StudyPapers> {
  if (study.kind === 'pickup' || study.kind === 'national') throw new Error('nothing of it is drawn here')
  return { ...MADE, study, result: await workOut(study, undefined, 'en'), runs: [], sources: sourcesOf(study) }
}

/** Two settings of two seeds of five days: B1 costs 1,000,000 a day, the plan of seed 7 saves 30 %, of seed 8 20 %; fewer firms half. */
export async function drawn(done?: number): Promise<StudyPapers> {
  const data = await loadComplex('gwangju')
  const study: PickupStudy = {
    ...((await preset('gwangju-quick')) as PickupStudy),
    seeds: [7, 8],
    settings: [
      { id: 'base', name: { ko: '기본 가정', en: 'as assumed' }, changes: [] },
      {
        id: 'few',
        factor: 'participants',
        name: { ko: '10개사 참여', en: '10 firms take part' },
        changes: [{ kind: 'participants', count: 10 }],
      },
    ],
  }
  const runs = study.settings.flatMap(({ id }) =>
    study.seeds.flatMap((seed) =>
      Array.from({ length: 5 }, (_, day): Run => {
        const saved = (seed === 7 ? 300_000 : 200_000) / (id === 'few' ? 2 : 1)
        return {
          ...quietDay({ setting: id, seed, day, date: `2026-11-2${3 + day}` }),
          shipments: 20,
          planKrw: 1_000_000 - saved,
          baselineKrw: { B0: 2_000_000, B1: 1_000_000, B2: 950_000 },
          steps: { mode: 50_000, truckSize: 0, routing: -saved - 50_000 },
          routes: 3,
          pooled: 15,
          stops: 12,
          late: 1,
          waitS: 1200,
          co2G: 400_000,
          b1Co2G: 500_000,
        }
      }),
    ),
  )
  const there = runs.slice(0, done)
  return {
    ...MADE,
    study,
    result: { kind: 'pickup', pickup: summarisePickup(study, there, 250) },
    runs: there,
    data,
    sources: [...sourcesOf(study), ...sourcesOf(data, 'complex')],
    roads: roadLines({ key: 'trunk', estimated: true })[0],
    done: there.length,
    all: runs.length,
  }
}

const ROADS = roadLines({ key: 'trunk', estimated: true })[0]

let made: Promise<StudyPapers> | undefined
/** The supply example with its fetching planned into one day, quickly. */
export const routed = async (): Promise<StudyPapers> => await (made ??= planRoutes())
async function planRoutes(): Promise<StudyPapers> {
  const whole = await preset('supply-example')
  if (whole.kind !== 'supply' || !whole.routes) throw new Error('not supply with routes')
  const study = { ...whole, routes: { ...whole.routes, days: 1, iterations: 100 } }
  const data = await loadComplex('gwangju')
  const days = await routedDays(study, data, travelFrom(trunk), 'en')
  const sources = [...sourcesOf(study), ...sourcesOf(data, 'complex')]
  return { ...MADE, study, result: await workOut(study, days, 'en'), runs: [], sources, data, roads: ROADS }
}

/**
 * Who must take part: of 24 firms all, 12 or 6 in two seeds of five days, and two that leave. B1 is 1,000,000 a day; all save 200,000 and
 * a bit more in the second seed, half of them half, six 50,000; without the first firm 100,000, without the second 190,000. A programme of
 * 30,000,000 a year is 120,000 a working day.
 */
export async function withFirms(): Promise<StudyPapers> {
  const data = await loadComplex('gwangju')
  const setting = (
    id: string,
    ko: string,
    en: string,
    change?: PickupStudy['settings'][number]['changes'][number],
  ) => ({
    id,
    name: { ko, en },
    ...(change?.kind === 'participants' && { factor: 'participants' }),
    changes: change ? [change] : [],
  })
  const [first, second] = data.firms as [(typeof data.firms)[number], (typeof data.firms)[number]]
  const saves: Readonly<Record<string, number>> = {
    all: 200_000,
    six: 50_000,
    twelve: 100_000,
    no1: 100_000,
    no2: 190_000,
  }
  const firms: Readonly<Record<string, number>> = { all: 24, six: 6, twelve: 12, no1: 23, no2: 23 }
  const study: PickupStudy = {
    ...((await preset('gwangju-quick')) as PickupStudy),
    seeds: [6, 7],
    programmeKrwPerYear: 30_000_000,
    settings: [
      setting('all', '모두 참여', 'all take part'),
      setting('six', '6곳', '6 firms', { kind: 'participants', count: 6 }),
      setting('twelve', '12곳', '12 firms', { kind: 'participants', count: 12 }),
      setting('no1', `${first.name} 빠짐`, `without ${first.name}`, {
        kind: 'firm',
        firm: first.id,
      }),
      setting('no2', `${second.name} 빠짐`, `without ${second.name}`, {
        kind: 'firm',
        firm: second.id,
      }),
    ],
  }
  const runs = study.settings.flatMap(({ id }) =>
    study.seeds.flatMap((seed) =>
      Array.from({ length: 5 }, (_, day): Run => {
        const saved = saves[id]! + (seed === 7 ? 2_000 : 0) + 500 * day
        return {
          ...quietDay({ setting: id, seed, day, date: `2026-11-2${3 + day}` }),
          shipments: 20,
          planKrw: 1_000_000 - saved,
          baselineKrw: { B0: 2_000_000, B1: 1_000_000, B2: 950_000 },
          steps: { mode: 0, truckSize: 0, routing: -saved },
          pooled: 15,
          stops: 20,
          firms: firms[id]!,
          lateness: { stops: 1, at: { 열처리1: 0.6, 강재L1: 0.4 } },
          co2G: 400_000,
          b1Co2G: 500_000,
        }
      }),
    ),
  )
  return {
    ...MADE,
    study,
    result: { kind: 'pickup', pickup: summarisePickup(study, runs, 250) },
    runs,
    data,
    sources: [...sourcesOf(study), ...sourcesOf(data, 'complex')],
    roads: ROADS,
    done: runs.length,
    all: runs.length,
  }
}

export const FAILED_BECAUSE = {
  ko: '열처리2 라는 장소가 단지에 없습니다.',
  en: 'The complex has no site heat-2.',
} as const

/** `count` complexes of one setting, two seeds of two days: the first is done, the second stopped half way, the third has failed. */
export async function national(count = 3, settings = 1): Promise<StudyPapers> {
  const like = await loadComplex('gwangju')
  const ids = Array.from({ length: count }, (_, k) => `made-${k + 1}`)
  const states: readonly StudyState[] = ['done', 'stopped', 'failed']
  const study: NationalStudy = {
    kind: 'national',
    name: { ko: '세 단지의 집하', en: 'Pickups of three complexes' },
    complexes: ids,
    seeds: [1, 2],
    days: 2,
    iterations: 100,
    programmeKrwPerYear: 10_000_000,
    settings: [
      { id: 'base', name: { ko: '기본 가정', en: 'as assumed' }, changes: [] },
      {
        id: 'dear',
        factor: 'terminalPrice',
        name: { ko: '정기화물 10 % 비쌈', en: 'terminal freight 10 % dearer' },
        changes: [],
      },
    ].slice(0, settings),
  }
  const parts = ids.map((complex, k): StudyPart => {
    const state = states[k] ?? 'done'
    return {
      id: `part-${k}`,
      complex,
      name: { ko: `만든 단지 ${k + 1}`, en: `made-up complex ${k + 1}` },
      lng: 127,
      lat: 36,
      state,
      done: settings * (state === 'done' ? 4 : state === 'stopped' ? 2 : 0),
      all: settings * 4,
      ...(state === 'failed' && { error: FAILED_BECAUSE.en }),
    }
  })
  const drawnRuns = parts.flatMap(({ complex, state }, k) =>
    state === 'failed'
      ? []
      : {
          complex,
          workingDaysPerYear: 250,
          runs: study.settings.flatMap(({ id }, at) =>
            Array.from({ length: state === 'done' ? 4 : 2 }, (_, run): Run => {
              const saved = 150_000 + 10_000 * ((k * 7) % 11) + 30_000 * run - 20_000 * at
              return {
                ...quietDay({
                  setting: id,
                  seed: 1 + Math.floor(run / 2),
                  day: run % 2,
                  date: `2026-11-2${3 + (run % 2)}`,
                }),
                shipments: 20,
                planKrw: 1_000_000 - saved,
                baselineKrw: { B0: 2_000_000, B1: 1_000_000, B2: 950_000 },
                steps: { mode: 0, truckSize: 0, routing: -saved },
                stops: 12,
                pooled: 10,
                lateness: { stops: 1, at: {} },
                co2G: 400_000,
                b1Co2G: 500_000,
              }
            }),
          ),
        },
  )
  const complexes = parts.map(({ complex, name }) => ({
    complex,
    name,
    synthetic: true,
    fingerprint: fingerprint({ ...like, complex: { ...like.complex, id: complex } }),
    sources: sourcesOf(like, 'complex'),
  }))
  return {
    ...MADE,
    study,
    result: { kind: 'national', national: sumNational(study, drawnRuns) },
    runs: [],
    parts,
    complexes,
    sources: [...sourcesOf(study), ...complexes.flatMap(({ sources }) => sources)],
    roads: ROADS,
    done: parts.reduce((sum, part) => sum + part.done, 0),
    all: parts.reduce((sum, part) => sum + part.all, 0),
    state: 'stopped',
    id: 'abc',
  }
}

export const squeezed = (text: string): string => text.replace(/\s+/g, '')

export async function readPdf(papers: StudyPapers, locale: Locale) {
  const { bytes, name } = await renderStudy(papers, 'pdf', locale)
  const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.flatMap((item) => ('str' in item ? [item.str] : [])).join(' '))
  }
  const files = (await document.getAttachments()) as Readonly<Record<string, { readonly content: Uint8Array }>>
  return { name, bytes, pages, text: squeezed(pages.join(' ')), first: squeezed(pages[0]!), files }
}
export const readSheets = async (papers: StudyPapers, locale: Locale) => {
  const { bytes } = await renderStudy(papers, 'xlsx', locale)
  const sheets = await readXlsxFile(Buffer.from(bytes))
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]))
}
