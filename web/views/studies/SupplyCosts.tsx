/** What alternatives cost on the roads: one fetch, and a second supplier all year, each firm for itself and on the milk run. */
import { type Study, type StudySource, type SupplyAnswer, VERDICT_NAMES } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { fetchView } from '../../state/supplyView.ts'
import { ChartCard } from './ChartCard.tsx'
import { Legend } from './Legend.tsx'
import { PairBars, type PairRow } from './PairBars.tsx'

interface SupplyCostsProps {
  readonly study: Extract<Study, { kind: 'supply' }>
  readonly answer: SupplyAnswer
  readonly sources: readonly StudySource[]
}

export function SupplyCosts(props: SupplyCostsProps) {
  return (
    <>
      <Fetches {...props} />
      <Seconds {...props} />
    </>
  )
}

const labelOf = (title: string, rows: readonly PairRow[], text: (row: PairRow) => string): string =>
  `${title}: ${rows.map((row) => `${row.name} ${text(row)}`).join(', ')}`

function Fetches({ study, answer, sources }: SupplyCostsProps) {
  const { t, f, language } = useWords()
  const words = t.studySupply
  const { planned, without, nameOf } = fetchView(study, answer, language)
  const rows = planned.map((fetch): PairRow => {
    const pooled = fetch.days.map(({ pooledKrw }) => pooledKrw)
    return {
      id: `${fetch.item} ${fetch.supplier} ${fetch.share}`,
      name: `${nameOf(fetch)} ${f.share(fetch.share).replace('.0', '')}`,
      notes: [
        words.everyDays(f.kg(fetch.kg), fetch.everyDays, f.share(fetch.share)),
        words.spread(f.krw(Math.min(...pooled)), f.krw(Math.max(...pooled)), pooled.length),
      ],
      aloneKrw: fetch.aloneKrw,
      pooledKrw: fetch.pooledKrw,
      markKrw: null,
      verdict: null,
    }
  })
  const unasked =
    study.routes !== undefined && answer.fetches.some((fetch) => fetch.kind === 'none' && fetch.why === 'unplanned')
  return (
    <ChartCard
      study={study}
      sources={sources}
      title={words.fetches}
      note={words.fetchesNote}
      drawn={rows.length > 0}
      sentence={
        rows.length > 0
          ? words.fetchesSentence(new Set(planned.map(nameOf)).size, planned[0].days.length)
          : unasked
            ? words.saveFirst
            : words.noFetch
      }
      sheet={{
        columns: [
          words.lines.item,
          words.lines.supplier,
          words.lines.share,
          words.lines.kg,
          words.lines.aloneKrw,
          words.lines.pooledKrw,
        ],
        rows: planned.map((fetch) => [
          nameOf(fetch),
          fetch.supplier,
          fetch.share,
          fetch.kg,
          fetch.aloneKrw,
          fetch.pooledKrw,
        ]),
      }}
    >
      {rows.length > 0 && (
        <PairBars
          rows={rows}
          label={labelOf(
            words.fetches,
            rows,
            ({ aloneKrw, pooledKrw }) => `${words.alone} ${f.krw(aloneKrw)} ${words.pooled} ${f.krw(pooledKrw)}`,
          )}
        />
      )}
      {without.length > 0 && (
        <ul className="small muted supply-why">
          {without.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </ChartCard>
  )
}

function Seconds({ study, answer, sources }: SupplyCostsProps) {
  const { t, f, language } = useWords()
  const words = t.studySupply
  const { nameOf } = fetchView(study, answer, language)
  const { diversified } = answer
  const made = diversified.filter(({ verdict }) => verdict === 'affordablePooled').map(nameOf)
  const lack = (entry: (typeof diversified)[number]) =>
    entry.outages.map(({ before, after }) => `${before.toFixed(1)} → ${after.toFixed(1)}`).join(', ')
  const rows = diversified.flatMap((entry): PairRow[] => {
    const { aloneKrw, pooledKrw, verdict } = entry
    if (aloneKrw === null || pooledKrw === null) return []
    return [
      {
        id: `${entry.item} ${entry.supplier}`,
        name: `${nameOf(entry)} ${f.share(entry.share).replace('.0', '')}`,
        notes: [words.outagesAfter(lack(entry) || '–')],
        aloneKrw,
        pooledKrw,
        markKrw: entry.acceptKrw,
        verdict: { text: VERDICT_NAMES[verdict][language], good: verdict.startsWith('affordable') },
      },
    ]
  })
  const dark = diversified.filter(({ aloneKrw }) => aloneKrw === null)
  return (
    <ChartCard
      study={study}
      sources={sources}
      title={words.second}
      note={words.secondNote}
      drawn={rows.length > 0}
      sentence={
        made.length > 0 ? (
          <b className="good">{words.madeAffordable(made.join(', '))}</b>
        ) : (
          diversified.length === 0 && words.noSecond
        )
      }
      sheet={{
        columns: [
          words.lines.item,
          words.lines.supplier,
          words.lines.share,
          words.lines.aloneKrw,
          words.lines.pooledKrw,
          words.lines.acceptKrw,
          words.lines.verdict,
        ],
        rows: diversified.map((entry) => [
          nameOf(entry),
          entry.supplier,
          entry.share,
          entry.aloneKrw,
          entry.pooledKrw,
          entry.acceptKrw,
          VERDICT_NAMES[entry.verdict][language],
        ]),
      }}
    >
      {rows.length > 0 && (
        <PairBars
          rows={rows}
          label={labelOf(
            words.second,
            rows,
            ({ aloneKrw, pooledKrw, markKrw, verdict }) =>
              `${words.alone} ${f.krw(aloneKrw)} ${words.pooled} ${f.krw(pooledKrw)} ${markKrw === null ? '' : `${words.accept} ${f.krw(markKrw)}`} ${verdict?.text ?? ''}`,
          )}
        />
      )}
      {rows.some(({ markKrw }) => markKrw !== null) && <Legend marks={[{ mark: 'target', text: words.acceptLine }]} />}
      {dark.length > 0 && (
        <ul className="small muted supply-why">
          {dark.map((entry) => (
            <li key={`${entry.item} ${entry.supplier}`}>
              {nameOf(entry)}: {words.notKnown}
              {entry.outages.length > 0 && ` · ${words.outagesAfter(lack(entry))}`}
            </li>
          ))}
        </ul>
      )}
    </ChartCard>
  )
}
