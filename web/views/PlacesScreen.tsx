/** Addresses that the complex does not know: a queue to work off, each put on the map once and remembered. */
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { Complex, Place, Places } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import type { Point } from '../map/PlaceMap.tsx'
import { service } from '../service/client.ts'
import { useCandidates, usePlaces, usePlacing } from '../service/places.ts'
import { Icon } from './icons.tsx'
import { PlaceCard } from './PlaceCard.tsx'
import { Segments } from './parts.tsx'
import { Refused } from './people.tsx'
import { Boundary, Notice, SkeletonRows } from './states.tsx'

const PlaceMap = lazy(() => import('../map/PlaceMap.tsx').then((module) => ({ default: module.PlaceMap })))

export function PlacesScreen({ complex }: { readonly complex: Complex }) {
  const { t } = useWords()
  const [state, setState] = useState<'open' | 'placed'>('open')
  const places = usePlaces(complex.id, state)
  const [chosen, setChosen] = useState<string>()
  const [pin, setPin] = useState<Point>()
  const [aim, setAim] = useState<Point>()
  const [saved, setSaved] = useState<Place>()
  const items = places.data?.pages.flatMap((page) => page.items) ?? []
  const counts = places.data?.pages.at(-1)?.counts
  const orders = places.data?.pages.at(-1)?.orders
  const place = items.find(({ id }) => id === chosen)
  const candidates = useCandidates(place?.id)

  const open = useCallback((next: Place | undefined) => {
    setChosen(next?.id)
    setPin(next?.lng !== undefined && next.lat !== undefined ? { lng: next.lng, lat: next.lat } : undefined)
  }, [])
  const next = (done: string): Place | undefined => {
    const at = items.findIndex(({ id }) => id === done)
    return items[at + 1] ?? items[at - 1]
  }
  // the one after the one that was done is open, and in sight
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (chosen) list.current?.querySelector('[aria-expanded=true]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  return (
    <main className="places-screen">
      <section className="places-list scroll" aria-labelledby="places-title">
        <div className="places-head">
          <h1 id="places-title">{t.places.title}</h1>
          <p className="small muted">{t.places.intro}</p>
          <div className="row places-tools">
            <Segments
              label={t.places.lists}
              value={state}
              options={[
                { value: 'open', label: t.places.open((counts?.waiting ?? 0) + (counts?.guess ?? 0)) },
                { value: 'placed', label: t.places.placed(counts?.placed ?? 0) },
              ]}
              onChange={(wanted) => {
                setState(wanted)
                open(undefined)
              }}
            />
            <Upload complex={complex.id} />
          </div>
          {saved && (
            <p className="small places-saved" role="status">
              <Icon name="check" size={14} />
              <span>{t.places.saved(saved.address)}</span>
            </p>
          )}
          {orders && <Orders complex={complex.id} orders={orders} />}
        </div>
        {places.isPending && <SkeletonRows rows={8} />}
        {places.isError && (
          <Notice bad icon="alert" title={t.states.partTitle} text={places.error.message}>
            <button type="button" className="button large" onClick={() => void places.refetch()}>
              {t.states.retry}
            </button>
          </Notice>
        )}
        {places.isSuccess && items.length === 0 && (
          <Notice
            icon="check"
            title={state === 'open' ? t.places.emptyTitle : t.places.emptyPlaced}
            text={state === 'open' ? t.places.emptyText : undefined}
          />
        )}
        <ul className="places" ref={list}>
          {items.map((item) => (
            <li key={item.id} className={item.id === chosen ? 'open' : ''}>
              <button
                type="button"
                className="place-row"
                aria-expanded={item.id === chosen}
                onClick={() => open(item.id === chosen ? undefined : item)}
              >
                <span className={`chip ${item.state === 'waiting' ? 'bad' : item.state === 'guess' ? 'warn' : 'good'}`}>
                  {t.places.state[item.state]}
                </span>
                <span className="place-what">
                  <b>{item.address}</b>
                  {item.name && item.name !== item.address && <span className="small muted">{item.name}</span>}
                </span>
              </button>
              {item.id === chosen && (
                <PlaceCard
                  place={item}
                  pin={pin}
                  onPin={setPin}
                  onCandidate={(point) => {
                    setPin(point)
                    setAim(point)
                  }}
                  candidates={candidates.data}
                  looking={candidates.isPending}
                  onPlaced={(placed) => {
                    setSaved(placed)
                    if (state === 'open') open(next(item.id))
                  }}
                  onForgotten={() => open(undefined)}
                />
              )}
            </li>
          ))}
        </ul>
        {places.hasNextPage && (
          <button type="button" className="button large places-more" onClick={() => void places.fetchNextPage()}>
            {t.places.more}
          </button>
        )}
      </section>
      <div className="places-map">
        <Boundary fallback={() => <p className="map-unable">{t.map.noMap}</p>}>
          <Suspense fallback={<div className="map-waiting" />}>
            <PlaceMap
              home={complex}
              subject={candidates.data && place?.id}
              pin={place && pin}
              aim={aim}
              candidates={(place && candidates.data?.candidates) ?? NONE}
              onPin={(point) => place && setPin(point)}
            />
          </Suspense>
        </Boundary>
      </div>
    </main>
  )
}

const NONE: readonly [] = []

/** Orders that wait for an address, and the way into the plan for those whose addresses are placed. */
function Orders({ complex, orders }: { readonly complex: string; readonly orders: Places['orders'] }) {
  const { t, f } = useWords()
  const join = usePlacing(() => service.joinOrders(complex))
  return (
    <>
      {orders.waiting > 0 && (
        <div className="row places-orders">
          <span className="small">{t.places.orders(orders.waiting, orders.ready)}</span>
          {orders.ready > 0 && (
            <button type="button" className="button" disabled={join.isPending} onClick={() => join.mutate()}>
              {t.places.join}
            </button>
          )}
        </div>
      )}
      <Refused error={join.error} />
      {join.data && join.data.joined > 0 && (
        <p className="small places-saved" role="status">
          <Icon name="check" size={14} />
          <span>{t.places.joined(join.data.joined, join.data.days.map(({ date }) => f.date(date)).join(', '))}</span>
        </p>
      )}
    </>
  )
}

/** An operator's own list. */
function Upload({ complex }: { readonly complex: string }) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const upload = usePlacing((file: File) => service.importPlaces(complex, file))
  return (
    <>
      <button
        type="button"
        className="button"
        title={t.places.uploadHint}
        disabled={upload.isPending}
        onClick={() => input.current?.click()}
      >
        <Icon name="plus" size={15} />
        {t.places.upload}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        aria-label={t.places.upload}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) upload.mutate(file)
          currentTarget.value = ''
        }}
      />
      <Refused error={upload.error} />
      {upload.data && (
        <div className="small upload-told" role="status">
          <p>{t.places.uploaded(upload.data.rows, upload.data.placed, upload.data.kept)}</p>
          {upload.data.issues.slice(0, 20).map(({ path, row, column, message, remedy }) => (
            <p key={path + message} className="warn">
              {row !== undefined && `${t.places.at(row, column)}: `}
              {message} <span className="muted">{remedy}</span>
            </p>
          ))}
        </div>
      )}
    </>
  )
}
