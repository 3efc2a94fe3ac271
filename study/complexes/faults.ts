/** Faults of a study of complexes that its form does not show. */
import type { Issue, Locale } from '../../solver/index.ts'
import { weightsOf } from './answer.ts'
import { INDICATORS } from './indicators.ts'
import { completed, isKnownComplex } from './known.ts'
import type { ComplexEntry, ComplexesStudy, Fact } from './schema.ts'

type Say = (path: string, code: string, words: Record<Locale, readonly [message: string, remedy: string]>) => Issue

export function complexesIssues(study: ComplexesStudy, locale: Locale): Issue[] {
  const say: Say = (path, code, words) => {
    const [message, remedy] = words[locale]
    return { code, severity: 'error', path, message, remedy }
  }
  const ids = study.complexes.map(({ id }) => id)
  const counted = study.indicators ? INDICATORS.filter(({ id }) => study.indicators!.includes(id)) : INDICATORS
  const noWeight = !Number.isFinite(weightsOf(study, counted).geography)
  return [
    ...ids.flatMap((id, k) => (ids.indexOf(id) < k ? [twice(`complexes/${k}/id`, id, say)] : [])),
    ...study.complexes.flatMap((entry, k) => entryIssues(entry, `complexes/${k}`, say)),
    ...(noWeight
      ? [
          say('weights', 'complexes.noWeight', {
            ko: [
              '세는 지표가 있는 기준의 가중치가 모두 0입니다.',
              '적어도 한 기준에 0보다 큰 가중치를 주거나 그 기준의 지표를 넣으세요.',
            ],
            en: [
              'No criterion that has an indicator has a weight.',
              'Give one of them a weight above 0, or let an indicator of it count.',
            ],
          }),
        ]
      : []),
    ...(study.compare ?? []).flatMap((id, k, all) => {
      if (all.indexOf(id) < k) return [twice(`compare/${k}`, id, say)]
      return ids.includes(id) ? [] : [unknown(`compare/${k}`, id, say)]
    }),
  ]
}

const twice = (path: string, id: string, say: Say): Issue =>
  say(path, 'study.twice', {
    ko: [`두 번 나옵니다: ${id}`, '하나를 지우거나 다르게 적으세요.'],
    en: [`${id} is there twice.`, 'Leave one out, or make it another.'],
  })
const unknown = (path: string, id: string, say: Say): Issue =>
  say(path, 'study.unknown', {
    ko: [`이 연구에 없는 이름입니다: ${id}`, '위에 적은 id 가운데 하나로 고치세요.'],
    en: [`The study has nothing of the name ${id}.`, 'Give one of the ids that it lists.'],
  })

function entryIssues(entry: ComplexEntry, at: string, say: Say): Issue[] {
  const { firmList = [], suppliers = [], orders = [] } = entry
  const firms = firmList.map(({ id }) => id)
  const partners = suppliers.map(({ id }) => id)
  const known = new Set(firms)
  const named = new Set(partners)
  return [
    ...(completed(entry).name
      ? []
      : [
          say(`${at}/name`, 'complexes.unknown', {
            ko: [
              `알려진 단지에 ${entry.id} 이(가) 없습니다.`,
              '알려진 단지의 id로 고치거나, 직접 넣는 단지라면 이름을 적으세요.',
            ],
            en: [
              `There is no known complex ${entry.id}.`,
              'Give the id of a known one, or a name if it is one of your own.',
            ],
          }),
        ]),
    ...(isKnownComplex(entry.id) || entry.place || firmList.length > 0 || !entry.name
      ? []
      : [
          say(`${at}/place`, 'complexes.noPlace', {
            ko: ['어디에 있는지 알 수 없습니다.', '좌표(lng, lat)나 좌표가 있는 기업 목록을 적으세요.'],
            en: ['Nothing says where it is.', 'Give its lng and lat, or a list of firms with theirs.'],
          }),
        ]),
    ...firms.flatMap((id, k) => (firms.indexOf(id) < k ? [twice(`${at}/firmList/${k}/id`, id, say)] : [])),
    ...partners.flatMap((id, k) => (partners.indexOf(id) < k ? [twice(`${at}/suppliers/${k}/id`, id, say)] : [])),
    ...[...firmList.entries()].flatMap(([k, firm]) => halfPlaced(firm, `${at}/firmList/${k}`, say)),
    ...[...suppliers.entries()].flatMap(([k, supplier]) => halfPlaced(supplier, `${at}/suppliers/${k}`, say)),
    // a list that is there is the whole list
    ...orders.flatMap(({ firm, supplier }, k) => [
      ...(firms.length > 0 && !known.has(firm) ? [unknown(`${at}/orders/${k}/firm`, firm, say)] : []),
      ...(partners.length > 0 && !named.has(supplier) ? [unknown(`${at}/orders/${k}/supplier`, supplier, say)] : []),
    ]),
    ...factsOf(entry, at).flatMap(([path, { value, low = value, high = value }]) =>
      low <= value && value <= high
        ? []
        : [
            say(path, 'complexes.range', {
              ko: [`값 ${value} 이(가) 범위 ${low} ~ ${high} 밖에 있습니다.`, 'low ≤ value ≤ high 가 되게 고치세요.'],
              en: [`${value} is not between ${low} and ${high}.`, 'Make it low ≤ value ≤ high.'],
            }),
          ],
    ),
  ]
}

const halfPlaced = (point: { readonly lng?: number; readonly lat?: number }, at: string, say: Say): Issue[] =>
  (point.lng === undefined) === (point.lat === undefined)
    ? []
    : [
        say(at, 'complexes.halfPlaced', {
          ko: ['경도와 위도 가운데 하나만 있습니다.', 'lng 와 lat 를 함께 적거나 둘 다 빼세요.'],
          en: ['Only one of longitude and latitude is there.', 'Give both lng and lat, or neither.'],
        }),
      ]

function factsOf({ firms, areaM2, saving = {}, infrastructure = {} }: ComplexEntry, at: string): [string, Fact][] {
  const { joint: _, operator: __, ...facts } = infrastructure
  const list: readonly (readonly [string, Fact | undefined])[] = [
    ['firms', firms],
    ['areaM2', areaM2],
    ...Object.entries(saving).map(([key, fact]) => [`saving/${key}`, fact] as const),
    ...Object.entries(facts).map(([key, fact]) => [`infrastructure/${key}`, fact] as const),
  ]
  return list.flatMap(([key, fact]): [string, Fact][] => (fact ? [[`${at}/${key}`, fact]] : []))
}
