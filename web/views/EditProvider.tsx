/** What can be done to the plan in sight: judged by the solver's own rules, applied at once, undone by name. */
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Edit, Lock } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import type { DeskOfDay } from '../service/desks.ts'
import { sameLock } from '../state/history.ts'
import { locksOn } from '../state/locking.ts'
import { waysOf } from '../state/offers.ts'
import { AimContext, EditContext, type EditView, type Held, type WhyFixed } from './context.tsx'
import { DragTag } from './edit/DragTag.tsx'
import { EditKeys } from './edit/EditKeys.tsx'
import { EditMenu, type MenuAt } from './edit/EditMenu.tsx'
import { Notices } from './edit/Notices.tsx'
import { useEditWords } from './edit/words.tsx'
import { Banner } from './states.tsx'

interface EditProviderProps {
  readonly opened: DeskOfDay
  /** Nothing can be changed, whatever the plan is. */
  readonly fixed: WhyFixed | undefined
  readonly children: ReactNode
}

const NO_LOCKS: readonly Lock[] = []

export function EditProvider({ opened: { desk, state, trouble }, fixed, children }: EditProviderProps) {
  const { t } = useWords()
  const { nameStep } = useEditWords()
  const why = fixed ?? (state.editor ? undefined : trouble ? 'failed' : 'loading')
  const editor = why === undefined ? state.editor : undefined
  const [hand, setHand] = useState<Held>()
  const held = editor ? hand : undefined
  const [target, setTarget] = useState<Edit>()
  const [menu, setMenu] = useState<MenuAt>()
  const closeMenu = useCallback(() => setMenu(undefined), [])
  // aiming and dropping may come in one breath
  const aimedAt = useRef<Edit>(undefined)
  const aim = useCallback((edit: Edit | undefined) => {
    aimedAt.current = edit
    setTarget(edit)
  }, [])
  const offers = useMemo(() => (held && editor ? waysOf(editor, held.shipments) : []), [held, editor])
  const key = target && JSON.stringify(target)
  const aimed = useMemo(() => {
    if (!held || !editor || key === undefined) return undefined
    return offers.find(({ edit }) => JSON.stringify(edit) === key) ?? editor.judge(JSON.parse(key) as Edit)
  }, [held, editor, offers, key])

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
  // whole plans are put back without the judge; what is confirmed, or looked for, stays
  const steps = why === undefined || why === 'loading' || why === 'failed' || why === 'noPlan'
  const nameOf = useRef(nameStep)
  nameOf.current = nameStep
  const view = useMemo((): EditView => {
    const setLocks = (some: readonly Lock[], on: boolean) => {
      const has = (lock: Lock) => locks.some((other) => sameLock(lock, other))
      const [add, remove] = on ? [some.filter((lock) => !has(lock)), []] : [[], some.filter(has)]
      if (editor && add.length + remove.length > 0) desk.changeLocks({ kind: 'locks', add, remove })
    }
    return {
      editor,
      why,
      held,
      offers,
      pickUp: (shipments, from, origin = {}) => {
        if (!editor || shipments.length === 0) return
        setHand({ shipments, from, origin })
        aim(from === 'keyboard' ? waysOf(editor, shipments)[0]?.edit : undefined)
      },
      aim,
      drop: () => {
        const edit = aimedAt.current
        letGo()
        if (edit) desk.apply(edit)
      },
      cancel: letGo,
      apply: (edit) => editor !== undefined && desk.apply(edit),
      openMenu: (thing, { x, y }) => setMenu({ kind: 'menu', target: thing, x, y }),
      openLocks: (thing, { x, y }) => setMenu({ kind: 'locks', target: thing, x, y }),
      canStep: steps,
      undo: () => steps && desk.undo(),
      redo: () => steps && desk.redo(),
      leaveOut: (step, after) => editor && desk.leaveOut(step, after),
      past: past.map((step) => ({ step, name: nameOf.current(step) })),
      future: future.map((step) => ({ step, name: nameOf.current(step) })),
      remember: (step) => desk.remember(step),
      keepForRedo: (step) => desk.keepForRedo(step),
      locks: {
        all: locks,
        has: (lock) => locks.some((other) => sameLock(lock, other)),
        toggle: (lock) => setLocks([lock], !locks.some((other) => sameLock(lock, other))),
        set: setLocks,
        on: (thing) => (state.plan ? locksOn(thing, state.plan, locks) : []),
        clearAll: () => setLocks(locks, false),
      },
      saving: state.saving,
    }
  }, [editor, why, steps, held, offers, aim, letGo, desk, past, future, locks, state.plan, state.saving])
  return (
    <EditContext value={view}>
      <AimContext value={aimed}>
        {state.saving === 'offline' && (
          <Banner
            kind="unsaved"
            title={t.states.downTitle}
            text={t.edits.offline}
            action={t.states.reconnect}
            onAction={() => desk.tryAgain()}
          />
        )}
        {children}
        <DragTag />
        <EditMenu at={menu} onClose={closeMenu} />
        <EditKeys />
        <Notices told={state.told} />
      </AimContext>
    </EditContext>
  )
}
