/** What an appraisal says. */
import type { Locale } from '../../../solver/index.ts'
import type { appraise } from '../../../study/index.ts'
import { percent, won } from '../command.ts'

export function appraisalLines(
  answer: ReturnType<typeof appraise>,
  { years, rate }: { years: number; rate: number },
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const irr = ({ irr: found }: { irr: ReturnType<typeof appraise>['financial']['irr'] }): string =>
    found.kind === 'one' ? percent(found.rate) : found.kind === 'none' ? '–' : found.rates.map(percent).join(', ')
  const line = (name: string, table: ReturnType<typeof appraise>['financial']): string =>
    `${name}: NPV ${won(Math.round(table.npvKrw))}, B/C ${table.bc === null ? '–' : table.bc.toFixed(2)}, IRR ${irr(table)}, ${ko ? '회수' : 'payback'} ${table.paybackYears === null ? '–' : table.paybackYears.toFixed(1)}`
  return [
    ko
      ? `예타 준용 간이, ${years}년, 할인율 ${percent(rate)}, 불변가격`
      : `in the manner of the Korean preliminary feasibility study, simplified: ${years} years, ${percent(rate)}, constant prices`,
    line(ko ? '재무' : 'financial', answer.financial),
    ...answer.economic.map(({ krwPerTonne, table }) =>
      line(`${ko ? '경제' : 'economic'} (CO₂ ${won(krwPerTonne)}/t)`, table),
    ),
    ...(answer.benefitPerGrant === null
      ? []
      : [`${ko ? '편익 ÷ 국비' : 'benefit ÷ grant'} ${answer.benefitPerGrant.toFixed(2)}`]),
  ]
}
