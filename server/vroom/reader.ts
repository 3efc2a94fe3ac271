/** Values out of unknown JSON; whatever does not fit is noted with its place, and reading goes on. */
import { type Fault, type FaultKind, makeFault } from './faults.ts'
import type { LngLat, WindowS } from './request.ts'

const MOST_UINT = 2 ** 32 - 1

export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isUint = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST_UINT
export const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Values in messages are the caller's own: no longer than needed to recognise them. */
export const show = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60)

export class Reader {
  readonly faults: Fault[] = []
  readonly notes: Fault[] = []

  fault(code: FaultKind, path: string, error: string, detail = ''): void {
    this.faults.push(makeFault(code, path, error, detail))
  }

  note(code: FaultKind, path: string, detail: string): void {
    this.notes.push(makeFault(code, path, '', detail))
  }

  /** A misspelt key would otherwise change nothing and nobody would know; those of others begin with x_ or an underscore. */
  unknownKeys(object: Json, known: ReadonlySet<string>, path: string): void {
    for (const key of Object.keys(object))
      if (!known.has(key) && !/^(x_|_)/.test(key))
        this.note('key.unknown', join(path, key.slice(0, 60)), key.slice(0, 60))
  }

  object(value: unknown, path: string, error: string): Json | undefined {
    if (isObject(value)) return value
    this.fault('value.type', path, error, 'object')
    return undefined
  }

  /** An absent key is an empty array. */
  array(parent: Json, key: string, path: string, error: string): readonly unknown[] {
    const value = parent[key]
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    this.fault('value.type', join(path, key), error, 'array')
    return []
  }

  uint(parent: Json, key: string, path: string, error: string): number | undefined {
    const value = parent[key]
    if (value === undefined || isUint(value)) return value
    this.fault('value.type', join(path, key), error, 'uint')
    return undefined
  }

  text(parent: Json, key: string, path: string): string | undefined {
    const value = parent[key]
    if (value === undefined || typeof value === 'string') return value
    this.fault('value.type', join(path, key), `Invalid ${key} value.`, 'string')
    return undefined
  }

  id(parent: Json, path: string, noun: string): number | undefined {
    if (isId(parent.id)) return parent.id
    const error = `Invalid or missing id for ${noun}.`
    if (parent.id === undefined) this.fault('value.missing', join(path, 'id'), error, 'id')
    else this.fault('value.type', join(path, 'id'), error, 'id')
    return undefined
  }

  amount(parent: Json, key: string, path: string, dimensions: number): number[] {
    const zero = new Array<number>(dimensions).fill(0)
    if (parent[key] === undefined) return zero
    const values = this.array(parent, key, path, `Invalid ${key} array.`)
    if (!Array.isArray(parent[key])) return zero
    this.uints(values, join(path, key), `Invalid ${key} value.`)
    if (values.length === dimensions) return values.map((value) => (isUint(value) ? value : 0))
    const lengths = `${values.length} instead of ${dimensions}`
    this.fault(
      'amount.length',
      join(path, key),
      `Inconsistent ${key} length: ${lengths}.`,
      `${values.length} ≠ ${dimensions}`,
    )
    return zero
  }

  skills(parent: Json, path: string): number[] {
    const values = this.array(parent, 'skills', path, 'Invalid skills object.')
    this.uints(values, join(path, 'skills'), 'Invalid skill value.')
    return [...new Set(values.filter(isUint))]
  }

  private uints(values: readonly unknown[], path: string, error: string): void {
    for (const [index, value] of values.entries())
      if (!isUint(value)) this.fault('value.type', join(path, index), error, 'uint')
  }

  window(value: unknown, path: string): WindowS | undefined {
    if (!Array.isArray(value) || value.length < 2 || !isUint(value[0]) || !isUint(value[1])) {
      this.fault('value.type', path, 'Invalid time-window.', 'window')
      return undefined
    }
    const [start, end] = value as number[]
    if (start! > end!) {
      this.fault('window.order', path, `Invalid time window: [${start}, ${end}]`, `[${start}, ${end}]`)
      return undefined
    }
    return [start!, end!]
  }

  windows(parent: Json, path: string, noun: string): WindowS[] {
    if (parent.time_windows === undefined) return []
    const here = join(path, 'time_windows')
    const values = this.array(parent, 'time_windows', path, `Invalid time_windows array for ${noun}.`)
    if (Array.isArray(parent.time_windows) && values.length === 0)
      this.fault('window.none', here, `Empty time windows for ${noun}.`)
    const windows = values
      .map((value, index) => this.window(value, join(here, index)))
      .filter((window) => window !== undefined)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    for (const [index, window] of windows.entries()) {
      const before = windows[index - 1]
      if (before && window[0] <= before[1])
        this.fault(
          'window.overlap',
          here,
          `Unsorted or overlapping time-windows for ${noun}.`,
          `${show(before)}, ${show(window)}`,
        )
    }
    return windows
  }

  coordinates(parent: Json, key: string, path: string): LngLat | undefined {
    const value = parent[key]
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]))
      return [value[0], value[1]]
    this.fault('value.type', join(path, key), `Invalid ${key} array.`, 'coordinates')
    return undefined
  }

  /** Seconds by type of vehicle. */
  perType(parent: Json, key: string, path: string, noun: string): Record<string, number> {
    const value = parent[key]
    if (value === undefined) return {}
    const object = this.object(value, join(path, key), `Invalid ${key} for ${noun}.`) ?? {}
    const seconds: [string, number][] = []
    for (const [type, entry] of Object.entries(object)) {
      if (isUint(entry)) seconds.push([type, entry])
      else
        this.fault(
          'value.type',
          join(join(path, key), type.slice(0, 60)),
          `Invalid value in ${key} for ${noun}.`,
          'uint',
        )
    }
    return Object.fromEntries(seconds)
  }
}

export const join = (path: string, key: string | number): string => (path === '' ? `${key}` : `${path}/${key}`)
