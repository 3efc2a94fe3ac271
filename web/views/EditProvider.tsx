/** What can be done to the plan in sight: judged by the solver's own rules, applied at once, undone by name. */
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Edit, Lock } from '../../solver/index.ts'
import type { DeskOfDay } from '../service/desks.ts'
import type { Editor } from '../state/editor.ts'
import { sameLock } from '../state/history.ts'
import { AimContext, EditContext, type EditView, type Held, type WhyFixed } from './context.tsx'
import { useStepWords } from './stepWords.tsx'

interface EditProviderProps {
  readonly opened: DeskOfDay
  /** Nothing can be changed, whatever the plan is. */
  readonly fixed: WhyFixed | undefined
  readonly children: ReactNode
}

const NO_LOCKS: readonly Lock[] = []

export function EditProvider({ opened: { desk, state, trouble }, fixed, children }: EditProviderProps) {
  const { nameStep } = useStepWords()
  const why = fixed ?? (state.editor ? undefined : trouble ? 'failed' : 'loading')
  const editor: Editor | undefined = why === undefined ? state.editor : undefined
  const [hand, setHand] = useState<Held>()
  const held = editor ? hand : undefined
  const [target, setTarget] = useState<Edit>()
  // aiming and dropping may come in one breath
  const aimedAt = useRef<Edit>(undefined)
  const aim = useCallback((edit: Edit | undefined) => {
    aimedAt.current = edit
    setTarget(edit)
  }, [])
  const offers = useMemo(() => (held && editor ? editor.offers(held.shipments) : []), [held, editor])
  const key = target && JSON.stringify(target)
  const aimed = useMemo(() => {
    if (!held || !editor || !target) return undefined
    return offers.find(({ edit }) => JSON.stringify(edit) === key) ?? editor.judge(target)
  }, [held, editor, offers, target, key])

  const letGo = useCallback(() => {
    setHand(undefined)
    aim(undefined)
  }, [aim])
  // what is held belongs to a plan that can be changed
  useEffect(() => {
    if (!editor) letGo()
  }, [editor, letGo])

  const locks = state.plan?.locks ?? NO_LOCKS
  const { past, future } = state.history
  const view = useMemo(
    (): EditView => ({
      editor,
      why,
      held,
      offers,
      pickUp: (shipments, from, origin = {}) => {
        if (!editor || shipments.length === 0) return
        aim(undefined)
        setHand({ shipments, from, origin })
      },
      aim,
      drop: () => {
        const edit = aimedAt.current
        letGo()
        if (edit) desk.apply(edit)
      },
      cancel: letGo,
      apply: (edit) => editor !== undefined && desk.apply(edit),
      undo: () => why !== 'searching' && why !== 'deciding' && desk.undo(),
      redo: () => why !== 'searching' && why !== 'deciding' && desk.redo(),
      past: past.map((step) => ({ step, name: nameStep(step) })),
      future: future.map((step) => ({ step, name: nameStep(step) })),
      remember: (step) => desk.remember(step),
      locks: {
        all: locks,
        has: (lock) => locks.some((other) => sameLock(lock, other)),
        toggle: (lock) => {
          const on = locks.some((other) => sameLock(lock, other))
          if (editor) desk.changeLocks({ kind: 'locks', add: on ? [] : [lock], remove: on ? [lock] : [] })
        },
        clearAll: () => {
          if (editor && locks.length > 0) desk.changeLocks({ kind: 'locks', add: [], remove: locks })
        },
      },
      saving: state.saving,
    }),
    [editor, why, held, offers, aim, letGo, desk, past, future, nameStep, locks, state.saving],
  )
  return (
    <EditContext value={view}>
      <AimContext value={aimed}>{children}</AimContext>
    </EditContext>
  )
}
