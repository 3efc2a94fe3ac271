/** The round on this phone: what the service says, what was done since, and what waits to be sent. It works without a signal. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Drive, DriveEvent } from '../../server/api.ts'
import { openClient, Refused } from './client.ts'
import { type Held, openOutbox, type RefusedRecord } from './outbox.ts'

const TOKEN_KEY = 'milkrun.drive.token'
/** Between two looks at the plan, and after something could not be sent: longer and longer. */
const LOOK_MS = 60_000
const RETRY_MS = [3_000, 8_000, 20_000, 60_000]

/** Of the address, or of the last round: the icon on the home screen carries none. */
export function readToken(): string | undefined {
  const token = location.hash.slice(1)
  if (token !== '') localStorage.setItem(TOKEN_KEY, token)
  return token || (localStorage.getItem(TOKEN_KEY) ?? undefined)
}

interface Kept {
  readonly drive: Drive
  /** what is to be added to the clock of the phone */
  readonly offsetMs: number
}

export interface DriveState {
  readonly kept: Kept | undefined
  /** why it does not open */
  readonly refusal: Refused | undefined
  readonly online: boolean
  readonly waiting: readonly DriveEvent[]
  readonly waitingProofs: number
  readonly refused: readonly RefusedRecord[]
  readonly noRoom: boolean
  readonly clockOffS: number
  readonly record: (events: readonly DriveEvent[], proofs?: readonly Held[]) => Promise<void>
  readonly letIn: (digits: string) => Promise<void>
  readonly again: () => void
  /** The driver has read it. Without a signal it stays, to be read again. */
  readonly seen: (message: string) => void
}

/** A clock that is wrong by less is what the way of an answer takes. */
const CLOCK_OFF_S = 45

export function useDrive(token: string): DriveState {
  const link = token.split('.')[0]!
  const keptKey = `milkrun.drive.round.${link}`
  const client = useMemo(() => openClient(token), [token])
  const outbox = useMemo(() => openOutbox(link), [link])
  const [kept, setKept] = useState<Kept | undefined>(() => {
    const text = localStorage.getItem(keptKey)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  })
  const [refusal, setRefusal] = useState<Refused>()
  const [online, setOnline] = useState(navigator.onLine)
  const [waiting, setWaiting] = useState(() => outbox.events())
  const [waitingProofs, setWaitingProofs] = useState(0)
  const [noRoom, setNoRoom] = useState(false)
  const retry = useRef<{ timer?: ReturnType<typeof setTimeout>; tried: number }>({ tried: 0 })

  const look = useCallback(() => {
    setWaiting(outbox.events())
    outbox.proofs().then(setWaitingProofs)
  }, [outbox])

  const take = useCallback(
    (drive: Drive) => {
      const offS = Math.round((Date.parse(drive.now) - Date.now()) / 1000)
      const next = { drive, offsetMs: Math.abs(offS) < CLOCK_OFF_S ? 0 : offS * 1000 }
      setKept(next)
      setRefusal(undefined)
      // an answer that was on its way when the signal went brings none back
      setOnline(navigator.onLine)
      if (!keep(keptKey, next)) setNoRoom(true)
    },
    [keptKey],
  )

  /** The signal may be gone before the round is read anew: what was taken is part of it from now on. */
  const taken = useCallback(
    (events: readonly DriveEvent[]) =>
      setKept((before) => {
        if (!before) return before
        const { drive, offsetMs } = before
        const known = new Set(drive.events.map(({ id }) => id))
        const added = events
          .filter(({ id, plan }) => plan === drive.plan && !known.has(id))
          .map(({ plan: _, ...event }) => ({
            ...event,
            route: drive.route,
            at: new Date(Date.parse(event.at) + offsetMs).toISOString(),
            recordedAt: new Date().toISOString(),
            by: '',
          }))
        const next = { drive: { ...drive, events: [...drive.events, ...added] }, offsetMs }
        keep(keptKey, next)
        return next
      }),
    [keptKey],
  )

  /** Sends what waits, then looks at what there is; again and again until it has come through. */
  const go = useCallback(async () => {
    clearTimeout(retry.current.timer)
    const again = (ms: number) => {
      retry.current.timer = setTimeout(go, ms)
    }
    try {
      // another tab of the same phone sends already
      await locked(async () => {
        await outbox.flush(client, taken)
      })
      take(await client.drive())
      retry.current.tried = 0
      again(LOOK_MS)
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused(0, 'unreachable', String(error))
      if (refused.passing) {
        setOnline(refused.status !== 0)
        again(RETRY_MS[Math.min(retry.current.tried++, RETRY_MS.length - 1)]!)
      } else {
        setRefusal(refused)
        // what this phone may not see any more it does not keep; what it has to say stays
        localStorage.removeItem(keptKey)
        setKept(undefined)
      }
    } finally {
      look()
    }
  }, [client, outbox, take, taken, look, keptKey])

  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') go()
    }
    const lost = () => setOnline(false)
    go()
    addEventListener('online', go)
    addEventListener('offline', lost)
    document.addEventListener('visibilitychange', wake)
    return () => {
      clearTimeout(retry.current.timer)
      removeEventListener('online', go)
      removeEventListener('offline', lost)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [go])

  const record = useCallback(
    async (events: readonly DriveEvent[], proofs: readonly Held[] = []) => {
      let isKept = outbox.add(events)
      look()
      for (const proof of proofs) isKept = (await outbox.addProof(proof)) && isKept
      setNoRoom(!isKept)
      look()
      go()
    },
    [outbox, look, go],
  )
  const letIn = useCallback(
    async (digits: string) => {
      try {
        take(await client.letIn(digits))
        go()
      } catch (error) {
        if (error instanceof Refused) setRefusal(error)
      }
    },
    [client, take, go],
  )
  return {
    kept,
    refusal,
    online,
    waiting,
    waitingProofs,
    refused: outbox.refused(),
    noRoom,
    clockOffS: Math.round((kept?.offsetMs ?? 0) / 1000),
    record,
    letIn,
    again: go,
    seen: (message) => client.seen([message]).then(take, go),
  }
}

/** False: the phone is full. The page shows it all the same; after a reload without a signal it would not. */
function keep(key: string, kept: Kept): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

const locked = async (work: () => Promise<void>): Promise<void> => {
  if (!('locks' in navigator)) return await work()
  await navigator.locks.request('milkrun.drive.flush', work)
}
