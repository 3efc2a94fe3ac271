/**
 * Whether an order fits a route from which others go. What insertion.ts answers for the route without them, in fewer steps where the
 * instance is plain: any place will do, and nothing is priced.
 */
import type { Instance } from '../instance.ts'
import type { Inserter } from './insertion.ts'
import { refresh, SearchRoute } from './route.ts'

export class RoomFinder {
  private readonly instance: Instance
  private readonly inserter: Inserter
  /** of plain instances with a matrix */
  private readonly walks: boolean
  private route = new SearchRoute()
  private order = 0
  /** the route without those that go: refreshed only where nobody walks it */
  private readonly rest = new SearchRoute()

  constructor(instance: Instance, inserter: Inserter) {
    this.instance = instance
    this.inserter = inserter
    this.walks = instance.traits !== 'general' && instance.types.every(({ durationS }) => durationS.cells.length > 0)
  }

  start(route: SearchRoute, order: number): void {
    this.route = route
    this.order = order
    this.rest.room(route.length, this.instance.dimensions)
    this.rest.type = route.type
  }

  /** True where the order fits once these have gone. */
  fitsWithout(leaving: readonly number[]): boolean {
    const { instance, inserter, route, rest, order } = this
    const [a = -1, b = -1, c = -1] = leaving
    let length = 0
    for (let k = 1; k <= route.length; k++) {
      const visit = route.visits[k]
      const rider = visit >> 1
      if (rider !== a && rider !== b && rider !== c) rest.visits[++length] = visit
    }
    rest.length = length
    inserter.work += length
    if (this.walks) return this.refreshes() && (instance.paired[order] ? this.fitsPair() : this.fitsOne())
    return refresh(instance, rest) && inserter.find(rest, order, Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY
  }

  /** What `refresh` does, times and loads alone; false where the route is late. */
  private refreshes(): boolean {
    const { instance, rest } = this
    const { placeOf, opensS, closesS, serviceS, demand } = instance
    const { visits, place, leave, legS, latest, load, length, type } = rest
    const truck = instance.types[type]
    const { cells, size } = truck.durationS
    let from = truck.start
    let clock = truck.opensS
    let amount = 0
    place[0] = from
    leave[0] = clock
    load[0] = 0
    for (let k = 1; k <= length; k++) {
      const visit = visits[k]
      const here = placeOf[visit]
      const seconds = cells[from * size + here]
      legS[k - 1] = seconds
      clock += seconds
      if (clock > closesS[visit]) return false
      if (clock < opensS[visit]) clock = opensS[visit]
      clock += serviceS[visit]
      leave[k] = clock
      place[k] = from = here
      amount += (visit & 1) === 0 ? demand[visit >> 1] : -demand[visit >> 1]
      load[k] = amount
    }
    legS[length] = cells[from * size + truck.end]
    place[length + 1] = truck.end
    let need = truck.closesS
    latest[length + 1] = need
    for (let k = length; k >= 1; k--) {
      need -= legS[k] + serviceS[visits[k]]
      if (need > closesS[visits[k]]) need = closesS[visits[k]]
      latest[k] = need
    }
    return clock + legS[length] <= truck.closesS
  }

  private fitsOne(): boolean {
    const { instance, rest, order } = this
    const { place, leave, latest, load, length, type } = rest
    const truck = instance.types[type]
    const { cells, size } = truck.durationS
    const visit = 2 * order
    const here = instance.placeOf[visit]
    const open = instance.opensS[visit]
    const close = instance.closesS[visit]
    const service = instance.serviceS[visit]
    if (load[length] + instance.demand[order] > truck.capacity[0]) return false
    for (let i = 0; i <= length && leave[i] <= close; i++) {
      if (latest[i + 1] < open + service) continue
      const arrive = leave[i] + cells[place[i] * size + here]
      if (arrive > close) continue
      const left = (arrive < open ? open : arrive) + service
      if (left + cells[here * size + place[i + 1]] <= latest[i + 1]) return true
    }
    return false
  }

  private fitsPair(): boolean {
    const { instance, rest, order } = this
    const { placeOf, opensS, closesS, serviceS, demand } = instance
    const { visits, place, leave, legS, latest, load, length, type } = rest
    const truck = instance.types[type]
    const { cells, size } = truck.durationS
    const room = truck.capacity[0] - demand[order]
    const pickup = 2 * order
    const delivery = pickup + 1
    const a = placeOf[pickup]
    const b = placeOf[delivery]
    const openA = opensS[pickup]
    const closeA = closesS[pickup]
    const serviceA = serviceS[pickup]
    const openB = opensS[delivery]
    const closeB = closesS[delivery]
    const serviceB = serviceS[delivery]
    const across = cells[a * size + b]
    for (let i = 0; i <= length && leave[i] <= closeA; i++) {
      if (latest[i + 1] < openA + serviceA || load[i] > room) continue
      let left = leave[i] + cells[place[i] * size + a]
      if (left > closeA) continue
      if (left < openA) left = openA
      left += serviceA
      let begin = left + across
      if (begin < openB) begin = openB
      if (begin <= closeB && begin + serviceB + cells[b * size + place[i + 1]] <= latest[i + 1]) return true
      let arrive = left + cells[a * size + place[i + 1]]
      // the delivery later: carry the order past one visit after another
      for (let j = i + 1; j <= length; j++) {
        if (arrive > latest[j] || load[j] > room) break
        const visit = visits[j]
        left = (arrive < opensS[visit] ? opensS[visit] : arrive) + serviceS[visit]
        if (left > closeB) break
        begin = left + cells[place[j] * size + b]
        if (begin < openB) begin = openB
        if (begin <= closeB && begin + serviceB + cells[b * size + place[j + 1]] <= latest[j + 1]) return true
        arrive = left + legS[j]
      }
    }
    return false
  }
}
