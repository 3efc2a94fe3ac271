/** The shipments: what nobody carries, what rides alone, and all of them. */
import { type RefObject, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { firstTab, inTab, matches, POOL_TABS, type PoolTab, poolItems } from '../state/pool.ts'
import { useDay, useSelection } from './context.tsx'
import { Icon } from './icons.tsx'
import { OrdersMenu } from './orders/OrdersMenu.tsx'
import { Segments, Won } from './parts.tsx'
import { ShipmentCard } from './ShipmentCard.tsx'
import { SkeletonRows } from './states.tsx'
import { VirtualList } from './VirtualList.tsx'

export function Pool({ filterRef }: { readonly filterRef?: RefObject<HTMLInputElement | null> }) {
  const { t, f } = useWords()
  const { day, date } = useDay()
  const { selection, lit } = useSelection()
  const [picked, setPicked] = useState<PoolTab>()
  const [query, setQuery] = useState('')
  const search = useDeferredValue(query)
  const items = useMemo(() => (day ? poolItems(day) : []), [day])
  const tab = picked ?? (day?.plan ? firstTab(items) : 'all')
  const counts = Object.fromEntries(POOL_TABS.map((name) => [name, items.filter((item) => inTab(item, name)).length]))
  const listed = items.filter((item) => inTab(item, tab))
  const shown = day ? listed.filter((item) => matches(item, search, day)) : []
  const searched = day && search.trim() !== '' && shown.length === 0
  const elsewhere = searched ? items.filter((item) => matches(item, search, day)).length : 0

  // what is picked elsewhere must be on the list
  const wanted = selection.kind === 'shipment' ? selection.shipment : undefined
  useEffect(() => {
    const item = items.find(({ shipment }) => shipment.id === wanted)
    if (!item) return
    setPicked((before) => (inTab(item, before ?? tab) ? before : 'all'))
    document.getElementById(`shipment-${wanted}`)?.scrollIntoView({ block: 'nearest' })
  }, [wanted, items, tab])

  const empty = { unserved: t.pool.noneUnserved, direct: t.pool.noneDirect, all: t.pool.none }[tab]
  return (
    <section className="pane pool" aria-label={t.pool.label}>
      <div className="pool-tabs">
        <Segments
          label={t.pool.label}
          value={tab}
          onChange={setPicked}
          options={POOL_TABS.map((name) => ({
            value: name,
            label: (
              <>
                {t.pool[name]}
                <em className={name === 'unserved' && counts[name]! > 0 ? 'bad' : ''}>{day ? counts[name] : ''}</em>
              </>
            ),
          }))}
        />
      </div>
      <div className="pool-filter">
        <label className="field">
          <Icon name="search" size={14} />
          <span className="visually-hidden">{t.pool.filter}</span>
          <input
            ref={filterRef}
            type="search"
            value={query}
            placeholder={t.pool.filter}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || !query || event.nativeEvent.isComposing) return
              // the first Escape is for the words, the next one for the selection
              event.preventDefault()
              event.stopPropagation()
              setQuery('')
            }}
          />
          {query && (
            <button type="button" aria-label={t.pool.clear} onClick={() => setQuery('')}>
              <Icon name="close" size={14} />
            </button>
          )}
        </label>
        <OrdersMenu />
      </div>
      {day && shown.length > 0 && (
        <p className="pool-sum">
          {tab === 'direct' ? (
            <>
              {t.pool.directSum(shown.length)}
              <span className="push" />
              <b>
                <Won
                  krw={shown.reduce(
                    (sum, { carried }) => sum + (carried.by === 'direct' ? carried.direct.costKrw : 0),
                    0,
                  )}
                />
              </b>
            </>
          ) : tab === 'all' ? (
            t.pool.allSum(shown.length, f.kg(shown.reduce((sum, { shipment }) => sum + shipment.weightKg, 0)))
          ) : (
            t.pool.unservedSum
          )}
        </p>
      )}
      {!day && date.shipments > 0 ? (
        <SkeletonRows rows={8} />
      ) : (
        <VirtualList
          kind="ul"
          className="pool-list scroll"
          items={shown}
          keyOf={({ shipment }) => shipment.id}
          estimatePx={53}
          selected={shown.findIndex(({ shipment }) => shipment.id === wanted)}
          render={(item) => (
            <ShipmentCard
              key={item.shipment.id}
              item={item}
              picked={item.shipment.id === wanted}
              lit={lit.shipments.has(item.shipment.id)}
              full={tab !== 'all' || item.shipment.id === wanted}
            />
          )}
        >
          {shown.length === 0 && (
            <li className="nothing">
              {listed.length > 0 || elsewhere > 0 ? t.pool.noMatch : empty}
              {elsewhere > 0 && (
                <button type="button" className="button elsewhere" onClick={() => setPicked('all')}>
                  {t.pool.elsewhere(elsewhere)}
                </button>
              )}
            </li>
          )}
        </VirtualList>
      )}
    </section>
  )
}
