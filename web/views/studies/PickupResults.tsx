/** What a pickup study says: the headline with its range, then how often, what moves it, and where it comes from. */
import {
  dotsOf,
  type PickupResult,
  type PickupStudy,
  pickupFall,
  type StudySource,
  tornadoOf,
} from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { DotsChart } from './DotsChart.tsx'
import { FallBars } from './FallBars.tsx'
import { Figure, Headline, useRange } from './figures.tsx'
import { Ledger } from './Ledger.tsx'
import { ParticipationResults } from './ParticipationResults.tsx'
import { settingColumns } from './settingColumns.tsx'
import { TornadoChart } from './TornadoChart.tsx'

interface PickupResultsProps {
  readonly study: PickupStudy
  readonly result: PickupResult
  readonly sources: readonly StudySource[]
}

export function PickupResults({ study, result, sources }: PickupResultsProps) {
  const { t, f, language } = useWords()
  const words = t.study.pickup
  const [base] = result.settings
  const target = study.targetShare ?? 0.2
  const dots = dotsOf(base.byDay, target)
  const tornado = tornadoOf(study, result)
  const bars = pickupFall(result)
  const range = useRange()
  const b1 = base.saving.B1
  const nameOf = (factor: string) => words.factors[factor] ?? factor
  const sentence = (dots.each === 'day' ? words.dotsSentence : words.dotsQuantile)(
    dots.dots.length,
    dots.reached,
    f.share(target),
  )
  const card = { study, sources }
  return (
    <>
      <Headline
        figure={(b1.value >= 0 ? words.headline : words.dearer)(f.share(Math.abs(b1.value)))}
        tone={b1.value >= 0 ? 'good' : 'warn'}
        range={range(b1, f.share)}
        note={`${words.b1} · ${words.days(f.whole(base.days))}`}
      >
        <Figure label={words.against('B2')} note={`${words.b2} · ${range(base.saving.B2, f.share)}`}>
          {f.share(base.saving.B2.value)}
        </Figure>
        <Figure label={words.against('B0')} note={words.b0} faint>
          {f.share(base.saving.B0.value)}
        </Figure>
        <Figure
          label={words.year}
          note={`${words.yearNote(f.krw(study.programmeKrwPerYear ?? 0))} · ${range(base.yearKrw, f.krw)}`}
        >
          <Won krw={base.yearKrw.value} />
        </Figure>
        <Figure
          label={words.worst}
          note={base.worstWeek ? words.worstNote(f.date(base.worstWeek.from), base.worstWeek.seed) : words.noWeek}
        >
          {base.worstWeek ? f.share(base.worstWeek.share) : '–'}
        </Figure>
        <Figure label={words.co2} note={range(base.co2Share, f.share)}>
          {f.share(base.co2Share.value)}
        </Figure>
      </Headline>
      <p className="small muted study-line">
        <span className="chip warn">{t.study.estimated}</span> {t.study.estimatedRoads}{' '}
        {words.pooled(f.share(base.pooledShare))} · {words.late(f.share(base.lateShare))}
        {base.days > 1 && base.days < base.daysFor1Point && <> · {words.more(f.whole(base.daysFor1Point))}</>}
        {base.unserved + base.excluded > 0 && (
          <b className="warn"> · {words.unserved(f.whole(base.unserved + base.excluded))}</b>
        )}
      </p>
      <div className="study-charts">
        <div className={tornado ? 'study-stack' : 'study-pair'}>
          <ChartCard
            {...card}
            title={words.dots}
            note={words.dotsNote(f.whole(base.days))}
            sentence={<b>{sentence}</b>}
            sheet={{ columns: ['day', 'saving of B1'], rows: base.byDay.map((share, k) => [k + 1, share]) }}
          >
            <DotsChart dots={dots} target={target} label={`${words.dots}: ${sentence}`} />
            <p className="small muted">
              {words.reached(
                f.whole(base.reached.times),
                f.whole(base.days),
                f.share(base.reached.interval[0]),
                f.share(base.reached.interval[1]),
              )}
            </p>
            <p className="small warn">
              {target === 0.2 ? words.targetSource(f.share(target)) : words.targetOwn(f.share(target))}
            </p>
          </ChartCard>
          <ChartCard
            {...card}
            title={words.fall}
            note={words.fallNote}
            sheet={{ columns: ['step', 'won a day'], rows: bars.map(({ id, krw }) => [words.steps[id], krw]) }}
          >
            <FallBars
              bars={bars}
              nameOf={(id) => words.steps[id] ?? id}
              label={`${words.fall}: ${bars.map(({ id, krw, level }) => `${words.steps[id]} ${level ? f.krw(krw) : f.krwDifference(krw)}`).join(', ')}`}
            />
            {bars.some(({ interval }) => interval) && <p className="small muted">{words.fallWhisker}</p>}
          </ChartCard>
        </div>
        {tornado && (
          <ChartCard
            {...card}
            title={words.tornado}
            note={words.tornadoNote(f.share(tornado.base))}
            sentence={words.tornadoSentence(
              nameOf(tornado.bars[0].factor),
              `${(100 * tornado.bars[0].span).toFixed(1)} ${words.points}`,
            )}
            sheet={{
              columns: ['factor', 'end', 'saving of B1', 'low', 'high'],
              rows: tornado.bars.flatMap(({ factor, low, high }) =>
                [low, high].map((end) => [
                  nameOf(factor),
                  end.name[language],
                  end.value,
                  end.interval?.[0] ?? null,
                  end.interval?.[1] ?? null,
                ]),
              ),
            }}
          >
            <TornadoChart
              tornado={tornado}
              nameOf={nameOf}
              label={`${words.tornado}: ${tornado.bars
                .map(
                  ({ factor, low, high }) =>
                    `${nameOf(factor)} ${low.name[language]} ${f.share(low.value)}, ${high.name[language]} ${f.share(high.value)}`,
                )
                .join('; ')}`}
            />
            <p className="small muted">{words.tornadoWhisker}</p>
          </ChartCard>
        )}
        <ParticipationResults study={study} result={result} sources={sources} />
        {result.settings.length > 1 && <SettingsTable study={study} result={result} sources={sources} />}
      </div>
    </>
  )
}

