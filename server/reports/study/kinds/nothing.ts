/** A study of which nothing is worked out: it says so, and nothing else. */
import { type Answers, ATTACKS, no } from '../attacks.ts'
import type { KindReport } from '../report.ts'
import type { Say } from '../words.ts'

export function nothingYet(
  { kind, question, baseline }: { readonly kind: string; readonly question: string; readonly baseline: string },
  { w }: Say,
): KindReport {
  const why = no(
    w('계산한 값이 아직 없어 답하지 않습니다.', 'No figure is worked out yet, so this study does not answer it.'),
  )
  return {
    kind,
    question,
    answer: w(
      `계산한 날이 없어 답이 없습니다 (기준 ${baseline}).`,
      `No day is worked out, so there is no answer (baseline ${baseline}).`,
    ),
    range: w('값이 없으므로 범위도 없습니다.', 'Without a figure there is no range.'),
    tone: 'warn',
    isNot: [
      w(
        '절감이 0이라는 뜻이 아닙니다. 아무것도 계산하지 않았습니다.',
        'It does not say that nothing is saved: nothing was worked out.',
      ),
    ],
    figures: [],
    sections: [],
    method: [
      w(
        '이어서 계산하면 이 보고서가 채워집니다 (서비스에서는 ‘이어서’, 명령줄에서는 --from 이나 --resume).',
        'This report fills once the study goes on (in the service by resuming it, on the command line by --from or --resume).',
      ),
    ],
    answers: Object.fromEntries(ATTACKS.map(({ id }) => [id, why])) as Answers,
  }
}
