/** Where the stops of a truck would lie if what is held were dropped here. */

import { toneOfOffer } from '../../state/offers.ts'
import { useAimed } from '../context.tsx'

interface GhostProps {
  readonly route: string
  readonly x: (seconds: number) => number
}

export function Ghost({ route, x }: GhostProps) {
  const aimed = useAimed()
  const after = aimed?.after.find(({ id }) => id === route)
  if (!aimed || !after) return null
  const { edit } = aimed
  const left = edit.kind === 'move' && !('route' in edit.to && edit.to.route === route)
  return (
    <span className={`timeline-ghosts ${left ? 'left' : toneOfOffer(aimed)}`} aria-hidden="true">
      {after.stops.map(({ startS, leaveS }) => (
        <span key={startS} style={{ left: x(startS), width: Math.max(3, x(leaveS) - x(startS) - 1) }} />
      ))}
    </span>
  )
}
