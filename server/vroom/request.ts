/** What a request says once it has been read: every default is filled in, times are whole seconds, nothing is left to check but roads. */

export type LngLat = readonly [lng: number, lat: number]

export interface Spot {
  readonly location?: LngLat
  readonly index?: number
  /** where it stands in the request */
  readonly path: string
}

export type WindowS = readonly [startS: number, endS: number]

export interface RequestTask {
  readonly kind: 'job' | 'pickup' | 'delivery'
  readonly id: number
  readonly description?: string
  readonly spot: Spot
  readonly setupS: number
  readonly serviceS: number
  readonly setupPerType: Readonly<Record<string, number>>
  readonly servicePerType: Readonly<Record<string, number>>
  readonly pickup: readonly number[]
  readonly delivery: readonly number[]
  readonly skills: readonly number[]
  readonly priority: number
  /** sorted; none: any time */
  readonly windows: readonly WindowS[]
}

export interface RequestBreak {
  readonly id: number
  readonly description?: string
  readonly serviceS: number
  readonly windows: readonly WindowS[]
  readonly maxLoad?: readonly number[]
}

export interface RequestStep {
  readonly type: 'start' | 'job' | 'pickup' | 'delivery' | 'break' | 'end'
  /** among the tasks of the request or the breaks of the vehicle; -1 for start and end */
  readonly rank: number
  readonly atS?: number
  readonly afterS?: number
  readonly beforeS?: number
}

export interface RequestVehicle {
  readonly id: number
  readonly description?: string
  readonly profile: string
  readonly type?: string
  readonly start?: Spot
  readonly end?: Spot
  readonly capacity: readonly number[]
  readonly skills: readonly number[]
  readonly window?: WindowS
  /** in the order in which they are taken */
  readonly breaks: readonly RequestBreak[]
  readonly costs: {
    readonly fixed: number
    readonly perHour: number
    readonly perKm: number
    readonly perTaskHour: number
  }
  readonly speedFactor: number
  readonly maxTasks?: number
  readonly maxTravelS?: number
  readonly maxDistanceM?: number
  readonly steps?: readonly RequestStep[]
}

export type Matrix = readonly (readonly number[])[]
export interface ProfileMatrices {
  readonly durations?: Matrix
  readonly distances?: Matrix
  readonly costs?: Matrix
}

export interface VroomRequest {
  /** entries of every amount; 0: nobody speaks of amounts */
  readonly dimensions: number
  readonly vehicles: readonly RequestVehicle[]
  /** jobs first, then each pickup with its delivery behind it */
  readonly tasks: readonly RequestTask[]
  readonly matrices: Readonly<Record<string, ProfileMatrices>>
  /** places are given by their index into the matrices */
  readonly byIndex: boolean
  readonly options: RequestOptions
}

export interface RequestOptions {
  /** distances and the line of each route */
  readonly geometry: boolean
  /** the steps of the vehicles are the plan: only times are chosen */
  readonly planMode: boolean
  /** seconds of search */
  readonly limitS?: number
  /** 0 to 5: how much of the usual time is searched */
  readonly exploration: number
}

/** Every place of a request. */
export const spotsOf = ({ vehicles, tasks }: Pick<VroomRequest, 'vehicles' | 'tasks'>): Spot[] => [
  ...vehicles.flatMap(({ start, end }) => [start, end].filter((spot) => spot !== undefined)),
  ...tasks.map(({ spot }) => spot),
]
