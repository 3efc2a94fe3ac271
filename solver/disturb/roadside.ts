/**
 * Places on the road between two sites, put into the travel tables. From there a truck drives on to the end of the leg, or back to where
 * the leg began, whichever is the shorter way to go on: an upper bound of the real way, made of figures that the tables have, so it is an
 * estimate that no truck is late by.
 */
import { NO_ROAD, type Problem, type Site, type Travel } from '../problem.ts'

export interface Roadside {
  readonly site: Site
  /** index of the site that the leg comes from, and of the one it leads to */
  readonly from: number
  readonly to: number
  /** share of the leg that was driven */
  readonly driven: number
}

export function withRoadside(problem: Problem, travel: Travel, roadside: readonly Roadside[]): [Problem, Travel] {
  if (roadside.length === 0) return [problem, travel]
  const old = problem.sites.length
  const size = old + roadside.length
  const extend = (cells: readonly number[]): number[] => {
    const at = (from: number, to: number) => cells[from * old + to]
    const least = (ways: readonly (readonly [share: number, leg: number, rest: number])[]): number => {
      const open = ways.filter(([share, leg, rest]) => (share === 0 || leg !== NO_ROAD) && rest !== NO_ROAD)
      return open.length === 0
        ? NO_ROAD
        : Math.min(...open.map(([share, leg, rest]) => (share === 0 ? 0 : Math.ceil(share * leg)) + rest))
    }
    const away = ({ from, to, driven }: Roadside, target: number): number =>
      least([
        [driven, at(from, to), at(from, target)],
        [1 - driven, at(from, to), at(to, target)],
      ])
    const towards = (origin: number, { from, to, driven }: Roadside): number =>
      least([
        [driven, at(from, to), at(origin, from)],
        [1 - driven, at(from, to), at(origin, to)],
      ])
    const between = (one: Roadside, other: Roadside): number => {
      if (one === other) return 0
      const legs = [away(one, other.from), away(one, other.to)]
      return least([
        [other.driven, at(other.from, other.to), legs[0]],
        [1 - other.driven, at(other.from, other.to), legs[1]],
      ])
    }
    return Array.from({ length: size * size }, (_, cell) => {
      const [from, to] = [Math.floor(cell / size), cell % size]
      if (from < old && to < old) return at(from, to)
      if (from >= old && to >= old) return between(roadside[from - old], roadside[to - old])
      return from >= old ? away(roadside[from - old], to) : towards(from, roadside[to - old])
    })
  }
  const extended: Travel = {
    ...travel,
    estimated: true,
    tables: travel.tables.map(({ slices, ...table }) => ({
      ...table,
      durationS: extend(table.durationS),
      distanceM: extend(table.distanceM),
      tollKrw: extend(table.tollKrw),
      ...(table.expresswayM && { expresswayM: extend(table.expresswayM) }),
      ...(slices && {
        slices: slices.map((slice) => ({
          ...slice,
          durationS: extend(slice.durationS),
          ...(slice.tollKrw && { tollKrw: extend(slice.tollKrw) }),
        })),
      }),
    })),
  }
  return [{ ...problem, sites: [...problem.sites, ...roadside.map(({ site }) => site)] }, extended]
}
