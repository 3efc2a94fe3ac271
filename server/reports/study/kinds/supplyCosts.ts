/** What alternatives cost on the roads: one fetch, and a second supplier all year, each firm for itself and on the milk run. */
import {
  type FetchResult,
  namesOf,
  type Study,
  type SupplyAnswer,
  VERDICT_NAMES,
  WHY_NO_ROUTE,
} from '../../../../study/index.ts'
import { drawPairs, MOST_PAIRS, type PairRow } from '../charts/pairs.ts'
import type { Section } from '../report.ts'
import type { Say } from '../words.ts'

type SupplyStudy = Extract<Study, { kind: 'supply' }>
export type PlannedFetch = Extract<FetchResult, { kind: 'planned' }>

export const plannedOf = ({ fetches }: SupplyAnswer): PlannedFetch[] =>
  fetches.filter((fetch): fetch is PlannedFetch => fetch.kind === 'planned')

const pairName =
  ({ register }: SupplyStudy) =>
  ({ item, supplier }: { readonly item: string; readonly supplier: string }): string => {
    const names = namesOf(register)
    return `${names.item(item)} ← ${names.supplier(supplier)}`
  }

export function costSections(study: SupplyStudy, answer: SupplyAnswer, say: Say): Section[] {
  return [...fetchSections(study, answer, say), ...secondSections(study, answer, say)]
}

function fetchSections(study: SupplyStudy, answer: SupplyAnswer, say: Say): Section[] {
  const { w, of, whole, share } = say
  const { fetches } = answer
  if (fetches.length === 0) return []
  const nameOf = pairName(study)
  const planned = plannedOf(answer)
  const days = (fetch: PlannedFetch) => fetch.days.map(({ pooledKrw }) => pooledKrw)
  const without = new Set(
    fetches.flatMap((fetch) => (fetch.kind === 'none' ? `${nameOf(fetch)}: ${of(WHY_NO_ROUTE[fetch.why])}.` : [])),
  )
  const unit = w('원', 'won')
  const title = w('대체 공급처에서 한 번 가져오는 값', 'What one fetch from an alternative costs')
  const notes = [
    ...(planned.length > 0
      ? [
          w(
            '각자: 기업마다 제 몫을 가장 싼 수단으로. 밀크런: 단지의 그날 노선에 넣어 다시 계획한 것에서 넣지 않은 것을 뺀 값. 두 쪽은 같은 운임표와 도로로 셈합니다. 기준은 각자 가져오는 것입니다.',
            'Alone: each firm fetches its part by its cheapest way. On the milk run: the rounds of the day planned anew with it, less the same rounds without it. Both sides have the same tariffs and roads. The baseline is each for itself.',
          ),
        ]
      : []),
    ...without,
  ]
  if (planned.length === 0)
    return [
      {
        title,
        sentence: w('경로를 계획한 대체 공급처가 없습니다.', 'For no alternative could routes be planned.'),
        notes,
      },
    ]
  const counts = planned.map((fetch) => fetch.days.length)
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  const kinds = new Set(planned.map(nameOf)).size
  return [
    {
      title,
      sentence: w(
        `${kinds}가지를 뽑은 ${fewest === most ? most : `${fewest}~${most}`}일의 노선에 넣어 계획했습니다.`,
        `${kinds === 1 ? '1 pair' : `${kinds} pairs`}, planned into the rounds of ${fewest === most ? most : `${fewest} to ${most}`} drawn days.`,
      ),
      chart: drawPairs(
        planned.map(
          (fetch): PairRow => ({
            name: nameOf(fetch),
            note: w(
              `${fetch.everyDays}일마다 ${whole(fetch.kg)} kg (쓰는 양의 ${share(fetch.share)})`,
              `${whole(fetch.kg)} kg every ${fetch.everyDays} days (${share(fetch.share)} of use)`,
            ),
            aloneKrw: fetch.aloneKrw,
            pooledKrw: fetch.pooledKrw,
            markKrw: null,
          }),
        ),
        say,
      ),
      notes: [...notes, ...(planned.length > MOST_PAIRS ? [inTable(MOST_PAIRS, planned.length, say)] : [])],
      table: {
        name: w('한 번 가져오기', 'One fetch'),
        columns: [
          { name: w('품목과 공급처', 'Item and supplier') },
          { name: w('쓰는 양의', 'Of use'), unit: '%', digits: 1, percent: true },
          { name: w('며칠마다', 'Every'), unit: w('일', 'days') },
          { name: w('한 번', 'At a time'), unit: 'kg' },
          { name: w('각자', 'Alone'), unit },
          { name: w('밀크런', 'Milk run'), unit },
          { name: w('밀크런, 가장 싼 날', 'Cheapest day'), unit },
          { name: w('밀크런, 가장 비싼 날', 'Dearest day'), unit },
          { name: w('견준 날', 'Days') },
          { name: w('뺀 날', 'Left out') },
          { name: w('오늘의 것, 각자', 'Today’s, alone'), unit },
          { name: w('오늘의 것, 밀크런', 'Today’s, milk run'), unit },
        ],
        rows: planned.map((fetch) => [
          nameOf(fetch),
          fetch.share,
          fetch.everyDays,
          fetch.kg,
          fetch.aloneKrw,
          fetch.pooledKrw,
          Math.min(...days(fetch)),
          Math.max(...days(fetch)),
          fetch.days.length,
          fetch.daysLeftOut,
          fetch.instead?.aloneKrw ?? null,
          fetch.instead?.pooledKrw ?? null,
        ]),
      },
    },
  ]
}

