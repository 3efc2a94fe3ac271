/** A stream that is refused is asked for again. What a browser does with its own half is written down here. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStream } from '../../web/service/openStream.ts'

/** As browsers have it (HTML, 9.2): a broken stream is CONNECTING again, an answer that is no stream leaves it CLOSED. */
class Source extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  static all: Source[] = []
  readyState = Source.CONNECTING
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    Source.all.push(this)
  }
  close() {
    this.readyState = Source.CLOSED
  }
  tell(name: string, readyState: number, data = '') {
    this.readyState = readyState
    this.dispatchEvent(Object.assign(new Event(name), { data }))
  }
  opens() {
    this.tell('open', Source.OPEN)
  }
  breaks() {
    this.tell('error', Source.CONNECTING)
  }
  isRefused() {
    this.tell('error', Source.CLOSED)
  }
}

describe('openStream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('EventSource', Source)
    Source.all = []
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  const watch = () => {
    const heard: string[] = []
    const stream = openStream('/api/jobs/1/events', {
      on: { done: ({ data }) => heard.push(data) },
      opened: () => heard.push('opened'),
      lost: (refused) => heard.push(refused ? 'refused' : 'broken'),
    })
    return { heard, stream, last: () => Source.all.at(-1)! }
  }

  it('opens again after a refusal, and hears then what it was to hear', () => {
    const { heard, last } = watch()
    last().isRefused()
    vi.advanceTimersByTime(500)
    expect(Source.all).toHaveLength(2)
    expect(last().url).toBe('/api/jobs/1/events')
    last().opens()
    last().tell('done', Source.OPEN, 'over')
    expect(heard).toEqual(['refused', 'opened', 'over'])
  })

  it('leaves a broken stream to the browser', () => {
    const { heard } = watch()
    Source.all[0]!.opens()
    Source.all[0]!.breaks()
    vi.advanceTimersByTime(60_000)
    expect(Source.all).toHaveLength(1)
    expect(heard).toEqual(['opened', 'broken'])
  })

  it('waits longer each time, and from the beginning once it was open', () => {
    const { last } = watch()
    for (const pauseMs of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      const before = Source.all.length
      last().isRefused()
      vi.advanceTimersByTime(pauseMs - 1)
      expect(Source.all).toHaveLength(before)
      vi.advanceTimersByTime(1)
      expect(Source.all).toHaveLength(before + 1)
    }
    last().opens()
    last().isRefused()
    vi.advanceTimersByTime(500)
    expect(Source.all).toHaveLength(9)
  })

  it('is over when it is closed, even while it waits or by what it has just told', () => {
    const { stream, last } = watch()
    last().isRefused()
    stream.close()
    vi.advanceTimersByTime(60_000)
    expect(Source.all).toHaveLength(1)

    const gone = openStream('/api/jobs/2/events', { on: {}, opened: () => undefined, lost: () => gone.close() })
    last().isRefused()
    vi.advanceTimersByTime(60_000)
    expect(Source.all).toHaveLength(2)
  })
})
