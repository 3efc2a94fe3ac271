/** Where planned times are wrong and by how much, from what was recorded; taken over place by place, and back. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Adopt, MeasuredAnswer, MeasuredSite } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { queryClient } from '../../service/queries.ts'
import { Dialog } from '../edit/Dialog.tsx'
import { Icon } from '../icons.tsx'
import { TableScroll } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'

type Asked = { readonly kind: 'site'; readonly site: MeasuredSite } | { readonly kind: 'hours' }

export function Measured({ complex }: { readonly complex: string }) {
  const { t, f } = useWords()
  const [asked, setAsked] = useState<Asked>()
  const measured = useQuery({
    queryKey: ['measured', complex],
    queryFn: ({ signal }) => service.measured(complex, signal),
    staleTime: 0,
  })
  const adopt = useMutation({
    mutationFn: ({ body }: { readonly body: Adopt; readonly said?: string }) => service.adoptMeasured(complex, body),
    onSuccess: (undo, { said }) => {
      setAsked(undefined)
      void queryClient.invalidateQueries({ queryKey: ['measured', complex] })
      notifications.show({
        message: (
          <span className="row">
            {said ?? t.board.undone}
            {said !== undefined && (
              <button
                type="button"
                className="button"
                onClick={() => {
                  notifications.clean()
                  adopt.mutate({ body: undo })
                }}
              >
                {t.board.undo}
              </button>
            )}
          </span>
        ),
        autoClose: said === undefined ? 6_000 : 12_000,
      })
    },
  })
  const { data } = measured
  if (!data) return measured.error ? <Refused error={measured.error} /> : <SkeletonRows rows={6} />
  const duration = (seconds: number) => f.duration(Math.round(seconds))
  return (
    <div className="measured">
      <h2>{t.board.measuredTitle}</h2>
      <p className="small muted">
        {data.sites.length + data.hours.length === 0
          ? t.board.measuredNone
          : t.board.measuredText(data.days, data.observations)}
      </p>
      <Refused error={adopt.error} />
      {data.sites.length > 0 && (
        <section className="card" aria-label={t.board.service}>
          <h3>{t.board.service}</h3>
          <ul className="measured-sites">
            {data.sites.map((site) => (
              <li key={site.site} className={site.verdict}>
                <div>
                  <p className="row">
                    {site.verdict === 'differs' && <Icon name="alert" size={14} />}{' '}
                    {t.board.sentence(
                      site.name,
                      duration(site.plannedS.median),
                      duration(site.tookS.median),
                      duration(site.tookS.low),
                      duration(site.tookS.high),
                      site.tookS.count,
                    )}
                  </p>
                  <p className="small muted">
                    {site.kinds
                      .map(({ kind, tookS }) => `${t.board.kinds[kind]} ${duration(tookS.median)} (${tookS.count})`)
                      .join(' · ')}
                    {site.perKg &&
                      site.perKg.sPerKg * 100 >= 30 &&
                      ` · ${t.board.perKg(duration(site.perKg.sPerKg * 100), duration(site.perKg.restS))}`}
                  </p>
                </div>
                <span className="push" />
                {site.offerS !== undefined ? (
                  <button
                    type="button"
                    className="button"
                    aria-label={t.board.adopt(site.name)}
                    onClick={() => setAsked({ kind: 'site', site })}
                  >
                    {t.board.adoptShort}
                  </button>
                ) : (
                  <span className="small muted">
                    {site.verdict === 'few' ? t.board.tooFew(data.least) : t.board.fits}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.hours.length > 0 && <Hours data={data} onAdopt={() => setAsked({ kind: 'hours' })} />}
      {data.outliers.length > 0 && (
        <details className="card">
          <summary>{t.board.outliers(data.outliers.length)}</summary>
          <ul className="measured-outliers small">
            {data.outliers.map(({ date, route, stop, of, name, tookS, why }) => (
              <li key={`${date} ${route} ${stop} ${of}`}>
                {t.board.outlier(
                  f.shortDate(date),
                  route,
                  stop + 1,
                  `${name} ${tookS < 0 ? '−' : ''}${duration(Math.abs(tookS))}`,
                  t.board.outlierWords[why],
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked?.kind === 'site' && asked.site.offerS !== undefined && (
        <Dialog title={t.board.adoptTitle(asked.site.name)} onClose={() => setAsked(undefined)}>
          <p>
            <b>{t.board.adoptText(duration(asked.site.nowS), duration(asked.site.offerS))}</b>
          </p>
          <p className="small">{t.board.adoptWhy}</p>
          {asked.site.stopS.median < 0 && <p className="small warn">{t.board.floor}</p>}
          <p className="small muted">{t.board.adoptFrom}</p>
          <div className="row">
            <span className="push" />
            <button
              type="button"
              className="button primary"
              disabled={adopt.isPending}
              onClick={() => {
                const { site, name, nowS, offerS = nowS } = asked.site
                const body = { sites: [{ site, stopS: offerS, was: nowS }] }
                adopt.mutate({ body, said: t.board.adopted(name, duration(offerS)) })
              }}
            >
              {t.board.adoptNow}
            </button>
          </div>
        </Dialog>
      )}
      {asked?.kind === 'hours' && data.timeOfDay?.slices && (
        <Dialog title={t.board.adoptTravelTitle} onClose={() => setAsked(undefined)}>
          <ul className="measured-outliers">
            {data.timeOfDay.slices.map(({ fromS, toS, otherPercent = 100 }) => (
              <li key={fromS}>
                {t.board.travelLine(t.board.hourRange(hourOf(fromS), hourOf(toS)), f.share(otherPercent / 100))}
              </li>
            ))}
          </ul>
          <p className="small">{t.board.adoptTravelText}</p>
          <p className="small muted">{t.board.adoptFrom}</p>
          <div className="row">
            <span className="push" />
            <button
              type="button"
              className="button primary"
              disabled={adopt.isPending}
              onClick={() => adopt.mutate({ body: { timeOfDay: data.timeOfDay! }, said: t.board.adoptTravelTitle })}
            >
              {t.board.adoptNow}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  )
}

const hourOf = (seconds: number): string =>
  `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String((seconds / 60) % 60).padStart(2, '0')}`

function Hours({ data, onAdopt }: { readonly data: MeasuredAnswer; readonly onAdopt: () => void }) {
  const { t, f } = useWords()
  return (
    <section className="card" aria-label={t.board.travel}>
      <div className="row">
        <h3>{t.board.travel}</h3>
        <span className="push" />
        {data.timeOfDay && (
          <button type="button" className="button" onClick={onAdopt}>
            {t.board.adoptTravel}
          </button>
        )}
      </div>
      <p className="small muted">{t.board.factorText}</p>
      <TableScroll label={t.board.travel}>
        <table className="board-stops">
          <thead>
            <tr>
              <th scope="col">{t.board.hour}</th>
              <th scope="col">{t.board.count}</th>
              <th scope="col">{t.board.factor}</th>
              <th scope="col">{t.board.spread}</th>
              <th scope="col">{t.board.plannedMedian}</th>
              <th scope="col">
                <span className="visually-hidden">{t.board.measured}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.hours.map(({ hour, ratio, nowPercent, verdict }) => (
              <tr key={hour}>
                <th scope="row">{t.board.hourRange(hourOf(hour * 3600), hourOf((hour + 1) * 3600))}</th>
                <td>{ratio.count}</td>
                <td>{f.share(ratio.median)}</td>
                <td>{`${f.share(ratio.low)}–${f.share(ratio.high)}`}</td>
                <td>{f.share(nowPercent / 100)}</td>
                <td className={verdict === 'differs' ? 'warn' : 'muted'}>
                  {verdict === 'few'
                    ? t.board.tooFew(data.leastPerHour)
                    : verdict === 'fits'
                      ? t.board.fits
                      : t.board.differs}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  )
}
