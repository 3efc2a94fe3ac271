/** "오늘 변동": what has happened, how far the day has got, and the rest planned anew. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Disturbance } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { queryClient } from '../../service/queries.ts'
import { nowIn, readClock } from '../../state/actuals.ts'
import { useDay } from '../context.tsx'
import { Drawer } from '../Drawer.tsx'
import { Icon } from '../icons.tsx'
import { RouteBadge, Segments } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'
import { EventForm, useEventName } from './EventForm.tsx'

const SECONDS = 5
/** Won that a change must save: few changes, or what is cheapest. */
const STABILITY_KRW = { few: 30_000, cheap: 0 } as const

export function DisturbDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { day, drawn, clock } = useDay()
  const [events, setEvents] = useState<readonly Disturbance[]>([])
  const [keep, setKeep] = useState<keyof typeof STABILITY_KRW>('few')
  const [typed, setTyped] = useState<string>()
  const nameEvent = useEventName()
  const plan = drawn?.id
  // the clock of the complex while its day is on; before and after it, the middle of the plan
  const planned = day?.plan?.routes.flatMap(({ departS, returnS }) => [departS, returnS]) ?? [0]
  const [first, last] = [Math.min(...planned), Math.max(...planned)]
  const wallS = day ? nowIn(day.problem, Date.now()) : 0
  const usualS = wallS >= first && wallS <= last ? wallS : Math.floor((first + last) / 2 / 60) * 60
  const shown = typed ?? clock?.at(usualS) ?? ''
  const readS = readClock(shown)
  const nowS = readS ?? usualS
  const ask = { nowS, events: [...events], seconds: SECONDS, stabilityKrw: STABILITY_KRW[keep] }
  const preview = useQuery({
    queryKey: ['disturb', plan, nowS, events],
    queryFn: () => service.disturb(plan!, { ...ask, preview: true }),
    enabled: plan !== undefined && readS !== undefined,
    placeholderData: (before) => before,
    retry: false,
  })
  const replan = useMutation({
    mutationFn: () => service.disturb(plan!, ask),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['complexes'] })
      onClose()
    },
  })
  if (!day || !clock) return null
  const numberOf = (route: string) => day.routes.find((model) => model.route.id === route)?.number ?? 0
  const answer = preview.isError ? undefined : preview.data
  return (
    <Drawer
      title={t.live.disturb}
      onClose={onClose}
      foot={
        <>
          <Segments
            label={t.live.keepLabel}
            value={keep}
            onChange={setKeep}
            options={[
              { value: 'few', label: t.live.keepFew },
              { value: 'cheap', label: t.live.keepCheap },
            ]}
          />
          <span className="push" />
          <button
            type="button"
            className="button primary large"
            disabled={readS === undefined || preview.isError || replan.isPending}
            onClick={() => replan.mutate()}
          >
            <Icon name="again" size={14} />
            {replan.isPending ? t.live.replanning : t.live.replan(SECONDS)}
          </button>
        </>
      }
    >
      <p className="muted">{t.live.disturbText}</p>
      <label className="labelled live-now">
        <span>{t.live.now}</span>
        <span className="field">
          <input
            inputMode="numeric"
            value={shown}
            aria-invalid={readS === undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </span>
        {readS === undefined && <span className="small bad">{t.live.badClock}</span>}
      </label>
      <section aria-label={t.live.happened}>
        <h3>{t.live.happened}</h3>
        {events.length === 0 && <p className="small muted">{t.live.nothingYet}</p>}
        <ul className="live-events">
          {events.map((event, index) => (
            <li key={JSON.stringify(event)} className="row">
              <span className="cut">{nameEvent(event)}</span>
              <span className="push" />
              <button
                type="button"
                className="button ghost icon"
                aria-label={t.live.removeEvent(nameEvent(event))}
                onClick={() => setEvents(events.filter((_, other) => other !== index))}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
        <EventForm onAdd={(event) => setEvents([...events, event])} />
      </section>
      <section aria-label={t.live.frozen}>
        <h3>{t.live.frozen}</h3>
        <p className="small muted">{t.live.frozenText}</p>
        <Refused error={preview.error ?? replan.error} />
        {!answer && !preview.isError && <SkeletonRows rows={4} />}
        {answer && (
          <ul className={`live-standings ${preview.isPlaceholderData ? 'faded' : ''}`}>
            {answer.standings.map((standing) => (
              <li key={standing.route}>
                <RouteBadge number={numberOf(standing.route)} />
                <span>
                  <b>
                    {standing.stands
                      ? t.live.stands
                      : !standing.left
                        ? t.live.notLeft
                        : standing.closed
                          ? t.live.closed
                          : t.live.done(standing.stopsDone, standing.stops)}
                  </b>
                  {standing.heading !== undefined && (
                    <span className="muted"> · {t.live.heading(day.sites.get(standing.heading)?.name ?? '')}</span>
                  )}
                  {standing.aboard.length > 0 && (
                    <span className="muted"> · {t.live.aboard(standing.aboard.length)}</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
        {answer && answer.notes.length > 0 && (
          <ul className="live-notes">
            {answer.notes.map((note) => (
              <li key={note}>
                <Icon name="alert" size={14} />
                <span>{note}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Drawer>
  )
}
