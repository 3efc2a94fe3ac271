/** Who must take part, whether the days were enough, and how likely a stop is late. */
import type { PickupResult, PickupStudy, StudySource, Verdict } from '../../../study/index.ts'
import { SPREAD } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { ChartCard } from './ChartCard.tsx'
import { IntervalChart } from './IntervalChart.tsx'
import { Ledger } from './Ledger.tsx'
import { Legend } from './Legend.tsx'
import { RowBars } from './RowBars.tsx'

interface PartProps {
  readonly study: PickupStudy
  readonly result: PickupResult
  readonly sources: readonly StudySource[]
}
interface CardProps extends PartProps {
  readonly wide: boolean
}

const SHOWN_EXITS = 12

export function ParticipationResults(props: PartProps) {
  const { participation, running, settings } = props.result
  const cards = [
    { id: 'curve', Card: ResponseCurve, isThere: (participation?.curve.length ?? 0) > 1 },
    { id: 'exits', Card: Exits, isThere: (participation?.exits.length ?? 0) > 0 },
    { id: 'enough', Card: Enough, isThere: running.points.length > 1 },
    { id: 'late', Card: Late, isThere: Boolean(settings[0].lateness) },
  ].filter(({ isThere }) => isThere)
  // two beside each other; whoever is left alone has the whole row
  return cards.map(({ id, Card }, k) => (
    <Card key={id} {...props} wide={cards.length % 2 === 1 && k === cards.length - 1} />
  ))
}

function ResponseCurve({ study, result, sources, wide }: CardProps) {
  const { t, f } = useWords()
  const words = t.studyWho
  const { curve, pays } = result.participation!
  const last = curve[curve.length - 1]
  const sentence =
    pays.onAverage === null
      ? words.paysNever
      : `${words.paysFrom(pays.onAverage, last.firms)} ${pays.surely === null ? words.notSurely : words.paysSurely(pays.surely)}`
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide={wide}
      title={words.curve}
      note={words.curveNote(f.krw(pays.programmeKrw))}
      sentence={<b>{sentence}</b>}
      sheet={{
        columns: [
          words.columns.firms,
          words.columns['won a year'],
          words.columns.low,
          words.columns.high,
          words.columns.saving,
          words.columns.low,
          words.columns.high,
        ],
        rows: curve.map(({ firms, yearKrw, saving }) => [
          firms,
          yearKrw.value,
          yearKrw.interval?.[0] ?? null,
          yearKrw.interval?.[1] ?? null,
          saving.value,
          saving.interval?.[0] ?? null,
          saving.interval?.[1] ?? null,
        ]),
      }}
    >
      <IntervalChart
        points={curve.map(({ firms, yearKrw }) => ({ at: firms, ...yearKrw }))}
        form="whiskers"
        line={{ at: 0, name: words.paysLine }}
        show={f.krwAxis}
        axis={words.curveAxis}
        label={`${words.curve}: ${curve.map(({ firms, yearKrw }) => `${words.firms(f.whole(firms))} ${f.krw(yearKrw.value)}`).join(', ')}`}
      />
      <p className="small muted">
        {curve.map(({ firms, saving }) => `${words.firms(f.whole(firms))} ${f.share(saving.value)}`).join(' · ')}
      </p>
      <p className="small muted">{words.curveHow}</p>
    </ChartCard>
  )
}

const TONES: Readonly<Record<Verdict, string>> = { holds: '', open: 'warn', breaks: 'bad' }

