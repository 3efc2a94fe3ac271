/**
 * A supplier, a port or a country delivers nothing for some weeks: which firms stop, on which day their stock ends, and what would have
 * helped. Day by day, item by item. What is on its way when it begins is lost with it (a cautious assumption); the others go on
 * delivering their shares; afterwards the first delivery needs the lead time again. A firm uses what it has: of a day for which only
 * half is there, half a day is lost.
 */
import type { Alternative, Item, Outage, Register } from './schema.ts'

/** What is done about it. */
export interface Help {
  /** alternative sources deliver as soon as their stage and lead time allow */
  readonly alternatives: boolean
  /** firms lend each other what they have */
  readonly shared: boolean
  /** days of use in a joint stock, full when it begins */
  readonly jointDays: number
}

export interface FirmOutage {
  readonly firm: string
  readonly item: string
  /** day, 0 the first, on which its own stock is not enough for the first time; null: it never is */
  readonly stopsOnDay: number | null
  readonly daysLost: number
}

export interface OutageCourse {
  readonly firms: readonly FirmOutage[]
  /** of all firms: a firm that lacks several items on a day loses that day once, by the scarcest */
  readonly daysLost: number
  readonly firmsStopped: number
  /** delivered by alternatives, and what more that costs, won; null: no price is known */
  readonly byAlternatives: readonly {
    readonly item: string
    readonly supplier: string
    readonly units: number
    readonly extraKrw: number | null
  }[]
  /** units that a firm has lent to the others, below 0: borrowed */
  readonly lent: readonly { readonly firm: string; readonly item: string; readonly units: number }[]
  /** carrying the joint stock for a year, won; null: the value of an item is not known */
  readonly jointKrwPerYear: number | null
  /** items hit of which a firm's stock is not known: that firm is not in the figures */
  readonly unknown: readonly { readonly firm: string; readonly item: string }[]
}

export const NO_HELP: Help = { alternatives: false, shared: false, jointDays: 0 }

const UNKNOWN_KRW = 1e15

/** Longest course that is followed, days. */
const MOST_DAYS = 2000

export function courseOf(register: Register, outage: Outage, help: Help): OutageCourse {
  const hit = hitSuppliers(register, outage)
  const items = register.items.filter(({ sources }) =>
    sources.some(({ supplier, share }) => share > 0 && hit.has(supplier)),
  )
  const courses = items.map((item) => courseOfItem(register, item, hit, outage.weeks * 7, help))
  const lostByFirm = new Map<string, Map<number, number>>()
  for (const { firms } of courses)
    for (const { firm, lost } of firms)
      lost.forEach((part, day) => {
        const days = lostByFirm.get(firm) ?? new Map<number, number>()
        lostByFirm.set(firm, days.set(day, Math.max(days.get(day) ?? 0, part)))
      })
  const lostOf = [...lostByFirm.values()].map((days) => [...days.values()].reduce((sum, part) => sum + part, 0))
  const joint = items.map((item) =>
    item.unitKrw === undefined ? null : item.unitKrw * useOf(item) * help.jointDays * register.carryingRate,
  )
  return {
    firms: courses.flatMap(({ firms }) => firms.map(({ lost: _, ...firm }) => firm)),
    daysLost: lostOf.reduce((sum, days) => sum + days, 0),
    firmsStopped: lostOf.filter((days) => days > 0).length,
    byAlternatives: courses.flatMap(({ byAlternatives }) => byAlternatives),
    lent: courses.flatMap(({ lent }) => lent),
    jointKrwPerYear: joint.some((krw) => krw === null) ? null : joint.reduce<number>((sum, krw) => sum + krw!, 0),
    unknown: items.flatMap(({ id, uses }) =>
      uses.filter(({ stock, perDay }) => stock === undefined && perDay > 0).map(({ firm }) => ({ firm, item: id })),
    ),
  }
}

export function hitSuppliers({ suppliers }: Register, { of, id }: Outage): Set<string> {
  const isHit = (supplier: Register['suppliers'][number]): boolean =>
    of === 'supplier' ? supplier.id === id : of === 'port' ? supplier.port === id : supplier.country === id
  return new Set(suppliers.filter(isHit).map((supplier) => supplier.id))
}

/** The first day on which goods of an alternative are at the firms. */
export const firstDayOf = ({ stageDays }: Register, { stage, leadDays }: Alternative): number =>
  stageDays[stage] + leadDays

