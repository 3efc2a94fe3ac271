/** What a national study says, as lines: all complexes together, then each, then those that could not be worked out. */
import type { Locale } from '../../../solver/index.ts'
import type { NationalResult, NationalStudy } from '../../../study/index.ts'
import type { StudyPart } from '../../api.ts'
import { percent, won } from '../command.ts'
import { range } from './whoLines.ts'

const krw = (value: number): string => won(Math.round(value))

export function nationalLines(
  study: NationalStudy,
  { all, complexes }: NationalResult,
  parts: readonly StudyPart[],
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const nameOf = (id: string) => study.settings.find((setting) => setting.id === id)?.name[locale] ?? id
  const target = percent(study.targetShare ?? 0.2)
  const [first] = study.settings
  const done = parts.reduce((sum, part) => sum + part.done, 0)
  const wanted = parts.reduce((sum, part) => sum + part.all, 0)
  const failed = parts.filter(({ state }) => state === 'failed')
  return [
    ko
      ? `단지 ${parts.length}곳, ${wanted}회 가운데 ${done}회 계산, 95 % 구간, 거리와 시간은 도로 추정에 따름`
      : `${parts.length} complexes, ${done} of ${wanted} runs, 95 % intervals; distances and times as the roads estimate them`,
    ...all.flatMap(
      ({ setting, complexes: counted, runs, saving, difference, yearKrw, target: { above, below, open } }) => [
        ``,
        `${nameOf(setting)}  (${ko ? `단지 ${counted}곳, ${runs}회` : `${counted} complexes, ${runs} runs`})`,
        ko
          ? `  B1(화물마다 가장 싼 수단) 대비 절감 ${range(saving.B1, percent)}, B2(기업마다 따로 최적화) 대비 ${range(saving.B2, percent)}, B0(모두 단독 용차, 상한) 대비 ${percent(saving.B0.value)}`
          : `  saving against B1 (every shipment its cheapest way) ${range(saving.B1, percent)}, against B2 (every firm alone, optimised) ${range(saving.B2, percent)}, against B0 (every shipment its own hired truck, an upper limit) ${percent(saving.B0.value)}`,
        ko
          ? `  ${target} 이상 절감이 확실한 단지 ${above}곳, 미달이 확실한 단지 ${below}곳, 아직 모르는 단지 ${open}곳`
          : `  ${target} or more for certain in ${above} complexes, less for certain in ${below}, not known yet in ${open}`,
        ko
          ? `  한 해 ${range(yearKrw, krw)} (단지마다 사업비 ${won(study.programmeKrwPerYear ?? 0)} 뺌)`
          : `  a year ${range(yearKrw, krw)} (programme of ${won(study.programmeKrwPerYear ?? 0)} paid in each complex)`,
        ...(difference
          ? [
              ko
                ? `  기준 설정과의 차이 ${range(difference, (share) => `${(100 * share).toFixed(1)} %p`)}`
                : `  against the first setting ${range(difference, (share) => `${(100 * share).toFixed(1)} points`)}`,
            ]
          : []),
      ],
    ),
    ``,
    ko ? `단지별 (${nameOf(first!.id)})` : `by complex (${nameOf(first!.id)})`,
    ...parts.map(({ complex, name, done: ready, all: asked }) => {
      const result = complexes
        .find((one) => one.complex === complex)
        ?.settings.find(({ setting }) => setting === first!.id)
      const says = result
        ? `B1 ${range(result.saving.B1, percent)}, ${ko ? '한 해' : 'a year'} ${range(result.yearKrw, krw)}`
        : ko
          ? '자료 없음'
          : 'nothing yet'
      return `  ${name[locale]}: ${says}  ${ready} / ${asked}`
    }),
    ...(failed.length > 0
      ? [
          '',
          ko
            ? '계산하지 못한 단지 (이미 나온 날만 합계에 듦)'
            : 'complexes that could not be worked out (only days that are there count in the sums)',
        ]
      : []),
    ...failed.map(({ name, error }) => `  ${name[locale]}: ${error ?? '–'}`),
  ]
}
