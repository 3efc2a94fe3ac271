/** Whether the weights decide: who is on top when one criterion counts half or twice as much. */
import type { ComplexesStudy, Criterion, StudySource } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { movedTurns, type Ranking, type Turn } from '../../../state/complexes.ts'
import { ChartCard } from '../ChartCard.tsx'
import { TurnsChart } from './TurnsChart.tsx'

/** The first of the ranking; the rest is in the file. */
const TURN_ROWS = 8

interface TurnsCardProps {
  readonly study: ComplexesStudy
  readonly sources: readonly StudySource[]
  readonly ranking: Ranking
  readonly criteria: readonly Criterion[]
}

export function TurnsCard({ study, sources, criteria, ranking: { rows, turns: all } }: TurnsCardProps) {
  const { t, language } = useWords()
  const words = t.studyComplexes
  const top = rows[0]
  if (!top || rows.length < 2) return null
  const turns = all.filter(({ criterion }) => criteria.includes(criterion))
  const moved = movedTurns(turns, top.id)
  const nameOf = (id: string | undefined) => rows.find((row) => row.id === id)?.name[language] ?? '–'
  const said = ({ criterion, factor, order }: Turn) =>
    `${words.criteria[criterion]} ${factor === 2 ? words.twice : words.half} → ${nameOf(order[0])}`
  return (
    <ChartCard
      study={study}
      sources={sources.filter(({ path }) => path.startsWith('weights'))}
      wide
      title={words.turns}
      note={words.turnsNote}
      sentence={moved.length === 0 ? words.turnsFirm(top.name[language]) : words.turnsMove(moved.map(said).join(', '))}
      sheet={{
        columns: ['criterion', 'weighting', 'place', 'complex'].map((name) => words.columns[name] ?? name),
        rows: turns.flatMap(({ criterion, factor, order }) =>
          order.map((id, k) => [words.criteria[criterion], factor, k + 1, nameOf(id)]),
        ),
      }}
    >
      <TurnsChart criteria={criteria} rows={rows.slice(0, TURN_ROWS)} order={rows.map(({ id }) => id)} turns={turns} />
      <p className="small muted">{words.turnsUnit}</p>
    </ChartCard>
  )
}
