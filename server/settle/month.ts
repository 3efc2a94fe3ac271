/**
 * A month from its settled days and corrections. Every won is written on two sides, who pays it and who gets it, so the sums over firms and
 * over carriers, terminal freight and the joint account agree whatever happened.
 */

import type { SettledDay } from '../../solver/index.ts'
import { baseVehicle, mergeLines, sumLines } from '../../solver/index.ts'
import type { CarrierMonth, Correction, FirmMonth, Month, MonthDay } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import { VAT } from './facts.ts'

const vatOf = (sumKrw: number): number => Math.round((sumKrw * VAT.percent) / 100) || 0
/** Of what is below 0 the tax is given back: no half is rounded away from the other side. */
const taxed = (sumKrw: number) => ({ sumKrw, vatKrw: vatOf(sumKrw), totalKrw: sumKrw + vatOf(sumKrw) })

/** A day of the month as it is known. */
export interface DayOfMonth {
  readonly date: string
  readonly plan?: string
  readonly waitingOrders: number
  readonly revised: boolean
  /** absent: being worked out, or no plan */
  readonly settled?: SettledDay
  /** [route] id of its carrier; null: none is named */
  readonly carrierOf?: (route: string, vehicle: string) => string | null
}
export interface MonthInput {
  readonly data: ComplexData
  readonly month: string
  readonly days: readonly DayOfMonth[]
  readonly corrections: readonly Correction[]
  readonly leftOut?: readonly { readonly date: string; readonly reason: string }[]
}

const NOBODY = { ko: '운송사 미지정', en: 'no carrier named' }
export const carrierName = (data: Pick<ComplexData, 'carriers'>, id: string | null): string =>
  id === null ? `${NOBODY.ko} (${NOBODY.en})` : (data.carriers?.find((carrier) => carrier.id === id)?.name ?? id)

export function monthOf({ data, month, days, corrections, leftOut = [] }: MonthInput): Month {
  const { id: complex, name, synthetic } = data.complex
  const firms = firmRows(data, days, corrections)
  const carriers = carrierRows(data, days, corrections)
  const ways = days.flatMap(({ settled }) => settled?.terminal ?? [])
  const terminal = { shipments: ways.length, sumKrw: sum(ways, ({ costKrw }) => costKrw) }
  const programmeKrw = sum(
    corrections,
    ({ payers, carrier, krw }) => sum(payers, (payer) => payer.krw) - (carrier === undefined ? 0 : krw),
  )
  const shown = days.map((day) => dayRow(day, leftOut))
  const sums = {
    plannedKrw: sum(firms, ({ plannedKrw }) => plannedKrw),
    firmsKrw: sum(firms, ({ sumKrw }) => sumKrw),
    carriersKrw: sum(carriers, ({ sumKrw }) => sumKrw),
    terminalKrw: terminal.sumKrw,
    programmeKrw,
    b1Krw: sum(firms, ({ b1Krw }) => b1Krw),
    savingKrw: sum(firms, ({ savingKrw }) => savingKrw),
  }
  return {
    complex,
    name,
    synthetic,
    month,
    state: 'open',
    baseline: 'B1',
    estimated: days.some(({ settled }) => settled?.estimated),
    vat: VAT,
    days: shown,
    firms,
    carriers,
    terminal,
    programme: { sumKrw: programmeKrw },
    corrections: [...corrections],
    sums,
    missing: shown.flatMap(missingOf),
  }
}

function missingOf({ date, state, waitingOrders, leftOut }: MonthDay): Month['missing'] {
  if (state === 'working') return [{ date, why: 'working' }]
  if (leftOut !== undefined) return []
  return [
    ...(state === 'noPlan' ? [{ date, why: 'noPlan' as const }] : []),
    ...(waitingOrders > 0 ? [{ date, why: 'waitingOrders' as const }] : []),
  ]
}

function dayRow({ date, plan, settled, waitingOrders, revised }: DayOfMonth, leftOut: MonthInput['leftOut']): MonthDay {
  const rounds = settled?.rounds ?? []
  const reason = leftOut?.find((day) => day.date === date)?.reason
  return {
    date,
    ...(plan !== undefined && { plan }),
    state: plan === undefined ? 'noPlan' : settled ? 'ready' : 'working',
    ...(settled && { basis: settled.basis, method: settled.method }),
    revised,
    estimated: settled?.estimated ?? false,
    rounds: rounds.length,
    unrecorded: rounds.filter(({ basis }) => basis === 'planned').length,
    missed: rounds.flatMap(({ route, missed }) => missed.map((one) => ({ route, ...one }))),
    waitingOrders,
    plannedKrw: settled?.plannedKrw ?? 0,
    executedKrw:
      sum(rounds, ({ costKrw, waits }) => costKrw + sum(waits, ({ krw }) => krw)) +
      sum(settled?.terminal ?? [], ({ costKrw }) => costKrw),
    b1Krw: sum(settled?.firms ?? [], ({ b1Krw }) => b1Krw),
    ...(reason !== undefined && { leftOut: reason }),
  }
}

