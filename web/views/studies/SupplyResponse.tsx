/** What to do about an outage, in two phases: who, what, until when, what it gains and what it costs. */
import { PHASE_NAMES, RESPONSE_NAMES, type Study, type StudySource, type SupplyAnswer } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { type ToldLine, toldLines } from '../../state/supplyView.ts'
import { ChartCard } from './ChartCard.tsx'
import { HelpBars } from './OutageCharts.tsx'

interface SupplyResponseProps {
  readonly study: Extract<Study, { kind: 'supply' }>
  readonly outage: SupplyAnswer['outages'][number]
  readonly sources: readonly StudySource[]
}

const PHASES = ['urgent', 'medium'] as const

export function SupplyResponse({ study, outage, sources }: SupplyResponseProps) {
  const { t, language } = useWords()
  const words = t.studySupply
  const { lines } = outage.response
  const told = PHASES.map((phase) => ({ phase, lines: toldLines(study, lines, phase, language) }))
  return (
    <ChartCard
      study={study}
      sources={sources}
      wide
      drawn={false}
      title={words.response}
      note={words.responseNote}
      sheet={{
        columns: [
          words.lines.phase,
          words.lines.kind,
          words.lines.deed,
          words.lines.time,
          words.lines.before,
          words.lines.after,
          words.lines.gain,
          words.lines.cost,
        ],
        rows: told.flatMap(({ phase, lines: own }) =>
          own.map(({ line, deed, time, gain, cost }) => [
            PHASE_NAMES[phase][language],
            RESPONSE_NAMES[line.kind][language],
            deed,
            time,
            line.before,
            line.after,
            gain,
            cost,
          ]),
        ),
      }}
    >
      <div className="supply-phases">
        {told.map(({ phase, lines: own }) => (
          <section key={phase} aria-label={PHASE_NAMES[phase][language]}>
            <h3 className={phase}>{PHASE_NAMES[phase][language]}</h3>
            {own.length === 0 && <p className="muted">{words.noLine}</p>}
            <ol>
              {own.map((one) => (
                <Line key={one.deed} told={one} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </ChartCard>
  )
}

/** What all of a phase leave of the outage together. */
export function SupplyPhases({ study, outage, sources }: SupplyResponseProps) {
  const { t } = useWords()
  const words = t.studySupply
  const { phases } = outage.response
  const bars = (['nothing', 'urgent', 'both'] as const).map((id) => ({
    id,
    name: words.phase[id],
    daysLost: phases[id],
    texts: [t.study.supply.daysOf(phases[id].toFixed(1))],
  }))
  return (
    <ChartCard
      study={study}
      sources={sources}
      title={words.phases}
      sheet={{ columns: ['help', 'firm days stopped'], rows: bars.map(({ name, daysLost }) => [name, daysLost]) }}
    >
      <HelpBars
        bars={bars}
        label={`${words.phases}: ${bars.map(({ name, texts }) => `${name} ${texts.join(' · ')}`).join(', ')}`}
      />
    </ChartCard>
  )
}

function Line({ told: { line, deed, time, gain, cost } }: { readonly told: ToldLine }) {
  const { language } = useWords()
  const counts = line.kind !== 'count' && line.kind !== 'find'
  const left = line.before > 0 ? line.after / line.before : 0
  return (
    <li>
      <p className="supply-deed">
        <span className="chip">{RESPONSE_NAMES[line.kind][language]}</span> {deed}
      </p>
      {counts && line.before > 0 && (
        <span className="supply-gain" aria-hidden="true">
          <span style={{ inlineSize: `${100 * Math.min(1, left)}%` }} />
        </span>
      )}
      <p className="small">
        <b>{time}</b> · {gain}
      </p>
      <p className={`small ${line.verdict === 'affordablePooled' ? 'good' : 'muted'}`}>{cost}</p>
    </li>
  )
}
