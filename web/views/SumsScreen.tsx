/** What a policymaker sees: sums of a month of the complexes that opted in. */
import { useState } from 'react'
import type { Aggregate } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { useAggregates } from '../service/people.ts'
import { MonthPicker, Refused, thisMonth } from './people.tsx'
import { Notice, SkeletonRows } from './states.tsx'

export function SumsScreen() {
  const { t } = useWords()
  const [month, setMonth] = useState(thisMonth)
  const sums = useAggregates(month)
  return (
    <>
      <div className="row people-title">
        <h1>{t.people.sums}</h1>
        <span className="push" />
        <MonthPicker month={month} onMonth={setMonth} />
      </div>
      {sums.isPending && <SkeletonRows rows={6} />}
      <Refused error={sums.error} />
      {sums.data?.length === 0 && <Notice icon="shield" title={t.people.noSums} text={t.people.noSumsText} />}
      {sums.data?.map((row) => (
        <SumCard key={row.complex} row={row} />
      ))}
    </>
  )
}

function SumCard({ row }: { readonly row: Aggregate }) {
  const { t, f, language } = useWords()
  const { carbon } = row
  const figures: readonly (readonly [string, string])[] = [
    [t.people.plans, f.whole(row.plans)],
    [t.people.firms, f.whole(row.firms)],
    [t.people.shipments, f.whole(row.shipments)],
    [t.people.distance, f.km(row.distanceM)],
    [t.people.cost, f.krw(row.costKrw)],
    [t.people.alone, f.krw(row.b1Krw)],
    [
      t.people.saved,
      `${f.krwDifference(row.costKrw - row.b1Krw)} (${f.share(row.b1Krw ? 1 - row.costKrw / row.b1Krw : 0)})`,
    ],
    ...(carbon.plans > 0
      ? ([
          [t.people.fuel, f.litres(carbon.fuelMl)],
          [t.people.ttw, `${f.co2(carbon.ttwCo2G)} (B1 ${f.kmDigits(carbon.b1TtwCo2G)})`],
          [t.people.wtw, `${f.co2(carbon.wtwCo2eG)} (B1 ${f.kmDigits(carbon.b1WtwCo2eG)})`],
        ] as const)
      : []),
  ]
  return (
    <section className="card people-card">
      <h2>{row.name[language]}</h2>
      {row.plans === 0 ? (
        <p className="muted">{t.people.nothingYet}</p>
      ) : (
        <>
          <dl className="sum-figures">
            {figures.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className="small muted">{t.people.aloneHint}</p>
          {carbon.plans < row.plans && <p className="small muted">{t.people.carbonOf(carbon.plans, row.plans)}</p>}
        </>
      )}
      {row.working > 0 && (
        <p className="warn" role="status">
          {t.people.stillWorking(row.working)}
        </p>
      )}
      {row.withheld > 0 && <p className="small muted">{t.people.withheld(row.withheld)}</p>}
    </section>
  )
}