const inTable = (most: number, all: number, { w }: Say): string =>
  w(
    `그림은 ${all}개 가운데 처음 ${most}개이며, 표에는 모두 있습니다.`,
    `The chart has the first ${most} of ${all}; the table has all.`,
  )

function secondSections(study: SupplyStudy, { diversified }: SupplyAnswer, say: Say): Section[] {
  const { w, of, share, digits } = say
  if (diversified.length === 0) return []
  const nameOf = pairName(study)
  const known = diversified.flatMap((entry) =>
    entry.aloneKrw === null || entry.pooledKrw === null
      ? []
      : [{ ...entry, aloneKrw: entry.aloneKrw, pooledKrw: entry.pooledKrw }],
  )
  const made = known.filter(({ verdict }) => verdict === 'affordablePooled').map(nameOf)
  const lack = ({ outages }: (typeof diversified)[number]) =>
    outages.map(({ before, after }) => `${digits(before, 1)} → ${digits(after, 1)}`).join(', ') || '–'
  const accept = study.diversify?.acceptShare ?? 0
  const unit = w('원', 'won')
  return [
    {
      title: w('늘 두 곳에서 사면, 한 해에', 'A second supplier all year'),
      sentence:
        made.length > 0
          ? w(
              `밀크런이라야 감당할 만한 것: ${made.join(', ')}.`,
              `Affordable because of the milk run: ${made.join(', ')}.`,
            )
          : w('밀크런 덕에 감당할 만해지는 것은 없습니다.', 'The milk run makes none of them affordable that was not.'),
      ...(known.length > 0 && {
        chart: drawPairs(
          known.map(
            (entry): PairRow => ({
              name: `${nameOf(entry)} ${share(entry.share)}`,
              note: of(VERDICT_NAMES[entry.verdict]),
              aloneKrw: entry.aloneKrw,
              pooledKrw: entry.pooledKrw,
              markKrw: entry.acceptKrw,
            }),
          ),
          say,
        ),
      }),
      notes: [
        w(
          `물건값의 차이와 운송을 더한 한 해의 값이며, 오늘의 운송이 사라지는 곳은 뺐습니다. 점선: 기업이 낼 만한 값, 품목에 쓰는 돈의 ${share(accept)} (가정). 중단 때 부족 일수는 적힌 중단마다 지금 → 두 곳일 때입니다.`,
          `A year, more for the goods and transport together, less today’s transport where that falls away. Dashed: what firms would pay, ${share(accept)} of what they spend on the item (assumed). Days of lack: for each outage written down, now → with the second supplier.`,
        ),
        ...(known.length > MOST_PAIRS ? [inTable(MOST_PAIRS, known.length, say)] : []),
      ],
      table: {
        name: w('둘째 공급처', 'Second supplier'),
        columns: [
          { name: w('품목과 공급처', 'Item and supplier') },
          { name: w('몫', 'Share'), unit: '%', digits: 1, percent: true },
          { name: w('물건값 차이', 'Goods'), unit },
          { name: w('각자', 'Alone'), unit },
          { name: w('밀크런', 'Milk run'), unit },
          { name: w('낼 만한 값', 'Would pay'), unit },
          { name: w('말할 수 있는 것', 'Verdict') },
          { name: w('중단 때 부족 일수', 'Days of lack') },
        ],
        rows: diversified.map((entry) => [
          nameOf(entry),
          entry.share,
          entry.goodsKrw,
          entry.aloneKrw,
          entry.pooledKrw,
          entry.acceptKrw,
          of(VERDICT_NAMES[entry.verdict]),
          lack(entry),
        ]),
      },
    },
  ]
}
