/** Where the phone is: asked for only where the driver has switched it on. */
import { useEffect, useRef, useState } from 'react'

const KEY = 'milkrun.drive.position'
/** Older than this it says nothing of now. */
const FRESH_MS = 120_000

export interface Position {
  readonly on: boolean
  readonly denied: boolean
  readonly change: (on: boolean) => void
  readonly last: () => { readonly lng?: number; readonly lat?: number }
}

export function usePosition(): Position {
  const [on, setOn] = useState(() => localStorage.getItem(KEY) === 'on')
  const [denied, setDenied] = useState(false)
  const known = useRef<GeolocationPosition>(undefined)
  useEffect(() => {
    if (!on || !('geolocation' in navigator)) return
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        known.current = position
        setDenied(false)
      },
      ({ code }) => setDenied(code === 1),
      { maximumAge: FRESH_MS },
    )
    return () => navigator.geolocation.clearWatch(watch)
  }, [on])
  return {
    on,
    denied,
    change: (next) => {
      localStorage.setItem(KEY, next ? 'on' : 'off')
      if (!next) known.current = undefined
      setOn(next)
    },
    last: () => {
      const position = known.current
      if (!on || !position || Date.now() - position.timestamp > FRESH_MS) return {}
      // metres, not the bench that the driver sits on
      return { lng: Number(position.coords.longitude.toFixed(5)), lat: Number(position.coords.latitude.toFixed(5)) }
    },
  }
}
