/** Of the shipment that is picked: what it costs where it goes, what every other way would cost, and the least that would have to change. */
import { useState } from 'react'
import type { Alternative, Edit, Repair, ShipmentExplanation } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { service } from '../service/client.ts'
import { queryClient } from '../service/queries.ts'
import { useDay, useEdit } from './context.tsx'
import { notify } from './edit/Notices.tsx'
import { Icon } from './icons.tsx'
import { RouteBadge, toneOf, Won } from './parts.tsx'
import { useRuleWords } from './reasons.tsx'

interface ShipmentWaysProps {
  readonly explanation: ShipmentExplanation | undefined
  readonly failed: boolean
}

export function ShipmentWays({ explanation, failed }: ShipmentWaysProps) {
  const { t } = useWords()
  if (!explanation)
    return (
      <p className={`ways-wait ${failed ? 'warn' : 'faint'}`} role="status">
        {failed ? t.why.failed : t.why.loading}
      </p>
    )
  return (
    <div className="ways">
      <Figures explanation={explanation} />
      <Others explanation={explanation} />
      {explanation.by !== 'route' && <Repairs explanation={explanation} />}
    </div>
  )
}

function Figures({ explanation: { by, costKrw, savesKrw, dualKrw } }: { readonly explanation: ShipmentExplanation }) {
  const { t, f } = useWords()
  if (costKrw === undefined && savesKrw === undefined && dualKrw === undefined) return null
  return (
    <dl className="ways-figures">
      {by !== 'nobody' && costKrw !== undefined && (
        <div title={t.why.hereHint}>
          <dt>{t.why.here}</dt>
          <dd>
            <Won krw={costKrw} />
          </dd>
        </div>
      )}
      {savesKrw !== undefined && (
        <div>
          <dt>{t.why.saves}</dt>
          <dd className={savesKrw >= 0 ? 'good' : 'warn'}>
            {savesKrw >= 0 ? t.why.savesValue(f.krw(savesKrw)) : t.why.losesValue(f.krw(-savesKrw))}
          </dd>
        </div>
      )}
      {dualKrw !== undefined && (
        <div title={t.why.dualHint}>
          <dt>{t.why.dual}</dt>
          <dd>
            <Won krw={dualKrw} />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** What this way is as an edit of the plan. */
function editOf(shipment: string, { by, route, vehicle }: Alternative): Edit | undefined {
  if (by === 'hired' || by === 'terminal') return { kind: 'direct', shipments: [shipment], mode: by }
  if (by === 'route' && route) return { kind: 'move', shipments: [shipment], to: { route } }
  return by === 'truck' && vehicle ? { kind: 'move', shipments: [shipment], to: { vehicle } } : undefined
}

function Others({ explanation: { shipment, alternatives } }: { readonly explanation: ShipmentExplanation }) {
  const { t } = useWords()
  const { editor, apply } = useEdit()
  const { sayRule } = useRuleWords()
  const possible = alternatives.filter(({ proof }) => proof === 'possible')
  const refused = alternatives.filter(({ proof }) => proof !== 'possible')
  return (
    <>
      <h3>{t.why.others}</h3>
      {possible.length === 0 && <p className="faint">{t.why.none}</p>}
      <ul className="ways-list">
        {possible.map((way, index) => {
          const edit = editor && editOf(shipment, way)
          const row = (
            <>
              <WayName way={way} />
              {way.breaksLock && <span className="chip warn">{t.why.breaksLock}</span>}
              <span className="push" />
              {way.extraKrw !== undefined && (
                <span className={`nowrap ${toneOf(way.extraKrw)}`}>
                  <Won krw={way.extraKrw} signed />
                </span>
              )}
            </>
          )
          return (
            <li key={`${way.by}${way.route ?? way.vehicle ?? index}`}>
              {edit ? (
                <button type="button" className="way-button" title={t.edits.repair.apply} onClick={() => apply(edit)}>
                  {row}
                </button>
              ) : (
                row
              )}
            </li>
          )
        })}
      </ul>
      {refused.length > 0 && (
        <details className="ways-refused">
          <summary>{t.why.refused(refused.length)}</summary>
          <ul className="ways-list">
            {refused.map((way, index) => (
              <li key={`${way.by}${way.route ?? way.vehicle ?? index}`}>
                <WayName way={way} />
                <span className="ways-reason">
                  {way.rule !== undefined && <span>{sayRule(way.rule, way.excess, way.unit)}</span>}
                  <span className="faint">{t.proof[way.proof === 'impossible' ? 'impossible' : 'notFound']}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** What the day would have to allow, and a button that allows it: the day then has another problem, which undo takes back. */
function Repairs({ explanation: { shipment, by, repairs } }: { readonly explanation: ShipmentExplanation }) {
  const { t } = useWords()
  const { settled } = useDay()
  const { editor, saving, remember } = useEdit()
  const { sayChange } = useRuleWords()
  const [working, setWorking] = useState(false)
  const make = async ({ changes }: Repair) => {
    if (!settled) return
    setWorking(true)
    try {
      const done = await service.repair(settled.id, settled.version, { shipment, changes })
      const { problem, plan, before } = done
      const step = { kind: 'switch', cause: 'repair', allowed: changes, krw: done.extraKrw } as const
      remember({ ...step, before, after: { problem, plan } })
      await queryClient.invalidateQueries({ queryKey: ['complexes'] })
      notify(t.edits.repair.applied(changes.map(sayChange).join(', ')), 'good')
    } catch (error) {
      notify(
        <>
          <b>{t.edits.repair.failed}</b>{' '}
          <span className="toast-more">{error instanceof Error ? error.message : String(error)}</span>
        </>,
        'bad',
      )
    }
    setWorking(false)
  }
  if (repairs.length === 0) return by === 'nobody' ? <p className="faint">{t.why.noRepair}</p> : null
  return (
    <>
      <h3>{by === 'nobody' ? t.why.repairs : t.why.repairsLess}</h3>
      <ul className="ways-list">
        {repairs.map((repair: Repair) => {
          const what = repair.changes.map(sayChange).join(', ')
          return (
            <li key={what + repair.by + (repair.route ?? repair.vehicle ?? '')} className="repair">
              <span className="repair-what">{what}</span>
              <span className="repair-way">
                <WayName way={repair} />
                <span className="push" />
                <b className={`nowrap ${toneOf(repair.extraKrw)}`}>
                  <Won krw={repair.extraKrw} signed />
                </b>
              </span>
              {editor && (
                <button
                  type="button"
                  className="button repair-make"
                  disabled={working || saving !== 'saved'}
                  onClick={() => void make(repair)}
                >
                  {t.edits.repair.apply}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      <p className="faint small">{t.why.repairsNote}</p>
    </>
  )
}

function WayName({ way: { by, route, vehicle } }: { readonly way: Pick<Alternative, 'by' | 'route' | 'vehicle'> }) {
  const { t } = useWords()
  const { day } = useDay()
  const { truckOf } = useRuleWords()
  const model = day?.routes.find((candidate) => candidate.route.id === route)
  return (
    <span className="way-name">
      {by === 'route' ? (
        <>
          {t.why.onRoute} {model ? <RouteBadge number={model.number} /> : route}
        </>
      ) : (
        <>
          <Icon name={by === 'terminal' ? 'box' : 'truck'} size={14} />
          {by === 'terminal'
            ? t.mode.terminal
            : by === 'truck'
              ? t.why.ownTruck(truckOf(vehicle))
              : [t.mode.hired, vehicle && truckOf(vehicle)].filter(Boolean).join(' · ')}
        </>
      )}
    </span>
  )
}
