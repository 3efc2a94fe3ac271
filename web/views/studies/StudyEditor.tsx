/** The figures that people change, each with where it comes from. */
import { type Ref, useEffect, useId, useState } from 'react'
import type { Issue } from '../../../solver/index.ts'
import { type Study, type StudyChange, shortOf, sourcesOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { changeStudy, type Field, fieldsOf, isDrawn, sourceFor, withoutSetting } from '../../state/study.ts'
import { Icon } from '../icons.tsx'
import { Certainty } from './ChartCard.tsx'
import { ComplexPicker } from './ComplexPicker.tsx'
import { ExitSettings } from './ExitSettings.tsx'
import { FitDemand } from './FitDemand.tsx'

interface StudyEditorProps {
  readonly study: Study
  readonly onChange: (study: Study) => void
  /** of the study as it stands */
  readonly issues?: readonly Issue[]
  readonly ref?: Ref<HTMLElement>
}

export function StudyEditor({ study, onChange, issues = [], ref }: StudyEditorProps) {
  const { t, language } = useWords()
  const sources = sourcesOf(study)
  const groups = fieldsOf(study)
  return (
    <section className="card study-editor scroll" aria-label={t.study.editor} ref={ref}>
      <h2>{t.study.editor}</h2>
      <p className="small muted">{t.study.editorHint}</p>
      {groups.every(({ fields }) => fields.length === 0) && <p className="muted">{t.study.none}</p>}
      {isDrawn(study) && <ComplexPicker study={study} onChange={onChange} />}
      {groups.map(({ id, fields }, k) => (
        <details key={id} open={k === 0}>
          <summary>
            {t.study.groups[id]} <span className="faint">{fields.length}</span>
          </summary>
          {id === 'settings' && <p className="small muted">{t.study.base}</p>}
          {id === 'settings' && study.kind === 'pickup' && <ExitSettings study={study} onChange={onChange} />}
          {fields.map((field) => {
            const setting =
              isDrawn(study) && id === 'settings' && field.path[3] === 0
                ? study.settings[Number(field.path[1])]
                : undefined
            return (
              <FieldRow
                key={field.path.join('/')}
                field={field}
                source={sourceFor(sources, field.path)}
                issue={issues.find(({ path }) => path === field.path.join('/'))}
                onChange={(value) => onChange(changeStudy(study, field.path, value))}
                {...(setting && {
                  onRemove: () => isDrawn(study) && onChange(withoutSetting(study, setting.id)),
                  removing: t.study.removeSetting(`${setting.name[language]} (${shortOf(setting)[language]})`),
                })}
              />
            )
          })}
        </details>
      ))}
      {study.kind === 'pickup' && <FitDemand study={study} onChange={onChange} />}
    </section>
  )
}

interface FieldRowProps {
  readonly field: Field
  readonly source: ReturnType<typeof sourceFor>
  readonly onChange: (value: unknown) => void
  readonly issue: Issue | undefined
  readonly onRemove?: () => void
  readonly removing?: string
}

function FieldRow({ field, source, issue, onChange, onRemove, removing }: FieldRowProps) {
  const { t, language } = useWords()
  const { word, unit, of, change, form, choices = [], value } = field
  const label = field.label ? field.label[language] : change ? labelOf(change, t.study) : t.study.fields[word]
  const name = of ? `${of[language]} · ${label}` : label
  const why = source ? (language === 'ko' && source.sourceKo) || source.source : t.study.noSource
  return (
    <div className="study-field">
      <span className="study-field-name">
        {of && <span className="small muted">{of[language]}</span>}
        <span>{label}</span>
      </span>
      <span className="study-field-value">
        {form === 'choice' ? (
          <select aria-label={name} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {t.study.outageKinds[choice.name as keyof typeof t.study.outageKinds] ?? choice.name}
              </option>
            ))}
          </select>
        ) : (
          <NumberField
            name={name}
            unit={unit}
            list={form === 'numbers'}
            value={value}
            remedy={issue?.remedy}
            onChange={onChange}
          />
        )}
        {form !== 'choice' && <span className="small muted study-unit">{unit !== 'count' && t.study.units[unit]}</span>}
      </span>
      <details className="study-why">
        <summary aria-label={`${name}: ${why}`} title={why}>
          {source ? <Certainty of={source} /> : <span className="chip">–</span>}
        </summary>
        <p className="small muted">
          {why}
          {source?.asOf && <span className="nowrap"> · {source.asOf}</span>}
        </p>
      </details>
      {onRemove && (
        <button type="button" className="button ghost icon" aria-label={removing} title={removing} onClick={onRemove}>
          <Icon name="close" size={13} />
        </button>
      )}
    </div>
  )
}

const labelOf = (
  change: StudyChange,
  words: {
    readonly pickup: { readonly factors: Readonly<Record<string, string>> }
    readonly fields: { readonly change: string }
  },
): string => {
  const factor = change.kind === 'rates' ? (change.part === 'distance' ? 'perKm' : 'terminalPrice') : change.kind
  return words.pickup.factors[factor] ?? words.fields.change
}

interface NumberFieldProps {
  readonly name: string
  readonly unit: Field['unit']
  readonly list: boolean
  readonly value: Field['value']
  /** what is wrong with it as it stands */
  readonly remedy: string | undefined
  readonly onChange: (value: unknown) => void
}

/** What is typed stays as it is typed; what can be read of it is the figure. */
function NumberField({ name, unit, list, value, remedy, onChange }: NumberFieldProps) {
  const { t } = useWords()
  const wrong = useId()
  const times = unit === 'share' ? 100 : 1
  const shown = list
    ? (Array.isArray(value) ? value : []).join(', ')
    : typeof value === 'number'
      ? Number((value * times).toPrecision(12)).toLocaleString('en-US', { maximumFractionDigits: 6 })
      : ''
  const [text, setText] = useState(shown)
  const [typing, setTyping] = useState(false)
  useEffect(() => {
    if (!typing) setText(shown)
  }, [shown, typing])
  const read = (given: string): number => {
    const plain = given.replaceAll(/[\s,]/g, '')
    return plain === '' ? Number.NaN : Number(plain)
  }
  const numbers = (given: string) => given.split(/[\s,]+/).filter((part) => part !== '')
  const isRead = list
    ? numbers(text).length > 0 && numbers(text).every((part) => Number.isFinite(Number(part)))
    : Number.isFinite(read(text))
  const told = isRead ? remedy : list ? t.study.unreadList : t.study.unread
  return (
    <>
      <input
        type="text"
        inputMode={list ? 'text' : 'decimal'}
        aria-label={name}
        aria-invalid={told ? true : undefined}
        aria-describedby={told ? wrong : undefined}
        className={told ? 'unread' : ''}
        value={text}
        onFocus={() => setTyping(true)}
        onBlur={() => setTyping(false)}
        onChange={(event) => {
          const given = event.currentTarget.value
          setText(given)
          if (list) {
            const parts = numbers(given).map(Number)
            if (parts.length > 0 && parts.every(Number.isFinite)) onChange(parts)
          } else if (Number.isFinite(read(given))) onChange(Number((read(given) / times).toPrecision(12)))
        }}
      />
      {told && (
        <span id={wrong} className="small bad study-wrong">
          {told}
        </span>
      )}
    </>
  )
}
