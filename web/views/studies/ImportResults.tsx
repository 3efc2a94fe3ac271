/** Imports together: what it costs how often, what changes from today, and what was reported beside what can be rebuilt. */
import {
  curveOf,
  ESTIMATE,
  IMPORT_STEPS,
  type ImportAnswer,
  type ImportRange,
  type ImportStudy,
  importFall,
  importLines,
  type StudySource,
} from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Won } from '../parts.tsx'
import { Certainty, ChartCard } from './ChartCard.tsx'
import { CurveChart } from './CurveChart.tsx'
import { FallBars } from './FallBars.tsx'
import { Figure, Headline } from './figures.tsx'
import { ImportDots, ImportTurns } from './ImportRangeCards.tsx'
import { Ledger } from './Ledger.tsx'

interface ImportResultsProps {
  readonly study: ImportStudy
  readonly answer: ImportAnswer
  /** undefined: it is being worked out */
  readonly range: ImportRange | null | undefined
  readonly sources: readonly StudySource[]
}

export function ImportResults({ study, answer, range, sources }: ImportResultsProps) {
  const { t, f, language } = useWords()
  const words = t.study.imports
  const more = t.studySupply.range
  const ends = range?.saving.quantiles
  const { today, best } = answer
  const saving = (today.costKrw - best.costKrw) / Math.max(1, today.costKrw)
  const points = curveOf(study, answer)
  const bars = importFall(answer)
  const stockOf = (year: typeof today) => year.cycleKg + year.safetyKg
  const own = sources.filter(({ path }) => !path.startsWith('reported'))
  const card = { study, sources: own }
  const at = points.find((point) => point.best)!
  const sentence = words.curveSentence(at.orders, f.krw(at.costKrw), f.kg(at.stockKg))
  const pair = (from: string, to: string) => `${from} → ${to}`
  const stepName = (id: string) => IMPORT_STEPS[id as keyof typeof IMPORT_STEPS][language]
  return (
    <>
      <Headline
        figure={
          ends
            ? more.headline(f.share(ends.p05), f.share(ends.p95))
            : (saving >= 0 ? words.headline : words.dearer)(f.share(Math.abs(saving)))
        }
        tone={(ends?.p05 ?? saving) >= 0 ? 'good' : 'warn'}
        range={ends ? more.middle(f.share(ends.p50), f.share(saving)) : words.against}
        note={
          <>
            <span className="chip warn">{ESTIMATE[language]}</span>{' '}
            {range === undefined ? more.waiting : range === null ? more.none : more.certain}
          </>
        }
      >
        <Figure label={words.today}>
          <Won krw={today.costKrw} />
        </Figure>
        <Figure label={words.joint}>
          <Won krw={best.costKrw} />
        </Figure>
        <Figure label={words.orders}>{pair(f.whole(today.orders), f.whole(best.orders))}</Figure>
        <Figure label={words.stock}>{pair(f.kg(stockOf(today)), f.kg(stockOf(best)))}</Figure>
        <Figure label={words.co2}>{pair(`${f.kmDigits(today.co2Kg)} t`, `${f.kmDigits(best.co2Kg)} t`)}</Figure>
      </Headline>
      <div className="study-charts">
        <div className="study-stack">
          {range && <ImportDots {...card} range={range} />}
          <ChartCard
            {...card}
            title={words.curve}
            note={words.curveNote}
            sentence={<b>{sentence}</b>}
            sheet={{
              columns: [
                'orders a year',
                'won a year',
                'stock kg',
                'CO2 kg',
                'way',
                'containers an order',
                'loose kg an order',
              ],
              rows: points.map(({ orders, costKrw, stockKg, co2Kg, way, containers, looseKg }) => [
                orders,
                costKrw,
                stockKg,
                co2Kg,
                way[language],
                containers,
                looseKg,
              ]),
            }}
          >
            <CurveChart
              points={points}
              todayKrw={today.costKrw}
              todayKg={stockOf(today)}
              label={`${words.curve}: ${sentence}`}
            />
          </ChartCard>
        </div>
        {range && <ImportTurns {...card} range={range} point={saving} />}
        <ChartCard
          {...card}
          wide={range !== null}
          title={words.fall}
          note={words.fallNote}
          sheet={{
            columns: ['line', 'today won', 'jointly won'],
            rows: importLines(answer).map(({ line, todayKrw, jointKrw }) => [stepName(line), todayKrw, jointKrw]),
          }}
        >
          <FallBars
            bars={bars}
            nameOf={stepName}
            label={`${words.fall}: ${bars.map(({ id, krw, level }) => `${stepName(id)} ${level ? f.krw(krw) : f.krwDifference(krw)}`).join(', ')}`}
          />
        </ChartCard>
        <ChartCard
          study={study}
          sources={sources.filter(({ path }) => path.startsWith('reported'))}
          wide
          drawn={false}
          title={words.reported}
          note={words.reportedNote}
          sheet={{
            columns: ['figure', 'as reported', 'rebuilt'],
            rows: (study.reported ?? []).map(({ name, value, rebuilt }) => [
              name[language],
              value[language],
              rebuilt[language],
            ]),
          }}
        >
          {(study.reported ?? []).length === 0 && <p className="muted">{words.noReported}</p>}
          <dl className="study-reported">
            {(study.reported ?? []).map(({ name, value, rebuilt, note }) => (
              <div key={name.en}>
                <dt>{name[language]}</dt>
                <dd>
                  <span className="small muted">{words.asReported}</span>
                  <b>{value[language]}</b>
                  <span className="small faint">
                    <Certainty of={note} /> {(language === 'ko' && note.sourceKo) || note.source}
                  </span>
                </dd>
                <dd>
                  <span className="small muted">{words.rebuilt}</span>
                  <span>{rebuilt[language]}</span>
                </dd>
              </div>
            ))}
          </dl>
        </ChartCard>
        <CurveTable {...card} answer={answer} />
      </div>
    </>
  )
}

function CurveTable({ study, answer, sources }: Omit<ImportResultsProps, 'range'>) {
  const { t, f, language } = useWords()
  const words = t.study.imports
  const points = curveOf(study, answer)
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide
      drawn={false}
      title={`${words.curve} · ${t.study.table}`}
      sheet={{
        columns: ['orders a year', 'won a year', 'stock kg', 'CO2 kg'],
        rows: points.map(({ orders, costKrw, stockKg, co2Kg }) => [orders, costKrw, stockKg, co2Kg]),
      }}
    >
      <Ledger
        label={words.curve}
        rows={points}
        idOf={({ orders }) => String(orders)}
        isStrong={({ best }) => best}
        columns={[
          {
            head: words.ordersAxis,
            of: ({ orders, best }) => (
              <>
                {orders} {best && <span className="chip brand">{words.best}</span>}
              </>
            ),
          },
          { head: words.cost, of: ({ costKrw }) => <Won krw={costKrw} /> },
          {
            head: words.versus,
            of: ({ costKrw }) => (
              <span className={costKrw <= answer.today.costKrw ? 'good' : 'warn'}>
                {f.krwDifference(costKrw - answer.today.costKrw)}
              </span>
            ),
          },
          { head: `${words.stock} (kg)`, of: ({ stockKg }) => f.whole(stockKg) },
          { head: 'CO₂ (kg)', of: ({ co2Kg }) => f.whole(co2Kg) },
          { head: words.way, of: ({ way }) => way[language] },
          { head: words.containers, of: ({ containers }) => f.whole(containers) },
          { head: words.loose, of: ({ looseKg }) => f.whole(looseKg) },
        ]}
      />
    </ChartCard>
  )
}
