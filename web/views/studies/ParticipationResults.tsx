/** Who must take part, whether the days were enough, and how likely a stop is late. */
import type { PickupResult, PickupStudy, StudySource } from '../../../study/index.ts'
import { SPREAD } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { TableScroll } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { ExitBars } from './ExitBars.tsx'
import { IntervalChart } from './IntervalChart.tsx'

interface PartProps {
  readonly study: PickupStudy
  readonly result: PickupResult
  readonly sources: readonly StudySource[]
}

const SHOWN_EXITS = 12

export function ParticipationResults(props: PartProps) {
  const { participation, running } = props.result
  return (
    <>
      {participation && participation.curve.length > 1 && <ResponseCurve {...props} />}
      {participation && participation.exits.length > 0 && <Exits {...props} />}
      {running.points.length > 1 && <Enough {...props} />}
      {props.result.settings[0].lateness && <Late {...props} />}
    </>
  )
}

function ResponseCurve({ study, result, sources }: PartProps) {
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

function Exits({ study, result, sources }: PartProps) {
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
      <ExitBars
        exits={exits.slice(0, SHOWN_EXITS)}
        nameOf={nameOf}
        label={`${words.exits}: ${exits.map(({ setting, lostKrw }) => `${nameOf(setting)} ${f.krw(lostKrw.value)}`).join(', ')}`}
      />
      {exits.length > SHOWN_EXITS && <p className="small muted">{words.more(exits.length - SHOWN_EXITS)}</p>}
      <p className="small muted">{words.exitsHow}</p>
      <details>
        <summary className="small">{t.study.table}</summary>
        <TableScroll label={words.exits}>
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">{t.study.pickup.setting}</th>
                <th scope="col">{words.lost}</th>
                <th scope="col">{words.rest}</th>
                <th scope="col">{words.restShare}</th>
                <th scope="col">{words.paysHead}</th>
                <th scope="col">{words.targetHead(target)}</th>
              </tr>
            </thead>
            <tbody>
              {exits.map(({ setting, lostKrw, yearKrw, saving, pays, target: reach }) => (
                <tr key={setting}>
                  <th scope="row">{nameOf(setting)}</th>
                  <td>{f.krw(lostKrw.value)}</td>
                  <td>{f.krw(yearKrw.value)}</td>
                  <td>{f.share(saving.value)}</td>
                  <td className={pays === 'breaks' ? 'bad' : pays === 'open' ? 'warn' : ''}>{words.verdicts[pays]}</td>
                  <td className={reach === 'breaks' ? 'bad' : reach === 'open' ? 'warn' : ''}>
                    {words.targets[reach]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      </details>
    </ChartCard>
  )
}

function Enough({ study, result, sources }: PartProps) {
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
    </ChartCard>
  )
}

function Late({ study, result, sources }: PartProps) {
  const { t, f } = useWords()
  const words = t.studyWho
  const { share, worst } = result.settings[0].lateness!
  const { day, leg, stop, draws } = { ...SPREAD, ...study.spread }
  const sd = (value: number) => f.share(value).replace('.0', '')
  return (
    <ChartCard
      study={study}
      sources={sources}
      drawn={false}
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
        <TableScroll label={words.lateWhere}>
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">{words.lateWhere}</th>
                <th scope="col">{words.latePer100}</th>
              </tr>
            </thead>
            <tbody>
              {worst.map(({ site, per100Days }) => (
                <tr key={site}>
                  <th scope="row">{site}</th>
                  <td>{per100Days.toFixed(1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      <p className="small muted">
        <span className="chip warn">{t.study.estimated}</span> {words.lateHow(sd(day), sd(leg), sd(stop), draws)}
      </p>
    </ChartCard>
  )
}
