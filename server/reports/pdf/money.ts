/** What a round is worth to its carrier: the lines of its fare as the ledger of the plan has them, each with what it is counted from. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import {
  type CostLine,
  type HiredTariff,
  type Locale,
  type Problem,
  paidLines,
  type Route,
  sumLines,
  type Tariff,
} from '../../../solver/index.ts'
import { COST_WORDS } from '../moneySheets.ts'
import type { PlanPapers } from '../report.ts'
import type { Round } from '../rounds.ts'
import { PALE, RULED } from './document.ts'
import { SHEET_WORDS } from './words.ts'

const won = (krw: number): string => Math.round(krw).toLocaleString('en-US')

interface FareAbout extends Pick<PlanPapers, 'waiting'> {
  /** behind figures of estimated tolls */
  readonly mark: string
  readonly duration: (seconds: number) => string
}

export function fareTable(
  { route, vehicle }: Round,
  problem: Problem,
  locale: Locale,
  { mark, duration, waiting }: FareAbout,
): Content[] {
  const t = SHEET_WORDS[locale]
  const tariff = problem.tariffs.find(({ id }) => id === vehicle?.tariff)
  const lines = paidLines(route.costLines)
  const row = ({ kind, krw }: CostLine): TableCell[] => [
    COST_WORDS[kind][locale],
    `${basisOf(kind, route, tariff, locale, duration)}${kind === 'toll' ? mark : ''}`,
    { text: won(krw), alignment: 'right' },
  ]
  const head: TableCell[] = t.moneyColumns.map((text, index) => ({
    text,
    fillColor: PALE,
    ...(index === 2 && { alignment: 'right' as const }),
  }))
  const sum: TableCell[] = [
    { text: t.sum, bold: true },
    '',
    { text: won(sumLines(lines)), bold: true, alignment: 'right' },
  ]
  const included = tariff && tariff.kind !== 'terminal' && tariff.tollIncluded ? t.tollIncluded : ''
  const waited =
    waiting && vehicle?.kind === 'hired'
      ? t.waitingPaid(duration(waiting.freeS), won(waiting.perHourKrw))
      : t.waitingFree
  return [
    {
      unbreakable: true,
      margin: [0, 10, 0, 0],
      stack: [
        { table: { widths: [120, '*', 90], body: [head, ...lines.map(row), sum] }, layout: RULED },
        {
          margin: [0, 6, 0, 0],
          text: [t.settlement, included, t.waiting(duration(route.waitS)), waited, t.paidAsDriven]
            .filter(Boolean)
            .join(' '),
        },
      ],
    },
  ]
}

function basisOf(
  kind: CostLine['kind'],
  route: Route,
  tariff: Tariff | undefined,
  locale: Locale,
  duration: (seconds: number) => string,
): string {
  const t = SHEET_WORDS[locale]
  if (!tariff || tariff.kind === 'terminal') return ''
  const paidS = route.returnS - route.departS
  const hired: HiredTariff | undefined = tariff.kind === 'hired' ? tariff : undefined
  const contract = tariff.kind === 'contract' ? tariff : undefined
  const per = won(tariff.handLoadKrw ?? 0)
  switch (kind) {
    case 'fixed':
      return contract ? t.perDay : ''
    case 'distance':
      return t.perKm(`${(route.distanceM / 1000).toFixed(1)} km`, tariff.perKmKrw.toLocaleString('en-US'))
    case 'time':
      return contract ? t.perHour(duration(paidS), won(contract.perHourKrw)) : ''
    case 'overtime':
      return contract?.overtime
        ? t.perHour(duration(paidS - contract.overtime.afterS), won(contract.overtime.perHourKrw))
        : ''
    case 'stopFee':
      return hired ? t.perStop(route.stops.length - hired.includedStops, won(hired.stopFeeKrw)) : ''
    case 'handling': {
      const line = route.costLines.find((entry) => entry.kind === 'handling')
      return t.perTime(Math.round((line?.krw ?? 0) / Math.max(1, Math.round(tariff.handLoadKrw ?? 1))), per)
    }
    case 'minimumTopUp':
      return hired ? t.upTo(won(hired.minimumKrw)) : ''
    case 'toll':
      return t.tollBasis
    default:
      return ''
  }
}
