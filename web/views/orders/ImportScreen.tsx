/** Screen 2: orders in. From wherever they come, they lie in one grid of the file's own cells, and every fault is mended where it is. */
import { type ClipboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Complex, DayChanged, ImportResult } from '../../../server/api.ts'
import { todayIn } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { ServiceError, service } from '../../service/client.ts'
import {
  asServiceError,
  changeDay,
  importDraft,
  openFile,
  takeBack,
  useDraft,
  useReview,
} from '../../service/orders.ts'
import { readFaults } from '../../state/faults.ts'
import {
  changesOf,
  type Draft,
  makeDraft,
  mergeOnto,
  nameColumns,
  parseTsv,
  readColumn,
  rebase,
} from '../../state/grid.ts'
import { Icon } from '../icons.tsx'
import { Notice } from '../states.tsx'
import { ImportDesk } from './ImportDesk.tsx'
import { ImportStart } from './ImportStart.tsx'

interface ImportScreenProps {
  readonly complex: Complex
  /** the day that is planned; absent: the complex has none yet */
  readonly date: string | undefined
  readonly onPlan: (date: string) => void
}

/** What was stored last, for taking it back. */
interface Stored {
  readonly title: string
  readonly text: string
  readonly days: readonly {
    readonly date: string
    readonly problem: string | null
    readonly before?: string | null | undefined
  }[]
  /** orders that wait for an address */
  readonly held: number
  /** the grid as it was */
  readonly draft: Draft
  readonly undone: boolean
}

