/**
 * Toll discounts in planning, where a problem asks for them: which rules hold on its first day, the hours of the day that they make
 * apart, and the toll of a way that is left at such an hour. Off by default: whether they hold in 2026 is not confirmed.
 */
import { createHash } from 'node:crypto'
import { type CountedDiscount, inForce, type TollDiscounts } from '../../solver/index.ts'
import type { TravelProfile } from './provider.ts'
import { discountedTollKrw, type TimedLink, type TollClass, type TolledLink, tollKrw } from './toll.ts'
import { COMMUTE_DISCOUNTS, type DailySpan, type Discount, NIGHT_DISCOUNTS, NO_DISCOUNTS } from './tollRules.ts'

/** The rules that are switched on and hold on that day. */
function rulesOf({ night, commute }: TollDiscounts, date: string) {
  return {
    night: night ? inForce(NIGHT_DISCOUNTS, date) : undefined,
    commute: commute ? inForce(COMMUTE_DISCOUNTS, date) : undefined,
  }
}

/** In a rule that nobody has confirmed for the day we can only assume. */
export const certaintyOn = ({ note, unverifiedFrom }: Discount, date: string) =>
  unverifiedFrom === undefined || date < unverifiedFrom ? note.certainty : 'X'

/** What a plan of that day is to say of them. */
export function countedDiscounts(asked: TollDiscounts, date: string): CountedDiscount[] {
  return Object.entries(rulesOf(asked, date)).flatMap(([name, rule]): CountedDiscount[] => {
    if (!rule) return []
    const { from, unverifiedFrom } = rule
    const unverified = unverifiedFrom !== undefined && date >= unverifiedFrom && { unverifiedSince: unverifiedFrom }
    return [
      { discount: name as CountedDiscount['discount'], since: from, ...unverified, certainty: certaintyOn(rule, date) },
    ]
  })
}

const DAY_S = 86_400
/**
 * Who leaves late in the night drives a part of the ride after it, and the last to leave of a stretch speaks for all of it. So many
 * hours before the end of the night are borders too, which keeps rides of an hour or two theirs.
 */
const BEFORE_THE_END_H = [2, 1, 0.5]

/** Stretches of the day, ascending, in which the discounts are given, cut where one of them changes. */
export function discountHours(asked: TollDiscounts, date: string): DailySpan[] {
  const { night, commute } = rulesOf(asked, date)
  const spans = [
    ...(night ? [night.closed.span, night.open.span] : []),
    ...(commute?.entries.flatMap((entry) => entry.spans) ?? []),
  ]
  const ends = night ? BEFORE_THE_END_H.map((hours) => night.closed.span.toS - 3600 * hours) : []
  const borders = [0, DAY_S, ...ends, ...spans.flatMap(({ fromS, toS }) => [fromS, toS])]
  const sorted = [...new Set(borders)].sort((a, b) => a - b)
  const inside = (atS: number) =>
    spans.some(({ fromS, toS }) => (fromS <= toS ? fromS <= atS && atS < toS : fromS <= atS || atS < toS))
  return sorted.slice(1).flatMap((toS, k) => (inside(sorted[k]!) ? [{ fromS: sorted[k]!, toS }] : []))
}

/**
 * Won for driving these links in a row, less the discounts that the profile asks for; `timed`: from the moment of leaving. The hour has
 * no discount that not all who leave in it get: a plan that promises one too many would be found out at the gate.
 */
export function tollAtHour(
  profile: TravelProfile,
  tollClass: TollClass,
  links: Iterable<TolledLink>,
  timed: () => Iterable<TimedLink>,
): number {
  const { leaves, tollDiscounts } = profile
  if (!leaves || !tollDiscounts) return tollKrw(links, tollClass)
  const { date, fromS, toS } = leaves
  const when = { date, secondOfDay: fromS, lastSecondOfDay: toS - 1 }
  return discountedTollKrw(timed(), tollClass, when, { ...NO_DISCOUNTS, ...tollDiscounts })
}

/**
 * The rules that are asked for and hold on that day; nothing where there are none. Not the date itself: what is kept of one day
 * serves the next one that has the same rules, and for the commute the same weekday.
 */
export function rulesKey(asked: TollDiscounts, date: string): string {
  const { night, commute } = rulesOf(asked, date)
  if (!night && !commute) return ''
  const rules = JSON.stringify([night, commute, commute && new Date(`${date}T00:00:00Z`).getUTCDay()])
  return `+discounts:${createHash('sha256').update(rules).digest('hex').slice(0, 12)}`
}

/** For a provider's key: nothing where no discount counts, so that it asks and keeps nothing twice. */
export function discountKey({ leaves, tollDiscounts }: TravelProfile): string {
  const rules = leaves && rulesKey(tollDiscounts ?? {}, leaves.date)
  return rules ? `${rules}@${leaves.fromS}-${leaves.toS}` : ''
}
