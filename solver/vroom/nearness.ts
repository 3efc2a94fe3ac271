/** Which orders are near which: the least driving there and back between any task of the one and any of the other. */
import type { Kernel } from './kernel.ts'

const MOST_KEPT = 100

/** `list[order * kept + rank]`, nearest first; the order itself is not among them. */
export function nearestOrders(kernel: Kernel): { readonly list: Int32Array; readonly kept: number } {
  const { orders, firstTask, taskCount, placeOf, width, kinds } = kernel
  const kept = Math.max(0, Math.min(MOST_KEPT, orders - 1))
  const list = new Int32Array(orders * kept)
  const cells = kinds[0].durationCs
  const away = new Float64Array(orders)
  const all = Array.from({ length: orders }, (_, order) => order)
  for (let order = 0; order < orders; order++) {
    for (let other = 0; other < orders; other++) {
      let least = Number.POSITIVE_INFINITY
      for (let a = firstTask[order]; a < firstTask[order] + taskCount[order]; a++)
        for (let b = firstTask[other]; b < firstTask[other] + taskCount[other]; b++) {
          const between = cells[placeOf[a] * width + placeOf[b]] + cells[placeOf[b] * width + placeOf[a]]
          if (between < least) least = between
        }
      away[other] = least
    }
    const sorted = all.filter((other) => other !== order).sort((a, b) => away[a] - away[b] || a - b)
    list.set(sorted.slice(0, kept), order * kept)
  }
  return { list, kept }
}
