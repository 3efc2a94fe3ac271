/** Hears of what others change in the complex, and has it fetched at once; who else looks at it. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Here, News } from '../../server/api.ts'
import { PAGE, service } from './client.ts'
import { openStream } from './openStream.ts'
import { queryClient, setTold } from './queries.ts'

export type Change = Extract<News, { readonly by: string }>

export interface Events {
  readonly connected: boolean
  /** who else has the complex open */
  readonly others: readonly Here[]
  /** what somebody else has done last; never one's own */
  readonly change: { readonly news: Change; readonly at: number } | undefined
}

/** Better plans come several times a second. */
const GATHER_MS = 300
const NOBODY: readonly Here[] = []
const KINDS: readonly News['kind'][] = ['here', 'again', 'day', 'plan', 'job', 'actual', 'message', 'dispatch']

/** What the page has to ask for again after a word. */
function stale(news: News): readonly (readonly unknown[])[] {
  switch (news.kind) {
    case 'here':
      return []
    case 'again':
      return [['complexes'], ['plan'], ['actuals'], ['board'], ['dispatch']]
    case 'day':
    case 'job':
      return [['complexes']]
    case 'actual':
      return [
        ['actuals', news.plan],
        ['board', news.plan],
      ]
    case 'message':
      return [['board', news.plan]]
    case 'dispatch':
      return [
        ['dispatch', news.plan],
        ['board', news.plan],
      ]
    case 'plan':
      return news.action === 'improve' ? [['plan', news.plan]] : [['plan', news.plan], ['complexes']]
  }
}

/** A stream was open before on this page: what has happened since is not known. */
let wasOpen = false

/** A browser has six connections to a service for all its windows: those that nobody sees leave theirs to the others. */
const useVisible = (): boolean =>
  useSyncExternalStore(
    (told) => {
      document.addEventListener('visibilitychange', told)
      return () => document.removeEventListener('visibilitychange', told)
    },
    () => document.visibilityState === 'visible',
  )

export function useEvents(complex: string, date: string): Events {
  const [connected, setConnected] = useState(false)
  const [others, setOthers] = useState(NOBODY)
  const [change, setChange] = useState<Events['change']>()
  const visible = useVisible()

  useEffect(() => {
    if (!visible) return
    const keys = new Map<string, readonly unknown[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const gather = (news: News) => {
      for (const key of stale(news)) keys.set(JSON.stringify(key), key)
      timer ??= setTimeout(() => {
        timer = undefined
        for (const queryKey of keys.values()) void queryClient.invalidateQueries({ queryKey })
        keys.clear()
      }, GATHER_MS)
    }
    const hear = ({ data }: MessageEvent<string>) => {
      const news = JSON.parse(data) as News
      if (news.kind === 'here') return setOthers(news.people.filter(({ page }) => page !== PAGE))
      const own = 'page' in news && news.page === PAGE
      gather(news)
      if ('by' in news && !own && news.by !== 'worker') setChange({ news, at: Date.now() })
    }
    const events = openStream(service.complexEvents(complex, date), {
      on: Object.fromEntries(KINDS.map((kind) => [kind, hear])),
      opened: () => {
        setConnected(true)
        setTold(true)
        // what happened while nobody listened
        if (wasOpen) gather({ kind: 'again' })
        wasOpen = true
      },
      lost: () => {
        setConnected(false)
        setTold(false)
        setOthers(NOBODY)
        void queryClient.invalidateQueries({ queryKey: ['complexes'] })
      },
    })
    return () => {
      events.close()
      clearTimeout(timer)
      setTold(false)
      setOthers(NOBODY)
    }
  }, [complex, date, visible])

  return { connected, others, change }
}
