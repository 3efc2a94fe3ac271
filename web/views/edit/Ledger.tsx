/** What was changed by hand since the search, with what each of it costs. */
import { Popover } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Edit, Plan } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { without } from '../../state/changes.ts'
import { useDay, useEdit, useSelection } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { toneOf, Won } from '../parts.tsx'
import { notify } from './Notices.tsx'
import { useEditWords } from './words.tsx'

export function LedgerButton() {
  const { t, f } = useWords()
  const { day } = useDay()
  const entries = day?.plan?.edits ?? []
  const totalKrw = entries.reduce((sum, { krw }) => sum + krw, 0)
  const [open, setOpen] = useState(false)
  if (entries.length === 0) return null
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" offset={4} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className="button ghost tool-word"
          aria-label={t.edits.ledger.openLabel(entries.length, f.krwDifference(totalKrw))}
          title={t.edits.ledger.title}
          onClick={() => setOpen(!open)}
        >
          {t.edits.ledger.open(entries.length)}{' '}
          <b className={entries.some(({ edit }) => edit.kind === 'leave') ? '' : toneOf(totalKrw)}>
            <Won krw={totalKrw} signed />
          </b>
        </button>
      </Popover.Target>
      <Popover.Dropdown className="edits-card" aria-label={t.edits.ledger.title}>
        <h2>{t.edits.ledger.title}</h2>
        {open && <Entries onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Entries({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords()
  const { day } = useDay()
  const { past, editor, leaveOut } = useEdit()
  const { select } = useSelection()
  const { nameEdit } = useEditWords()
  const plan = day?.plan
  const entries = plan?.edits ?? []
  // entries are the last steps of this sitting, as far as it goes back
  const steps = useMemo(
    () => past.flatMap(({ step }) => (step.kind === 'change' && step.change.kind === 'edit' ? [step] : [])),
    [past],
  )
  if (!plan || !day) return null
  const offset = entries.length - steps.length
  return (
    <>
      <ol className="edits-list scroll">
        {entries.map(({ edit, krw, at, by }, index) => {
          const own = steps[index - offset]
          const step = own && own.change.kind === 'edit' && same(own.change.edit, edit) ? own : undefined
          const name = nameEdit(edit, step?.before ?? plan)
          return (
            <li key={`${index}${edit.kind}`}>
              <button
                type="button"
                className="edits-name"
                aria-label={t.edits.ledger.jump(name)}
                onClick={() => {
                  onDone()
                  select(thingOf(edit, plan))
                }}
              >
                <span className="cut">{name}</span>
                {(at || by) && (
                  <span className="faint small-note">
                    {[at && clockTime(at, day.problem.timeZone), by].filter(Boolean).join(' · ')}
                  </span>
                )}
              </button>
              <b className={`nowrap ${edit.kind === 'leave' ? 'faint' : toneOf(krw)}`}>
                <Won krw={krw} signed />
              </b>
              {step && (
                <button
                  type="button"
                  className="button ghost icon"
                  aria-label={`${t.edits.ledger.undoThis}: ${name}`}
                  title={t.edits.ledger.undoThis}
                  disabled={!editor}
                  onClick={() => {
                    onDone()
                    const left = editor && without(editor, past, step)
                    if (left) leaveOut(step, left)
                    else notify(t.edits.ledger.cannotUndo, 'bad')
                  }}
                >
                  <Icon name="undo" size={14} />
                </button>
              )}
            </li>
          )
        })}
      </ol>
      <p className="row edits-total">
        <span>{t.edits.ledger.total}</span>
        <span className="push" />
        <b>
          <Won krw={entries.reduce((sum, { krw }) => sum + krw, 0)} signed />
        </b>
      </p>
    </>
  )
}

const same = (one: Edit, other: Edit) => JSON.stringify(one) === JSON.stringify(other)
const clockTime = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(at),
  )

/** What an edit was about, to be shown. */
function thingOf(edit: Edit, plan: Plan) {
  if ('shipments' in edit) return { kind: 'shipment', shipment: edit.shipments[0]! } as const
  if (edit.kind === 'swap') return { kind: 'shipment', shipment: edit.one } as const
  const route = plan.routes.some(({ id }) => id === edit.route)
  return route ? ({ kind: 'route', route: edit.route } as const) : ({ kind: 'none' } as const)
}
