/**
 * Server-sent events that come back. A browser opens a broken stream again by itself, but gives up for good on an answer that is no
 * stream, a busy service's 503 for one: here it is asked again, ever more patiently.
 */

export interface Stream {
  readonly close: () => void
}

interface Hearers {
  /** Words by their names. */
  readonly on: Readonly<Record<string, (event: MessageEvent<string>) => void>>
  readonly opened: () => void
  /** `refused`: the answer was no stream, and what became of its subject should be asked; the stream goes on trying until it is closed. */
  readonly lost: (refused: boolean) => void
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

export function openStream(url: string, { on, opened, lost }: Hearers): Stream {
  let events: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = FIRST_PAUSE_MS
  let closed = false
  const open = () => {
    events = new EventSource(url)
    for (const [name, hear] of Object.entries(on)) events.addEventListener(name, hear)
    events.addEventListener('open', () => {
      pauseMs = FIRST_PAUSE_MS
      opened()
    })
    events.addEventListener('error', () => {
      const refused = events.readyState === EventSource.CLOSED
      lost(refused)
      if (!refused || closed) return
      timer = setTimeout(open, pauseMs)
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    })
  }
  open()
  return {
    close: () => {
      closed = true
      events.close()
      clearTimeout(timer)
    },
  }
}
