import { type Comparison, describeHours, describeTollDiscounts, hoursEstimated } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { ceilingOf } from '../state/kpi.ts'
import { useDay } from './context.tsx'
import { Icon } from './icons.tsx'
import { Estimated } from './parts.tsx'

/** What the figures do not say by themselves: whose target that is, and how the rounds save. */
export function CompareNotes({ comparison }: { readonly comparison: Comparison }) {
  const { t, f } = useWords()
  const { lowerKrw, day } = useDay()
  const { soloKm, routeKm } = comparison
  const b1 = comparison.baselines.find(({ id }) => id === 'B1')
  const costKrw = day?.plan?.costKrw ?? 0
  const longest = Math.max(soloKm, routeKm, 1)
  return (
    <section className="card compare-notes">
      <div>
        <h2>
          <Icon name="target" size={17} />
          {t.compare.target}
        </h2>
        <p>
          {t.compare.targetSource} {t.compare.targetScope}
        </p>
        <p className="warn">{t.compare.targetNot}</p>
      </div>
      {b1 && lowerKrw !== undefined && (
        <div>
          <h2>
            <Icon name="shield" size={17} />
            {t.compare.ceilingTitle(f.share(ceilingOf(b1, lowerKrw)))}
          </h2>
          <p>
            {costKrw > lowerKrw
              ? t.compare.ceilingText(f.krw(lowerKrw), f.share((costKrw - lowerKrw) / costKrw))
              : t.compare.ceilingOptimal(f.krw(lowerKrw))}
          </p>
        </div>
      )}
      {routeKm > 0 && (
        <div>
          <h2>
            <Icon name="route" size={17} />
            {t.compare.shape} <Estimated />
          </h2>
          <svg className="km-bars" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
            <rect y="1" width={(soloKm / longest) * 100} height="7" fill="var(--border-strong)" />
            <rect y="12" width={(routeKm / longest) * 100} height="7" fill="var(--good)" />
          </svg>
          <p>{t.compare.shapeNote(f.km(soloKm * 1000), f.km(routeKm * 1000))}</p>
          <p className="faint small">{t.compare.shapeTip}</p>
        </div>
      )}
    </section>
  )
}

/** Which figures were computed, which were assumed, which were only reported: beside the ledger, always. */
export function Honesty() {
  const { t, language } = useWords()
  const { day } = useDay()
  const hours = day?.plan?.provenance.timeOfDay
  const discounts = day?.plan?.provenance.tollDiscounts
  return (
    <aside className="honesty">
      <h2>{t.compare.honest}</h2>
      <dl>
        <div>
          <dt className="chip good">{t.compare.computed}</dt>
          <dd>{t.compare.computedList}</dd>
        </div>
        <div>
          <dt className="chip warn">{t.compare.assumed}</dt>
          <dd>{t.compare.assumedList}</dd>
        </div>
        {day?.plan?.provenance.estimated && (
          <div>
            <dt className="chip warn">{t.compare.assumed}</dt>
            <dd>{t.compare.assumedRoads}</dd>
          </div>
        )}
        {hours && hoursEstimated(hours) && (
          <div>
            <dt className="chip warn">{t.compare.assumed}</dt>
            <dd>{describeHours(hours, language)}</dd>
          </div>
        )}
        {discounts && (
          <div>
            <dt className={discounts.some(({ certainty }) => certainty === 'X') ? 'chip warn' : 'chip'}>
              {t.compare.assumed}
            </dt>
            <dd>{describeTollDiscounts(discounts, language)}</dd>
          </div>
        )}
        <div>
          <dt className="chip">{t.compare.reported}</dt>
          <dd>{t.compare.reportedList}</dd>
        </div>
      </dl>
      <p className="muted">{t.compare.honestOneDay}</p>
    </aside>
  )
}
