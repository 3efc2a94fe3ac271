import { useWords } from '../i18n/words.tsx'
import { type RouteModel, routeName } from '../state/day.ts'
import { useDay, useSelection } from './context.tsx'
import { LockMark, MoreButton } from './edit/EditMenu.tsx'
import { useGrip } from './edit/useGrip.ts'
import { Guide } from './Guide.tsx'
import { Icon } from './icons.tsx'
import { LoadChart } from './LoadChart.tsx'
import { RouteBadge, RouteEdge, routeStyle, toneOf, Won } from './parts.tsx'
import { StopList } from './StopList.tsx'

export function RouteCard({ model }: { readonly model: RouteModel }) {
  const { t, f } = useWords()
  const { day, clock, drawn } = useDay()
  const { lit, opened, select } = useSelection()
  const { route, number, vehicle, b1Krw } = model
  const open = opened === route.id
  const target = { kind: 'route', route: route.id } as const
  const grip = useGrip(target)
  const faded = lit.routes.size > 0 && !lit.routes.has(route.id)
  const delta = b1Krw === undefined ? undefined : route.costKrw - b1Krw
  const violations = day?.plan?.violations.filter((violation) => violation.route === route.id).length ?? 0
  const name = routeName(model, t.routes)
  const driver = day?.problem.drivers?.find(({ id }) => id === route.driver)
  const truck = vehicle ? `${f.truck(vehicle.truck)} ${t.kind[vehicle.kind]}` : route.vehicle
  const kind = driver ? `${truck} · ${driver.name ?? driver.id}` : truck
  return (
    <li
      id={`route-${route.id}`}
      className={`route-card ${open ? 'open' : ''} ${lit.routes.has(route.id) ? 'lit' : ''} ${faded ? 'faded' : ''}`}
      style={routeStyle(number)}
    >
      <RouteEdge number={number} vertical />
      <button
        type="button"
        className="route-head"
        {...grip}
        aria-expanded={open}
        onClick={() => select({ kind: 'route', route: route.id })}
      >
        <span className="route-line">
          <RouteBadge number={number} />
          <span className="route-name cut" title={name}>
            {name}
          </span>
          <span className="push" />
          <b className="route-cost">
            <Won krw={route.costKrw} />
          </b>
        </span>
        <span className="route-line route-second">
          <span className="cut">{kind}</span>
          <span className="push" />
          {delta !== undefined && (
            <b className={toneOf(delta)} title={t.routes.b1Hint}>
              {t.routes.b1} <Won krw={delta} signed />
            </b>
          )}
        </span>
        <span className={`route-line route-third ${(route.trips ?? 1) > 1 ? 'long' : ''}`}>
          <span>{t.routes.stops(route.stops.length)}</span>
          {(route.trips ?? 1) > 1 && <span>{t.routes.trips(route.trips!)}</span>}
          <span>
            {f.kmDigits(route.distanceM)}
            <span className="unit"> km</span>
          </span>
          <span className="nowrap">{clock?.range(route.departS, route.returnS)}</span>
          <span className="push" />
          <LoadChart model={model} />
          <span className="route-peak">{Math.round(model.peakShare * 100)} %</span>
        </span>
      </button>
      <span className="card-tools">
        <LockMark target={target} />
        <MoreButton target={target} name={t.routes.number(number)} />
      </span>
      {violations > 0 && (
        <p className="route-fault">
          <Icon name="alert" size={14} />
          {t.routes.violations(violations)}
        </p>
      )}
      {open && <StopList model={model} />}
      {open && drawn && <Guide whose="plan" plan={drawn.id} version={drawn.version} route={route.id} />}
    </li>
  )
}