/** Units a day, all firms. */
export const useOf = ({ uses }: Item): number => uses.reduce((sum, { perDay }) => sum + perDay, 0)

interface ItemCourse {
  /** `lost`: of each day the part of it that was lost */
  readonly firms: readonly (FirmOutage & { readonly lost: ReadonlyMap<number, number> })[]
  readonly byAlternatives: OutageCourse['byAlternatives']
  readonly lent: OutageCourse['lent']
}

function courseOfItem(
  register: Register,
  item: Item,
  hit: ReadonlySet<string>,
  outageDays: number,
  help: Help,
): ItemCourse {
  const firms = item.uses
    .filter(({ perDay, stock }) => perDay > 0 && stock !== undefined)
    .map(({ firm, perDay, stock }) => ({ firm, perDay, stock: stock!, lent: 0, lost: new Map<number, number>() }))
  const perDay = firms.reduce((sum, firm) => sum + firm.perDay, 0)
  const alternatives = help.alternatives
    ? (item.alternatives ?? [])
        .filter(({ supplier }) => !hit.has(supplier))
        .map((source) => ({
          supplier: source.supplier,
          fromDay: firstDayOf(register, source),
          // what it can deliver at most is for all firms: those whose stock is not known take their part
          most: ((source.perDay ?? Number.POSITIVE_INFINITY) * perDay) / useOf(item),
          extraKrw: source.extraKrw,
          // a price that nobody knows is not the lowest
          rank: source.extraKrw ?? source.goodsKrw ?? UNKNOWN_KRW,
          units: 0,
        }))
        .toSorted((a, b) => a.rank - b.rank)
    : []
  const backOf = ({ leadDays = 0 }: Item['sources'][number]): number => outageDays + leadDays
  const last = Math.min(
    MOST_DAYS,
    Math.ceil(Math.max(...item.sources.filter(({ supplier }) => hit.has(supplier)).map(backOf))),
  )
  let joint = help.jointDays * perDay
  for (let day = 0; day < last; day++) {
    const share = item.sources.reduce(
      (sum, source) => sum + (hit.has(source.supplier) && day < backOf(source) ? 0 : source.share),
      0,
    )
    for (const firm of firms) firm.stock += firm.perDay * share
    // alternatives make up for what does not come, no more
    let missing = perDay * (1 - share)
    for (const source of alternatives) {
      if (day < source.fromDay || missing <= 0) continue
      const units = Math.min(missing, source.most)
      source.units += units
      missing -= units
      for (const firm of firms) firm.stock += (units * firm.perDay) / perDay
    }
    const lacks = firms.map((firm) => Math.max(0, firm.perDay - firm.stock))
    firms.forEach((firm, k) => {
      firm.stock -= firm.perDay - lacks[k]
    })
    let lack = lacks.reduce((sum, units) => sum + units, 0)
    if (lack <= 0) continue
    const before = lack
    const fromJoint = Math.min(lack, joint)
    joint -= fromJoint
    lack -= fromJoint
    if (help.shared && lack > 0) {
      const left = firms.reduce((sum, { stock }) => sum + stock, 0)
      const lent = Math.min(lack, left)
      lack -= lent
      for (const firm of firms) {
        const units = left > 0 ? (lent * firm.stock) / left : 0
        firm.stock -= units
        firm.lent += units
      }
      firms.forEach((firm, k) => {
        firm.lent -= (lent * lacks[k]) / before
      })
    }
    // what could not be helped is borne in proportion
    firms.forEach((firm, k) => {
      const part = (lacks[k] * lack) / before / firm.perDay
      if (part > 1e-9) firm.lost.set(day, part)
    })
  }
  return {
    firms: firms.map(({ firm, lost }) => ({
      firm,
      item: item.id,
      stopsOnDay: lost.size > 0 ? Math.min(...lost.keys()) : null,
      daysLost: [...lost.values()].reduce((sum, part) => sum + part, 0),
      lost,
    })),
    lent: firms
      .filter(({ lent }) => Math.abs(lent) > 1e-9)
      .map(({ firm, lent }) => ({ firm, item: item.id, units: lent })),
    byAlternatives: alternatives
      .filter(({ units }) => units > 0)
      .map(({ supplier, units, extraKrw }) => ({
        item: item.id,
        supplier,
        units,
        extraKrw: extraKrw === undefined ? null : units * extraKrw,
      })),
  }
}
