/** Whom a new plan of a day under way concerns: truck by truck, and what it costs more or less. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { driverChanges } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { queryClient } from '../../service/queries.ts'
import { useDay } from '../context.tsx'
import { Drawer } from '../Drawer.tsx'
import { numberOf } from '../edit/words.tsx'
import { Icon } from '../icons.tsx'
import { RouteBadge, toneOf, Won } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'

export function ChangesDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { complex, date, day, drawn, clock, solve } = useDay()
  const before = useQuery({
    queryKey: ['plan', date.revises, 'before'],
    queryFn: ({ signal }) => service.plan(date.revises!, signal),
    enabled: date.revises !== undefined,
  })
  const confirm = useMutation({
    mutationFn: () => service.confirmRevision(drawn!),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['plan'] })
      await queryClient.invalidateQueries({ queryKey: ['complexes'] })
      onClose()
    },
  })
  const back = useMutation({
    mutationFn: () => {
      const was = { problem: date.problem, ...(date.plan !== undefined && { plan: date.plan }) }
      return service.setDays(complex.id, { days: [{ date: date.date, problem: before.data!.problem, was }] })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['complexes'] })
      onClose()
    },
  })
  if (!day?.plan || !drawn || !clock) return null
  const { plan } = day
  const was = before.data
  const changes = was ? driverChanges(was.plan, plan) : []
  const unchanged = changes.filter(({ kind }) => kind === 'same')
  const concerned = changes.filter(({ kind }) => kind !== 'same')
  const difference = was ? plan.costKrw - was.plan.costKrw : 0
  const stopName = (site: string) => day.sites.get(site)?.name ?? site
  return (
    <Drawer
      title={t.live.changes}
      wide
      onClose={onClose}
      foot={
        drawn.state === 'draft' && (
          <>
            <button
              type="button"
              className="button ghost"
              disabled={!was || solve.running || back.isPending}
              onClick={() => back.mutate()}
            >
              <Icon name="undo" size={14} />
              {t.live.takeBack}
            </button>
            <span className="small muted">{t.live.confirmText}</span>
            <span className="push" />
            <button
              type="button"
              className="button primary large"
              disabled={!was || solve.running || confirm.isPending}
              onClick={() => confirm.mutate()}
            >
              <Icon name="check" size={14} />
              {t.live.confirm}
            </button>
          </>
        )
      }
    >
      <Refused error={before.error ?? confirm.error ?? back.error} />
      {before.isPending && <SkeletonRows rows={6} />}
      {was && (
        <>
          <p className="live-sum">
            {t.live.concerned(concerned.length, unchanged.length)}{' '}
            <span className={toneOf(difference)}>
              <Won krw={difference} signed />
            </span>{' '}
            <span className="muted">{t.live.against(was.state === 'confirmed')}</span>
          </p>
          <ul className="live-changes">
            {concerned.map((change) => (
              <li key={`${change.before} ${change.after}`}>
                <span className="row">
                  {change.before !== null && <RouteBadge number={numberOf(change.before, was.plan)} />}
                  {change.before !== null && change.after !== null && <Icon name="right" size={12} />}
                  {change.after !== null && <RouteBadge number={numberOf(change.after, plan)} />}
                  <b>{t.live.changeKinds[change.kind]}</b>
                  {change.driver && <span className="muted">{change.driver}</span>}
                  {change.shiftS !== 0 && (
                    <span className={`chip ${change.shiftS > 0 ? 'warn' : 'good'}`}>
                      {t.live.shift(Math.round(Math.abs(change.shiftS) / 60), change.shiftS > 0)}
                    </span>
                  )}
                </span>
                {change.added.length + change.dropped.length > 0 && (
                  <ul>
                    {change.added.map(({ shipment, kind, site, startS }) => (
                      <li key={`+${kind}${shipment}${site}`}>
                        <span className="good">{t.live.added}</span> {clock.at(startS)} {stopName(site)}{' '}
                        <span className="muted">
                          {t.live.service[kind]} {shipment}
                        </span>
                      </li>
                    ))}
                    {change.dropped.map(({ shipment, kind, site, startS }) => (
                      <li key={`-${kind}${shipment}${site}`}>
                        <span className="bad">{t.live.dropped}</span> <s>{clock.at(startS)}</s> {stopName(site)}{' '}
                        <span className="muted">
                          {t.live.service[kind]} {shipment}
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
            {unchanged.length > 0 && (
              <li className="row live-same">
                <b>{t.live.changeKinds.same}</b>
                {unchanged.map(({ after }) => (
                  <RouteBadge key={after} number={numberOf(after!, plan)} />
                ))}
              </li>
            )}
          </ul>
          {plan.unserved.length > 0 && (
            <p className="bad">
              <Icon name="alert" size={14} />{' '}
              {t.live.unserved(plan.unserved.map(({ shipment }) => shipment).join(', '))}
            </p>
          )}
        </>
      )}
    </Drawer>
  )
}
