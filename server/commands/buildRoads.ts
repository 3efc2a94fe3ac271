import type { Locale } from '../../solver/index.ts'
import { COMPLEX_IDS, isComplexId, loadComplex } from '../complexes.ts'
import type { Words } from '../errors.ts'
import { readPlace } from '../main.ts'
import { type BuildStep, type BuiltRoads, buildRoads } from '../travel/valhalla/build.ts'
import type { RoadsManifest } from '../travel/valhalla/manifest.ts'
import { type Command, count, EXIT, oneOf, percent, readArguments, type Terminal, wrongUse } from './command.ts'
import { assertRegularFile, fileRefusal, readProblem } from './files.ts'

const form = 'roads build FILE.osm.pbf'

export const buildRoadsCommand: Command = {
  form,
  summary: {
    ko: 'OpenStreetMap 추출본에서 실제 도로를 만든다',
    en: 'build real roads from an OpenStreetMap extract',
  },
  options: [
    [
      '--out FOLDER',
      {
        ko: '도로를 둘 폴더; 기본은 데이터 폴더의 roads',
        en: 'folder for the roads; default: roads in the data folder',
      },
    ],
    [
      '--problem PROBLEM.json',
      { ko: '이 문제의 지점이 도로 밖에 있는지 본다', en: 'see whether sites of this problem lie outside' },
    ],
    [
      '--complex gwangju',
      { ko: '이 단지의 지점이 도로 밖에 있는지 본다', en: 'see whether sites of this complex lie outside' },
    ],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: '중단하면 같은 명령이 이어서 만듭니다. 다 만들기 전까지는 이전 도로가 그대로 쓰입니다. 같은 파일로 만든 도로가 있으면 다시 만들지 않습니다.',
    en: 'Interrupted, the same command goes on. Until the roads are whole, those before them stay in use. Roads already built from the same file are not built again.',
  },
  async run(args, terminal) {
    const text = { type: 'string' } as const
    const options = { out: text, problem: text, complex: text }
    const { values, positionals } = readArguments(args, form, options, 1, 2)
    oneOf('roads', positionals[0]!, ['build'], form)
    const file = positionals[1]
    if (file === undefined)
      throw wrongUse(form, { ko: 'FILE.osm.pbf 파일을 적지 않았습니다.', en: 'FILE.osm.pbf is missing.' })
    const places = await readPlaces(values.problem, values.complex, terminal)
    await assertRegularFile(file)
    const folder = values.out ?? readPlace().roads

    const stop = new AbortController()
    const interrupt = () => stop.abort()
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
    let built: BuiltRoads
    try {
      const onProgress = followSteps(terminal)
      built = await buildRoads(file, folder, { onProgress, signal: stop.signal, now: () => new Date() })
    } catch (error) {
      if (!stop.signal.aborted) throw fileRefusal(file, error)
      terminal.progress('')
      terminal.note(
        terminal.locale === 'ko'
          ? '중단했습니다. 같은 명령을 다시 하면 이어서 만듭니다.'
          : 'Interrupted. The same command goes on from here.',
      )
      return EXIT.world
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    }
    terminal.progress('')
    const outside = placesOutside(places, built.manifest)
    for (const line of describeOutside(outside, places.length, terminal.locale)) terminal.note(line)
    if (values.json)
      terminal.print(
        JSON.stringify({ ...built, folder, outside: outside.map(({ id, lng, lat }) => ({ id, lng, lat })) }),
      )
    else for (const line of describeRoads(built, folder, terminal.locale)) terminal.print(line)
    return EXIT.done
  },
}

interface Place {
  readonly id: string
  readonly name: string
  readonly lng: number
  readonly lat: number
}

async function readPlaces(
  problem: string | undefined,
  complex: string | undefined,
  { locale }: Terminal,
): Promise<readonly Place[]> {
  const places: Place[] = []
  if (problem !== undefined) places.push(...(await readProblem(problem, locale, () => {})).sites)
  if (complex === undefined) return places
  if (!isComplexId(complex)) {
    const known = COMPLEX_IDS.join(', ')
    throw wrongUse(form, {
      ko: `--complex ${complex}: 있는 단지: ${known}.`,
      en: `--complex ${complex}: give one of ${known}.`,
    })
  }
  return [...places, ...(await loadComplex(complex)).sites]
}

const STEPS: Readonly<Record<BuildStep, Words>> = {
  read: { ko: '1/3 파일 읽기', en: '1/3 reading the file' },
  parse: { ko: '2/3 도로 추리기', en: '2/3 picking out the roads' },
  build: { ko: '3/3 도로망 만들기', en: '3/3 building the network' },
}

/** Each step once on a line of its own; its share only where somebody watches. */
function followSteps({ note, progress, locale }: Terminal) {
  let current: BuildStep | undefined
  return (step: BuildStep, share: number | undefined) => {
    if (step !== current) {
      progress('')
      note(STEPS[step][locale])
      current = step
    }
    if (share !== undefined) progress(`  ${percent(share)}`)
  }
}

const placesOutside = (places: readonly Place[], { source: { box } }: RoadsManifest): Place[] =>
  places.filter(({ lng, lat }) => lng < box[0] || lat < box[1] || lng > box[2] || lat > box[3])

const NAMED = 10

function describeOutside(outside: readonly Place[], places: number, locale: Locale): string[] {
  if (outside.length === 0) return []
  const ko = locale === 'ko'
  const rest = outside.length - NAMED
  return [
    ko
      ? `주의: 지점 ${count(places)}곳 가운데 ${count(outside.length)}곳이 이 도로의 범위 밖에 있습니다. 더 넓은 추출본으로 다시 만드세요.`
      : `warning: ${count(outside.length)} of ${count(places)} sites lie outside these roads. Build again from a larger extract.`,
    ...outside.slice(0, NAMED).map(({ id, name, lng, lat }) => `  ${id} ${name} (${lng}, ${lat})`),
    ...(rest > 0 ? [ko ? `  그 밖에 ${count(rest)}곳` : `  and ${count(rest)} more`] : []),
  ]
}

function describeRoads({ manifest, how }: BuiltRoads, folder: string, locale: Locale): string[] {
  const { source, engine, buildS, tileBytes, licence } = manifest
  const [west, south, east, north] = source.box.map((degrees) => degrees.toFixed(3))
  const megabytes = (tileBytes / 2 ** 20).toFixed(1)
  if (locale === 'ko') {
    return [
      `${folder}: ${{ built: '도로를 만들었습니다', resumed: '이어서 만들었습니다', known: '이 파일의 도로가 이미 있습니다' }[how]}`,
      `  자료: ${source.file}, ${source.dataAt.slice(0, 10) || '날짜 모름'}`,
      `  범위: 경도 ${west}–${east}, 위도 ${south}–${north}`,
      `  도로 ${count(source.roads)}개(고속도로 ${count(source.motorways)}, 유료 ${count(source.tollRoads)}), ${megabytes} MB, ${buildS}초, ${engine}`,
      `  ${licence}`,
    ]
  }
  return [
    `${folder}: ${{ built: 'roads built', resumed: 'the interrupted build is finished', known: 'the roads of this file are there already' }[how]}`,
    `  data: ${source.file}, ${source.dataAt.slice(0, 10) || 'of unknown date'}`,
    `  area: longitude ${west} to ${east}, latitude ${south} to ${north}`,
    `  ${count(source.roads)} roads (${count(source.motorways)} expressways, ${count(source.tollRoads)} tolled), ${megabytes} MB, ${buildS} s, ${engine}`,
    `  ${licence}`,
  ]
}
