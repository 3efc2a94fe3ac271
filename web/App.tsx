/** Chooses complex, day and screen; everything below is given one day and one selection. */
import { useLocalStorage } from '@mantine/hooks'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { todayIn } from './format.ts'
import { useWords } from './i18n/words.tsx'
import type { MapKeys } from './map/MapView.tsx'
import { useComplexes } from './service/queries.ts'
import { CompareScreen } from './views/CompareScreen.tsx'
import { DayProvider } from './views/DayProvider.tsx'
import { Header } from './views/Header.tsx'
import { type KeyActions, KeysDialog, useKeys } from './views/Keys.tsx'
import { LiveProvider } from './views/live/LiveProvider.tsx'
import { EmptyDay } from './views/orders/EmptyDay.tsx'
import { usePanes } from './views/Panes.tsx'
import { PlacesScreen } from './views/PlacesScreen.tsx'
import { PlanScreen } from './views/PlanScreen.tsx'
import { SplitScreen } from './views/SplitScreen.tsx'
import { Banner, Boundary, Notice, SkeletonRows } from './views/states.tsx'
import { useAddress } from './views/useAddress.ts'

// nobody searches in the first second
const Commands = lazy(() => import('./views/Commands.tsx').then((module) => ({ default: module.Commands })))
// before a plan is confirmed there is nothing on it
const BoardScreen = lazy(() =>
  import('./views/board/BoardScreen.tsx').then((module) => ({ default: module.BoardScreen })),
)
// people who only look at plans need no grid
const ImportScreen = lazy(() =>
  import('./views/orders/ImportScreen.tsx').then((module) => ({ default: module.ImportScreen })),
)
// days of a week are put together by the solver, which the plan screen need not wait for
const WeekScreen = lazy(() => import('./views/week/WeekScreen.tsx').then((module) => ({ default: module.WeekScreen })))
// once a month
const SettleScreen = lazy(() =>
  import('./views/settle/SettleScreen.tsx').then((module) => ({ default: module.SettleScreen })),
)
// studies bring the solver along, too
const StudyScreen = lazy(() =>
  import('./views/studies/StudyScreen.tsx').then((module) => ({ default: module.StudyScreen })),
)

