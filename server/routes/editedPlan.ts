/** What a plan that people have edited has to be, beside keeping every rule: its ledger adds up, and its locks speak of it. */
import { type Issue, type Locale, missingOfLock, nameLock, type Plan } from '../../solver/index.ts'
import { Refusal } from '../errors.ts'

/** What the search gave: the cost of the plan without what people have added and saved since. */
const searchedKrw = ({ costKrw, edits = [] }: Plan): number => costKrw - edits.reduce((sum, { krw }) => sum + krw, 0)

/** Throws where the entries of the ledger do not make up the difference to what the search gave. */
export function assertLedger(before: Plan, after: Plan): void {
  const [was, is] = [searchedKrw(before), searchedKrw(after)]
  if (was === is) return
  const amount = (krw: number) => krw.toLocaleString('en-US')
  throw new Refusal(422, 'plan.ledger', {
    ko: `고친 내역이 맞지 않습니다. 계획 비용에서 edits 의 krw 를 모두 빼면 ${amount(was)}원이어야 하는데 ${amount(is)}원입니다. 고친 것마다 비용 차이를 edits 에 적어 보내세요.`,
    en: `The ledger does not add up: the cost of the plan less all krw of its edits has to be ${amount(was)} won and is ${amount(is)}. Send every change with its difference in edits.`,
  })
}

/** Throws with every lock that names what the plan does not have. */
export function assertLocks(plan: Plan, locale: Locale): void {
  const issues = (plan.locks ?? []).flatMap((lock, k): Issue[] => {
    const missing = missingOfLock(lock, plan)
    if (!missing) return []
    const { route, shipment } = missing
    const name = nameLock(lock, locale)
    const messages = {
      ko:
        shipment === undefined
          ? `${name}: 노선 ${route}이(가) 이 계획에 없습니다.`
          : `${name}: 화물 ${shipment}이(가) ${route === undefined ? (lock.grade === 'direct' ? '개별 운송으로 가지' : '노선에 실려 있지') : `노선 ${route}에 실려 있지`} 않습니다.`,
      en:
        shipment === undefined
          ? `${name}: there is no route ${route} in this plan.`
          : `${name}: shipment ${shipment} ${lock.grade === 'direct' ? 'does not go direct' : `rides on ${route === undefined ? 'no route' : `another route than ${route}`}`}.`,
    }
    const remedies = { ko: '이 고정을 빼고 보내세요.', en: 'Leave this lock out.' }
    return [
      { code: 'plan.lock', severity: 'error', path: `locks/${k}`, message: messages[locale], remedy: remedies[locale] },
    ]
  })
  if (issues.length === 0) return
  throw new Refusal(
    422,
    'plan.locks',
    {
      ko: `고정 ${issues.length}개가 이 계획에 없는 것을 가리킵니다. 아무것도 저장하지 않았습니다.`,
      en: `${issues.length} ${issues.length === 1 ? 'lock names' : 'locks name'} what the plan does not have. Nothing was stored.`,
    },
    issues,
  )
}
