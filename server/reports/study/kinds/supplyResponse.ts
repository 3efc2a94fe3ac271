/** What to do about an outage, in two phases, and what all of a phase leave of it together. */
import {
  PHASE_NAMES,
  RESPONSE_NAMES,
  responseCost,
  responseDeed,
  responseGain,
  responseTime,
  type Study,
  type SupplyAnswer,
} from '../../../../study/index.ts'
import { drawLengths } from '../charts/bars.ts'
import type { Section } from '../report.ts'
import type { Say } from '../words.ts'

type SupplyStudy = Extract<Study, { kind: 'supply' }>

export function responseSections(
  { register }: SupplyStudy,
  { response: { lines, phases } }: SupplyAnswer['outages'][number],
  { title, name }: { readonly title: string; readonly name: string },
  say: Say,
): Section[] {
  const { w, of, digits, locale } = say
  const days = (value: number) => w(`${digits(value, 1)}일`, `${digits(value, 1)} days`)
  const left = [
    { name: w('대책 없음 (기준)', 'Nothing done (baseline)'), value: phases.nothing, bad: true },
    { name: w('긴급 조치 모두', 'All that is urgent'), value: phases.urgent },
    { name: w('중기까지 갖춘 다음 중단', 'The next outage, with all of both'), value: phases.both },
  ]
  if (lines.length === 0)
    return [
      {
        title: `${title}: ${w('대책, 두 단계', 'what to do, in two phases')}`,
        sentence: w(
          '이 중단에 맞는 대책이 대장에 없습니다.',
          'The register holds nothing that could be done about this outage.',
        ),
      },
    ]
  return [
    {
      title: `${title}: ${w('대책, 두 단계', 'what to do, in two phases')}`,
      sentence: w(
        `멈춤 ${days(phases.nothing)}(기준)이 긴급 조치를 모두 하면 ${days(phases.urgent)}, 중기까지 갖춘 다음 중단에는 ${days(phases.both)}입니다.`,
        `${days(phases.nothing)} stopped (baseline) become ${days(phases.urgent)} with all that is urgent, and ${days(phases.both)} in the next outage with all of both phases.`,
      ),
      chart: drawLengths(left.map((bar) => ({ ...bar, text: days(bar.value) }))),
      notes: [
        w(
          '멈춘 기업·일, 모든 품목. 줄마다의 효과는 그 줄만 했을 때의 것이라 더해지지 않습니다.',
          'Firm days stopped, over all items. What a line gains is of that line alone: the gains do not add up.',
        ),
      ],
      table: {
        name: `${w('대책 줄', 'Response')} ${name}`,
        columns: [
          { name: w('단계', 'Phase'), part: 0.1 },
          { name: w('무엇을', 'What'), part: 0.1 },
          { name: w('누가, 얼마나', 'Who, how much'), part: 0.27 },
          { name: w('언제', 'When'), part: 0.14 },
          { name: w('효과', 'Gain'), part: 0.16 },
          { name: w('비용', 'Cost'), part: 0.23 },
        ],
        rows: lines.map((line) => [
          of(PHASE_NAMES[line.phase]),
          of(RESPONSE_NAMES[line.kind]),
          responseDeed(register, line, locale),
          responseTime(line, locale),
          responseGain(line, register, locale),
          responseCost(line, locale),
        ]),
      },
    },
  ]
}