export function App() {
  const { t } = useWords()
  const [address, go] = useAddress()
  const complexes = useComplexes()
  const [keysOpen, setKeysOpen] = useState(false)
  const [letters, setLetters] = useLocalStorage({ key: 'milkrun.letters', defaultValue: true })
  const [sizes, setSizes] = usePanes()
  const filter = useRef<HTMLInputElement>(null)
  const mapKeys = useRef<MapKeys>(undefined)
  const clear = useRef<() => void>(undefined)
  const stop = useRef<() => void>(undefined)
  const openKeys = useCallback(() => setKeysOpen(true), [])
  const bindMapKeys = useCallback((keys: MapKeys) => {
    mapKeys.current = keys
  }, [])

  const complex = complexes.data?.[0]
  // the day in the address, else the first that has a plan, else the first with orders
  const asked = complex?.days.find((day) => day.date === address.date)
  // a day that is asked for, or today where there is none yet
  const firstDay = complex?.days.length === 0 ? todayIn(complex.timeZone) : undefined
  const emptyDate = asked ? undefined : complex && (address.date ?? firstDay)
  const date =
    asked ?? complex?.days.find((day) => day.plan) ?? complex?.days.find((day) => day.shipments > 0) ?? complex?.days[0]
  const shown = emptyDate ?? date?.date

  const actions = useMemo(
    (): KeyActions => ({
      Escape: () => clear.current?.(),
      Digit1: () => go({ screen: 'plan', date: shown }),
      Digit2: () => go({ screen: 'import', date: shown }),
      Digit3: () => go({ screen: 'compare', date: shown }),
      Digit4: () => go({ screen: 'split', date: shown }),
      Digit5: () => go({ screen: 'places', date: shown }),
      Digit6: () => go({ screen: 'week', date: shown }),
      Digit7: () => go({ screen: 'live', date: shown }),
      Digit8: () => go({ screen: 'settle', date: shown }),
      Digit9: () => go({ screen: 'study', date: undefined }),
      Slash: () => filter.current?.focus(),
      KeyG: () => mapKeys.current?.fit(),
      KeyN: () => mapKeys.current?.swap(),
      KeyT: () => setSizes((before) => ({ ...before, timelineFolded: !before.timelineFolded })),
      KeyS: () => stop.current?.(),
      Help: openKeys,
    }),
    [go, shown, setSizes, openKeys],
  )
  useKeys(actions, letters)

  const down = complexes.isError
  const broken = (error: Error) => (
    <Notice bad icon="alert" title={t.states.brokenTitle} text={`${t.states.brokenText} (${error.message})`}>
      <button type="button" className="button large" onClick={() => window.location.reload()}>
        {t.states.reload}
      </button>
    </Notice>
  )
  return (
    <div className="app">
      <button type="button" className="skip" onClick={() => document.getElementById('routes')?.focus()}>
        {t.skip}
      </button>
      <Boundary fallback={broken}>
        <Header
          complex={complex}
          screen={address.screen}
          date={shown}
          onDate={
            address.screen === 'places' ||
            address.screen === 'week' ||
            address.screen === 'settle' ||
            address.screen === 'study'
              ? undefined
              : (next) => go({ screen: address.screen, date: next, view: address.view && 'plans' })
          }
          onKeys={openKeys}
        />
      </Boundary>
      {down && complex && (
        <Banner
          title={t.states.downTitle}
          text={t.states.downText}
          action={t.states.reconnect}
          onAction={() => void complexes.refetch()}
        />
      )}
      <Boundary fallback={broken}>
        {address.screen === 'study' ? (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <StudyScreen />
          </Suspense>
        ) : complex && address.screen === 'settle' ? (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <SettleScreen
              key={complex.id}
              complex={complex}
              date={address.date ?? shown ?? todayIn(complex.timeZone)}
            />
          </Suspense>
        ) : complex && address.screen === 'places' ? (
          <PlacesScreen key={complex.id} complex={complex} />
        ) : complex && address.screen === 'import' ? (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <ImportScreen
              key={complex.id}
              complex={complex}
              date={shown}
              onPlan={(next) => go({ screen: 'plan', date: next })}
            />
          </Suspense>
        ) : complex && emptyDate && address.screen !== 'week' ? (
          <main className="empty-day">
            <EmptyDay complex={complex} date={emptyDate} />
          </main>
        ) : complex && date && address.screen === 'week' ? (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <WeekScreen key={complex.id} complex={complex} date={address.date ?? date.date} />
          </Suspense>
        ) : complex && date ? (
          <DayProvider complex={complex} date={date} down={down} clearRef={clear} stopRef={stop}>
            <Suspense>
              <Commands onGo={go} onKeys={openKeys} />
            </Suspense>
            <LiveProvider>
              {address.screen === 'compare' ? (
                <CompareScreen />
              ) : address.screen === 'split' ? (
                <SplitScreen />
              ) : address.screen === 'live' ? (
                <Suspense fallback={<SkeletonRows rows={8} />}>
                  <BoardScreen />
                </Suspense>
              ) : (
                <PlanScreen sizes={sizes} onSizes={setSizes} filterRef={filter} bindMapKeys={bindMapKeys} />
              )}
            </LiveProvider>
          </DayProvider>
        ) : (
          <main className="waiting">
            {complexes.isPending && <SkeletonRows rows={8} />}
            {down && (
              <Notice bad icon="unplug" title={t.states.downTitle} text={t.states.downEmpty}>
                <button type="button" className="button primary large" onClick={() => void complexes.refetch()}>
                  {t.states.reconnect}
                </button>
              </Notice>
            )}
            {complexes.isSuccess && <Notice title={t.states.noComplex} text={t.states.downEmpty} />}
          </main>
        )}
      </Boundary>
      <KeysDialog opened={keysOpen} onClose={() => setKeysOpen(false)} letters={letters} onLetters={setLetters} />
    </div>
  )
}
