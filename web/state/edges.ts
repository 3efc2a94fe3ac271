/** Chips at the edge of the map for routes that leave it: "4 6 ← 수도권". */
import type { Mark } from './spread.ts'

export interface Frame {
  readonly width: number
  readonly height: number
  /** How far chips stay from the border. */
  readonly inset: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
  /** Rectangles taken by what floats on the map: left, top, right, bottom. */
  readonly taken: readonly (readonly [number, number, number, number])[]
}

export interface Leaving {
  readonly number: number
  readonly route: string
  readonly area: string
  /** Where its stops outside the frame are, in pixels. */
  readonly away: Mark
}

export interface EdgeChip extends Mark {
  readonly routes: readonly { readonly number: number; readonly route: string }[]
  readonly area: string
  /** Degrees clockwise from pointing right. */
  readonly angle: number
}

/** One chip per area and side, where the line from the middle of the map to the far stops crosses the frame. */
export function edgeChips(leaving: readonly Leaving[], frame: Frame): EdgeChip[] {
  const groups = new Map<string, Leaving[]>()
  for (const one of leaving) groups.set(one.area, [...(groups.get(one.area) ?? []), one])
  const chips = [...groups].map(([area, list]): EdgeChip => {
    const away = {
      x: list.reduce((sum, one) => sum + one.away.x, 0) / list.length,
      y: list.reduce((sum, one) => sum + one.away.y, 0) / list.length,
    }
    const at = crossing(away, frame)
    const routes = [...new Map(list.map(({ number, route }) => [number, { number, route }])).values()]
    return { ...at, area, routes: routes.sort((a, b) => a.number - b.number) }
  })
  // those of most routes; more would be a list over the map
  const shown = chips.toSorted((a, b) => b.routes.length - a.routes.length).slice(0, MOST_CHIPS)
  return stack(shown, frame)
}

function crossing(away: Mark, { width, height, inset }: Frame): Mark & { readonly angle: number } {
  const [left, right, top, bottom] = [inset.left, width - inset.right, inset.top, height - inset.bottom]
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2]
  const [dx, dy] = [away.x - cx, away.y - cy]
  const scale = Math.min(
    dx > 0 ? (right - cx) / dx : dx < 0 ? (left - cx) / dx : Number.POSITIVE_INFINITY,
    dy > 0 ? (bottom - cy) / dy : dy < 0 ? (top - cy) / dy : Number.POSITIVE_INFINITY,
  )
  const reach = Number.isFinite(scale) ? scale : 0
  return { x: cx + dx * reach, y: cy + dy * reach, angle: (Math.atan2(dy, dx) * 180) / Math.PI }
}

const MOST_CHIPS = 8
const CHIP_HEIGHT_PX = 34
const CHIP_WIDTH_PX = 150
/** Sums of fractions: without it a chip that has just moved clear would count as touching, for ever. */
const HAIR_PX = 0.01

/** Chips that would touch each other or something else move down, then up if they ran out at the bottom. */
function stack(chips: readonly EdgeChip[], { width, height, inset, taken }: Frame): EdgeChip[] {
  const placed: EdgeChip[] = []
  for (const chip of [...chips].sort((a, b) => a.y - b.y)) {
    const left = Math.min(Math.max(chip.x - CHIP_WIDTH_PX / 2, inset.left), width - inset.right - CHIP_WIDTH_PX)
    /** The span of y that is in the way at `y`. */
    const obstacle = (y: number): readonly [number, number] | undefined => {
      const other = placed.find(
        (one) => Math.abs(one.x - chip.x) < CHIP_WIDTH_PX && Math.abs(one.y - y) < CHIP_HEIGHT_PX - HAIR_PX,
      )
      if (other) return [other.y - CHIP_HEIGHT_PX, other.y + CHIP_HEIGHT_PX]
      const half = CHIP_HEIGHT_PX / 2
      const box = taken.find(
        ([x0, y0, x1, y1]) =>
          left < x1 && left + CHIP_WIDTH_PX > x0 && y > y0 - half + HAIR_PX && y < y1 + half - HAIR_PX,
      )
      return box && [box[1] - half, box[3] + half]
    }
    let y = chip.y
    for (let hit = obstacle(y); hit; hit = obstacle(y)) y = hit[1]
    if (y > height - inset.bottom) {
      y = chip.y
      for (let hit = obstacle(y); hit; hit = obstacle(y)) y = hit[0]
    }
    placed.push({ ...chip, y })
  }
  return placed
}
