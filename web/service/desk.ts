/**
 * The plan of one day on the desk of one person: what is changed is seen at once, sent one version after another, kept on this computer
 * while the service is away, and made again on the newer plan where somebody else was faster. Lives longer than the views of the day.
 */
import type { StoredPlan } from '../../server/api.ts'
import type { Edit, Editor, Judged, Plan, Violation } from '../../solver/index.ts'
import { makeChange } from '../state/changes.ts'
import {
  type Change,
  changeLocks,
  type History,
  inverseEdits,
  inverseOf,
  NO_HISTORY,
  remember,
  replacePlan,
  type Step,
  samePlan,
  stepBack,
  stepForward,
} from '../state/history.ts'
import { ServiceError } from './client.ts'

/** What just happened, for the notice and the live region. */
export type Told =
  | { readonly kind: 'done' | 'undone' | 'redone'; readonly step: Step }
  /** `undoing`: the way back of that step */
  | { readonly kind: 'refused'; readonly edit: Edit; readonly broken: readonly Violation[]; readonly undoing?: Step }
  /** Somebody else has changed the plan; `lost` of our changes could not be made on it. */
  | { readonly kind: 'elsewhere'; readonly by: string; readonly lost: readonly Judged[] }
  | { readonly kind: 'failed'; readonly message: string }

export interface DeskState {
  /** As the service has it. */
  readonly base: StoredPlan | undefined
  /** With what is not saved yet. */
  readonly plan: Plan | undefined
  readonly editor: Editor | undefined
  readonly history: History
  readonly waiting: readonly Change[]
  readonly saving: 'saved' | 'saving' | 'offline'
  readonly told: { readonly what: Told; readonly nth: number } | undefined
}

export interface DeskService {
  readonly save: (plan: string, version: number, changed: Plan) => Promise<StoredPlan>
  readonly read: (plan: string) => Promise<StoredPlan>
  /** Called when a version of ours was stored. */
  readonly saved: (stored: StoredPlan) => void
  /** Makes the day show another plan, another problem; answers the plan that is in sight then. */
  readonly show: (step: Step & { readonly kind: 'switch' }, way: 'back' | 'forward') => Promise<void>
}
/** Of this computer, where a page that is closed leaves what it could not send. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const TRY_AGAIN_MS = 3000
/** Who the service says has changed a plan, where a search has. */
const SEARCH = 'worker'
const shelfKey = (plan: string) => `milkrun.unsaved.${plan}`

