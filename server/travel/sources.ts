/** Where an operator may take the roads from, and how he says so: one entry a kind, each loaded when it is chosen. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Locale } from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import type { TravelProvider, Words } from './provider.ts'
import { trunk } from './trunk.ts'
import { readManifest } from './valhalla/manifest.ts'

export interface Source {
  /** As typed. */
  readonly form: string
  readonly words: Words
  /** What the rest of the choice names, if this is the source that it chooses. */
  readonly takes: (choice: string) => string | undefined
  readonly open: (rest: string, locale: Locale) => Promise<TravelProvider>
}

const after = (prefix: RegExp) => (choice: string) => {
  const found = prefix.exec(choice)
  return found ? choice.slice(found[0].length) : undefined
}
/** Of `kind+http://…`, the address. */
const addressAfter = (kind: string) => (choice: string) =>
  choice.startsWith(`${kind}+http`) ? choice.slice(kind.length + 1) : undefined

export const SOURCES: readonly Source[] = [
  {
    form: 'trunk',
    words: { ko: '내장 간선망 (추정)', en: 'the trunk network of milkrun (estimates)' },
    takes: (choice) => (choice === 'trunk' ? '' : undefined),
    open: async () => trunk,
  },
  {
    form: 'valhalla:FOLDER',
    words: {
      ko: 'roads build 로 만든 실제 도로',
      en: 'real roads that roads build has made',
    },
    takes: after(/^valhalla:/),
    async open(folder) {
      const { openValhalla } = await import('./valhalla/inProcess.ts')
      const { provider, manifest } = await openValhalla(folder)
      const { licence, source } = manifest
      const about = {
        kind: 'valhalla',
        licence,
        area: source.box,
        ...(source.dataAt && { dataDate: source.dataAt.slice(0, 10) }),
      } as const
      return { ...provider, about: () => about }
    },
  },
  {
    form: 'valhalla+http://HOST:8002',
    words: { ko: 'Valhalla 서버의 실제 도로', en: 'real roads of a Valhalla server' },
    takes: addressAfter('valhalla'),
    async open(rest) {
      const { valhallaOverHttp } = await import('./valhalla/overHttp.ts')
      return valhallaOverHttp(readAddress(rest))
    },
  },
  {
    form: 'osrm+http://HOST:5000[?profile=driving]',
    words: {
      ko: 'OSRM 서버. 시간과 거리는 실제 도로, 통행료는 추정',
      en: 'an OSRM server; times and kilometres of real roads, tolls estimated',
    },
    takes: addressAfter('osrm'),
    async open(rest) {
      const address = readAddress(rest)
      const { osrmOverHttp } = await import('./osrm.ts')
      const profile = address.searchParams.get('profile') ?? undefined
      address.searchParams.delete('profile')
      if (profile !== undefined && !/^[\w-]{1,40}$/.test(profile)) throw wrongChoice('profile', profile)
      return osrmOverHttp(address, { ...(profile && { profile }) })
    },
  },
  {
    form: 'matrix:FILE.csv|FILE.json',
    words: {
      ko: '장소 사이의 시간과 거리를 적은 파일',
      en: 'a file of times and kilometres between places',
    },
    takes: after(/^matrix:/),
    async open(path, locale) {
      const { matrixFileProvider, readMatrix } = await import('./matrixFile.ts')
      const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        throw new Refusal(400, 'roads.file', {
          ko: `${path}: 도로 파일을 읽을 수 없습니다 (${error.code}). 이름과 권한을 확인하세요.`,
          en: `${path}: the file of the roads cannot be read (${error.code}). Check its name and permissions.`,
        })
      })
      const { data, issues } = readMatrix(bytes, locale)
      if (data) return matrixFileProvider(basename(path), data)
      throw new Refusal(
        422,
        'roads.matrix',
        {
          ko: `${path}: 이동시간 파일에 고칠 곳이 ${issues.length}개 있습니다.`,
          en: `${path}: the file of travel times has ${issues.length} ${issues.length === 1 ? 'fault' : 'faults'}.`,
        },
        issues,
      )
    },
  },
]

export const FALLBACKS = ['trunk', 'fail'] as const

export interface RoadsChoice {
  /** As typed; undefined: those in `folder` if any were built there, else the trunk network. */
  readonly roads: string | undefined
  readonly folder: string
  /** What happens when they fail; undefined: they fail. */
  readonly fallback: string | undefined
}

/** Nothing is asked yet: a service that is not there is told of when a plan needs it. */
export async function openRoads(choice: RoadsChoice, locale: Locale): Promise<TravelProvider> {
  const { folder, fallback = 'fail' } = choice
  const roads = choice.roads ?? ((await readManifest(folder)) ? `valhalla:${folder}` : 'trunk')
  if (!FALLBACKS.some((known) => known === fallback)) {
    throw new Refusal(400, 'roads.fallback', {
      ko: `--roads-fallback ${fallback}: ${FALLBACKS.join(' 또는 ')} 을 쓰세요 (MILKRUN_ROADS_FALLBACK 도 같습니다).`,
      en: `--roads-fallback ${fallback}: give ${FALLBACKS.join(' or ')} (so with MILKRUN_ROADS_FALLBACK).`,
    })
  }
  for (const { takes, open } of SOURCES) {
    const rest = takes(roads)
    if (rest === undefined) continue
    const provider = await open(rest, locale)
    return fallback === 'trunk' && provider !== trunk ? withFallback(provider, trunk) : provider
  }
  throw wrongChoice('--roads', roads)
}

/** The members of a provider may be getters. */
const withFallback = (provider: TravelProvider, fallback: TravelProvider): TravelProvider =>
  Object.defineProperties({} as TravelProvider, {
    ...Object.getOwnPropertyDescriptors(provider),
    fallback: { value: fallback, enumerable: true },
  })

function readAddress(text: string): URL {
  const address = URL.canParse(text) ? new URL(text) : undefined
  if (!address || !/^https?:$/.test(address.protocol)) throw wrongChoice('--roads', text)
  return address
}

/** What was typed may hold a password. */
const hidden = (text: string): string => text.replace(/\/\/[^/@]*@/, '//…@').replace(/\?.*$/, '?…')

function wrongChoice(name: string, text: string): Refusal {
  const list = (locale: Locale) => SOURCES.map(({ form, words }) => `\n  ${form}  ${words[locale]}`).join('')
  return new Refusal(400, 'roads.choice', {
    ko: `${name} ${hidden(text)}: 도로를 이렇게 고르세요 (MILKRUN_ROADS 도 같습니다).${list('ko')}`,
    en: `${name} ${hidden(text)}: choose the roads as follows (so with MILKRUN_ROADS).${list('en')}`,
  })
}
