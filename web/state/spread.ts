/** Badges that would cover one another are pushed apart; where they moved, a leader line says where they belong. */

export interface Mark {
  readonly x: number
  readonly y: number
}

const ROUNDS = 60

/**
 * Pushes marks at least `gap` apart and away from `obstacles`, which stay. Deterministic: marks on the same spot leave in
 * directions given by their order, so a badge does not jump while the map moves.
 */
export function spread(marks: readonly Mark[], gap: number, obstacles: readonly Mark[] = []): Mark[] {
  const placed = marks.map(({ x, y }, index) => {
    // a hair of difference by the golden angle breaks ties
    const angle = index * 2.399963
    return { x: x + Math.cos(angle) * 0.01, y: y + Math.sin(angle) * 0.01 }
  })
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false
    for (let a = 0; a < placed.length; a++) {
      const mark = placed[a]!
      for (let b = a + 1; b < placed.length; b++) {
        const other = placed[b]!
        const push = overlap(mark, other, gap)
        if (!push) continue
        moved = true
        mark.x -= push.x / 2
        mark.y -= push.y / 2
        other.x += push.x / 2
        other.y += push.y / 2
      }
      for (const obstacle of obstacles) {
        const push = overlap(obstacle, mark, gap)
        if (!push) continue
        moved = true
        mark.x += push.x
        mark.y += push.y
      }
    }
    if (!moved) break
  }
  return placed
}

/** How far `b` must move to be `gap` from `a`; undefined where it is. */
function overlap(a: Mark, b: Mark, gap: number): Mark | undefined {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const distance = Math.hypot(dx, dy)
  if (distance >= gap - 0.01) return undefined
  const reach = gap - distance
  return distance === 0 ? { x: reach, y: 0 } : { x: (dx / distance) * reach, y: (dy / distance) * reach }
}
