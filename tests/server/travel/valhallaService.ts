/** The engine behind a loopback server that speaks as valhalla_service does, on streets drawn by hand. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyReply } from 'fastify'
import { buildRoads } from '../../../server/travel/valhalla/build.ts'
import { answerConfig } from '../../../server/travel/valhalla/config.ts'
import { tileFolder } from '../../../server/travel/valhalla/manifest.ts'
import { type Engine, findEngine } from '../../../server/travel/valhalla/package.ts'
import { type HandMade, type Street, writePbf } from './writePbf.ts'

const METHODS = {
  sources_to_targets: 'matrix',
  route: 'route',
  trace_attributes: 'traceAttributes',
  locate: 'locate',
  status: 'status',
} as const

/** Why the engine cannot be used here; undefined: it can. */
export function engineMissing(): string | undefined {
  try {
    findEngine()
    createRequire(import.meta.url)('@valhallajs/valhallajs')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const STREET = { highway: 'tertiary', maxspeed: '30' }

/** Streets 0.02° apart between Gwangju and Suncheon; one of them is an expressway that takes a toll. */
export function drawStreets(): HandMade {
  const points: Record<string, readonly [number, number]> = {}
  const streets: Street[] = []
  const [columns, rows] = [36, 22]
  const name = (column: number, row: number) => `${column},${row}`
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) points[name(column, row)] = [126.68 + column * 0.02, 34.92 + row * 0.02]
  const along = (length: number, at: (k: number) => string) => Array.from({ length }, (_, k) => at(k))
  for (let row = 0; row < rows; row++) {
    const way = along(columns, (k) => name(k, row))
    const motorway = { highway: 'motorway', oneway: 'yes', toll: 'yes', maxspeed: '100' }
    if (row === 5) streets.push({ points: way, tags: motorway }, { points: way.toReversed(), tags: motorway })
    else streets.push({ points: way, tags: STREET })
  }
  for (let column = 0; column < columns; column++)
    streets.push({ points: along(rows, (k) => name(column, k)), tags: STREET })
  return { points, streets, replicatedS: 1_700_000_000 }
}

export async function openValhallaService() {
  const folder = await mkdtemp(join(tmpdir(), 'milkrun-valhalla-'))
  const file = writePbf(join(folder, 'streets.osm.pbf'), drawStreets())
  const { manifest } = await buildRoads(file, folder, { now: () => new Date() })
  const { Actor } = createRequire(import.meta.url)('@valhallajs/valhallajs') as Engine
  const engine = new Actor(JSON.stringify(answerConfig(tileFolder(folder, manifest.id))))
  /** What happens to the next requests instead of an answer. */
  const faults: ((reply: FastifyReply) => unknown)[] = []
  const asked: string[] = []
  const app = fastify({ forceCloseConnections: true })
  app.post('/:action', async (request, reply) => {
    const { action } = request.params as { action: keyof typeof METHODS }
    asked.push(action)
    const fault = faults.shift()
    if (fault) return await fault(reply)
    reply.type('application/json;charset=utf-8')
    try {
      return await engine[METHODS[action]](JSON.stringify(request.body))
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      // the engine keeps the number of its errors to itself
      return reply
        .code(400)
        .send(JSON.stringify({ error_code: 0, error: words, status_code: 400, status: 'Bad Request' }))
    }
  })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  return {
    address,
    /** As `roads build` leaves it. */
    folder,
    faults,
    asked,
    async close() {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
