import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Refusal } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { type App, refusals } from './service.ts'

export function backupRoutes(app: App, everything: Store): void {
  app.get(
    '/api/backup',
    {
      config: { access: 'backup.make' },
      schema: {
        summary: 'Everything as one file that `milkrun restore` takes back; for those who may see all complexes',
        tags: ['service'],
        response: { 200: Type.Unsafe<Buffer>(Type.Any({ description: 'application/gzip' })), ...refusals },
      },
    },
    async ({ store }, reply) => {
      if (store.scope.complexes !== 'all') {
        throw new Refusal(403, 'backup.forbidden', {
          ko: '백업은 모든 단지를 볼 수 있는 관리자만 받을 수 있습니다.',
          en: 'Only an administrator, who may see every complex, may take a backup.',
        })
      }
      // first to the disk: a reader who is slow, or never reads, must not hold the database
      const folder = await mkdtemp(join(tmpdir(), 'milkrun-backup-'))
      const drop = async () => await rm(folder, { recursive: true, force: true })
      try {
        const path = join(folder, 'backup')
        await everything.backup(path)
        const { size } = await stat(path)
        const file = createReadStream(path)
        file.once('close', () => void drop())
        const date = new Date().toISOString().slice(0, 10)
        reply.headers({
          'content-type': 'application/gzip',
          'content-length': size,
          'content-disposition': `attachment; filename="milkrun-${date}.backup.gz"`,
        })
        return reply.send(file as never)
      } catch (error) {
        await drop()
        throw error
      }
    },
  )
}
