/** The methods to choose from, each with what it means and whether anybody objects to it. */
import type { MethodName, Split } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { METHODS, MOST_FIRMS, missingMethods, samplingErrorOf, verdictOf } from '../state/split.ts'
import { Icon } from './icons.tsx'

interface MethodListProps {
  readonly splits: readonly Split[]
  readonly chosen: MethodName
  readonly onChoose: (method: MethodName) => void
  /** The methods that take minutes are being computed. */
  readonly looking: boolean
  readonly onEvery: () => void
}

export function MethodList({ splits, chosen, onChoose, looking, onEvery }: MethodListProps) {
  const { t } = useWords()
  const missing = missingMethods(splits)
  const slow = missing.some(({ tooMany }) => !tooMany)
  const firms = splits[0]?.rows.length ?? 0
  return (
    <fieldset className="card methods">
      <legend className="visually-hidden">{t.split.methods}</legend>
      <div className="methods-head" aria-hidden="true">
        <h2>{t.split.methods}</h2>
        <span className="push" />
        <span className="muted small">{t.split.methodsHint}</span>
      </div>
      {METHODS.map((method) => {
        const split = splits.find((candidate) => candidate.method === method)
        const lacking = missing.find((candidate) => candidate.method === method)
        return (
          <label key={method} className={split ? '' : 'lacking'}>
            <input
              type="radio"
              name="method"
              checked={method === chosen}
              disabled={!split}
              onChange={() => onChoose(method)}
            />
            <span className="method-name">{t.split.method[method]}</span>
            {split && <MethodChips split={split} />}
            <span className="method-about">
              {t.split.about[method]}
              {split?.method === 'duals' && split.dual && (
                <span className="faint"> · {split.dual.proved ? t.split.dualProved : t.split.dualKnown}</span>
              )}
              {lacking && (
                <span className="faint method-lacking">
                  {lacking.tooMany ? t.split.tooMany(firms, MOST_FIRMS) : t.split.slow}
                </span>
              )}
            </span>
          </label>
        )
      })}
      {slow && (
        <div className="methods-more">
          <button type="button" className="button" disabled={looking} onClick={onEvery}>
            <Icon name="group" size={15} />
            {looking ? t.split.slowRunning : t.split.slowStart}
          </button>
          <span className="visually-hidden" aria-live="polite">
            {looking ? t.split.slowRunning : ''}
          </span>
        </div>
      )}
    </fieldset>
  )
}

function MethodChips({ split }: { readonly split: Split }) {
  const { t, f } = useWords()
  const verdict = verdictOf(split)
  return (
    <span className="method-chips">
      {samplingErrorOf(split) !== undefined && (
        <span className="chip warn" title={t.split.errorHint}>
          {t.split.sampled}
        </span>
      )}
      {verdict === 'violated' ? (
        <span className="chip bad">
          <Icon name="alert" size={13} />
          {t.split.objecting(f.whole(split.stability.violations))}
        </span>
      ) : (
        verdict !== 'single' && (
          <span className="chip good">
            <Icon name="shield" size={13} />
            {verdict === 'proved' ? t.split.stableProved : verdict === 'within' ? t.split.stable : t.split.stableSoFar}
          </span>
        )
      )}
    </span>
  )
}
