/** Is it worth its money: the two tables, what they come to, and what would turn the answer. */
import { useState } from 'react'
import { type Appraised, running, type Study, type StudySource, type Table, turnsOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Segments, TableScroll, Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { Figure, Headline } from './figures.tsx'
import { RunningChart } from './RunningChart.tsx'

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
  const turns = turnsOf(study)
  const columns = [
    { name: words.financial, note: words.financialNote, table: financial },
    ...economic.map(({ krwPerTonne, table }) => ({
      name: krwPerTonne === 0 ? words.economic : words.withCarbon(f.krw(krwPerTonne)),
      note: words.economicNote,
      table,
    })),
  ]
  const bcOf = ({ bc }: Table) => (bc === null ? words.noBc : bc.toFixed(2))
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
      <div className="study-charts">
        <ChartCard
          {...card}
          title={words.running}
          note={words.runningNote}
          sheet={{
            columns: ['year', 'net present value', 'running sum'],
            rows: years.map(({ year, netKrw, sumKrw }) => [year, netKrw, sumKrw]),
          }}
        >
          <Segments
            label={words.running}
            value={side}
            options={[
              { value: 'economic', label: words.economic },
              { value: 'financial', label: words.financial },
            ]}
            onChange={setSide}
          />
          <RunningChart
            years={years}
            label={`${words.running}: ${years.map(({ year, sumKrw }) => `${year} ${f.krw(sumKrw)}`).join(', ')}`}
          />
        </ChartCard>
        <ChartCard
          {...card}
          drawn={false}
          title={words.sensitivity}
          note={words.sensitivityNote}
          sheet={{
            columns: ['turned', 'rate', 'economic NPV', 'economic B/C', 'financial NPV', 'financial B/C'],
            rows: turns.map(({ word, rate, financial: money, economic: society }) => [
              words.turns[word],
              rate,
              society.npvKrw,
              society.bc,
              money.npvKrw,
              money.bc,
            ]),
          }}
        >
          <TableScroll label={words.sensitivity}>
            <table className="ledger">
              <thead>
                <tr>
                  <th scope="col">{words.turned}</th>
                  <th scope="col">
                    {words.npv} · {words.economic}
                  </th>
                  <th scope="col">{words.bc}</th>
                  <th scope="col">
                    {words.npv} · {words.financial}
                  </th>
                  <th scope="col">{words.bc}</th>
                </tr>
              </thead>
              <tbody>
                {turns.map(({ word, rate, financial: money, economic: society }) => (
                  <tr key={`${word} ${rate}`} className={word === 'as' ? 'headline' : ''}>
                    <th scope="row">
                      {words.turns[word]}
                      {word === 'rate' && ` ${f.share(rate)}`}
                    </th>
                    {[society, money].map((table, k) => (
                      <Cells key={k === 0 ? 'economic' : 'financial'} table={table} bc={bcOf(table)} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
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
          <TableScroll label={words.tables}>
            <table className="ledger">
              <thead>
                <tr>
                  <th scope="col">{words.tables}</th>
                  <th scope="col">{words.benefit}</th>
                  <th scope="col">{words.cost}</th>
                  <th scope="col">{words.npv}</th>
                  <th scope="col">{words.bc}</th>
                  <th scope="col">{words.irr}</th>
                  <th scope="col">{words.payback}</th>
                </tr>
              </thead>
              <tbody>
                {columns.map(({ name, note, table }) => (
                  <tr key={name}>
                    <th scope="row" title={note}>
                      {name}
                    </th>
                    <td>{f.krw(table.benefitPvKrw)}</td>
                    <td>{f.krw(table.costPvKrw)}</td>
                    <td className={table.npvKrw >= 0 ? 'good' : 'warn'}>{f.krwDifference(table.npvKrw)}</td>
                    <td>{bcOf(table)}</td>
                    <td>{irrOf(table)}</td>
                    <td>{paybackOf(table)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
          <div className="study-two">
            <YearTable name={words.financial} note={words.financialNote} table={financial} />
            <YearTable name={words.economic} note={words.economicNote} table={plain} />
          </div>
        </ChartCard>
      </div>
    </>
  )
}

function Cells({ table, bc }: { readonly table: Table; readonly bc: string }) {
  const { f } = useWords()
  return (
    <>
      <td className={table.npvKrw >= 0 ? 'good' : 'warn'}>{f.krwDifference(table.npvKrw)}</td>
      <td>{bc}</td>
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
    <TableScroll label={name}>
      <table className="ledger">
        <caption>
          <b>{name}</b> <span className="small muted">{note}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.year}</th>
            <th scope="col">{words.benefit}</th>
            <th scope="col">{words.cost}</th>
            <th scope="col">{words.factor}</th>
            <th scope="col">{words.net}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ year, benefitKrw, costKrw, factor }) => (
            <tr key={year}>
              <th scope="row">{year}</th>
              <td>{f.whole(benefitKrw)}</td>
              <td>{f.whole(costKrw)}</td>
              <td className="muted">{factor.toFixed(4)}</td>
              <td>{f.difference((benefitKrw - costKrw) * factor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>{f.whole(table.benefitPvKrw)}</td>
            <td>{f.whole(table.costPvKrw)}</td>
            <td />
            <td>{f.difference(table.npvKrw)}</td>
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  )
}