export class Desk {
  #state: DeskState = {
    base: undefined,
    plan: undefined,
    editor: undefined,
    history: NO_HISTORY,
    waiting: [],
    saving: 'saved',
    told: undefined,
  }
  readonly #service: DeskService
  readonly #shelf: Shelf
  readonly #listeners = new Set<() => void>()
  #busy = false
  /** Read while a version of ours was on its way. */
  #heard: StoredPlan | undefined
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(service: DeskService, shelf: Shelf) {
    this.#service = service
    this.#shelf = shelf
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly snapshot = (): DeskState => this.#state

  /** What the service has, as the page reads it. `searching`: a search of this page is at it, and nobody else. */
  take(stored: StoredPlan, searching = false): void {
    const { base, waiting } = this.#state
    if (base?.id === stored.id && stored.version <= base.version) return
    if (this.#busy) {
      this.#heard = stored
      return
    }
    if (base?.id !== stored.id) {
      this.#set({ base: stored, plan: stored.plan, editor: undefined, waiting: this.#shelved(stored.id) })
      return
    }
    if (searching && waiting.length === 0) {
      this.#set({ base: stored, plan: stored.plan, editor: undefined })
      return
    }
    this.#rebase(stored)
    void this.#save()
  }

  /** An editor of this plan (by identity), once the solver and the roads are here. */
  lend(editor: Editor): void {
    const { plan, base, waiting } = this.#state
    if (!plan || editor.plan !== plan) return
    this.#set({ editor })
    // what an earlier visit could not send
    if (base && waiting.length > 0 && plan === base.plan) {
      this.#rebase(base)
      void this.#save()
    }
  }

  apply(edit: Edit): boolean {
    const { editor, plan, history } = this.#state
    if (!editor || !plan) return false
    const judged = editor.judge(edit)
    if (!judged.plan) {
      this.#tell({ kind: 'refused', edit, broken: judged.broken })
      return false
    }
    const after = judged.plan
    const change: Change = { kind: 'edit', edit }
    const step: Step = { kind: 'change', change, krw: judged.deltaKrw, before: plan, after }
    this.#show(after, remember(history, step), [change], { kind: 'done', step })
    return true
  }

  changeLocks(change: Change & { readonly kind: 'locks' }): void {
    const { plan, history } = this.#state
    if (!plan) return
    const after = changeLocks(plan, change.add, change.remove)
    const step: Step = { kind: 'change', change, krw: 0, before: plan, after }
    this.#show(after, remember(history, step), [change], { kind: 'done', step })
  }

  undo(): void {
    const back = stepBack(this.#state.history)
    if (back) this.#walk(back.step, back.history, 'back')
  }

  redo(): void {
    const forward = stepForward(this.#state.history)
    if (forward) this.#walk(forward.step, forward.history, 'forward')
  }

  /** One step of the past taken out, with a plan on which all later ones were made again. */
  leaveOut(left: Step & { readonly kind: 'change' }, after: Plan): void {
    const { plan, history } = this.#state
    if (!plan || left.change.kind !== 'edit') return
    const { edit } = left.change
    const change: Change = { kind: 'without', edit, back: inverseEdits(edit, left.before) }
    const step: Step = { kind: 'change', change, krw: after.costKrw - plan.costKrw, before: plan, after }
    this.#show(after, remember(history, step), [change], { kind: 'done', step })
  }

  /** A step that was taken elsewhere. */
  remember(step: Step): void {
    this.#set({ history: remember(this.#state.history, step) })
  }

  /** A step that could have been taken. */
  keepForRedo(step: Step): void {
    const { past } = this.#state.history
    this.#set({ history: { past, future: [step] } })
  }

  /** The service may be back. */
  tryAgain(): void {
    void this.#save()
  }

  #walk(step: Step, history: History, way: 'back' | 'forward'): void {
    const kind = way === 'back' ? 'undone' : 'redone'
    if (step.kind === 'switch') {
      this.#service.show(step, way).then(
        () => {
          this.#set({ history })
          this.#tell({ kind, step })
        },
        (error: unknown) => this.#tell({ kind: 'failed', message: messageOf(error) }),
      )
      return
    }
    const { plan } = this.#state
    if (!plan) return
    const [from, to] = way === 'back' ? [step.after, step.before] : [step.before, step.after]
    const changes = way === 'back' ? inverseOf(step.change, step.before) : [step.change]
    if (samePlan(from, plan)) {
      this.#show(to, history, changes, { kind, step })
      return
    }
    // somebody else has changed the plan since: the way is judged anew
    const made = this.#make(plan, changes)
    const [refused] = made.lost
    if (refused) this.#tell({ kind: 'refused', edit: refused.edit, broken: refused.broken, undoing: step })
    else this.#show(made.plan, history, changes, { kind, step })
  }

  #show(plan: Plan, history: History, changes: readonly Change[], told: Told): void {
    const { editor, waiting } = this.#state
    this.#set({ plan, editor: editor?.with(plan), history, waiting: [...waiting, ...changes] })
    this.#tell(told)
    void this.#save()
  }

  /** The changes on another plan; those that are refused there are left out. */
  #make(on: Plan, changes: readonly Change[]): { readonly plan: Plan; readonly lost: readonly Judged[] } {
    let plan = on
    const lost: Judged[] = []
    const { editor } = this.#state
    for (const change of changes) {
      const made = editor ? makeChange(editor.with(plan), change) : {}
      if (made.plan) plan = made.plan
      if (made.refused) lost.push(made.refused)
    }
    return { plan, lost }
  }

  /** Ours again on a version of somebody else. */
  #rebase(stored: StoredPlan): void {
    const { waiting, editor, base } = this.#state
    const { plan, lost } = this.#make(stored.plan, waiting)
    const kept = waiting.filter((change) => change.kind !== 'edit' || !lost.some(({ edit }) => edit === change.edit))
    // what a search does to its own plan is no news
    const foreign = base !== undefined && stored.changedBy !== SEARCH && !samePlan(base.plan, stored.plan)
    this.#set({ base: stored, plan, editor: editor?.with(plan), waiting: plan === stored.plan ? [] : kept })
    if (foreign || lost.length > 0) this.#tell({ kind: 'elsewhere', by: stored.changedBy, lost })
  }

  async #save(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    clearTimeout(this.#again)
    try {
      for (;;) {
        const { base, plan, waiting } = this.#state
        if (!base || !plan || plan === base.plan) {
          if (waiting.length > 0 && plan === base?.plan && this.#state.editor) this.#set({ waiting: [] })
          this.#set({ saving: 'saved' })
          break
        }
        this.#set({ saving: this.#state.saving === 'offline' ? 'offline' : 'saving' })
        await this.#send(base, plan, waiting.length)
      }
    } catch (error) {
      if (!(error instanceof ServiceError && error.unreachable)) throw error
      this.#set({ saving: 'offline' })
      this.#again = setTimeout(() => void this.#save(), TRY_AGAIN_MS)
    } finally {
      this.#busy = false
      const heard = this.#heard
      this.#heard = undefined
      if (heard) this.take(heard)
    }
  }

  async #send(base: StoredPlan, sent: Plan, count: number): Promise<void> {
    try {
      const answer = await this.#service.save(base.id, base.version, sent)
      const { plan, editor, history, waiting } = this.#state
      const still = plan === sent
      this.#set({
        base: answer,
        history: replacePlan(history, sent, answer.plan),
        waiting: waiting.slice(count),
        ...(still && { plan: answer.plan, editor: editor?.with(answer.plan) }),
      })
      this.#service.saved(answer)
    } catch (error) {
      if (!(error instanceof ServiceError) || error.unreachable) throw error
      const newest = await this.#service.read(base.id)
      if (error.status === 412 && newest.state === 'draft') return this.#rebase(newest)
      // refused for good: the plan as it is, and the steps that never came to be are forgotten
      const { editor, history, waiting } = this.#state
      const past = history.past.slice(0, Math.max(0, history.past.length - waiting.length))
      this.#set({
        base: newest,
        plan: newest.plan,
        editor: editor?.with(newest.plan),
        waiting: [],
        history: { past, future: [] },
      })
      this.#tell({ kind: 'failed', message: messageOf(error) })
    }
  }

  #shelved(plan: string): readonly Change[] {
    const text = this.#shelf.getItem(shelfKey(plan))
    return text ? (JSON.parse(text) as Change[]) : []
  }

  #set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change }
    const { base, waiting } = this.#state
    if (base && change.waiting) {
      if (waiting.length > 0) this.#shelf.setItem(shelfKey(base.id), JSON.stringify(waiting))
      else this.#shelf.removeItem(shelfKey(base.id))
    }
    for (const listener of this.#listeners) listener()
  }

  #tell(what: Told): void {
    this.#set({ told: { what, nth: (this.#state.told?.nth ?? 0) + 1 } })
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
