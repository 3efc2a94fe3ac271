/** The options of all commands that need roads, and what they tell of the roads that answered. */
import type { Locale, Provenance, Travel } from '../../solver/index.ts'
import { readRoads } from '../main.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { openRoads } from '../travel/sources.ts'
import type { Command } from './command.ts'

export const ROADS_STRINGS = { roads: { type: 'string' }, 'roads-fallback': { type: 'string' } } as const

export const ROADS_OPTIONS: Command['options'] = [
  [
    '--roads SOURCE',
    {
      ko: 'trunk, valhalla:FOLDER, valhalla+http://…, osrm+http://…, matrix:FILE 가운데 하나 (또는 MILKRUN_ROADS). 기본: roads build 로 만든 도로, 없으면 trunk',
      en: 'one of trunk, valhalla:FOLDER, valhalla+http://…, osrm+http://…, matrix:FILE (or MILKRUN_ROADS); default: the roads that were built, else trunk',
    },
  ],
  [
    '--roads-fallback fail',
    {
      ko: '그 도로가 답하지 않으면: fail 멈춘다, trunk 간선망 추정으로 계획한다 (또는 MILKRUN_ROADS_FALLBACK)',
      en: 'when they do not answer: fail, or trunk to plan on estimates (or MILKRUN_ROADS_FALLBACK)',
    },
  ],
]

export interface RoadsValues {
  readonly roads?: string | undefined
  readonly 'roads-fallback'?: string | undefined
}

export const chosenRoads = async (values: RoadsValues, locale: Locale): Promise<TravelProvider> =>
  await openRoads(readRoads(values.roads, values['roads-fallback']), locale)

/** Why so much of a plan does not hold: it was made on roads other than these. */
export function describeOtherRoads({ travelKey }: Provenance, { key }: Travel, locale: Locale): string[] {
  if (travelKey === key) return []
  const [then, today] = [travelKey, key].map((text) => /^[a-z]+/i.exec(text)?.[0] ?? text.slice(0, 20)) as [
    string,
    string,
  ]
  const other = then !== today
  if (locale === 'ko')
    return [
      `이 계획은 다른 도로로 세운 것입니다(${other ? `그때 ${then}, 지금 ${today}` : `${today}, 자료나 차급이 다름`}). 그때의 도로를 --roads 로 고르거나 다시 계획하세요.`,
    ]
  return [
    `This plan was made on other roads (${other ? `then ${then}, now ${today}` : `${today} of other data or other trucks`}). Choose those with --roads, or plan again.`,
  ]
}

/** What of the figures is an estimate, and why; nothing where all of them are of real roads. */
export function describeRoads(
  { estimated, estimatedTolls, fallback }: Pick<Provenance, 'estimated' | 'estimatedTolls' | 'fallback'>,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const lines: string[] = []
  if (estimated) lines.push(ko ? '거리와 시간은 추정' : 'distances and times are estimates')
  else if (estimatedTolls) lines.push(ko ? '통행료는 추정' : 'tolls are estimates')
  if (fallback)
    lines.push(
      ko
        ? `고른 도로가 답하지 않아 간선망으로 바꾸었습니다. ${fallback.why.ko}`
        : `the chosen roads did not answer, the trunk network did instead. ${fallback.why.en}`,
    )
  return lines
}
