import { useEffect, useState } from 'react'

const LOOK_EVERY_MS = 20_000

/** The time of this computer, looked at again and again. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
