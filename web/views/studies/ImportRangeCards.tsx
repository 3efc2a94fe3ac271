/** How sure the saving of joint imports is: draws as dots, and what moves it. */
import {
  ESTIMATE,
  type ImportRange,
  type ImportStudy,
  rangeDots,
  rangeTornado,
  type StudySource,
  stabilitySentence,
  unitAt,
} from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { turnName } from '../../state/supplyView.ts'
import { ChartCard } from './ChartCard.tsx'
import { DotsChart } from './DotsChart.tsx'
import { TornadoChart } from './TornadoChart.tsx'

/** A figure of more digits finds no room beside a bar; only won are so many. */
const LONG = 100_000

interface ImportRangeCardsProps {
  readonly study: ImportStudy
  readonly range: ImportRange
  /** saving at the values of the document */
  readonly point: number
  readonly sources: readonly StudySource[]
}

/** Draws as dots: whoever can count reads how far the saving may lie from its middle. */
export function ImportDots({ study, range, sources }: Omit<ImportRangeCardsProps, 'point'>) {
  const { t, language } = useWords()
  const words = t.studySupply
  const stable = stabilitySentence(range, language)
  return (
    <ChartCard
      study={study}
      sources={sources}
      title={words.range.dots}
      note={words.range.dotsNote}
      sentence={
        <>
          <span className="chip warn">{ESTIMATE[language]}</span> {stable}. {words.range.certain}
        </>
      }
      sheet={{
        columns: [words.lines.draw, words.lines.saving],
        rows: range.byDraw.map((share, k) => [k + 1, share]),
      }}
    >
      <DotsChart
        dots={rangeDots(range)}
        target={0}
        targetName={words.range.today}
        label={`${words.range.dots}: ${stable}`}
      />
    </ChartCard>
  )
}

/** One uncertain figure a row, at its low and its high. */
export function ImportTurns({ study, range, point, sources }: ImportRangeCardsProps) {
  const { t, f, language } = useWords()
  const words = t.studySupply
  const show = (value: number, path: string): string => {
    switch (unitAt(path)) {
      case 'krw':
        return Math.abs(value) < LONG ? f.krw(value) : f.krwAxis(value)
      case 'kg':
        return f.kg(value)
      case 'm3':
        return `${value} m³`
      case 'days':
        return words.range.days(value)
      case 'share':
        return f.share(value)
      case 'number':
        return String(value)
    }
  }
  const tornado = rangeTornado(range, point, show)
  const nameOf = (factor: string) => turnName(study, factor, language)
  return (
    <ChartCard
      study={study}
      sources={sources}
      title={words.range.turns}
      note={words.range.turnsNote}
      sheet={{
        columns: [words.lines.factor, words.lines.low, words.lines.high],
        rows: range.turns.map(({ paths, low, high }) => [nameOf(paths.join(' ')), low, high]),
      }}
    >
      <TornadoChart
        tornado={tornado}
        nameOf={nameOf}
        label={`${words.range.turns}: ${tornado.bars.map(({ factor, low, high }) => `${nameOf(factor)} ${f.share(low.value)} ~ ${f.share(high.value)}`).join(', ')}`}
      />
    </ChartCard>
  )
}
