/** A correction as it was typed, with both of its sides: who pays it and who gets it. */
import { dealEqually, type Issue, type Locale, type SettledDay } from '../../solver/index.ts'
import type { Correction, NewCorrection } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import { Refusal } from '../errors.ts'
import type { CorrectionContent } from '../store/tables.ts'

type Typed = Exclude<NewCorrection, { readonly voids: string }>

interface Known {
  readonly data: ComplexData
  readonly month: string
  /** of the day; undefined where no round is named */
  readonly settled: SettledDay | undefined
  readonly carrierOf: ((route: string, vehicle: string) => string | null) | undefined
}

/** Throws with every fault. */
export function bothSides(typed: Typed, known: Known, locale: Locale): CorrectionContent {
  const { settled } = known
  const { date, route, firm, carrier, kind, krw, reason } = typed
  const round = route === undefined ? undefined : settled?.rounds.find((one) => one.route === route)
  const issues = faultsOf(typed, known, round !== undefined, locale)
  if (issues.length > 0)
    throw new Refusal(
      422,
      'correction.faults',
      { ko: '조정을 적지 않았습니다. 고칠 곳을 보세요.', en: 'The correction was not written. See what to mend.' },
      issues,
    )
  const riders = round ? dealByFirm(krw, round.firms) : []
  const payers = firm === undefined ? riders : [{ firm, krw }]
  const ofRound = round ? (known.carrierOf?.(round.route, round.vehicle) ?? null) : undefined
  const gets = carrier ?? ofRound
  return {
    date,
    ...(route !== undefined && { route }),
    kind,
    krw,
    reason: reason.trim(),
    payers,
    ...(gets !== undefined && { carrier: gets }),
  }
}

/** Takes a line back, to the won and on both sides. */
export const takenBack = (
  { date, route, kind, krw, payers, carrier }: Correction,
  reason: string,
): CorrectionContent => ({
  date,
  ...(route !== undefined && { route }),
  kind,
  krw: -krw,
  reason: reason.trim(),
  payers: payers.map((payer) => ({ firm: payer.firm, krw: -payer.krw })),
  ...(carrier !== undefined && { carrier }),
})

/** The same for each shipment; a firm once. */
function dealByFirm(krw: number, firms: readonly string[]): CorrectionContent['payers'] {
  const dealt = new Map<string, number>()
  for (const part of dealEqually(krw, firms.toSorted())) dealt.set(part.to, (dealt.get(part.to) ?? 0) + part.krw)
  return [...dealt].map(([firm, each]) => ({ firm, krw: each })).filter((payer) => payer.krw !== 0)
}

function faultsOf(
  { date, route, firm, carrier, krw }: Typed,
  { data, month }: Known,
  isRound: boolean,
  locale: Locale,
): Issue[] {
  const ko = locale === 'ko'
  const fault = (path: string, message: readonly [string, string], remedy: readonly [string, string]): Issue => ({
    code: 'correction.fault',
    severity: 'error',
    path,
    message: message[ko ? 0 : 1],
    remedy: remedy[ko ? 0 : 1],
  })
  const faults: Issue[] = []
  if (!date.startsWith(`${month}-`))
    faults.push(
      fault(
        'date',
        [`${month} 의 날이 아닙니다: ${date}.`, `${date} is no day of ${month}.`],
        ['그 달의 날을 고르세요.', 'Choose a day of that month.'],
      ),
    )
  if (krw === 0)
    faults.push(
      fault(
        'krw',
        ['0원은 조정이 아닙니다.', 'A correction of ₩0 is none.'],
        ['원 단위로 적으세요.', 'Give whole won.'],
      ),
    )
  if (route === undefined && firm === undefined && carrier === undefined)
    faults.push(
      fault(
        'route',
        ['무엇을 조정하는지 없습니다.', 'It does not say what it corrects.'],
        ['노선, 기업, 운송사 가운데 하나는 고르세요.', 'Choose a route, a firm or a carrier.'],
      ),
    )
  if (route !== undefined && !isRound)
    faults.push(
      fault(
        'route',
        [`그 날에 없는 노선입니다: ${route}.`, `The day has no round ${route}.`],
        ['그 날의 노선을 고르세요.', 'Choose a round of that day.'],
      ),
    )
  if (firm !== undefined && !data.firms.some(({ id }) => id === firm))
    faults.push(
      fault(
        'firm',
        [`단지에 없는 기업입니다: ${firm}.`, `The complex has no firm ${firm}.`],
        ['기업을 고르세요.', 'Choose a firm.'],
      ),
    )
  if (carrier !== undefined && !data.carriers?.some(({ id }) => id === carrier))
    faults.push(
      fault(
        'carrier',
        [`단지에 없는 운송사입니다: ${carrier}.`, `The complex has no carrier ${carrier}.`],
        ['운송사를 고르세요.', 'Choose a carrier.'],
      ),
    )
  return faults
}