function firmRows(data: ComplexData, days: readonly DayOfMonth[], corrections: readonly Correction[]): FirmMonth[] {
  const known = new Map(data.firms.map((firm) => [firm.id, firm]))
  const paid = corrections.flatMap(({ payers, kind }) => payers.map((payer) => ({ ...payer, kind })))
  const ids = new Set([
    ...days.flatMap(({ settled }) => settled?.firms.map(({ firm }) => firm) ?? []),
    ...paid.map(({ firm }) => firm),
  ])
  return [...ids].toSorted().map((firm): FirmMonth => {
    const own = days.flatMap(({ date, settled }) => {
      const row = settled?.firms.find((one) => one.firm === firm)
      if (!row) return []
      const { firm: _, ...figures } = row
      return [{ date, ...figures }]
    })
    const extra = (isWaiting: boolean) =>
      sum(
        paid.filter((line) => line.firm === firm && (line.kind === 'waiting') === isWaiting),
        ({ krw }) => krw,
      )
    const shareKrw = sum(own, (day) => day.shareKrw)
    const vainKrw = sum(own, (day) => day.vainKrw)
    const waitingKrw = sum(own, (day) => day.waitingKrw) + extra(true)
    const extrasKrw = extra(false)
    const b1Krw = sum(own, (day) => day.b1Krw)
    const sumKrw = shareKrw + vainKrw + waitingKrw + extrasKrw
    const record = known.get(firm)
    return {
      firm,
      name: record?.name ?? firm,
      ...(record?.businessNumber !== undefined && { businessNumber: record.businessNumber }),
      days: own,
      shipments: sum(own, ({ shipments }) => shipments),
      plannedKrw: sum(own, (day) => day.plannedKrw),
      shareKrw,
      vainKrw,
      waitingKrw,
      extrasKrw,
      b1Krw,
      savingKrw: b1Krw - sumKrw,
      ...taxed(sumKrw),
    }
  })
}

function carrierRows(
  data: ComplexData,
  days: readonly DayOfMonth[],
  corrections: readonly Correction[],
): CarrierMonth[] {
  const driven = days.flatMap(({ date, plan, settled, carrierOf }) =>
    (settled?.rounds ?? []).map((round) => ({
      carrier: carrierOf?.(round.route, round.vehicle) ?? null,
      round: {
        date,
        plan: plan!,
        route: round.route,
        vehicle: baseVehicle(round.vehicle),
        basis: round.basis,
        timed: round.timed,
        paidS: round.returnS - round.departS,
        stops: round.made,
        plannedStops: round.stops,
        shipments: round.carried.length,
        plannedKrw: round.plannedKrw,
        lines: [...round.lines],
        costKrw: round.costKrw,
        waitS: sum(round.waits, ({ waitS }) => waitS),
        waitingKrw: sum(round.waits, ({ krw }) => krw),
      },
    })),
  )
  const got = corrections.flatMap(({ carrier, kind, krw }) => (carrier === undefined ? [] : [{ carrier, kind, krw }]))
  const ids = new Set([...driven, ...got].map(({ carrier }) => carrier))
  const order = (id: string | null) => (id === null ? '\uffff' : id)
  return [...ids]
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((carrier): CarrierMonth => {
      const rounds = driven.flatMap((one) => (one.carrier === carrier ? [one.round] : []))
      const extra = (wanted: (kind: Correction['kind']) => boolean) =>
        sum(
          got.filter((line) => line.carrier === carrier && wanted(line.kind)),
          ({ krw }) => krw,
        )
      const lines = mergeLines(rounds.map((round) => round.lines))
      const tolls = sumLines(lines.filter(({ kind }) => kind === 'toll'))
      const tariffKrw = sumLines(lines) - tolls
      const tollKrw = tolls + extra((kind) => kind === 'toll')
      const waitingKrw = sum(rounds, (round) => round.waitingKrw) + extra((kind) => kind === 'waiting')
      const extrasKrw = extra((kind) => kind !== 'toll' && kind !== 'waiting')
      const record = data.carriers?.find(({ id }) => id === carrier)
      return {
        carrier,
        name: carrierName(data, carrier),
        ...(record?.businessNumber !== undefined && { businessNumber: record.businessNumber }),
        rounds,
        lines,
        plannedKrw: sum(rounds, ({ plannedKrw }) => plannedKrw),
        tariffKrw,
        tollKrw,
        waitingKrw,
        extrasKrw,
        ...taxed(tariffKrw + tollKrw + waitingKrw + extrasKrw),
      }
    })
}

function sum<T>(list: readonly T[], krw: (one: T) => number): number {
  return list.reduce((all, one) => all + krw(one), 0)
}
