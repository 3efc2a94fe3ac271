/** One figure of the strip: label, value and note on fixed lines, so that baselines never jump; a press opens its parts. */
import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/words.tsx'

interface KpiCellProps {
  readonly name: string
  readonly label?: ReactNode
  readonly value: ReactNode
  readonly note: ReactNode
  readonly large?: boolean
  readonly title?: string
  readonly children?: ReactNode
}

export function KpiCell({ name, label = name, value, note, large = false, title, children }: KpiCellProps) {
  const { t } = useWords()
  const lines = (
    <>
      <span className="kpi-label">{label}</span>
      <span className={`kpi-value ${large ? 'large' : ''}`}>{value || <span className="faint">–</span>}</span>
      <span className="kpi-note">{note}</span>
    </>
  )
  if (!children) return <div className="kpi">{lines}</div>
  return (
    <Popover position="bottom-start" offset={4} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className="kpi" title={title ?? t.kpi.breakdown(name)}>
          {lines}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="breakdown-card" aria-label={name}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

interface BreakdownProps {
  readonly rows: readonly { readonly key: string; readonly label: ReactNode; readonly value: ReactNode }[]
  readonly total?: ReactNode
  readonly hint?: string
}

export function Breakdown({ rows, total, hint }: BreakdownProps) {
  const { t } = useWords()
  return (
    <>
      <dl className="breakdown scroll">
        {rows.map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {total && (
          <div className="breakdown-total">
            <dt>{t.kpi.total}</dt>
            <dd>{total}</dd>
          </div>
        )}
      </dl>
      {hint && <p className="breakdown-hint">{hint}</p>}
    </>
  )
}
