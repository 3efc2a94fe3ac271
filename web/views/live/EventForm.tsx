/** One thing that has happened, asked for in words. */
import { useState } from 'react'
import type { Disturbance } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { readClock } from '../../state/actuals.ts'
import { useDay } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { Choice, Field } from '../people.tsx'

const KINDS = ['breakdown', 'late', 'cancel', 'firm', 'order'] as const
type Kind = (typeof KINDS)[number]

/** "노선 2의 차가 10:05에 고장" */
export function useEventName(): (event: Disturbance) => string {
  const { t } = useWords()
  const { day, clock } = useDay()
  const numberOf = (route: string) => `${day?.routes.find((model) => model.route.id === route)?.number ?? route}`
  return (event) => {
    switch (event.kind) {
      case 'breakdown':
        return t.live.saidBreakdown(numberOf(event.route), event.atS === undefined ? '' : (clock?.at(event.atS) ?? ''))
      case 'late':
        return t.live.saidLate(numberOf(event.route), Math.round(event.lateS / 60))
      case 'cancel':
        return t.live.saidCancel(event.shipment)
      case 'firm':
        return t.live.saidFirm(day?.firms.get(event.firm)?.name ?? event.firm)
      case 'order':
        return t.live.saidOrder(event.shipment.id, event.shipment.weightKg)
    }
  }
}

export function EventForm({ onAdd }: { readonly onAdd: (event: Disturbance) => void }) {
  const { t, f } = useWords()
  const { day, clock } = useDay()
  const [kind, setKind] = useState<Kind>('breakdown')
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  if (!day || !clock) return null
  const value = (name: string) => fields[name] ?? ''
  const set = (name: string) => (next: string) => setFields((before) => ({ ...before, [name]: next }))
  const routes = day.routes.map(({ route, number, vehicle }) => ({
    id: route.id,
    name: `${t.live.route(`${number}`)} · ${vehicle ? f.truck(vehicle.truck) : route.vehicle}`,
  }))
  const sites = day.problem.sites.map(({ id, name }) => ({ id, name }))
  const firms = day.problem.firms.map(({ id, name }) => ({ id, name }))
  const made = eventOf(kind, value)
  return (
    <form
      className="live-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!made) return
        onAdd(made)
        setFields({})
      }}
    >
      <Choice
        label={t.live.what}
        value={kind}
        onChange={(next) => setKind(KINDS.find((known) => known === next) ?? 'breakdown')}
        options={KINDS.map((id) => ({ id, name: t.live.kinds[id] }))}
      />
      {(kind === 'breakdown' || kind === 'late') && (
        <Choice label={t.live.whichRoute} value={value('route')} onChange={set('route')} options={routes} />
      )}
      {kind === 'breakdown' && (
        <Field label={t.live.since} value={value('at')} onChange={set('at')} hint={t.live.sinceHint} optional />
      )}
      {kind === 'late' && <Field label={t.live.minutes} value={value('minutes')} onChange={set('minutes')} />}
      {kind === 'firm' && (
        <Choice label={t.live.whichFirm} value={value('firm')} onChange={set('firm')} options={firms} />
      )}
      {kind === 'cancel' && (
        <Choice
          label={t.live.whichShipment}
          value={value('shipment')}
          onChange={set('shipment')}
          options={day.problem.shipments.map(({ id, from, to }) => ({
            id,
            name: `${id} · ${day.sites.get(from)?.name ?? from} → ${day.sites.get(to)?.name ?? to}`,
          }))}
        />
      )}
      {kind === 'order' && (
        <>
          <Field label={t.live.orderId} value={value('id')} onChange={set('id')} />
          <Choice label={t.live.whichFirm} value={value('firm')} onChange={set('firm')} options={firms} />
          <Choice label={t.live.from} value={value('from')} onChange={set('from')} options={sites} />
          <Choice label={t.live.to} value={value('to')} onChange={set('to')} options={sites} />
          <Field label={t.live.weight} value={value('kg')} onChange={set('kg')} />
          <Field label={t.live.dueBy} value={value('due')} onChange={set('due')} hint={t.live.dueHint} optional />
        </>
      )}
      <button type="submit" className="button" disabled={!made}>
        <Icon name="plus" size={13} />
        {t.live.addEvent}
      </button>
    </form>
  )
}

/** Undefined: something is missing still. */
function eventOf(kind: Kind, value: (name: string) => string): Disturbance | undefined {
  const clockOr = (name: string) => (value(name) === '' ? undefined : readClock(value(name)))
  const number = (name: string) =>
    /^\d+([.,]\d+)?$/.test(value(name).trim()) ? Number(value(name).replace(',', '.')) : undefined
  switch (kind) {
    case 'breakdown': {
      const atS = clockOr('at')
      if (!value('route') || (value('at') !== '' && atS === undefined)) return undefined
      return { kind, route: value('route'), ...(atS !== undefined && { atS }) }
    }
    case 'late': {
      const minutes = number('minutes')
      return value('route') && minutes ? { kind, route: value('route'), lateS: Math.round(minutes * 60) } : undefined
    }
    case 'cancel':
      return value('shipment') ? { kind, shipment: value('shipment') } : undefined
    case 'firm':
      return value('firm') ? { kind, firm: value('firm') } : undefined
    case 'order': {
      const [weightKg, due] = [number('kg'), clockOr('due')]
      const [id, firm, from, to] = ['id', 'firm', 'from', 'to'].map(value) as [string, string, string, string]
      if (!id.trim() || !firm || !from || !to || from === to || weightKg === undefined) return undefined
      return { kind, shipment: { id: id.trim(), firm, from, to, weightKg, ...(due !== undefined && { due }) } }
    }
  }
}
