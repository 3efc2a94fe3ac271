/** What waiting for shipments brings: the best pattern with its range, the wait and the stock beside it, and which saving is whose. */
import { useState } from 'react'
import type { Estimate, FrequencyResult, FrequencySetting, PickupStudy, StudySource } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { frequencyFall, laneRows, nameOfPattern, PATTERN_KINDS, tenths, waitCurve } from '../../state/frequency.ts'
import { TableScroll, Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { FallBars } from './FallBars.tsx'
import { Figure, Headline, inPoints } from './figures.tsx'
import { WaitChart } from './WaitChart.tsx'

interface FrequencyResultsProps {
  readonly study: PickupStudy
  readonly result: FrequencyResult
  readonly sources: readonly StudySource[]
}

const WEEK = 5

export function FrequencyResults({ study, result, sources }: FrequencyResultsProps) {
  const { t, f, language } = useWords()
  const words = t.studyFrequency
  const { settings } = result
  const best = settings.find(({ setting }) => setting === result.best)!
  const [shown, setShown] = useState(best.setting)
  const one = settings.find(({ setting }) => setting === shown) ?? best
  const daily = settings.find(({ setting }) => setting === best.daily)
  const nameOf = (id: string) => study.settings.find((setting) => setting.id === id)?.name[language] ?? id
  const range = ({ interval }: Estimate, show: (value: number) => string) =>
    interval ? t.study.interval(show(interval[0]), show(interval[1])) : t.study.noInterval
  const points = (share: number) => `${inPoints(share)} ${t.study.pickup.points}`
  const bars = frequencyFall(one)
  const numbers = new Map(settings.map(({ setting }, k) => [setting, k + 1]))
  const curve = waitCurve(result).map((point) => ({ ...point, number: numbers.get(point.setting)! }))
  const sentence = words.curveSentence(nameOf(best.setting), f.share(best.saving.value), tenths(best.wait.meanDays))
  const card = { study, sources }
  const stepName = (id: string) => words.steps[id as keyof typeof words.steps] ?? id
  return (
    <>
      <Headline
        figure={(best.saving.value >= 0 ? words.headline : words.dearer)(
          nameOf(best.setting),
          f.share(Math.abs(best.saving.value)),
        )}
        tone={best.saving.value >= 0 ? 'good' : 'warn'}
        range={range(best.saving, f.share)}
        note={words.basis(f.whole(best.days))}
      >
        {daily && (
          <Figure label={words.daily} note={`${words.dailyNote} · ${range(daily.saving, f.share)}`}>
            {f.share(daily.saving.value)}
          </Figure>
        )}
        <Figure label={words.more} note={best.more ? `${words.moreNote} · ${range(best.more, points)}` : words.none}>
          {best.more ? points(best.more.value) : '–'}
        </Figure>
        <Figure
          label={words.wait}
          note={words.waitNote(f.whole(best.wait.longestDays), f.share(best.wait.waitedShare))}
        >
          {tenths(best.wait.meanDays)}
        </Figure>
        <Figure label={words.stock} note={words.stockNote(f.krw(best.stockKrw))}>
          {f.whole(best.stockKg)} kg
        </Figure>
        <Figure label={words.direct} note={words.directNote} faint>
          <Won krw={-best.steps.frequency} />
        </Figure>
      </Headline>
      <p className="small muted study-line">
        <span className="chip warn">{t.study.estimated}</span> {t.study.estimatedRoads} {words.curveHint}
        {best.days <= 4 * WEEK && <> · {words.fewWeeks}</>}
        {best.more?.interval && best.more.interval[0] <= 0 && best.more.interval[1] >= 0 && (
          <b className="warn"> · {words.unclear}</b>
        )}
        {best.left > 0 && <b className="warn"> · {words.left(f.whole(best.left))}</b>}
      </p>
      <div className="study-charts">
        <ChartCard
          {...card}
          title={words.curve}
          note={words.curveNote}
          sentence={<b>{sentence}</b>}
          sheet={{
            columns: named(words.columns, ['setting', 'wait', 'saving', 'low', 'high', 'stock kg']),
            rows: curve.map(({ setting, waitDays, saving, interval, stockKg }) => [
              nameOf(setting),
              waitDays,
              saving,
              interval?.[0] ?? null,
              interval?.[1] ?? null,
              stockKg,
            ]),
          }}
        >
          <WaitChart
            points={curve}
            label={`${words.curve}: ${curve.map(({ setting, waitDays, saving }) => `${nameOf(setting)} ${tenths(waitDays)} ${f.share(saving)}`).join('; ')}`}
          />
          <p className="small muted">{words.whisker}</p>
          <ol className="wait-list small">
            {settings.map(({ setting }) => (
              <li key={setting}>
                {nameOf(setting)}
                {setting === result.best && <span className="chip brand"> {words.best}</span>}
              </li>
            ))}
          </ol>
        </ChartCard>
        <ChartCard
          {...card}
          title={words.fall}
          note={words.fallNote}
          sheet={{ columns: ['step', 'won a day'], rows: bars.map(({ id, krw }) => [stepName(id), krw]) }}
        >
          <label className="small wait-choice">
            <span className="muted">{words.fallChoose}</span>
            <select value={one.setting} onChange={(event) => setShown(event.currentTarget.value)}>
              {settings.map(({ setting }) => (
                <option key={setting} value={setting}>
                  {nameOf(setting)}
                </option>
              ))}
            </select>
          </label>
          <FallBars
            bars={bars}
            nameOf={stepName}
            label={`${words.fall}: ${bars.map(({ id, krw, level }) => `${stepName(id)} ${level ? f.krw(krw) : f.krwDifference(krw)}`).join(', ')}`}
          />
          <p className="small muted">{words.fallHint}</p>
          <p className="small muted">{words.stepHints}</p>
        </ChartCard>
        <PatternTable {...card} settings={settings} best={result.best} nameOf={nameOf} />
        {settings.map(
          (setting) =>
            setting.patterns && (
              <LaneTable key={setting.setting} {...card} setting={setting} name={nameOf(setting.setting)} />
            ),
        )}
      </div>
      <h2 className="wait-plain">{words.plain}</h2>
    </>
  )
}

const named = (own: Readonly<Record<string, string>>, columns: readonly string[]): string[] =>
  columns.map((column) => own[column] ?? column)

interface PatternTableProps extends Omit<FrequencyResultsProps, 'result'> {
  readonly settings: readonly FrequencySetting[]
  readonly best: string
  readonly nameOf: (setting: string) => string
}

function PatternTable({ study, sources, settings, best, nameOf }: PatternTableProps) {
  const { t, f } = useWords()
  const words = t.studyFrequency
  const interval = ({ interval: of }: Estimate, show: (value: number) => string) =>
    of && <span className="muted small"> ({of.map(show).join(' ~ ')})</span>
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide
      drawn={false}
      title={words.table}
      note={words.tableNote}
      sheet={{
        columns: named(words.columns, [
          'setting',
          'days',
          'saving',
          'low',
          'high',
          'more',
          'wait',
          'longest',
          'later',
          'stock kg',
          'stock won',
          'same waiting',
          'CO2 saving',
          ...Object.values(words.steps),
        ]),
        rows: settings.map((one) => [
          nameOf(one.setting),
          one.days,
          one.saving.value,
          one.saving.interval?.[0] ?? null,
          one.saving.interval?.[1] ?? null,
          one.more?.value ?? null,
          one.wait.meanDays,
          one.wait.longestDays,
          one.wait.waitedShare,
          one.stockKg,
          one.stockKrw,
          one.sameWaiting.value,
          one.co2Saving.value,
          one.b1Krw,
          ...(['mode', 'truckSize', 'routing', 'frequency', 'fuller', 'stock'] as const).map((step) => one.steps[step]),
          one.planKrw + one.stockKrw,
        ]),
      }}
    >
      <TableScroll label={words.table}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{words.pattern}</th>
              <th scope="col">{words.saving}</th>
              <th scope="col">
                {words.more} ({t.study.pickup.points})
              </th>
              <th scope="col">{words.wait}</th>
              <th scope="col">{words.longest}</th>
              <th scope="col">{words.later}</th>
              <th scope="col">{words.stockKg}</th>
              <th scope="col">{words.stockKrw}</th>
              <th scope="col">{words.steps.frequency}</th>
              <th scope="col">{words.steps.fuller}</th>
              <th scope="col">{words.sameWaiting}</th>
              <th scope="col">{words.co2}</th>
            </tr>
          </thead>
          <tbody>
            {settings.map((one) => (
              <tr key={one.setting} className={one.setting === best ? 'headline' : ''}>
                <th scope="row">{nameOf(one.setting)}</th>
                <td>
                  <b>{f.share(one.saving.value)}</b>
                  {interval(one.saving, f.share)}
                </td>
                <td>
                  {one.more ? inPoints(one.more.value) : '–'}
                  {one.more && interval(one.more, inPoints)}
                </td>
                <td>{tenths(one.wait.meanDays)}</td>
                <td>{f.whole(one.wait.longestDays)}</td>
                <td>{f.share(one.wait.waitedShare)}</td>
                <td>{f.whole(one.stockKg)}</td>
                <td>{f.krwDifference(one.stockKrw)}</td>
                <td>{f.krwDifference(one.steps.frequency)}</td>
                <td>{f.krwDifference(one.steps.fuller)}</td>
                <td>{f.share(one.sameWaiting.value)}</td>
                <td>{f.share(one.co2Saving.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </ChartCard>
  )
}

interface LaneTableProps extends Pick<FrequencyResultsProps, 'study' | 'sources'> {
  readonly setting: FrequencySetting
  readonly name: string
}

function LaneTable({ study, sources, setting, name }: LaneTableProps) {
  const { t, f, language } = useWords()
  const words = t.studyFrequency
  const { pairs, dailyKrw, chosenKrw } = setting.patterns!
  const rows = laneRows(setting)
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide
      drawn={false}
      title={`${words.chosen}: ${name}`}
      note={words.chosenNote(f.whole(pairs.length))}
      sheet={{
        columns: named(words.columns, ['firm', 'supplier', 'lane', 'pattern', 'kg a week']),
        rows: pairs.map(({ firm, supplier, lane, pattern, kgPerWeek }) => [
          firm,
          supplier,
          lane,
          nameOfPattern(pattern)[language],
          kgPerWeek,
        ]),
      }}
    >
      <TableScroll label={words.chosen}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{words.lane}</th>
              <th scope="col">{words.pairs}</th>
              <th scope="col">{words.kgPerWeek}</th>
              {PATTERN_KINDS.map((kind) => (
                <th key={kind} scope="col">
                  {words.kinds[kind]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ lane, near, towns, out, kgPerWeek, pairs: count, shares }) => (
              <tr key={lane}>
                <th scope="row">{near ? words.near : `${towns} · ${out ? words.outbound : words.inbound}`}</th>
                <td>{f.whole(count)}</td>
                <td>{f.whole(kgPerWeek)}</td>
                {PATTERN_KINDS.map((kind) => (
                  <td key={kind} className={shares[kind] === 0 ? 'faint' : ''}>
                    {f.share(shares[kind])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">
        {words.chosenHint(f.krw(dailyKrw), f.krw(chosenKrw))} {words.files}
      </p>
    </ChartCard>
  )
}
