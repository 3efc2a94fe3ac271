/** Changes the orders of one day by hand: a new problem stands for it from then on, the one before stays with its plans. */
import { findIssues, type Issue, type Locale, type Problem } from '../../solver/index.ts'
import type { DayChanged, OrderChange } from '../api.ts'
import { Refusal, unprocessable } from '../errors.ts'
import type { Geocoder } from '../geocode/geocoder.ts'
import { placedIn } from '../geocode/locate.ts'
import { findHeader, headerNames } from '../imports/columns.ts'
import { changeDay, dataOfDay, numberRows } from '../imports/dayOrders.ts'
import { rowIssue } from '../imports/fileFaults.ts'
import { dayChanged } from '../store/complexes.ts'
import type { ComplexRecord, Nouns, WaitingAddress } from '../store/store.ts'
import { readPlaced } from './importDays.ts'
import type { Imported } from './tasks.ts'

export interface DayAsked {
  readonly date: string
  /** the problem that the caller has seen; null: none stood */
  readonly expected: string | null
  readonly locale: Locale
  readonly geocoders: readonly Geocoder[]
}

export async function changeOrders(
  store: Nouns,
  { data, days }: ComplexRecord,
  { rows, remove = {} }: OrderChange,
  { date, expected, locale, geocoders }: DayAsked,
): Promise<DayChanged> {
  const { id } = data.complex
  const standing = days.find((day) => day.date === date)?.problem ?? null
  if (standing !== expected) throw dayChanged(date)
  const base = standing === null ? undefined : (await store.problems.get(standing))?.problem
  const read = rows && (await readRows(rows, base))
  const fresh = read?.outcome.days.find((day) => day.date === date)?.problem
  const held = read?.outcome.held ?? []
  const removed = new Set([
    ...(remove.orders ?? []),
    ...(base?.shipments ?? []).filter(({ firm }) => remove.firms?.includes(firm)).map((order) => order.id),
    // one that now waits for its address has left the day
    ...held.map((order) => order.id),
  ])
  const changed = base
    ? changeDay(base, fresh, removed)
    : { problem: fresh, added: fresh?.shipments.length ?? 0, changed: 0, removed: 0 }
  const { problem, ...counts } = changed
  const faults = problem ? findIssues(problem, locale).filter(({ severity }) => severity === 'error') : []
  if (faults.length > 0) throw unprocessable(faults)
  return await store.once(id, undefined, async (nouns) => {
    const isSame = problem === undefined || counts.added + counts.changed + counts.removed === 0
    const next = isSame ? standing : await nouns.problems.add(id, problem)
    if (!isSame) await nouns.complexes.pointDay(id, date, { from: expected, to: next })
    if (read && read.waiting.length > 0) await nouns.addresses.wait(id, read.waiting)
    const planned = (fresh?.shipments ?? []).map((order) => ({ date, id: order.id }))
    await nouns.held.settle(id, { days: [], planned, waiting: held })
    return {
      date,
      problem: next,
      before: standing,
      shipments: (isSame ? base : problem)?.shipments.length ?? 0,
      ...counts,
      held: held.length,
    }
  })

  async function readRows(
    given: readonly (readonly string[])[],
    standing: Problem | undefined,
  ): Promise<{ readonly outcome: Imported; readonly waiting: readonly WaitingAddress[] }> {
    const learned = await store.mappings.get(id)
    const header = findHeader(given, headerNames({}, learned))
    const numbered = header
      ? [
          ...given.slice(0, header.record),
          ...numberRows(
            given.slice(header.record),
            header.columns.get('id')?.index,
            (standing?.shipments ?? []).map((order) => order.id),
          ),
        ]
      : given
    const options = { locale, learned, date, fileName: date }
    const read = await readPlaced([placedIn(store, id), ...geocoders], numbered, dataOfDay(data, standing), options)
    const waits = new Set(read.outcome.held.map((order) => order.id))
    const elsewhere = read.outcome.days
      .filter((day) => day.date !== date)
      .map((day) => rowIssue('date.otherDay', locale, { date: day.date, day: date }))
    const errors = [...read.outcome.issues, ...elsewhere].filter(({ severity }) => severity === 'error')
    const refused = read.outcome.rows - read.outcome.accepted - waits.size
    if (refused > 0 || elsewhere.length > 0 || read.outcome.rows === 0) throw orderFaults(errors)
    return read
  }
}

const orderFaults = (issues: readonly Issue[]): Refusal =>
  new Refusal(
    422,
    'orders.faults',
    {
      ko: '고칠 곳이 있어 아무것도 바꾸지 않았습니다. 각 항목의 행과 열을 보고 고친 뒤 다시 보내세요.',
      en: 'There are faults, so nothing was changed. Correct the rows and columns named and send them again.',
    },
    issues,
  )
