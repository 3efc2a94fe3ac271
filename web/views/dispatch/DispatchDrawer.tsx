/** Who drives which round of a confirmed plan: one act offers all of them, and every answer of a carrier shows here. */
import { useState } from 'react'
import { DISPATCH_STATES, type Dispatch } from '../../../server/api.ts'
import type { Route } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { useDispatches, useOfferAll, usePutDispatch } from '../../service/dispatch.ts'
import { useDay } from '../context.tsx'
import { Drawer } from '../Drawer.tsx'
import { NoticeLine, notify } from '../edit/Notices.tsx'
import { Icon } from '../icons.tsx'
import { Estimated, RouteBadge } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'
import { DispatchForm } from './DispatchForm.tsx'
import { ProposalNote } from './ProposalNote.tsx'
import { StateChip } from './StateChip.tsx'

export function DispatchDrawer({ onClose, onLinks }: { readonly onClose: () => void; readonly onLinks: () => void }) {
  const { t, f } = useWords()
  const { day, drawn, clock } = useDay()
  const [opened, setOpened] = useState<string>()
  const { data, error, isPending } = useDispatches(drawn?.id)
  const offer = useOfferAll(drawn?.id ?? '')
  const put = usePutDispatch(drawn?.id ?? '')
  if (!day?.plan || !drawn || !clock) return null
  const { direct } = day.plan
  const rounds = new Map<string, Route>([
    ...day.routes.map(({ route }) => [route.id, route] as const),
    ...direct.flatMap(({ route }) => (route ? [[route.id, route] as const] : [])),
  ])
  const items = data?.items ?? []
  const counts = Object.fromEntries(
    DISPATCH_STATES.map((state) => [state, items.filter((one) => one.state === state).length]),
  ) as Record<Dispatch['state'], number>
  const unasked = items.filter(({ state, carrier }) => state === 'open' && carrier !== undefined)
  const offerAll = () =>
    offer.mutate(undefined, {
      onSuccess: (after) => {
        const asked = after.items.filter(({ route }) => unasked.some((one) => one.route === route))
        const takeBack = () => {
          for (const { route, ...said } of asked) put.mutate({ route, body: { ...said, state: 'open' } })
        }
        notify(<NoticeLine text={t.dispatch.offered(asked.length)} action={t.dispatch.undo} onAction={takeBack} />)
      },
    })
  return (
    <Drawer
      title={t.dispatch.title}
      wide
      onClose={onClose}
      foot={
        <>
          <span className="small muted" role="status">
            {t.dispatch.summary(counts)}
          </span>
          <span className="push" />
          {items.length > 0 && (
            <button type="button" className="button" onClick={onLinks}>
              {t.links.title}
            </button>
          )}
          {unasked.length > 0 && (
            <button type="button" className="button primary" disabled={offer.isPending} onClick={offerAll}>
              {offer.isPending ? t.dispatch.offering : t.dispatch.offerAll(unasked.length)}
            </button>
          )}
        </>
      }
    >
      <p className="small muted">
        {t.dispatch.text} <Estimated />
      </p>
      <Refused error={error ?? offer.error ?? put.error} />
      {isPending && <SkeletonRows rows={6} />}
      {data && items.length === 0 && (
        <p className="muted">
          <Icon name="truck" size={14} /> {t.dispatch.noRounds}
        </p>
      )}
      <ol className="dispatch-list">
        {items.map((dispatch, index) => {
          const round = rounds.get(dispatch.route)
          if (!round || !data) return null
          const number = day.routes.find(({ route }) => route.id === dispatch.route)?.number
          const name = number === undefined ? nameOfAlone(dispatch.route) : t.dispatch.route(`${number}`)
          const vehicle = day.vehicles.get(round.vehicle)
          const truck = vehicle ? `${f.truck(vehicle.truck)} ${t.kind[vehicle.kind]}` : round.vehicle
          const carrier = data.carriers.find(({ id }) => id === dispatch.carrier)
          const faults = data.faults.filter(({ path }) => path.startsWith(`items/${index}/`))
          const isOpen = opened === dispatch.route
          return (
            <li key={dispatch.route} className={`dispatch-row ${dispatch.state}`}>
              <button
                type="button"
                className="dispatch-head"
                aria-expanded={isOpen}
                onClick={() => setOpened(isOpen ? undefined : dispatch.route)}
              >
                <span className="visually-hidden">{t.dispatch.edit(name)}</span>
                {number === undefined ? (
                  <span className="chip line">{t.dispatch.alone}</span>
                ) : (
                  <RouteBadge number={number} />
                )}
                <span className="dispatch-what">
                  <b className="cut">{carrier?.name ?? t.dispatch.nobody}</b>
                  <span className="small muted cut">
                    {[number === undefined && waysOf(dispatch.route), truck, clock.range(round.departS, round.returnS)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span className={`dispatch-who small ${dispatch.plate || dispatch.driver ? '' : 'empty'}`}>
                  <b className="cut">{dispatch.plate ?? '–'}</b>
                  <span className="cut">{[dispatch.driver, dispatch.phone].filter(Boolean).join(' ')}</span>
                </span>
                <StateChip dispatch={dispatch} />
                <Icon name={isOpen ? 'up' : 'down'} size={13} />
              </button>
              {dispatch.note && dispatch.state === 'declined' && (
                <p className="small bad">{t.dispatch.declinedBecause(dispatch.note)}</p>
              )}
              {faults.map(({ path, message, remedy }) => (
                <p key={path + message} className="small warn">
                  <Icon name="alert" size={13} /> {message} <span className="muted">{remedy}</span>
                </p>
              ))}
              {dispatch.proposal && <ProposalNote plan={drawn} dispatch={dispatch} name={name} />}
              {isOpen && (
                <DispatchForm
                  key={dispatch.version}
                  plan={drawn.id}
                  dispatch={dispatch}
                  round={round}
                  name={name}
                  carriers={data.carriers}
                />
              )}
            </li>
          )
        })}
      </ol>
    </Drawer>
  )

  /** Where from and where to: what goes alone has two stops. */
  function waysOf(route: string): string {
    const stops = rounds.get(route)?.stops ?? []
    return stops.map(({ site }) => day?.sites.get(site)?.name ?? site).join(' → ')
  }

  /** By what it carries. */
  function nameOfAlone(route: string): string {
    const alone = direct.find((way) => way.route?.id === route)
    return [t.dispatch.alone, alone?.shipment].filter(Boolean).join(' ')
  }
}
