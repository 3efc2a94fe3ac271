import type { RoadLeg } from '../checkRoads.ts'
import type { Instance } from '../instance.ts'
import type { Route, Violation } from '../plan.ts'
import type { Problem, Shipment, Site, Vehicle } from '../problem.ts'
import type { Schedule } from '../schedule.ts'

/** What a rule may look up when it reads a finished plan: the documents, nothing of the search. */
export interface Documents {
  readonly problem: Problem
  site(id: string): Site
  shipment(id: string): Shipment
  vehicle(id: string): Vehicle
  /** roads of the route's legs as its truck drives them at its times: one to each stop, and the last one home; all 0 where none leads there */
  roads(route: Route): readonly RoadLeg[]
}

/**
 * One constraint. `excess` judges a timetable under search, `check` reads a finished route for people: one is 0 exactly where the other
 * finds nothing (law tests).
 */
export interface Rule {
  readonly name: string
  readonly unit: string
  excess(schedule: Schedule, instance: Instance): number
  check(route: Route, documents: Documents): Violation[]
}

/** A constraint between one shipment and one vehicle, whatever else is on board. */
export interface StaticRule extends Rule {
  /** by how much the vehicle cannot carry the shipment; 0: it can */
  bars(shipment: Shipment, vehicle: Vehicle, from: Site, to: Site): number
}

/** Orders on a route, each once. */
export const ordersOf = (schedule: Schedule): number[] => [...new Set(schedule.visits.map((visit) => visit >> 1))]

/** Ids of shipments that a finished route picks up or delivers, each once. */
export const shipmentsOf = (route: Route): string[] => [
  ...new Set(route.stops.flatMap((stop) => stop.visits.map((visit) => visit.shipment))),
]
