/** Complexes held against each other: where they are, who is ahead and how sure that is, a few side by side, and who supplies them. */
import { useDeferredValue, useMemo, useState } from 'react'
import type { ComplexesAnswer, ComplexesStudy, StudySource, Weights } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import {
  asksAnything,
  type ComplexRow,
  countingOf,
  gapsOf,
  MOST_COMPARED,
  rankingOf,
  type Scope,
} from '../../../state/complexes.ts'
import { Segments } from '../../parts.tsx'
import { Notice } from '../../states.tsx'
import { Certainty, ChartCard } from '../ChartCard.tsx'
import { ComparisonCard } from './ComparisonCard.tsx'
import { ComplexHeadline } from './ComplexHeadline.tsx'
import { ComplexMap } from './ComplexMap.tsx'
import { NetworkCards } from './NetworkCards.tsx'
import { RankingChart } from './RankingChart.tsx'
import { TurnsCard } from './TurnsCard.tsx'
import { pointsOf, WeightsCard } from './WeightsCard.tsx'

interface ComplexResultsProps {
  readonly study: ComplexesStudy
  readonly answer: ComplexesAnswer
  readonly sources: readonly StudySource[]
  readonly onWeights: (weights: Weights) => void
}

/** Rows of a ranking before somebody asks for the rest. */
const FEW_ROWS = 15

