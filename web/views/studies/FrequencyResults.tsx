/** What waiting for shipments brings: the best pattern with its range, the wait and the stock beside it, and which saving is whose. */
import { useState } from 'react'
import type { Estimate, FrequencyResult, FrequencySetting, PickupStudy, StudySource } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { frequencyFall, laneRows, nameOfPattern, PATTERN_KINDS, tenths, waitCurve } from '../../state/frequency.ts'
import { Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { FallBars } from './FallBars.tsx'
import { Figure, Headline, inPoints, useRange } from './figures.tsx'
import { Ledger } from './Ledger.tsx'
import { endsOf } from './settingColumns.tsx'
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
  const range = useRange()
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
  const interval = (of: Estimate, show: (value: number) => string) =>
    of.interval && <span className="muted small"> ({endsOf(of, show)})</span>
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
      <Ledger
        label={words.table}
        className="study-fits"
        rows={settings}
        idOf={({ setting }) => setting}
        isStrong={({ setting }) => setting === best}
        columns={[
          { head: words.pattern, of: ({ setting }) => nameOf(setting) },
          {
            head: words.saving,
            of: ({ saving }) => (
              <>
                <b>{f.share(saving.value)}</b>
                {interval(saving, f.share)}
              </>
            ),
          },
          {
            head: `${words.more} (${t.study.pickup.points})`,
            of: ({ more }) => (
              <>
                {more ? inPoints(more.value) : '–'}
                {more && interval(more, inPoints)}
              </>
            ),
          },
          { head: words.wait, of: ({ wait }) => tenths(wait.meanDays) },
          { head: words.longest, of: ({ wait }) => f.whole(wait.longestDays) },
          { head: words.later, of: ({ wait }) => f.share(wait.waitedShare) },
          { head: words.stockKg, of: ({ stockKg }) => f.whole(stockKg) },
          { head: words.stockKrw, of: ({ stockKrw }) => f.krwDifference(stockKrw) },
          { head: words.steps.frequency, of: ({ steps }) => f.krwDifference(steps.frequency) },
          { head: words.steps.fuller, of: ({ steps }) => f.krwDifference(steps.fuller) },
          { head: words.sameWaiting, of: ({ sameWaiting }) => f.share(sameWaiting.value) },
          { head: words.co2, of: ({ co2Saving }) => f.share(co2Saving.value) },
        ]}
      />
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
      <Ledger
        label={words.chosen}
        rows={rows}
        idOf={({ lane }) => lane}
        columns={[
          {
            head: words.lane,
            of: ({ near, towns, out }) => (near ? words.near : `${towns} · ${out ? words.outbound : words.inbound}`),
          },
          { head: words.pairs, of: ({ pairs: count }) => f.whole(count) },
          { head: words.kgPerWeek, of: ({ kgPerWeek }) => f.whole(kgPerWeek) },
          ...PATTERN_KINDS.map((kind) => ({
            head: words.kinds[kind],
            of: ({ shares }: (typeof rows)[number]) => (
              <span className={shares[kind] === 0 ? 'faint' : ''}>{f.share(shares[kind])}</span>
            ),
          })),
        ]}
      />
      <p className="small muted">
        {words.chosenHint(f.krw(dailyKrw), f.krw(chosenKrw))} {words.files}
      </p>
    </ChartCard>
  )
}
