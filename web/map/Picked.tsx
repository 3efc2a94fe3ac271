/** What is picked, in one line at the foot of the map, wherever it was picked; and the way to let go of it. */
import { isGuessed } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { routeName } from '../state/day.ts'
import { NOTHING } from '../state/selection.ts'
import { useDay, useSelection } from '../views/context.tsx'
import { Icon } from '../views/icons.tsx'
import { GuessedPlace, RouteBadge, StopBadge, Won } from '../views/parts.tsx'

export function Picked() {
  const { t } = useWords()
  const { selection, select } = useSelection()
  if (selection.kind === 'none') return null
  return (
    <section className="float picked-bar" aria-label={t.picked.label}>
      <PickedText />
      <button
        type="button"
        className="button ghost icon"
        aria-label={t.picked.clear}
        title={`${t.picked.clear} (Esc)`}
        onClick={() => select(NOTHING)}
      >
        <Icon name="close" size={14} />
      </button>
    </section>
  )
}

function PickedText() {
  const { t, f } = useWords()
  const { day, clock } = useDay()
  const { selection, select } = useSelection()
  if (!day || !clock) return null
  const model = 'route' in selection ? day.routes.find(({ route }) => route.id === selection.route) : undefined

  if (selection.kind === 'route' && model) {
    return (
      <>
        <RouteBadge number={model.number} />
        <b className="cut">{routeName(model, t.routes)}</b>
        <span className="muted nowrap">{clock.range(model.route.departS, model.route.returnS)}</span>
      </>
    )
  }
  if (selection.kind === 'stop' && model) {
    const stop = model.route.stops[selection.stop]
    if (!stop) return null
    return (
      <>
        <StopBadge number={model.number} stop={selection.stop + 1} />
        <b className="cut">{day.sites.get(stop.site)?.name}</b>
        <span className="muted nowrap">{clock.range(stop.arriveS, stop.leaveS)}</span>
        <span className="muted nowrap picked-more">{openText(stop.site)}</span>
      </>
    )
  }
  if (selection.kind === 'shipment') {
    const shipment = day.shipments.get(selection.shipment)
    const carried = day.carried(selection.shipment)
    if (!shipment) return null
    return (
      <>
        {carried.by === 'route' && <RouteBadge number={carried.model.number} />}
        <b className="cut">
          {day.sites.get(shipment.from)?.name} → {day.sites.get(shipment.to)?.name}
        </b>
        <span className="muted nowrap">{f.kg(shipment.weightKg)}</span>
        {carried.by === 'route' ? (
          <span className="muted nowrap picked-more">
            {clock.at(carried.model.route.stops[carried.pickup]?.startS ?? 0)} {t.map.pickup} ·{' '}
            {clock.at(carried.model.route.stops[carried.delivery]?.startS ?? 0)} {t.map.drop}
          </span>
        ) : carried.by === 'direct' ? (
          <span className="muted nowrap picked-more">
            {t.mode[carried.direct.mode]} <Won krw={carried.direct.costKrw} />
          </span>
        ) : (
          carried.by === 'nobody' && <span className="bad nowrap">{t.kpi.unserved}</span>
        )}
      </>
    )
  }
  if (selection.kind === 'site') {
    const site = day.sites.get(selection.site)
    const out = day.problem.shipments.filter(({ from }) => from === selection.site).length
    const into = day.problem.shipments.filter(({ to }) => to === selection.site).length
    const visitors = day.routes.filter(({ route }) => route.stops.some((stop) => stop.site === selection.site))
    return (
      <>
        <b className="cut">{site?.name}</b>
        {site && isGuessed(site) && <GuessedPlace />}
        <span className="muted nowrap">
          {t.picked.out(out)} · {t.picked.in(into)}
        </span>
        {visitors.map(({ route, number }) => (
          <button
            key={number}
            type="button"
            aria-label={t.routes.open(number)}
            onClick={() => select({ kind: 'route', route: route.id }, 'map')}
          >
            <RouteBadge number={number} />
          </button>
        ))}
        <span className="muted nowrap picked-more">{openText(selection.site)}</span>
      </>
    )
  }
  return null

  function openText(site: string): string {
    const windows = day?.sites.get(site)?.windows ?? []
    if (windows.length === 0 || windows.length > 3) return windows.length === 0 ? t.picked.always : ''
    return t.picked.open(windows.map(([from, to]) => clock?.range(from, to)).join(', '))
  }
}
