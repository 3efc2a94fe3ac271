/** The matrices of a request. */
import { isObject, isUint, type Json, join, type Reader } from './reader.ts'
import { DEFAULT_PROFILE } from './readVehicle.ts'
import type { Matrix, ProfileMatrices } from './request.ts'

const MATRICES = new Set('durations distances costs'.split(' '))

export function readMatrices(reader: Reader, body: Json): Record<string, ProfileMatrices> {
  if (body.matrices === undefined) {
    if (body.matrix === undefined) return {}
    const durations = readMatrix(reader, body.matrix, 'matrix')
    return durations ? { [DEFAULT_PROFILE]: { durations } } : {}
  }
  const source = reader.object(body.matrices, 'matrices', 'Unexpected matrices value.') ?? {}
  const profiles: [string, ProfileMatrices][] = []
  for (const [profile, value] of Object.entries(source)) {
    const path = join('matrices', profile.slice(0, 60))
    if (!isObject(value)) {
      reader.fault('value.type', path, 'Unexpected matrices value.', 'object')
      continue
    }
    reader.unknownKeys(value, MATRICES, path)
    const read = (key: string) =>
      value[key] === undefined ? undefined : readMatrix(reader, value[key], join(path, key))
    const durations = read('durations')
    const distances = read('distances')
    const costs = read('costs')
    const sizes = [durations, distances, costs].flatMap((matrix) => (matrix ? [matrix.length] : []))
    if (new Set(sizes).size > 1)
      reader.fault(
        'matrix.sizes',
        path,
        `Inconsistent matrix sizes for ${profile.slice(0, 60)} profile.`,
        sizes.join(', '),
      )
    if (value.distances !== undefined && value.durations === undefined) {
      const error = `Custom matrix provided for distances but not for durations for ${profile.slice(0, 60)} profile.`
      reader.fault('matrix.noDurations', path, error, profile.slice(0, 60))
    }
    profiles.push([
      profile,
      { ...(durations && { durations }), ...(distances && { distances }), ...(costs && { costs }) },
    ])
  }
  return Object.fromEntries(profiles)
}

/** One fault for each row, or a wrong type would be a fault for each cell. */
function readMatrix(reader: Reader, value: unknown, path: string): Matrix | undefined {
  const before = reader.faults.length
  if (!Array.isArray(value)) reader.fault('value.type', path, 'Invalid matrix.', 'array')
  else if (value.length === 0) reader.fault('matrix.shape', path, 'Empty matrix.', '0 × 0')
  else {
    for (const [index, row] of value.entries()) {
      if (!Array.isArray(row)) reader.fault('value.type', join(path, index), 'Unexpected matrix line length.', 'array')
      else if (row.length !== value.length)
        reader.fault(
          'matrix.shape',
          join(path, index),
          'Unexpected matrix line length.',
          `${row.length} ≠ ${value.length}`,
        )
      else {
        const wrong = row.findIndex((cell) => !isUint(cell))
        if (wrong >= 0) reader.fault('value.type', join(join(path, index), wrong), 'Invalid matrix entry.', 'uint')
      }
    }
  }
  return reader.faults.length === before ? (value as Matrix) : undefined
}
