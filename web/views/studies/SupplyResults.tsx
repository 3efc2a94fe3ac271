/** How secure supply is, and what an outage stops: firm by firm, and under each help. */
import { useState } from 'react'
import {
  HELPS,
  type HelpName,
  outageView,
  type Study,
  type StudySource,
  type SupplyAnswer,
} from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Segments } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { Figure, Headline } from './figures.tsx'
import { Ledger } from './Ledger.tsx'
import { Legend } from './Legend.tsx'
import { HelpBars, OutageTimeline } from './OutageCharts.tsx'
import { SupplyCosts } from './SupplyCosts.tsx'
import { SupplyPhases, SupplyResponse } from './SupplyResponse.tsx'

interface SupplyResultsProps {
  readonly study: Extract<Study, { kind: 'supply' }>
  readonly answer: SupplyAnswer
  readonly sources: readonly StudySource[]
}

export function SupplyResults({ study, answer, sources }: SupplyResultsProps) {
  const { t, f } = useWords()
  const words = t.study.supply
  const [chosen, setChosen] = useState(0)
  const [help, setHelp] = useState<HelpName>('nothing')
  const index = Math.min(chosen, answer.outages.length - 1)
  const { all } = answer
  const known = (value: number | null, show: (value: number) => string) =>
    value === null ? words.unknown : show(value)
  const card = { study, sources }
  if (index < 0)
    return (
      <>
        <p className="muted">{words.noOutage}</p>
        <div className="study-charts">
          <SupplyCosts {...card} answer={answer} />
          <ItemTable {...card} answer={answer} />
        </div>
      </>
    )
  const views = HELPS.map((name) => ({ name, view: outageView(study, answer, index, name) }))
  const nothing = views[0].view
  const view = views.find(({ name }) => name === help)!.view
  const dark = nothing.rows.filter((row) => row.known === null).length
  const nameOf = (name: HelpName) => (name === 'joint' ? words.helpsWith(nothing.jointDays) : words.helps[name])
  const weeks = String(nothing.weeks)
  const bars = views.map(({ name, view: one }) => ({
    id: name,
    name: nameOf(name),
    daysLost: one.daysLost,
    texts: [
      words.daysOf(one.daysLost.toFixed(1)),
      words.firmsOf(one.firmsStopped),
      ...(name === 'alternatives' ? [words.extra(known(one.extraKrw, f.krw))] : []),
      ...(name === 'joint' ? [words.carrying(known(one.jointKrwPerYear, f.krw))] : []),
    ],
  }))
  return (
    <>
      <Headline
        figure={
          nothing.firmsStopped > 0
            ? words.headline(nothing.name, weeks, nothing.firmsStopped, nothing.daysLost.toFixed(1))
            : words.none(nothing.name, weeks)
        }
        tone={nothing.firmsStopped > 0 ? 'bad' : 'good'}
        range={words.basis}
        note={dark > 0 ? <b className="warn">{words.darkFirms(dark)}</b> : words.itemsNote}
      >
        <Figure label={words.hhi} note={words.all}>
          {known(all.supplierHhi, (value) => value.toFixed(2))}
        </Figure>
        <Figure label={words.imported} note={words.all}>
          {known(all.importShare, f.share)}
        </Figure>
        <Figure label={words.single} note={words.all}>
          {known(all.singleSourceShare, f.share)}
        </Figure>
        <Figure label={words.cover} note={words.coverHint}>
          {known(all.cover, (value) => value.toFixed(2))}
        </Figure>
      </Headline>
      <div className="row wrap study-choices">
        <span className="small muted" aria-hidden="true">
          {words.outage}
        </span>
        <Segments
          label={words.outage}
          value={String(index)}
          options={answer.outages.map(({ outage }, k) => ({
            value: String(k),
            label: `${outageView(study, answer, k, 'nothing').name} · ${words.weeksOf(outage.weeks)}`,
          }))}
          onChange={(value) => setChosen(Number(value))}
        />
        <span className="small muted" aria-hidden="true">
          {words.help}
        </span>
        <Segments
          label={words.help}
          value={help}
          options={HELPS.map((name) => ({ value: name, label: words.helps[name] }))}
          onChange={setHelp}
        />
      </div>
      <div className="study-charts">
        <ChartCard
          {...card}
          title={words.timeline}
          note={`${nameOf(help)} · ${words.axis}`}
          sheet={{
            columns: ['firm', 'item', 'stock ends on day', 'days stopped'],
            rows: view.rows.map(({ firm, item, known: row }) => [
              firm,
              item,
              row ? row.stopsOnDay : words.unknown,
              row ? row.daysLost : words.unknown,
            ]),
          }}
        >
          <OutageTimeline
            view={view}
            label={`${words.timeline}: ${view.rows
              .map(({ firm, item, known: row }) =>
                row
                  ? `${firm} ${item} ${row.stopsOnDay === null ? words.never : `${words.day(row.stopsOnDay)} ${words.lost(row.daysLost.toFixed(1))}`}`
                  : `${firm} ${item} ${words.unknown}`,
              )
              .join(', ')}`}
          />
          <Legend
            marks={[
              { mark: 'stock', text: words.stockLasts },
              { mark: 'stopped', text: words.stopped },
              ...(view.rows.some(({ known: row }) => row === null)
                ? [{ mark: 'dark' as const, text: words.unknown }]
                : []),
              { mark: 'dashed', text: words.outageEnds },
            ]}
          />
        </ChartCard>
        <div className="study-stack">
          <ChartCard
            {...card}
            title={words.compare}
            note={words.compareNote}
            sentence={
              views.find(({ name }) => name === 'shared')!.view.daysLost > nothing.daysLost + 1e-9 &&
              t.studySupply.lendingCosts
            }
            sheet={{
              columns: ['help', 'firm days stopped', 'firms stopped', 'more for goods won', 'carrying won a year'],
              rows: views.map(({ name, view: one }) => [
                nameOf(name),
                one.daysLost,
                one.firmsStopped,
                name === 'alternatives' ? one.extraKrw : null,
                name === 'joint' ? one.jointKrwPerYear : null,
              ]),
            }}
          >
            <HelpBars
              bars={bars}
              label={`${words.compare}: ${bars.map(({ name, texts }) => `${name} ${texts.join(' · ')}`).join(', ')}`}
            />
          </ChartCard>
          <SupplyPhases {...card} outage={answer.outages[index]} />
        </div>
        <SupplyResponse {...card} outage={answer.outages[index]} />
        <SupplyCosts {...card} answer={answer} />
        <ItemTable {...card} answer={answer} />
      </div>
    </>
  )
}

