/** Beside a cell of the grid: what is wrong with it, and the ways out. */
import { useEffect, useRef } from 'react'
import { useWords } from '../../i18n/words.tsx'
import type { Fix, Level, Mend } from '../../state/faults.ts'
import { Icon } from '../icons.tsx'
import { MendButtons } from './ImportFaults.tsx'

interface CellCardProps {
  readonly mend: Mend | undefined
  readonly level: Level | undefined
  readonly read: string | undefined
  readonly place: string
  readonly text: string
  readonly isOut: boolean
  readonly style: { readonly top: number; readonly left: number }
  readonly onFix: (mend: Mend, fix: Fix) => void
  readonly onAgree: (mend: Mend) => void
  readonly onSkip: () => void
  readonly onBack: () => void
}

export function CellCard({
  mend,
  level,
  read,
  place,
  text,
  isOut,
  style,
  onFix,
  onAgree,
  onSkip,
  onBack,
}: CellCardProps) {
  const { t } = useWords()
  const words = t.orders.grid
  const card = useRef<HTMLDivElement>(null)
  const back = useRef(onBack)
  back.current = onBack
  useEffect(() => {
    const box = card.current
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') back.current()
    }
    box?.addEventListener('keydown', press)
    return () => box?.removeEventListener('keydown', press)
  }, [])
  const after =
    <T extends readonly unknown[]>(act: (...given: T) => void) =>
    (...given: T) => {
      act(...given)
      onBack()
    }
  return (
    <div className="cell-pop" style={style} ref={card}>
      <p className={`cell-pop-head ${level ?? ''}`}>
        <Icon
          name={level === 'error' ? 'fault' : level === 'auto' ? 'check' : level === 'wait' ? 'pin' : 'question'}
          size={15}
        />
        <b>
          {place} {text}
        </b>
      </p>
      {mend && (
        <p className="small">
          {mend.fault.message} <span className="muted">{mend.fault.remedy}</span>
        </p>
      )}
      {!mend && read !== undefined && <p className="small">{words.readAs(read)}</p>}
      {mend && <MendButtons mend={mend} onFix={after(onFix)} onAgree={after(onAgree)} />}
      {(mend || isOut) && (
        <button type="button" className="button ghost" onClick={after(onSkip)}>
          {isOut ? words.unskip : words.skip}
        </button>
      )}
    </div>
  )
}
