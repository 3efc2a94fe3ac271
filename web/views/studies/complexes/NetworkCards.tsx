/** Who supplies whom in a complex: clusters that could be one round, and suppliers whose outage stops firms. */
import { useState } from 'react'
import type { ComplexesAnswer, ComplexesStudy, StudySource } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { type ComplexRow, drawnClusters } from '../../../state/complexes.ts'
import { Segments } from '../../parts.tsx'
import { Notice } from '../../states.tsx'
import { ChartCard } from '../ChartCard.tsx'
import { Ledger } from '../Ledger.tsx'
import { ClusterChart, PointBars } from './NetworkCharts.tsx'

interface NetworkCardsProps {
  readonly study: ComplexesStudy
  readonly networks: ComplexesAnswer['networks']
  readonly rows: readonly ComplexRow[]
  readonly sources: readonly StudySource[]
}

/** Below this the clusters are little more than chance would make (Newman & Girvan 2004, Phys. Rev. E 69, 026113). */
const CLEAR_MODULARITY = 0.3
const MOST_POINTS = 12
/** As many as fit in a row of choices; more are a list. */
const MOST_SEGMENTS = 4

export function NetworkCards({ study, networks, rows, sources }: NetworkCardsProps) {
  const { t, f, language } = useWords()
  const words = t.studyComplexes
  const [chosen, setChosen] = useState(0)
  const at = networks[Math.min(chosen, networks.length - 1)]
  if (!at)
    return (
      <section className="card study-card wide" aria-label={words.network}>
        <Notice title={words.networkNone} text={words.networkNoneText} />
      </section>
    )
  const { network } = at
  const own = sources.filter(({ path }) => path.startsWith(`complexes/${entryIndex(study, at.complex)}/`))
  const names = namesIn(study, at.complex)
  const nameOf = (id: string): string => names.get(id) ?? id
  const complexName = (id: string): string => rows.find((row) => row.id === id)?.name[language] ?? id
  const column = (name: string): string => words.columns[name] ?? name
  const clusters = drawnClusters(network)
  const points = network.singlePoints.filter(({ stopShare }) => stopShare > 0)
  const options = networks.map(({ complex, of }, k) => ({
    value: String(k),
    label: `${complexName(complex)} · ${words.networkOf[of]}`,
  }))
  return (
    <>
      <div className="row wrap study-choices complex-network-head">
        <h2>{words.network}</h2>
        {options.length > MOST_SEGMENTS ? (
          <select
            className="complex-select"
            aria-label={words.whose}
            value={String(chosen)}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          >
            {options.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        ) : (
          <Segments
            label={words.whose}
            value={String(Math.min(chosen, networks.length - 1))}
            options={options}
            onChange={(value) => setChosen(Number(value))}
          />
        )}
      </div>
      <ChartCard
        study={study}
        sources={own}
        title={words.clusters}
        note={words.lineWidth[network.unit]}
        sentence={
          <>
            {words.clustersSentence(network.suppliers, network.firms, network.clusters.length)}{' '}
            <span className="muted">{words.modularity(network.modularity.toFixed(2))}</span>
            {network.modularity < CLEAR_MODULARITY && <b className="warn"> {words.clustersWeak}</b>}
          </>
        }
        sheet={{
          columns: ['cluster', 'supplier', 'firm', 'weight'].map(column),
          rows: network.links.map(({ supplier, firm, weight }) => {
            const cluster = network.clusters.findIndex(
              ({ suppliers, firms }) => suppliers.includes(supplier) && firms.includes(firm),
            )
            return [cluster < 0 ? null : cluster + 1, nameOf(supplier), nameOf(firm), weight]
          }),
        }}
      >
        <ClusterChart clusters={clusters} nameOf={nameOf} />
      </ChartCard>
      <ChartCard
        study={study}
        sources={own}
        title={words.points}
        note={words.pointsNote}
        drawn={points.length > 0}
        sentence={
          points[0] ? words.pointsSentence(nameOf(points[0].supplier), f.share(points[0].stopShare)) : words.pointsNone
        }
        sheet={{
          columns: ['supplier', 'share of firms', 'items', 'firms that stop'].map(column),
          rows: network.singlePoints.map(({ supplier, stopShare, stops }) => [
            nameOf(supplier),
            stopShare,
            stops.map(({ item }) => nameOf(item)).join('; '),
            [...new Set(stops.flatMap(({ firms }) => firms))].map(nameOf).join('; '),
          ]),
        }}
      >
        {points.length > 0 && (
          <>
            <PointBars points={points.slice(0, MOST_POINTS)} nameOf={nameOf} />
            <details className="complex-stops">
              <summary>{words.stopsWhat}</summary>
              <Ledger
                label={words.stopsWhat}
                className="complex-table"
                rows={points.flatMap(({ supplier, stops }) => stops.map((stop, k) => ({ ...stop, supplier, k })))}
                idOf={({ supplier, item }) => `${supplier} ${item}`}
                columns={[
                  { head: words.supplier, of: ({ supplier, k }) => (k === 0 ? nameOf(supplier) : '') },
                  { head: words.item, of: ({ item }) => nameOf(item) },
                  {
                    head: words.stopped,
                    of: ({ firms }) => <span className="complex-wrap">{firms.map(nameOf).join(', ')}</span>,
                  },
                ]}
              />
            </details>
          </>
        )}
      </ChartCard>
      {at.outages.length > 0 && (
        <ChartCard
          study={study}
          sources={own}
          title={words.outages(at.outages[0].weeks)}
          note={words.outagesNote}
          wide
          drawn={false}
          sheet={{
            columns: ['outage of', 'firms that stop', 'first stop on day', 'firm days stopped', 'firms not known'].map(
              column,
            ),
            rows: at.outages.map(({ id, firmsStopped, firstStopDay, daysLost, firmsUnknown }) => [
              nameOf(id),
              firmsStopped,
              firstStopDay,
              daysLost,
              firmsUnknown,
            ]),
          }}
        >
          <Ledger
            label={words.outages(at.outages[0].weeks)}
            rows={at.outages.map((outage) => ({
              ...outage,
              isDark: outage.firmsStopped === 0 && outage.firmsUnknown > 0,
            }))}
            idOf={({ of, id }) => `${of} ${id}`}
            columns={[
              {
                head: column('outage of'),
                of: ({ of, id }) => (
                  <>
                    {nameOf(id)} <span className="small muted">{t.study.outageKinds[of]}</span>
                  </>
                ),
              },
              {
                head: column('firms that stop'),
                of: ({ firmsStopped, isDark }) =>
                  isDark ? (
                    <span className="chip warn">{words.notEnough}</span>
                  ) : (
                    <span className={firmsStopped > 0 ? 'bad' : ''}>{f.whole(firmsStopped)}</span>
                  ),
              },
              {
                head: column('first stop on day'),
                of: ({ firstStopDay }) => (firstStopDay === null ? '–' : firstStopDay.toFixed(1)),
              },
              {
                head: column('firm days stopped'),
                of: ({ daysLost, isDark }) => (isDark ? '–' : daysLost.toFixed(1)),
              },
              {
                head: column('firms not known'),
                of: ({ firmsUnknown }) =>
                  firmsUnknown > 0 ? <span className="chip warn">{f.whole(firmsUnknown)}</span> : '0',
              },
            ]}
          />
        </ChartCard>
      )}
    </>
  )
}

const entryIndex = ({ complexes }: ComplexesStudy, id: string): number =>
  complexes.findIndex((entry) => entry.id === id)

/** Of everybody and everything that a complex's register, orders and lists name. */
function namesIn(study: ComplexesStudy, complex: string): ReadonlyMap<string, string> {
  const entry = study.complexes[entryIndex(study, complex)]
  const named = [
    ...(entry?.register?.suppliers ?? []),
    ...(entry?.register?.firms ?? []),
    ...(entry?.register?.items ?? []),
    ...(entry?.suppliers ?? []),
    ...(entry?.firmList ?? []),
  ]
  return new Map(named.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])))
}
