/** Parts of the screens about people: labelled fields, what was refused, buttons that ask twice, things shown once. */
import { type ReactNode, useEffect, useId, useState } from 'react'
import type { Account } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { ServiceError } from '../service/client.ts'
import { stepMonth } from '../state/address.ts'
import { Icon } from './icons.tsx'

type Member = Account['members'][number]

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'email' | 'password' | 'tel'
  readonly autoComplete?: string
  readonly hint?: string
  readonly optional?: boolean
  /** that may be chosen, beside whatever else is written */
  readonly suggestions?: readonly { readonly value: string; readonly label?: string | undefined }[]
}

/** Label above, hint below. */
export function Field({
  label,
  value,
  onChange,
  type = 'text',
  autoComplete = 'off',
  hint,
  optional = false,
  suggestions = [],
}: FieldProps) {
  const id = useId()
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <span className="field">
        <input
          id={id}
          type={type}
          required={!optional}
          value={value}
          autoComplete={autoComplete}
          aria-describedby={hint ? `${id}-hint` : undefined}
          list={suggestions.length > 0 ? `${id}-list` : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </datalist>
      )}
      {hint && (
        <p id={`${id}-hint`} className="small muted">
          {hint}
        </p>
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly id: string; readonly name: string }[]
}

export function Choice({ label, value, onChange, options }: ChoiceProps) {
  const { t } = useWords()
  const id = useId()
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <span className="field">
        <select id={id} required value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="" disabled>
            {t.people.choose}
          </option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </select>
      </span>
    </div>
  )
}

interface ChecksProps {
  readonly label: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
  readonly options: readonly { readonly id: string; readonly name: string }[]
}

export function Checks({ label, chosen, onChange, options }: ChecksProps) {
  return (
    <fieldset className="checks">
      <legend>{label}</legend>
      {options.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

/** In the words of the service: what is wrong, where, what to do. */
export function Refused({ error }: { readonly error: Error | null | undefined }) {
  if (!error) return null
  // a refusal of one fault says it once
  const issues = error instanceof ServiceError ? error.issues.filter(({ message }) => message !== error.message) : []
  return (
    <div className="refusal-note" role="alert">
      <p className="bad">
        <Icon name="alert" size={15} />
        {error.message}
      </p>
      {issues.map(({ path, message, remedy }) => (
        <p key={path + message} className="small">
          {message} <span className="muted">{remedy}</span>
        </p>
      ))}
    </div>
  )
}

interface TwiceProps {
  readonly label: string
  readonly sure: string
  readonly onClick: () => void
  readonly className?: string
  readonly children?: ReactNode
}

/** Changes its words at the first click and acts at the second. */
export function Twice({ label, sure, onClick, className = 'button', children }: TwiceProps) {
  const [asked, setAsked] = useState(false)
  return (
    <button
      type="button"
      className={`${className} ${asked ? 'bad' : ''}`}
      aria-label={asked ? sure : label}
      title={asked ? sure : label}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? onClick() : setAsked(true))}
    >
      {asked ? sure : (children ?? label)}
    </button>
  )
}

interface OnceProps {
  readonly title: string
  readonly text: string
  readonly secret: string
}

/** A link or key that is shown here and never again. */
export function Once({ title, text, secret }: OnceProps) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  useEffect(() => setCopied(false), [secret])
  return (
    <div className="once" role="status">
      <b>{title}</b>
      <p className="small">{text}</p>
      <div className="row">
        <code className="secret">{secret}</code>
        {navigator.clipboard && (
          <button
            type="button"
            className="button"
            onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}
          >
            {copied ? t.people.copied : t.people.copy}
          </button>
        )}
      </div>
    </div>
  )
}

interface RoleChipProps {
  readonly member: Member
  readonly names: {
    readonly complexName: { readonly ko: string; readonly en: string } | null
    readonly firmName: string | null
    readonly carrierName: string | null
  }
  readonly children?: ReactNode
}

/** A role and what it is of. */
export function RoleChip({ member, names, children }: RoleChipProps) {
  const { t, language } = useWords()
  const of = [names.complexName?.[language], names.firmName, names.carrierName].filter(Boolean).join(' · ')
  return (
    <span className="chip role-chip" title={of}>
      <span className="cut">
        {t.people.roles[member.role]}
        {of && <span className="muted"> {of}</span>}
      </span>
      {children}
    </span>
  )
}

interface MonthPickerProps {
  readonly month: string
  readonly onMonth: (month: string) => void
}

export function MonthPicker({ month, onMonth }: MonthPickerProps) {
  const { t, language } = useWords()
  const shown = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const step = (label: string, icon: 'left' | 'right', months: number) => (
    <button
      type="button"
      className="button ghost icon"
      aria-label={label}
      title={label}
      onClick={() => onMonth(stepMonth(month, months))}
    >
      <Icon name={icon} />
    </button>
  )
  return (
    <fieldset className="row month-picker">
      <legend className="visually-hidden">{t.people.month}</legend>
      {step(t.people.previousMonth, 'left', -1)}
      <b aria-live="polite">{shown.format(new Date(`${month}-01T00:00:00Z`))}</b>
      {step(t.people.nextMonth, 'right', 1)}
    </fieldset>
  )
}

/** The month of the viewer's clock: where people begin to look. */
export const thisMonth = (): string => {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`
}
