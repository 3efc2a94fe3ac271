import { createReadStream } from 'node:fs'
import { Type } from 'typebox'
import { type Streets, StreetsSchema } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { StreetTiles } from '../streets.ts'
import { type App, refusals } from './service.ts'

const FILE_ADDRESS = '/api/streets/tiles'

export function streetRoutes(app: App, tiles: StreetTiles | undefined): void {
  app.get(
    '/api/streets',
    {
      config: { access: 'map.read' },
      schema: {
        summary: 'Where the tiles with streets are, for a map that wants more than trunk roads',
        tags: ['plans'],
        response: { 200: StreetsSchema, ...refusals },
      },
    },
    async (): Promise<Streets> => {
      if (!tiles) return {}
      return { tiles: tiles.kind === 'file' ? FILE_ADDRESS : tiles.url.href }
    },
  )

  app.get(
    FILE_ADDRESS,
    {
      config: { access: 'map.read' },
      schema: {
        summary: 'The tiles with streets: a PMTiles archive, read in parts (Range)',
        tags: ['plans'],
        response: {
          200: Type.Unsafe<Buffer>(Type.Any({ description: 'application/vnd.pmtiles' })),
          206: Type.Unsafe<Buffer>(Type.Any({ description: 'the bytes asked for' })),
          ...refusals,
        },
      },
    },
    async ({ headers }, reply) => {
      if (tiles?.kind !== 'file') throw noTiles()
      const { path, bytes, tag } = tiles
      reply.headers({
        'content-type': 'application/vnd.pmtiles',
        'accept-ranges': 'bytes',
        etag: tag,
        'cache-control': 'private, max-age=3600',
      })
      const part = headers.range === undefined ? undefined : readRange(headers.range, bytes)
      if (part === undefined) return reply.header('content-length', bytes).send(createReadStream(path) as never)
      reply.headers({
        'content-length': part.end - part.start + 1,
        'content-range': `bytes ${part.start}-${part.end}/${bytes}`,
      })
      return reply.code(206).send(createReadStream(path, part) as never)
    },
  )
}

const noTiles = (): Refusal =>
  new Refusal(404, 'tiles.none', {
    ko: '이 서비스에는 거리 타일 파일이 없습니다. 지도는 간선 도로만 그립니다.',
    en: 'This service has no file of street tiles. The map draws trunk roads only.',
  })

/** One range of a file of so many bytes (RFC 9110 §14): what readers of PMTiles ask for. */
function readRange(text: string, bytes: number): { readonly start: number; readonly end: number } {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text.trim()) ?? []
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if ((from === '' && to === '') || start > end) {
    throw new Refusal(416, 'request.range', {
      ko: `Range: ${text.slice(0, 60)} 을(를) 줄 수 없습니다. 파일은 ${bytes} 바이트입니다. 예: bytes=0-16383.`,
      en: `Range: ${text.slice(0, 60)} cannot be given. The file has ${bytes} bytes. Such as bytes=0-16383.`,
    })
  }
  return { start, end }
}
