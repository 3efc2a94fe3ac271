/** Is it worth its money: the two tables, what they come to, and what would turn the answer. */
import { useState } from 'react'
import {
  type Appraised,
  running,
  type Study,
  type StudySource,
  type Table,
  turnsOf,
  turnTornado,
} from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Segments, Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { Figure, Headline } from './figures.tsx'
import { Ledger } from './Ledger.tsx'
import { Legend } from './Legend.tsx'
import { RunningChart } from './RunningChart.tsx'
import { TornadoChart } from './TornadoChart.tsx'

interface AppraisalResultsProps {
  readonly study: Extract<Study, { kind: 'appraisal' }>
  readonly answer: Appraised
  readonly sources: readonly StudySource[]
}

export function AppraisalResults({ study, answer, sources }: AppraisalResultsProps) {
  const { t, f, language } = useWords()
  const words = t.study.appraisal
  const [side, setSide] = useState<'financial' | 'economic'>('economic')
  const { financial, economic, benefitPerGrant } = answer
  const plain = economic[0].table
  const card = { study, sources }
  const years = running(side === 'financial' ? financial : plain)
  const all = turnsOf(study)
  // the rate of the study itself is what stands there as given
  const turns = all.filter(({ word, rate }) => word !== 'rate' || Math.abs(rate - study.rate) > 1e-9)
  const tornado = turnTornado(all, side)
  const sideName = words[side]
  const columns = [
    { name: words.financial, note: words.financialNote, table: financial },
    ...economic.map(({ krwPerTonne, table }) => ({
      name: krwPerTonne === 0 ? words.economic : words.withCarbon(f.krw(krwPerTonne)),
      note: words.economicNote,
      table,
    })),
  ]
  const bcOf = ({ bc }: Table) => (bc === null ? words.noBc : bc.toFixed(2))
  const npvOf = ({ npvKrw }: Table) => <span className={npvKrw >= 0 ? 'good' : 'warn'}>{f.krwDifference(npvKrw)}</span>
  const turnName = ({ word, rate }: (typeof turns)[number]) =>
    words.turns[word] + (word === 'rate' ? ` ${f.share(rate)}` : '')
  const irrOf = ({ irr }: Table) =>
    irr.kind === 'one' ? f.share(irr.rate) : irr.kind === 'none' ? words.noIrr : irr.rates.map(f.share).join(', ')
  const paybackOf = ({ discountedPaybackYears: years }: Table) =>
    years === null ? words.notPaid : words.years(years.toFixed(1))
  return (
    <>
      <Headline
        figure={words.headline(f.krwDifference(plain.npvKrw))}
        tone={plain.npvKrw >= 0 ? 'good' : 'warn'}
        range={words.basis(study.years, f.share(study.rate))}
        note={
          <>
            <span className="chip warn" title={words.labelHint}>
              {words.label}
              {language === 'en' && <span lang="ko">예타 준용 간이</span>}
            </span>{' '}
            {words.assumed}. {words.labelHint}
          </>
        }
      >
        <Figure label={`${words.bc} · ${words.economic}`}>{bcOf(plain)}</Figure>
        <Figure label={`${words.irr} · ${words.economic}`}>{irrOf(plain)}</Figure>
        <Figure label={`${words.npv} · ${words.financial}`}>
          <Won krw={financial.npvKrw} signed />
        </Figure>
        <Figure label={`${words.payback} · ${words.economic}`}>{paybackOf(plain)}</Figure>
        {benefitPerGrant !== null && <Figure label={words.perGrant}>{benefitPerGrant.toFixed(2)}</Figure>}
      </Headline>
      <div className="row wrap study-choices">
        <Segments
          label={words.tables}
          value={side}
          options={[
            { value: 'economic', label: words.economic },
            { value: 'financial', label: words.financial },
          ]}
          onChange={setSide}
        />
        <span className="small muted">{side === 'economic' ? words.economicNote : words.financialNote}</span>
      </div>
      <div className="study-charts">
        <ChartCard
          {...card}
          title={words.running}
          note={sideName}
          sheet={{
            columns: ['year', 'net present value', 'running sum'],
            rows: years.map(({ year, netKrw, sumKrw }) => [year, netKrw, sumKrw]),
          }}
        >
          <RunningChart
            years={years}
            label={`${words.running}: ${years.map(({ year, sumKrw }) => `${year} ${f.krw(sumKrw)}`).join(', ')}`}
          />
          <Legend
            marks={[
              { mark: 'less', text: words.gained },
              { mark: 'more', text: words.spent },
              { mark: 'line', text: words.sum },
            ]}
          />
        </ChartCard>
        <ChartCard
          {...card}
          title={words.sensitivity}
          note={`${sideName} · ${words.sensitivityNote(f.krwDifference(tornado.base))}`}
          sheet={{
            columns: ['turned', 'rate', 'economic NPV', 'economic B/C', 'financial NPV', 'financial B/C'],
            rows: all.map(({ word, rate, financial: money, economic: society }) => [
              words.turns[word],
              rate,
              society.npvKrw,
              society.bc,
              money.npvKrw,
              money.bc,
            ]),
          }}
        >
          <TornadoChart
            tornado={tornado}
            nameOf={(factor) => words.turnNames[factor as keyof typeof words.turnNames]}
            show={f.krwAxis}
            line={{ at: 0, name: words.divide }}
            label={`${words.sensitivity}: ${turns.map((turn) => `${turnName(turn)} ${f.krwDifference(turn[side].npvKrw)}`).join(', ')}`}
          />
          <details className="study-table">
            <summary>{t.study.table}</summary>
            <Ledger
              label={words.sensitivity}
              rows={turns}
              idOf={({ word, rate }) => `${word} ${rate}`}
              isStrong={({ word }) => word === 'as'}
              columns={[
                { head: words.turned, of: turnName },
                { head: `${words.npv} · ${words.economic}`, of: ({ economic: table }) => npvOf(table) },
                { id: 'economic', head: words.bc, of: ({ economic: table }) => bcOf(table) },
                { head: `${words.npv} · ${words.financial}`, of: ({ financial: table }) => npvOf(table) },
                { id: 'financial', head: words.bc, of: ({ financial: table }) => bcOf(table) },
              ]}
            />
          </details>
        </ChartCard>
        <ChartCard
          {...card}
          wide
          drawn={false}
          title={words.tables}
          note={words.tablesNote}
          sheet={{
            columns: ['table', 'year', 'benefit', 'cost', 'factor'],
            rows: columns.flatMap(({ name, table }) =>
              table.rows.map(({ year, benefitKrw, costKrw, factor }) => [name, year, benefitKrw, costKrw, factor]),
            ),
          }}
        >
          <Ledger
            label={words.tables}
            rows={columns}
            idOf={({ name }) => name}
            columns={[
              { head: words.side, of: ({ name, note }) => <span title={note}>{name}</span> },
              { head: words.benefit, of: ({ table }) => f.krw(table.benefitPvKrw) },
              { head: words.cost, of: ({ table }) => f.krw(table.costPvKrw) },
              { head: words.npv, of: ({ table }) => npvOf(table) },
              { head: words.bc, of: ({ table }) => bcOf(table) },
              { head: words.irr, of: ({ table }) => irrOf(table) },
              { head: words.payback, of: ({ table }) => paybackOf(table) },
            ]}
          />
          <div className="study-two">
            <YearTable name={words.financial} note={words.financialNote} table={financial} />
            <YearTable name={words.economic} note={words.economicNote} table={plain} />
          </div>
        </ChartCard>
      </div>
    </>
  )
}

interface YearTableProps {
  readonly name: string
  readonly note: string
  readonly table: Table
}

function YearTable({ name, note, table }: YearTableProps) {
  const { t, f } = useWords()
  const words = t.study.appraisal
  return (
    <Ledger
      label={name}
      caption={
        <>
          <b>{name}</b> <span className="small muted">{note}</span>
        </>
      }
      rows={table.rows}
      idOf={({ year }) => String(year)}
      columns={[
        { head: words.year, of: ({ year }) => year, foot: words.total },
        { head: words.benefit, of: ({ benefitKrw }) => f.whole(benefitKrw), foot: f.whole(table.benefitPvKrw) },
        { head: words.cost, of: ({ costKrw }) => f.whole(costKrw), foot: f.whole(table.costPvKrw) },
        { head: words.factor, of: ({ factor }) => <span className="muted">{factor.toFixed(4)}</span> },
        {
          head: words.net,
          of: ({ benefitKrw, costKrw, factor }) => f.difference((benefitKrw - costKrw) * factor),
          foot: f.difference(table.npvKrw),
        },
      ]}
    />
  )
}
