import { Tooltip } from '@mantine/core'
import { isGuessed } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { useExplanation } from '../service/queries.ts'
import type { PoolItem } from '../state/pool.ts'
import { useDay, useSelection } from './context.tsx'
import { LockMark, MoreButton } from './edit/EditMenu.tsx'
import { useGrip } from './edit/useGrip.ts'
import { shipmentName } from './edit/words.tsx'
import { Icon, type IconName } from './icons.tsx'
import { GuessedPlace, RouteBadge, Won } from './parts.tsx'
import { reasonText } from './reasons.tsx'
import { ShipmentWays } from './ShipmentWays.tsx'

interface ShipmentCardProps {
  readonly item: PoolItem
  readonly picked: boolean
  readonly lit: boolean
  /** With the reasons; without, one compact row. */
  readonly full: boolean
}

export function ShipmentCard({ item, picked, lit, full }: ShipmentCardProps) {
  const { t, f } = useWords()
  const { day, clock, settled } = useDay()
  const { select } = useSelection()
  const { shipment, carried } = item
  const target = { kind: 'shipment', shipment: shipment.id } as const
  const grip = useGrip(target)
  // worked out for the one that is picked
  const { data: explanation, isError } = useExplanation(settled, picked ? shipment.id : undefined)
  const given =
    carried.by === 'direct' ? carried.direct.reasons : carried.by === 'nobody' ? carried.unserved.reasons : []
  const reasons = explanation?.reasons ?? given
  const place = (id: string) => {
    const site = day?.sites.get(id)
    const area = site ? day?.places.area(site) : ''
    return (
      <span className="cut" title={[site?.name ?? id, site?.address].filter(Boolean).join(' · ')}>
        {site?.name ?? id}
        {area && <span className="area"> {area}</span>} {site && isGuessed(site) && <GuessedPlace />}
      </span>
    )
  }
  return (
    <li
      id={`shipment-${shipment.id}`}
      className={`shipment ${picked ? 'picked' : lit ? 'lit' : ''} ${full ? 'full' : ''}`}
    >
      <button
        type="button"
        className="shipment-button"
        {...grip}
        aria-pressed={picked}
        onClick={() => select({ kind: 'shipment', shipment: shipment.id })}
      >
        <span className="from-to">
          {place(shipment.from)}
          <span className="arrow">→</span>
          {place(shipment.to)}
          <span className="push" />
          {carried.by === 'route' ? (
            <RouteBadge number={carried.model.number} />
          ) : carried.by === 'direct' ? (
            <b className="shipment-cost">
              <Won krw={carried.direct.costKrw} />
            </b>
          ) : (
            <span className="faint shipment-id">{shipment.id}</span>
          )}
        </span>
        <span className="shipment-what">
          <span className="cut">
            {carried.by === 'direct' && <b>{t.mode[carried.direct.mode]} · </b>}
            {shipment.item ?? t.pool.unknownItem} <span className="nowrap">{f.kg(shipment.weightKg)}</span>
          </span>
          <span className="push" />
          <span className="faint nowrap">
            {carried.by === 'nobody' || carried.by === 'unplanned'
              ? shipment.due !== undefined && clock && t.pool.due(clock.at(shipment.due))
              : shipment.id}
          </span>
        </span>
        {full &&
          reasons.map((reason, index) => {
            const words = reasonText(reason, t, f, (id) => day?.sites.get(id)?.name ?? id)
            const truck = reason.vehicle && (day?.vehicles.get(reason.vehicle)?.name ?? reason.vehicle)
            return (
              <span key={`${reason.rule}${index}`} className="reason">
                <span
                  className={`chip ${carried.by === 'nobody' ? 'bad' : ''}`}
                  title={[truck, words].filter(Boolean).join(' · ')}
                >
                  <Icon name={iconOf(reason.rule)} size={13} />
                  <span className="cut">{words}</span>
                </span>
                <Tooltip label={t.proofHint[reason.proof]} multiline w={240} position="bottom-start">
                  <span className="chip line">{t.proof[reason.proof]}</span>
                </Tooltip>
                {reason.rule === 'road' && <span className="faint">{t.pool.noRoadRemedy}</span>}
              </span>
            )
          })}
      </button>
      {carried.by !== 'unplanned' && (
        <span className="card-tools">
          <LockMark target={target} />
          <MoreButton target={target} name={shipmentName(day, shipment.id)} />
        </span>
      )}
      {picked && settled && carried.by !== 'unplanned' && <ShipmentWays explanation={explanation} failed={isError} />}
    </li>
  )
}

const iconOf = (rule: string): IconName => {
  if (rule === 'timeWindows' || rule === 'timeOnBoard' || rule === 'shift' || rule === 'workTime' || rule === 'rest')
    return 'clock'
  if (rule === 'capacity' || rule === 'pieceWeight' || rule === 'parts') return 'weight'
  if (rule === 'cost') return 'coins'
  if (rule === 'truckSize' || rule === 'goAlone' || rule === 'modes') return 'truck'
  return 'ban'
}
