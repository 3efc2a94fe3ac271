/** A link for the phone of each driver: made at once, sent as a message or a QR code, and seen, closed or released here. */
import { useState } from 'react'
import type { DriverLink } from '../../../server/api.ts'
import type { Route } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { useLinkAct, useLinks } from '../../service/links.ts'
import { useDay } from '../context.tsx'
import { Drawer } from '../Drawer.tsx'
import { Icon } from '../icons.tsx'
import { RouteBadge } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'
import { LinkRow } from './LinkRow.tsx'

export function LinksDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t, f } = useWords()
  const { date, day, drawn, clock } = useDay()
  const [opened, setOpened] = useState<string>()
  const [said, setSaid] = useState('')
  const { data, error, isPending } = useLinks(drawn?.id)
  const act = useLinkAct(drawn?.id ?? '')
  if (!day?.plan || !drawn || !clock) return null
  const rounds: readonly { readonly route: Route; readonly number?: number }[] = [
    ...day.routes,
    ...day.plan.direct.flatMap(({ route }) => (route ? [{ route }] : [])),
  ]
  const items = data?.items ?? []
  /** The one that lives, else the last that did. */
  const linkOf = (route: string): DriverLink | undefined =>
    items.find((link) => link.route === route && link.state !== 'revoked') ??
    items.findLast((link) => link.route === route)
  const missing = rounds.filter(({ route: { id } }) => (linkOf(id)?.state ?? 'revoked') === 'revoked').length
  const nameOf = ({ number }: { readonly number?: number }) =>
    number === undefined ? t.links.alone : t.links.route(`${number}`)
  const messageOf = (round: (typeof rounds)[number], { url }: DriverLink) => {
    const { route } = round
    const truck = day.vehicles.get(route.vehicle)?.name ?? route.vehicle
    return t.links.message(nameOf(round), f.shortDate(date.date), truck, clock.at(route.departS), url)
  }
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(t.links.copied)
    } catch {
      setSaid(t.links.cannotCopy)
    }
  }
  const living = rounds.flatMap((round) => {
    const link = linkOf(round.route.id)
    return link?.state === 'living' ? [messageOf(round, link)] : []
  })
  return (
    <Drawer
      title={t.links.title}
      wide
      onClose={onClose}
      foot={
        <>
          <span className="small muted" role="status">
            {said}
          </span>
          <span className="push" />
          {living.length > 0 && (
            <button type="button" className="button" onClick={() => copy(living.join('\n\n'))}>
              <Icon name="copy" size={14} />
              {t.links.copyAll}
            </button>
          )}
          {data && missing > 0 && drawn.state === 'confirmed' && (
            <button
              type="button"
              className="button primary"
              disabled={act.isPending}
              onClick={() => act.mutate(undefined)}
            >
              {t.links.make(missing)}
            </button>
          )}
        </>
      }
    >
      <p className="small muted">{t.links.text}</p>
      {data && !data.reachable && (
        <p className="links-warning small">
          <Icon name="alert" size={14} /> {t.links.unreachable(data.base)}
        </p>
      )}
      <Refused error={error ?? act.error} />
      {isPending && <SkeletonRows rows={5} />}
      {data && items.length === 0 && <p className="muted">{t.links.none}</p>}
      <ol className="links">
        {rounds.map((round) => {
          const { route } = round
          const link = linkOf(route.id)
          if (!link) return null
          return (
            <LinkRow
              key={route.id}
              link={link}
              name={nameOf(round)}
              badge={
                round.number === undefined ? (
                  <span className="chip line">{t.links.alone}</span>
                ) : (
                  <RouteBadge number={round.number} />
                )
              }
              truck={day.vehicles.get(route.vehicle)?.name ?? route.vehicle}
              timeZone={day.problem.timeZone}
              isOpen={opened === route.id}
              onToggle={() => setOpened(opened === route.id ? undefined : route.id)}
              onShare={() => copy(messageOf(round, link))}
              onCopy={() => copy(link.url)}
              onAct={(what) => act.mutate({ act: what, link: link.id })}
            />
          )
        })}
      </ol>
    </Drawer>
  )
}
