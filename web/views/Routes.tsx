import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useMemo } from 'react'
import { useWords } from '../i18n/words.tsx'
import { useDay, useSelection } from './context.tsx'
import { Icon } from './icons.tsx'
import { Estimated } from './parts.tsx'
import { RouteCard } from './RouteCard.tsx'
import { SkeletonRows } from './states.tsx'
import { VirtualList } from './VirtualList.tsx'

export function Routes() {
  const { t } = useWords()
  const { day, date } = useDay()
  const { opened } = useSelection()
  const [byCost, setByCost] = useLocalStorage({ key: 'milkrun.routesByCost', defaultValue: false })
  const routes = useMemo(() => {
    const all = day?.routes ?? []
    return byCost ? all.toSorted((a, b) => b.route.costKrw - a.route.costKrw) : all
  }, [day, byCost])

  useEffect(() => {
    if (opened) document.getElementById(`route-${opened}`)?.scrollIntoView({ block: 'nearest' })
  }, [opened])

  return (
    <section className="pane routes" id="routes" tabIndex={-1} aria-label={t.routes.label}>
      <div className="pane-head">
        <h2>
          {t.routes.label} <span className="faint">{day?.plan ? day.routes.length : ''}</span> <Estimated />
        </h2>
        <span className="push" />
        {day && day.routes.length > 1 && (
          <button
            type="button"
            className="button ghost sort"
            aria-label={`${t.routes.sort}: ${byCost ? t.routes.sortCost : t.routes.sortNumber}`}
            onClick={() => setByCost(!byCost)}
          >
            <Icon name="rows" size={14} />
            {byCost ? t.routes.sortCost : t.routes.sortNumber}
          </button>
        )}
      </div>
      {!day && date.shipments > 0 ? (
        <SkeletonRows rows={9} />
      ) : (
        <VirtualList
          kind="ol"
          className="route-list scroll"
          items={routes}
          keyOf={({ route }) => route.id}
          estimatePx={79}
          selected={routes.findIndex(({ route }) => route.id === opened)}
          render={(model) => <RouteCard key={model.route.id} model={model} />}
        >
          {day?.plan?.violations.some(({ rule }) => rule === 'balance') && (
            <li className="nothing">{t.routes.unbalanced}</li>
          )}
          {routes.length === 0 && <li className="nothing">{day?.plan ? t.routes.allDirect : t.routes.noneHint}</li>}
        </VirtualList>
      )}
    </section>
  )
}
