/** Every figure of both plans and what is between them; a row shows on both sides whose figure it is. */
import { useState } from 'react'
import type { Way } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { COST_ORDER } from '../../state/ledger.ts'
import {
  type Comparing,
  FIGURES,
  type Figure,
  type FigureRow,
  figureRows,
  type Marked,
  markShipment,
  numberOf,
  SIDES,
} from '../../state/twoPlans.ts'
import { Estimated, EstimatedTolls, TableScroll, toneOf } from '../parts.tsx'

/** More rows than anybody reads at once; the filter finds the others. */
const MOVED_SHOWN = 60
const isFigure = (key: FigureRow['key']): key is Figure => FIGURES.some((known) => known === key)
/** Of these more is neither good nor bad. */
const PLAIN: readonly string[] = ['direct', 'rests']
/** These are as good as the roads under them. */
const BY_ROADS: readonly string[] = ['km', 'emptyKm', 'workS', 'waitS', 'rests', 'late', 'co2']

interface DifferenceTableProps {
  readonly comparing: Comparing
  readonly picked: string | undefined
  readonly onPick: (key: string, marked: Marked) => void
  readonly names: { readonly left: string; readonly right: string }
}

export function DifferenceTable({ comparing, picked, onPick, names }: DifferenceTableProps) {
  const { t, f } = useWords()
  const rows = figureRows(comparing, COST_ORDER)
  const plans = SIDES.map((side) => comparing[side].plan)
  const say = (key: FigureRow['key'], value: number) => {
    if (Number.isNaN(value)) return '–'
    if (key === 'km' || key === 'emptyKm' || key === 'co2') return f.kmDigits(value)
    return key === 'workS' || key === 'waitS' ? f.duration(value) : f.whole(value)
  }
  const between = (key: FigureRow['key'], value: number) => {
    if (Number.isNaN(value)) return '–'
    if (key === 'km' || key === 'emptyKm' || key === 'co2') return f.thousandthsDifference(value)
    if (key !== 'workS' && key !== 'waitS') return f.difference(value)
    return Math.abs(value) < 30 ? '±0' : `${value < 0 ? '−' : '+'}${f.duration(Math.abs(value))}`
  }
  return (
    <section className="card difference-card">
      <h2>{t.twoPlans.table}</h2>
      <TableScroll label={t.twoPlans.table}>
        <table className="ledger difference">
          <thead>
            <tr>
              <th scope="col">{t.twoPlans.item}</th>
              <th scope="col" title={names.left}>
                {t.twoPlans.left}
              </th>
              <th scope="col" title={names.right}>
                {t.twoPlans.right}
              </th>
              <th scope="col">{t.twoPlans.difference}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name =
                row.key === 'cost'
                  ? t.twoPlans.cost
                  : isFigure(row.key)
                    ? t.twoPlans.figures[row.key]
                    : t.lines[row.key]
              const reach = row.pairs.length > 0 || row.shipments.length > 0
              return (
                <tr
                  key={row.key}
                  className={`${picked === row.key ? 'picked' : ''} ${row.key === 'cost' ? 'sum' : ''}`}
                >
                  <th scope="row">
                    {reach ? (
                      <button
                        type="button"
                        className="row-button"
                        aria-pressed={picked === row.key}
                        aria-label={t.twoPlans.pickRow(name)}
                        onClick={() =>
                          onPick(row.key, { pairs: new Set(row.pairs), shipments: new Set(row.shipments) })
                        }
                      >
                        {name}
                      </button>
                    ) : (
                      name
                    )}{' '}
                    {BY_ROADS.includes(row.key) && <Estimated of={plans} />}
                    {row.key === 'toll' && <EstimatedTolls of={plans} />}
                  </th>
                  <td>{say(row.key, row.left)}</td>
                  <td>{say(row.key, row.right)}</td>
                  <td className={PLAIN.includes(row.key) ? '' : toneOf(Math.round(row.difference))}>
                    {between(row.key, row.difference)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableScroll>
    </section>
  )
}

export function MovedTable({ comparing, picked, onPick }: Omit<DifferenceTableProps, 'names'>) {
  const { t, f } = useWords()
  const [wanted, setWanted] = useState('')
  const { left, right, diff } = comparing
  const orders = new Map([...left.problem.shipments, ...right.problem.shipments].map((order) => [order.id, order]))
  const parts = new Map(
    [...(left.plan.parts ?? []), ...(right.plan.parts ?? [])].map((part) => [part.id, part.shipment]),
  )
  const orderOf = (id: string) => orders.get(id) ?? orders.get(parts.get(id) ?? '')
  const firms = new Map([...left.problem.firms, ...right.problem.firms].map(({ id, name }) => [id, name]))
  const sites = new Map([...left.problem.sites, ...right.problem.sites].map(({ id, name }) => [id, name]))
  const way = (one: Way) => (one.by === 'route' ? t.twoPlans.byRoute(numberOf(one.pair)) : t.twoPlans[one.by])
  const rows = diff.shipments.map((change) => {
    const order = orderOf(change.shipment)
    const firm = firms.get(order?.firm ?? '') ?? ''
    const path = order ? `${sites.get(order.from) ?? order.from} → ${sites.get(order.to) ?? order.to}` : ''
    return { ...change, order, firm, path, text: [change.shipment, firm, path, order?.item].join(' ').toLowerCase() }
  })
  const found = rows.filter(({ text }) => text.includes(wanted.trim().toLowerCase()))
  return (
    <section className="card moved-card" aria-label={t.twoPlans.moved}>
      <div className="row wrap">
        <h2>{t.twoPlans.moved}</h2>
        <span className="muted">{t.twoPlans.movedCount(rows.length)}</span>
        <span className="push" />
        {rows.length > 8 && (
          <input
            type="search"
            className="moved-find"
            placeholder={t.twoPlans.find}
            aria-label={t.twoPlans.find}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
      </div>
      {rows.length === 0 && <p className="nothing">{t.twoPlans.noneMoved}</p>}
      <ol className="moved-rows scroll">
        {found.slice(0, MOVED_SHOWN).map(({ shipment, left: was, right: is, order, firm, path }) => (
          <li key={shipment}>
            <button
              type="button"
              aria-pressed={picked === shipment}
              onClick={() => onPick(shipment, markShipment(comparing, shipment))}
            >
              <span className="moved-what">
                <b className="cut">{path || shipment}</b>
                <span className="faint small cut">
                  {[firm, order?.item, order && f.kg(order.weightKg)].filter(Boolean).join(' · ')}
                </span>
              </span>
              <span className="moved-way">
                <span className="muted">{way(was)}</span>
                <span aria-hidden="true"> → </span>
                <b>{way(is)}</b>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {found.length > MOVED_SHOWN && <p className="faint small">{t.twoPlans.showing(MOVED_SHOWN, found.length)}</p>}
    </section>
  )
}