function SettingsTable({ study, result, sources }: PickupResultsProps) {
  const { t, f, language } = useWords()
  const words = t.study.pickup
  const nameOf = (id: string) => study.settings.find((setting) => setting.id === id)?.name[language] ?? id
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide
      drawn={false}
      title={words.settings}
      note={words.tornadoNote(f.share(result.settings[0].saving.B1.value))}
      sheet={{
        columns: [
          'setting',
          'days',
          'B1',
          'B1 low',
          'B1 high',
          'B2',
          'B0',
          'difference',
          'low',
          'high',
          'days on target',
        ],
        rows: result.settings.map(({ setting, days, saving, difference, reached }) => [
          nameOf(setting),
          days,
          saving.B1.value,
          saving.B1.interval?.[0] ?? null,
          saving.B1.interval?.[1] ?? null,
          saving.B2.value,
          saving.B0.value,
          difference?.value ?? null,
          difference?.interval?.[0] ?? null,
          difference?.interval?.[1] ?? null,
          reached.times,
        ]),
      }}
    >
      <Ledger
        label={words.settings}
        rows={result.settings}
        idOf={({ setting }) => setting}
        columns={[
          ...settingColumns(t, f, nameOf),
          { head: 'B2', of: ({ saving }) => f.share(saving.B2.value) },
          { head: 'B0', of: ({ saving }) => f.share(saving.B0.value), faint: true },
          {
            head: words.reachedShort(f.share(study.targetShare ?? 0.2)),
            of: ({ reached, days }) => `${f.whole(reached.times)} / ${f.whole(days)}`,
          },
        ]}
      />
    </ChartCard>
  )
}
