/** How much each criterion counts: moved with a slider or typed, and what share of the whole that is. */
import { CRITERIA, type Criterion, type KnownIndicator, type Weights } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { countingOf } from '../../../state/complexes.ts'

const MOST = 100
const STEP = 5

interface WeightsCardProps {
  /** 0 to 100 each; what counts is their proportion */
  readonly weights: Weights
  /** those that count; a criterion without any takes no weight */
  readonly indicators: readonly KnownIndicator[]
  readonly onChange: (weights: Weights) => void
}

export function WeightsCard({ weights, indicators, onChange }: WeightsCardProps) {
  const { t, f } = useWords()
  const words = t.studyComplexes
  const counting = countingOf(indicators)
  const whole = counting.reduce((sum, criterion) => sum + weights[criterion], 0)
  const set = (criterion: Criterion, value: number) => {
    if (Number.isFinite(value)) onChange({ ...weights, [criterion]: Math.min(MOST, Math.max(0, Math.round(value))) })
  }
  return (
    <section className="card study-card" aria-label={words.weights}>
      <div className="study-card-head">
        <h2>{words.weights}</h2>
        <span className="muted small">{words.weightsNote}</span>
        <span className="push" />
        <button
          type="button"
          className="button ghost"
          onClick={() => onChange({ stability: 25, economy: 25, infrastructure: 25, geography: 25 })}
        >
          {words.even}
        </button>
      </div>
      <div className="complex-weights">
        {counting.map((criterion) => (
          <div key={criterion} className="complex-weight">
            <span className="complex-weight-name">{words.criteria[criterion]}</span>
            <b>{whole > 0 ? f.share(weights[criterion] / whole) : '–'}</b>
            <input
              type="range"
              min={0}
              max={MOST}
              step={STEP}
              value={weights[criterion]}
              aria-label={words.weightOf(words.criteria[criterion])}
              aria-valuetext={whole > 0 ? f.share(weights[criterion] / whole) : '0'}
              onChange={(event) => set(criterion, event.currentTarget.valueAsNumber)}
            />
            <input
              type="number"
              min={0}
              max={MOST}
              value={weights[criterion]}
              aria-label={`${words.weightOf(words.criteria[criterion])} (0–${MOST})`}
              onChange={(event) => set(criterion, event.currentTarget.valueAsNumber)}
            />
          </div>
        ))}
      </div>
      {whole === 0 && (
        <p className="warn" role="alert">
          {words.noWeight}
        </p>
      )}
    </section>
  )
}

/** Given in any proportion: brought to points of which the four have a hundred. */
export function pointsOf(weights: Weights): Weights {
  const whole = CRITERIA.reduce((sum, criterion) => sum + weights[criterion], 0)
  const points = (criterion: Criterion) => (whole > 0 ? Math.round((weights[criterion] / whole) * 100) : 0)
  return {
    stability: points('stability'),
    economy: points('economy'),
    infrastructure: points('infrastructure'),
    geography: points('geography'),
  }
}
