/** In which complexes a study of drawn days is asked: one, or as many as one likes. */
import { useWords } from '../../i18n/words.tsx'
import { useStudyComplexes } from '../../service/studies.ts'
import { complexesOf, type DrawnStudy, withComplexes } from '../../state/study.ts'

interface ComplexPickerProps {
  readonly study: DrawnStudy
  readonly onChange: (study: DrawnStudy) => void
}

export function ComplexPicker({ study, onChange }: ComplexPickerProps) {
  const { t, f, language } = useWords()
  const words = t.national
  const { data, error } = useStudyComplexes()
  const chosen = complexesOf(study)
  const known = data ?? []
  const gone = data ? chosen.filter((id) => !known.some((complex) => complex.id === id)) : []
  const drawable = known.filter(({ demand }) => demand).map(({ id }) => id)
  // in the order of the list, so that choosing again is the same study
  const choose = (ids: ReadonlySet<string>) =>
    onChange(
      withComplexes(
        study,
        [...known.map(({ id }) => id), ...gone].filter((id) => ids.has(id)),
      ),
    )
  const toggle = (id: string) =>
    choose(new Set(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]))
  return (
    <details className="complex-picker">
      <summary>
        {words.choose} <span className="faint">{f.whole(chosen.length)}</span>
      </summary>
      <p className="small muted">{words.chooseHint}</p>
      {error && <p className="bad small">{error.message}</p>}
      {!data && !error && <p className="muted small">{words.loading}</p>}
      <ul className="scroll">
        {drawable.length > 1 && (
          <li>
            <label>
              <input
                type="checkbox"
                checked={drawable.every((id) => chosen.includes(id))}
                onChange={(event) => choose(new Set(event.currentTarget.checked ? drawable : drawable.slice(0, 1)))}
              />
              <b>{words.all}</b>
            </label>
          </li>
        )}
        {known.map(({ id, name, firms, demand }) => (
          <li key={id}>
            <label title={demand ? undefined : words.noDemandHint}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                disabled={(!demand && !chosen.includes(id)) || (chosen.length === 1 && chosen.includes(id))}
                onChange={() => toggle(id)}
              />
              <span>{name[language]}</span>
              <span className={`small ${demand ? 'muted' : 'warn'}`}>
                {demand ? words.firms(f.whole(firms)) : words.noDemand}
              </span>
            </label>
          </li>
        ))}
        {gone.map((id) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked onChange={() => toggle(id)} disabled={chosen.length === 1} />
              <span>{id}</span>
              <span className="small bad">{words.gone}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
