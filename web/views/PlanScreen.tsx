/** Screen 1: what happens today. Panes on a desk, tabs on a phone. */

import { useMediaQuery } from '@mantine/hooks'
import { lazy, type RefObject, Suspense, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import type { MapKeys } from '../map/MapView.tsx'
import { parseAddress } from '../state/address.ts'
import { hasFailed } from '../state/incumbents.ts'
import { useDay, useEdit } from './context.tsx'
import { DayLine } from './DayLine.tsx'
import { DayTools, HeaderTools } from './edit/DayTools.tsx'
import { EditLine } from './edit/EditLine.tsx'
import { PriceList } from './edit/PriceList.tsx'
import { Icon, type IconName } from './icons.tsx'
import { CostCell, KpiStrip, SavingCell, TruckCells } from './KpiStrip.tsx'
import { LiveBar } from './live/LiveBar.tsx'
import { useLive } from './live/LiveProvider.tsx'
import { Overlay } from './Overlay.tsx'
import { type PaneSizes, Panes } from './Panes.tsx'
import { Pool } from './Pool.tsx'
import { Routes } from './Routes.tsx'
import { SolverLine } from './SolverLine.tsx'
import { Boundary, Notice } from './states.tsx'
import { Timeline } from './Timeline.tsx'

// the map library is most of the bundle: lists and figures need not wait for it
const loadMap = () => import('../map/MapView.tsx')
const MapView = lazy(() => loadMap().then((module) => ({ default: module.MapView })))
// … but it may come along with the day's data
if (parseAddress(window.location.hash).screen === 'plan') void loadMap()

const PHONE = '(max-width: 899px)'

interface PlanScreenProps {
  readonly sizes: PaneSizes
  readonly onSizes: (sizes: PaneSizes) => void
  readonly filterRef: RefObject<HTMLInputElement | null>
  readonly bindMapKeys: (keys: MapKeys) => void
}

export function PlanScreen({ sizes, onSizes, filterRef, bindMapKeys }: PlanScreenProps) {
  const { t } = useWords()
  const phone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false })
  const { date } = useDay()
  const { held } = useEdit()
  const { known, dispatched } = useLive()
  const map = (
    <div className="map-place">
      <Boundary fallback={() => <p className="map-unable">{t.map.noMap}</p>}>
        <Suspense fallback={<div className="map-waiting" />}>
          <MapView compact={phone} bindKeys={bindMapKeys} />
        </Suspense>
      </Boundary>
      <Overlay />
    </div>
  )
  if (phone) return <PhoneTabs map={map} key={date.date} filterRef={filterRef} />
  return (
    <main className="plan-screen">
      <Heading />
      <DayLine actual={known} dispatched={dispatched} />
      <KpiStrip />
      <HeaderTools />
      {held ? <EditLine /> : <SolverLine />}
      <LiveBar />
      <Panes
        sizes={sizes}
        onSizes={onSizes}
        pool={<Pool filterRef={filterRef} key={date.date} />}
        map={map}
        routes={held ? <PriceList /> : <Routes />}
        timeline={
          <Timeline
            collapsed={sizes.timelineFolded}
            onCollapse={(timelineFolded) => onSizes({ ...sizes, timelineFolded })}
          />
        }
      />
    </main>
  )
}

/** Said, not shown: the tab and the day picker show it. */
function Heading() {
  const { t, f } = useWords()
  const { date } = useDay()
  return (
    <h1 className="visually-hidden">
      {t.screens.plan} {f.date(date.date)}
    </h1>
  )
}

const TABS = ['pool', 'map', 'routes', 'timeline', 'numbers'] as const
type Tab = (typeof TABS)[number]
const TAB_ICONS: Readonly<Record<Tab, IconName>> = {
  pool: 'box',
  map: 'map',
  routes: 'route',
  timeline: 'rows',
  numbers: 'sum',
}

function PhoneTabs({ map, filterRef }: { readonly map: React.ReactNode } & Pick<PlanScreenProps, 'filterRef'>) {
  const { t } = useWords()
  const { solve } = useDay()
  const { held } = useEdit()
  const { known, dispatched } = useLive()
  const [tab, setTab] = useState<Tab>('map')
  return (
    <main className="plan-screen phone">
      <Heading />
      <DayLine actual={known} dispatched={dispatched} />
      {held ? <EditLine /> : <SolverLine />}
      <DayTools />
      <LiveBar />
      {solve.job && hasFailed(solve.job) && tab !== 'map' && (
        <Notice bad icon="alert" title={t.states.failedTitle} text={solve.job.error} />
      )}
      <div className="phone-view">
        {/* the map stays mounted: drawing it anew would take a second at every change of tab */}
        <div className={tab === 'map' ? 'phone-map' : 'phone-map away'}>{map}</div>
        {held && (
          <div className="phone-offers">
            <PriceList />
          </div>
        )}
        {tab === 'pool' && <Pool filterRef={filterRef} />}
        {tab === 'routes' && <Routes />}
        {tab === 'timeline' && <Timeline collapsed={false} />}
        {tab === 'numbers' && (
          <section className="phone-numbers scroll" aria-label={t.kpi.label}>
            <CostCell />
            <SavingCell />
            <TruckCells />
          </section>
        )}
      </div>
      <nav className="phone-tabs" aria-label={t.tabs.label}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === tab ? 'true' : undefined}
            onClick={() => setTab(name)}
          >
            <Icon name={TAB_ICONS[name]} size={20} />
            {t.tabs[name]}
          </button>
        ))}
      </nav>
    </main>
  )
}
