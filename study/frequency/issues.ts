/** Every fault of settings that let orders wait. */
import type { Issue, Locale } from '../../solver/index.ts'
import type { PickupStudy } from '../pickup/schema.ts'
import { collectsOf, dailyOf } from './settings.ts'

/** A week: a shorter window would let everything go before its day. */
const LEAST_DAYS = 5

export function findFrequencyIssues({ settings, days, stock }: PickupStudy, locale: Locale): Issue[] {
  const waiting = settings.map(collectsOf)
  if (waiting.every((changes) => changes.length === 0)) return []
  const fault = (path: string, code: string, ko: readonly [string, string], en: readonly [string, string]): Issue => {
    const [message, remedy] = locale === 'ko' ? ko : en
    return { code, severity: 'error', path, message, remedy }
  }
  return [
    ...(stock
      ? []
      : [
          fault(
            'stock',
            'study.noStock',
            ['기다리는 화물의 재고 비용이 없습니다.', 'stock 에 kg 당 값과 한 해 유지비 비율을 적으세요.'],
            [
              'Nothing says what goods that wait cost.',
              'State in stock what a kg is worth and the rate of carrying it a year.',
            ],
          ),
        ]),
    ...(days < LEAST_DAYS
      ? [
          fault(
            'days',
            'study.fewDays',
            [`${days}일로는 한 주의 주기를 볼 수 없습니다.`, `${LEAST_DAYS}일 이상으로 적으세요.`],
            [`${days} days hold no weekly pattern.`, `Ask for ${LEAST_DAYS} days or more.`],
          ),
        ]
      : []),
    ...settings.flatMap((setting, at) => [
      ...(waiting[at].length > 1
        ? [
            fault(
              `settings/${at}/changes`,
              'study.twoPatterns',
              ['한 설정에 집하 주기가 둘 이상 있습니다.', '하나만 남기고 설정을 나누세요.'],
              ['The setting has more than one pattern of collection.', 'Leave one, and make settings of the others.'],
            ),
          ]
        : []),
      ...(waiting[at].length > 0 && !dailyOf(settings, setting)
        ? [
            fault(
              `settings/${at}`,
              'study.noDaily',
              ['기다리지 않는 같은 설정이 없어 견줄 수 없습니다.', '집하 주기만 뺀 같은 설정을 더하세요.'],
              [
                'There is no setting without waiting to hold it against.',
                'Add one with the same changes but for the pattern of collection.',
              ],
            ),
          ]
        : []),
    ]),
  ]
}