function ItemTable({ study, answer, sources }: SupplyResultsProps) {
  const { t, f } = useWords()
  const words = t.study.supply
  const nameOf = (id: string) => study.register.items.find((item) => item.id === id)?.name ?? id
  const shown = (value: number | null, digits: number) =>
    value === null ? <span className="chip warn">{words.unknown}</span> : value.toFixed(digits)
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide
      drawn={false}
      title={words.items}
      note={words.itemsNote}
      sheet={{
        columns: [
          'item',
          'supplier HHI',
          'country HHI',
          'import share',
          'alternatives',
          'stock days',
          'least days',
          'cover',
          'won a year',
        ],
        rows: answer.items.map((item) => [
          nameOf(item.item),
          item.supplierHhi,
          item.countryHhi,
          item.importShare,
          item.alternatives,
          item.stockDays,
          item.leastDays,
          item.cover,
          item.yearKrw,
        ]),
      }}
    >
      <Ledger
        label={words.items}
        rows={answer.items}
        idOf={({ item }) => item}
        className="study-fits"
        columns={[
          { head: words.item, of: ({ item }) => nameOf(item) },
          { head: words.hhi, of: ({ supplierHhi }) => supplierHhi.toFixed(2) },
          { head: words.countryHhi, of: ({ countryHhi }) => countryHhi.toFixed(2) },
          { head: words.imported, of: ({ importShare }) => f.share(importShare) },
          {
            head: words.single,
            of: ({ singleSource }) => (singleSource ? <span className="warn">{words.yes}</span> : words.no),
          },
          { head: words.alternatives, of: ({ alternatives }) => alternatives },
          { head: words.stockDays, of: ({ stockDays }) => shown(stockDays, 1) },
          { head: words.leastDays, of: ({ leastDays }) => shown(leastDays, 1) },
          { head: words.cover, hint: words.coverHint, of: ({ cover }) => shown(cover, 2) },
          { head: words.spend, of: ({ yearKrw }) => (yearKrw === null ? shown(null, 0) : f.krw(yearKrw)) },
        ]}
      />
    </ChartCard>
  )
}