export function ImportScreen({ complex, date: asked, onPlan }: ImportScreenProps) {
  const { t, f } = useWords()
  const date = asked ?? todayIn(complex.timeZone)
  const drafting = useDraft(complex.id)
  const { draft, change, amend } = drafting
  const reviewing = useReview(complex.id, draft)
  const { review } = reviewing
  const [busy, setBusy] = useState<'reading' | 'storing'>()
  const [error, setError] = useState<ServiceError>()
  const [stored, setStored] = useState<Stored>()
  const sheetsOf = useRef<File>(undefined)
  const faults = useMemo(() => (draft && review ? readFaults(review, draft) : undefined), [review, draft])

  const attempt = useCallback(async (what: 'reading' | 'storing', work: () => Promise<void>) => {
    setBusy(what)
    setError(undefined)
    try {
      await work()
    } catch (reason) {
      setError(asServiceError(reason))
    } finally {
      setBusy(undefined)
    }
  }, [])
  const begin = useCallback(
    (next: Draft) => {
      setStored(undefined)
      setError(undefined)
      change(next)
    },
    [change],
  )
  const open = (file: File, sheet?: string) =>
    attempt('reading', async () => {
      const found = await openFile(complex.id, file, date, sheet)
      if (found.rows.length === 0) {
        const words = found.issues.map(({ message, remedy }) => `${message} ${remedy}`).join(' ')
        throw new ServiceError(422, 'import.file', words)
      }
      sheetsOf.current = file
      begin(makeDraft({ origin: 'file', name: file.name, date, rows: found.rows }))
    })
  const paste = (text: string) => {
    const rows = parseTsv(text)
    if (rows.some((row) => row.some((cell) => cell.trim() !== '')))
      begin(makeDraft({ origin: 'paste', name: t.orders.fileName.paste, date, rows }))
  }
  const openDay = (wanted: string) =>
    attempt('reading', async () => {
      const { problem, rows } = await service.dayOrders(complex.id, wanted)
      begin(
        makeDraft({
          origin: 'day',
          name: t.orders.fileName.day,
          date: wanted,
          rows,
          proposed: true,
          standing: { problem, rows },
        }),
      )
    })

  // once: names for columns that have none, and what the service takes unknown columns for
  useEffect(() => {
    if (!draft || !review || !reviewing.current || draft.proposed) return
    if (review.headerRow === undefined && draft.guessed.length === 0 && !isLettered(draft))
      return amend(nameColumns(draft))
    const guessed = Object.entries(review.mapping)
    let next: Draft = { ...draft, proposed: true }
    for (const [field, name] of guessed) {
      const column = review.columns.find((known) => known.name === name)
      if (column) next = readColumn(next, column.index, name, field)
    }
    const { weights } = review
    const weight = weights && review.columns[weights.column]
    // most of them could hardly be kilograms
    if (weight && !weights.stated && weights.read === 'kg' && weights.bare > 0 && weights.small / weights.bare >= 0.8)
      next = { ...readColumn(next, weight.index, weight.name, 'weightT'), guessed: [weight.name] }
    amend({ ...next, guessed: [...new Set([...next.guessed, ...guessed.map(([, name]) => name)])] })
  }, [draft, review, reviewing.current, amend])

  // what was mended and not imported is kept in the browser; who leaves is asked all the same
  const isOpen = draft !== undefined && drafting.undo !== undefined
  useEffect(() => {
    if (!isOpen) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isOpen])

  const store = (mode: 'replace' | 'add') =>
    attempt('storing', async () => {
      if (!draft || !review) return
      if (draft.origin === 'day') return await save(draft)
      const result = await importDraft(complex.id, draft, mode, review.headerRow)
      setStored(storedOf(result, draft))
      const left = new Set([...review.faulty, ...draft.skip])
      const body = draft.rows.map((_, index) => index + 1).filter((row) => row > (review.headerRow ?? 0))
      const done = body.filter((row) => !left.has(row))
      change(review.faulty.length > 0 ? { ...draft, done } : undefined)
    })
  const save = async (current: Draft) => {
    const changes = changesOf(current, review?.faulty ?? [])
    const day = complex.days.find((known) => known.date === current.date)
    const problem = current.standing?.problem ?? null
    const changed = await reloadingWhereStale(current, () =>
      changeDay(
        complex.id,
        { date: current.date, problem, plan: day?.problem === problem ? day?.plan : undefined },
        {
          ...(changes.rows.length > 0 && { rows: changes.rows.map((row) => [...row]) }),
          remove: { orders: changes.removed },
        },
      ),
    )
    setStored(changedOf(changed, current))
    const fresh = await service.dayOrders(complex.id, current.date)
    const faulty = review?.faulty ?? []
    change(faulty.length > 0 ? rebase(current, fresh, faulty) : undefined)
  }
  /** Somebody else has changed the day: the grid goes on upon what stands now. */
  const reloadingWhereStale = async (current: Draft, work: () => Promise<DayChanged>) => {
    try {
      return await work()
    } catch (reason) {
      if (!(reason instanceof ServiceError) || reason.code !== 'day.changed') throw reason
      change(mergeOnto(current, await service.dayOrders(complex.id, current.date)))
      throw new ServiceError(412, reason.code, t.orders.done.reloaded)
    }
  }
  const storedOf = (result: ImportResult, of: Draft): Stored => ({
    title: t.orders.done.title(result.accepted),
    text: [
      t.orders.done.text(result.days.map((day) => `${f.date(day.date)} ${t.days.shipments(day.shipments)}`).join(', ')),
      ...(review && review.waiting.length > 0 ? [t.orders.done.held(review.waiting.length)] : []),
    ].join(' '),
    days: result.days,
    held: review?.waiting.length ?? 0,
    draft: of,
    undone: false,
  })
  const changedOf = (changed: DayChanged, of: Draft): Stored => ({
    title: t.orders.done.changed(changed.added, changed.changed, changed.removed),
    text: changed.held > 0 ? t.orders.done.held(changed.held) : t.orders.foot.saved,
    days: changed.problem === changed.before ? [] : [changed],
    held: changed.held,
    draft: of,
    undone: false,
  })
  const undoStored = () =>
    attempt('storing', async () => {
      if (!stored) return
      await takeBack(complex.id, stored.days)
      change(stored.draft)
      setStored({ ...stored, undone: true })
    })

  const pasteAnywhere = (event: ClipboardEvent) => {
    if (draft || event.defaultPrevented) return
    const file = event.clipboardData.files[0]
    const text = event.clipboardData.getData('text/plain')
    if (!file && text === '') return
    event.preventDefault()
    if (file) void open(file)
    else paste(text)
  }
  // the page has the focus when nothing else has: its pastes come to the window
  useEffect(() => {
    const listen = (event: globalThis.ClipboardEvent) => {
      const inside = event.target instanceof Element && event.target.closest('.import-screen, dialog')
      if (!inside && event.clipboardData) pasteAnywhere(event as never)
    }
    window.addEventListener('paste', listen)
    return () => window.removeEventListener('paste', listen)
  })

  const done = stored && (
    <div className="import-done" role="status">
      <Icon name="check" size={18} />
      <p>
        <b>{stored.undone ? t.orders.done.undone : stored.title}</b> {!stored.undone && stored.text}
      </p>
      <span className="push" />
      {!stored.undone && stored.held > 0 && (
        <a className="button" href="#places">
          <Icon name="pin" size={14} />
          {t.orders.grid.toPlaces}
        </a>
      )}
      {!stored.undone && stored.days.length > 0 && (
        <>
          <button type="button" className="button" disabled={busy !== undefined} onClick={() => void undoStored()}>
            <Icon name="undo" size={15} />
            {t.orders.done.undo}
          </button>
          <button type="button" className="button primary" onClick={() => onPlan(stored.days[0]!.date)}>
            {t.orders.done.plan}
          </button>
        </>
      )}
    </div>
  )
  const refused = (error ?? (draft ? reviewing.error : undefined)) && (
    <Refusal error={(error ?? reviewing.error)!} onAgain={error ? undefined : reviewing.again} />
  )
  return (
    <main className="import-screen" onPaste={pasteAnywhere}>
      {done}
      {refused}
      {draft === undefined ? (
        <ImportStart
          complex={complex}
          date={date}
          reading={busy === 'reading'}
          onFile={(file) => void open(file)}
          onPaste={paste}
          onDraft={begin}
          onDay={(wanted) => void openDay(wanted)}
          onError={(reason) => setError(asServiceError(reason))}
        />
      ) : (
        <ImportDesk
          complex={complex}
          drafting={drafting}
          draft={draft}
          review={review}
          faults={faults}
          current={reviewing.current}
          storing={busy === 'storing'}
          onStore={(mode) => void store(mode)}
          onSheet={sheetsOf.current ? (sheet) => void open(sheetsOf.current!, sheet) : undefined}
          onDiscard={() => {
            setStored(undefined)
            change(undefined)
          }}
        />
      )}
    </main>
  )
}

const isLettered = ({ rows }: Draft): boolean => rows[0]?.[0] === 'A' && (rows[0].length === 1 || rows[0][1] === 'B')

function Refusal({ error, onAgain }: { readonly error: ServiceError; readonly onAgain: (() => void) | undefined }) {
  const { t } = useWords()
  return (
    <Notice
      bad
      icon="alert"
      title={error.status === 0 ? t.states.downTitle : error.message}
      text={error.status === 0 ? t.states.downText : undefined}
    >
      {error.issues.length > 0 && (
        <ul className="refused-issues scroll">
          {error.issues.slice(0, 50).map(({ path, message, remedy }) => (
            <li key={path + message}>
              <b>{path}</b> {message} <span className="muted">{remedy}</span>
            </li>
          ))}
        </ul>
      )}
      {onAgain && (
        <button type="button" className="button large" onClick={onAgain}>
          {t.states.retry}
        </button>
      )}
    </Notice>
  )
}