function Exits({ study, result, sources, wide }: CardProps) {
  const { t, f, language } = useWords()
  const words = t.studyWho
  const { exits, now } = result.participation!
  const nameOf = (id: string) => study.settings.find((setting) => setting.id === id)?.name[language] ?? id
  const target = f.share(study.targetShare ?? 0.2)
  const broken = exits.filter(({ pays }) => pays === 'breaks').length
  const open = exits.filter(({ pays }) => pays === 'open').length
  const verdict =
    now.pays === 'breaks'
      ? words.already
      : broken + open === 0
        ? words.breaksNone
        : [broken > 0 && words.breaks(broken), open > 0 && words.breaksOpen(open)].filter(Boolean).join(' ')
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide={wide}
      title={words.exits}
      note={words.exitsNote}
      sentence={
        <>
          <b>{words.exitsSentence(nameOf(exits[0].setting), f.krw(exits[0].lostKrw.value))}</b> {verdict}
        </>
      }
      sheet={{
        columns: [
          'setting',
          words.lost,
          'low',
          'high',
          words.rest,
          words.restShare,
          words.paysHead,
          words.targetHead(target),
        ],
        rows: exits.map(({ setting, lostKrw, yearKrw, saving, pays, target: reach }) => [
          nameOf(setting),
          lostKrw.value,
          lostKrw.interval?.[0] ?? null,
          lostKrw.interval?.[1] ?? null,
          yearKrw.value,
          saving.value,
          words.verdicts[pays],
          words.targets[reach],
        ]),
      }}
    >
      <RowBars
        rows={exits.slice(0, SHOWN_EXITS).map(({ setting, lostKrw, pays }) => ({
          id: setting,
          name: nameOf(setting),
          ...lostKrw,
          breaks: pays === 'breaks',
        }))}
        show={f.krwAxis}
        showEnd={f.krw}
        label={`${words.exits}: ${exits.map(({ setting, lostKrw }) => `${nameOf(setting)} ${f.krw(lostKrw.value)}`).join(', ')}`}
      />
      <Legend
        marks={[
          { mark: 'holds', text: words.exitHolds },
          ...(broken > 0 ? [{ mark: 'breaks' as const, text: words.exitBreaks }] : []),
          { mark: 'whisker', text: words.interval },
        ]}
      />
      {exits.length > SHOWN_EXITS && <p className="small muted">{words.more(exits.length - SHOWN_EXITS)}</p>}
      <p className="small muted">{words.exitsHow}</p>
      <details className="study-table">
        <summary>{t.study.table}</summary>
        <Ledger
          label={words.exits}
          rows={exits}
          idOf={({ setting }) => setting}
          columns={[
            { head: t.study.pickup.setting, of: ({ setting }) => nameOf(setting) },
            { head: words.lost, of: ({ lostKrw }) => f.krw(lostKrw.value) },
            { head: words.rest, of: ({ yearKrw }) => f.krw(yearKrw.value) },
            { head: words.restShare, of: ({ saving }) => f.share(saving.value) },
            { head: words.paysHead, of: ({ pays }) => <span className={TONES[pays]}>{words.verdicts[pays]}</span> },
            {
              head: words.targetHead(target),
              of: ({ target: reach }) => <span className={TONES[reach]}>{words.targets[reach]}</span>,
            },
          ]}
        />
      </details>
    </ChartCard>
  )
}

function Enough({ study, result, sources, wide }: CardProps) {
  const { t, f } = useWords()
  const words = t.studyWho
  const { points, enoughDays } = result.running
  const [base] = result.settings
  const sentence =
    enoughDays === null
      ? words.notEnough(f.whole(base.days), f.whole(base.daysFor1Point))
      : words.enough(f.whole(enoughDays))
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide={wide}
      title={words.running}
      note={words.runningNote}
      sentence={sentence}
      sheet={{
        columns: ['days', 'saving of B1', 'low', 'high'],
        rows: points.map(({ days, value, low, high }) => [days, value, low, high]),
      }}
    >
      <IntervalChart
        points={points.map(({ days, value, low, high }) => ({ at: days, value, interval: [low, high] as const }))}
        form="band"
        show={(share) => f.share(share).replace('.0', '')}
        axis={words.runningAxis}
        label={`${words.running}: ${sentence}`}
      />
      <Legend
        marks={[
          { mark: 'line', text: words.runningLine },
          { mark: 'band', text: words.interval },
        ]}
      />
    </ChartCard>
  )
}

function Late({ study, result, sources, wide }: CardProps) {
  const { t, f } = useWords()
  const words = t.studyWho
  const { share, worst } = result.settings[0].lateness!
  const { day, leg, stop, draws } = { ...SPREAD, ...study.spread }
  const sd = (value: number) => f.share(value).replace('.0', '')
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide={wide}
      drawn={worst.length > 0}
      title={words.late}
      note={words.lateNote}
      sentence={
        <>
          <b>{words.lateSentence(f.share(share.value))}</b>{' '}
          {share.interval && t.study.interval(f.share(share.interval[0]), f.share(share.interval[1]))}
        </>
      }
      sheet={{
        columns: [words.lateWhere, words.latePer100],
        rows: worst.map(({ site, per100Days }) => [site, per100Days]),
      }}
    >
      {worst.length === 0 ? (
        <p className="small muted">{words.lateNone}</p>
      ) : (
        <>
          <p className="small muted">
            {words.lateWhere} · {words.latePer100}
          </p>
          <RowBars
            rows={worst.map(({ site, per100Days }) => ({ id: site, name: site, value: per100Days }))}
            show={(value) => f.whole(value)}
            showEnd={(value) => value.toFixed(1)}
            label={`${words.lateWhere}, ${words.latePer100}: ${worst.map(({ site, per100Days }) => `${site} ${per100Days.toFixed(1)}`).join(', ')}`}
          />
        </>
      )}
      <p className="small muted">
        <span className="chip warn">{t.study.estimated}</span> {words.lateHow(sd(day), sd(leg), sd(stop), draws)}
      </p>
    </ChartCard>
  )
}