export function ComplexResults({ study, answer, sources, onWeights }: ComplexResultsProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const { draws, seed } = study
  const [weights, setWeights] = useState(() => pointsOf(study.weights))
  const [scope, setScope] = useState<Scope>('all')
  const [filter, setFilter] = useState('')
  const [everything, setEverything] = useState(false)
  const [picked, setPicked] = useState<readonly string[]>()
  // sliders move at once, the ranking follows when there is time
  const shownWeights = useDeferredValue(weights)
  const counting = useLastCounting(shownWeights, asksAnything(shownWeights, answer.indicators))
  const asked = useMemo(() => ({ weights: counting, draws, seed }), [counting, draws, seed])
  const all = useMemo(() => rankingOf(answer, null, asked), [answer, asked])
  const chosen = useMemo(() => {
    const ids = picked ?? study.compare ?? all.rows.slice(0, 3).map(({ id }) => id)
    return ids.filter((id) => all.rows.some((row) => row.id === id))
  }, [picked, study.compare, all])
  const wanted = useMemo(() => {
    if (scope === 'all') return null
    return new Set(scope === 'chosen' ? chosen : all.rows.flatMap(({ id, state }) => (state === 'dark' ? [] : id)))
  }, [scope, chosen, all])
  const tooFew = wanted !== null && wanted.size < 2
  const ranking = useMemo(
    () => (wanted === null || tooFew ? all : rankingOf(answer, wanted, asked)),
    [answer, wanted, tooFew, all, asked],
  )
  const full = chosen.length >= MOST_COMPARED
  const choose = (id: string) => {
    if (chosen.includes(id)) setPicked(chosen.filter((other) => other !== id))
    else if (!full) setPicked([...chosen, id])
  }
  const found = ranking.rows.filter((row) => matches(row, filter, language, words.processes))
  const listed = everything || filter !== '' ? found : found.slice(0, FEW_ROWS)
  const criteria = countingOf(answer.indicators)
  const card = { study, sources }
  const chosenAt = chosen.map((id) => `complexes/${study.complexes.findIndex((entry) => entry.id === id)}/`)
  return (
    <>
      <ComplexHeadline answer={answer} ranking={all} />
      {criteria.length > 1 && (
        <WeightsCard
          weights={weights}
          indicators={answer.indicators}
          onChange={(next) => {
            setWeights(next)
            // nothing counts: nothing can be ranked, and no document says so
            if (asksAnything(next, answer.indicators)) onWeights(next)
          }}
        />
      )}
      <div className="study-charts complex-charts">
        <ChartCard
          {...card}
          sources={sources.filter(({ path }) => path.endsWith('/place'))}
          title={words.map}
          note={words.mapNote}
          sheet={{
            columns: ['number', 'complex', 'region', 'longitude', 'latitude', 'within km'].map(
              (name) => words.columns[name] ?? name,
            ),
            rows: all.rows
              .toSorted((a, b) => a.at - b.at)
              .map(({ number, name, figures: { region, place } }) => [
                number,
                name[language],
                region?.[language] ?? null,
                place?.lng ?? null,
                place?.lat ?? null,
                place ? place.withinM / 1000 : null,
              ]),
          }}
        >
          <ComplexMap rows={ranking.rows} chosen={chosen} onChoose={choose} />
          <p className="row wrap small muted study-legend complex-legend">
            {(['leader', 'behind', 'dark', 'chosen'] as const).map((state) => (
              <span key={state} className="row">
                <span className={`complex-key ${state}`} /> {words.legend[state]}
              </span>
            ))}
          </p>
          <p className="small muted">
            <span className="chip warn">{t.study.estimated}</span> {words.mapSentence}
          </p>
          <Gaps gaps={gapsOf(answer.complexes)} />
        </ChartCard>
        <ChartCard
          {...card}
          title={words.ranking}
          note={words.rankingNote}
          sentence={ranking.best ? words.rankingBand(ranking.best.name[language]) : <b className="warn">{words.few}</b>}
          sheet={{
            columns: [
              'number',
              'complex',
              'region',
              'process',
              'best place',
              'worst place',
              'low score',
              'score',
              'high score',
              'chance of first',
              'known indicators',
              'all indicators',
            ].map((name) => words.columns[name] ?? name),
            rows: ranking.rows.map((row) => [
              row.number,
              row.name[language],
              row.figures.region?.[language] ?? null,
              row.figures.processes.map((process) => words.processes[process]).join(', '),
              ...row.ranked.places,
              row.low * 100,
              row.value === null ? null : row.value * 100,
              row.high * 100,
              row.first,
              ...row.figures.knownOf,
            ]),
          }}
        >
          <div className="row wrap study-choices">
            <Segments
              label={words.scope}
              value={scope}
              options={(['all', 'enough', 'chosen'] as const).map((value) => ({ value, label: words.scopes[value] }))}
              onChange={setScope}
            />
            <label className="field complex-filter">
              <input
                type="search"
                placeholder={words.filter}
                aria-label={words.filter}
                value={filter}
                onChange={(event) => setFilter(event.currentTarget.value)}
              />
            </label>
          </div>
          <p className="small muted">
            {tooFew ? words.scopeTooFew : full ? words.full(MOST_COMPARED) : words.scopeNote}
          </p>
          {listed.length > 0 ? (
            <RankingChart
              rows={listed}
              best={ranking.best}
              indicators={answer.indicators}
              chosen={chosen}
              full={full}
              onChoose={choose}
            />
          ) : (
            <Notice icon="search" title={words.noMatch} text={words.noMatchText} />
          )}
          {listed.some(({ value }) => value === null) && <p className="small muted">{words.firstDark}</p>}
          {filter === '' && found.length > FEW_ROWS && (
            <button type="button" className="button" onClick={() => setEverything(!everything)}>
              {everything ? words.showFew : words.showAll(found.length - FEW_ROWS)}
            </button>
          )}
        </ChartCard>
        {criteria.length > 1 && ranking.best && (
          <TurnsCard study={study} sources={sources} ranking={ranking} criteria={criteria} />
        )}
        <ComparisonCard
          study={study}
          sources={sources.filter(({ path }) => chosenAt.some((at) => `${path}/`.startsWith(at)))}
          rows={ranking.rows.filter(({ id }) => chosen.includes(id))}
          indicators={answer.indicators}
          onRemove={choose}
        />
        <NetworkCards {...card} networks={answer.networks} rows={all.rows} />
      </div>
    </>
  )
}

/** While nothing counts, the ranking is that of the last weights that did. */
function useLastCounting(weights: Weights, counts: boolean): Weights {
  const [last, setLast] = useState(weights)
  if (counts && last !== weights) setLast(weights)
  return counts ? weights : last
}

const matches = (
  { number, name, figures: { region, processes } }: ComplexRow,
  filter: string,
  language: 'ko' | 'en',
  words: Readonly<Record<string, string>>,
): boolean =>
  [number, name.ko, name.en, region?.[language] ?? '', ...processes.map((process) => words[process] ?? '')]
    .join(' ')
    .toLowerCase()
    .includes(filter.trim().toLowerCase())

/** What is known to be there and cannot be named is a gap, not a complex of nought. */
function Gaps({ gaps }: { readonly gaps: ReturnType<typeof gapsOf> }) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  if (gaps.length === 0) return null
  return (
    <ul className="complex-gaps small" aria-label={words.gaps}>
      {gaps.map(({ from, to, year, note }) => (
        <li key={from}>
          <span className="complex-key dark" />
          <b>{from === to ? from : `${from}–${to}`}</b>
          <span>
            {words.gap(year, to - from + 1)} <Certainty of={note} />{' '}
            <span className="muted">{(language === 'ko' && note.sourceKo) || note.source}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
