/** The two plans themselves: maps, timelines, figures. What is picked in one is picked in all. */
import { lazy, Suspense, useMemo, useState } from 'react'
import type { GeoJson, StoredPlan } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { makeDay } from '../../state/day.ts'
import {
  type Comparing,
  commonHours,
  type Marked,
  markShipment,
  SIDES,
  type SideName,
  UNMARKED,
} from '../../state/twoPlans.ts'
import { useDay } from '../context.tsx'
import { Estimated } from '../parts.tsx'
import { Boundary } from '../states.tsx'
import { CompareTimeline } from './CompareTimeline.tsx'
import { DifferenceTable, MovedTable } from './DifferenceTable.tsx'
import { FallCard } from './FallChart.tsx'

const CompareMaps = lazy(() => import('../../map/CompareMaps.tsx').then((module) => ({ default: module.CompareMaps })))

interface SideBySideProps {
  readonly pairing: Comparing
  readonly lines: Readonly<Record<SideName, GeoJson | undefined>>
  readonly names: Readonly<Record<SideName, string>>
  /** the right plan as the service keeps it */
  readonly stored: StoredPlan
}

export function SideBySide({ pairing, lines, names, stored }: SideBySideProps) {
  const { t } = useWords()
  const { complex } = useDay()
  const [picked, setPicked] = useState<{ readonly key: string; readonly marked: Marked }>()
  const days = useMemo(
    () => ({
      left: makeDay(complex, pairing.left.problem, pairing.left.plan, undefined),
      right: makeDay(complex, pairing.right.problem, pairing.right.plan, undefined),
    }),
    [pairing, complex],
  )
  const marked = picked?.marked ?? UNMARKED
  const pick = (key: string, next: Marked) =>
    setPicked((before) => (before?.key === key ? undefined : { key, marked: next }))
  const pickPair = (pair: number) => pick(`pair ${pair}`, { pairs: new Set([pair]), shipments: new Set() })
  const hours = commonHours(pairing)
  const clock = makeClock(pairing.left.problem.startsAt, pairing.left.problem.timeZone)
  return (
    <>
      <section className="card compare-block" aria-label={t.twoPlans.maps}>
        <div className="row wrap compare-block-head">
          <h2>{t.twoPlans.maps}</h2>
          <span className="push" />
          <span className="legend-item small muted">
            <span className="swatch own" />
            {t.twoPlans.legend.own}
          </span>
          <span className="legend-item small muted">
            <span className="swatch same" />
            {t.twoPlans.legend.same}
          </span>
        </div>
        <Boundary fallback={() => <p className="map-unable">{t.map.noMap}</p>}>
          <Suspense fallback={<div className="compare-maps waiting" />}>
            <CompareMaps comparing={pairing} days={days} lines={lines} marked={marked} />
          </Suspense>
        </Boundary>
      </section>
      {hours && (
        <section className="card compare-block" aria-label={t.twoPlans.times}>
          <h2>{t.twoPlans.times}</h2>
          <div className="compare-timelines scroll">
            {SIDES.map((side) => (
              <div key={side} className="compare-timeline-side">
                <p className="small muted">
                  {t.twoPlans[side === 'left' ? 'leftIs' : 'rightIs']} · {names[side]}{' '}
                  <Estimated of={[pairing[side].plan]} />
                </p>
                <CompareTimeline
                  comparing={pairing}
                  side={side}
                  day={days[side]}
                  clock={clock}
                  hours={hours}
                  marked={marked}
                  onPair={pickPair}
                  onShipment={(shipment) => pick(shipment, markShipment(pairing, shipment))}
                />
              </div>
            ))}
          </div>
        </section>
      )}
      <div className="compare-figures">
        <DifferenceTable comparing={pairing} picked={picked?.key} onPick={pick} names={names} />
        <div className="compare-right">
          <FallCard comparing={pairing} names={names} right={stored} />
          <MovedTable comparing={pairing} picked={picked?.key} onPick={pick} />
        </div>
      </div>
    </>
  )
}
