import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../errors.ts'
import { readPlace } from '../main.ts'
import { type BackupSize, verifyBackup, writeBackup } from '../store/backup.ts'
import { openDatabase } from '../store/database.ts'
import { readOwner } from '../store/folderLock.ts'
import { type Command, count, EXIT, readArguments, wrongUse } from './command.ts'
import { assertWritable, fileRefusal } from './files.ts'

const form = 'backup --out FILE'

export const backupCommand: Command = {
  form,
  summary: { ko: '저장된 모든 것을 파일 하나로 백업한다', en: 'write everything that is stored to one file' },
  options: [['--out FILE', { ko: '백업 파일', en: 'the backup file' }]],
  notes: {
    ko: '서비스가 켜져 있어도 됩니다: 한 순간의 모습이 그대로 담깁니다. 모든 단지의 주문과 계정이 들어 있으니 아무나 읽지 못하는 곳에 두세요.',
    en: 'The service may be running: the file shows one moment as it was. It holds the orders and accounts of every complex; keep it where only those who may read it can.',
  },
  async run(args, terminal) {
    const { values } = readArguments(args, form, { out: { type: 'string' } }, 0)
    if (values.out === undefined)
      throw wrongUse(form, { ko: '--out FILE 을 적으세요.', en: 'Name the file with --out FILE.' })
    const out = resolve(values.out)
    await assertWritable(out)
    const { rows, files } = await takeBackup(out).catch((error: unknown) => {
      throw fileRefusal(out, error)
    })
    if (values.json) terminal.print(JSON.stringify({ out: values.out, rows, files }))
    else
      terminal.print(
        terminal.locale === 'ko'
          ? `${values.out} 에 백업: ${count(rows)}행, 확정 계획 파일 ${count(files)}개`
          : `backed up to ${values.out}: ${count(rows)} rows, ${count(files)} files of confirmed plans`,
      )
    return EXIT.done
  },
}

async function takeBackup(out: string): Promise<BackupSize> {
  const { address, confirmed } = readPlace()
  if (address.kind === 'folder' && !existsSync(join(address.path, 'pglite'))) {
    throw new Refusal(404, 'backup.nothing', {
      ko: `${address.path} 에는 백업할 것이 없습니다. MILKRUN_DATA 나 DATABASE_URL 이 맞는지 확인하세요.`,
      en: `There is nothing to back up in ${address.path}. Check MILKRUN_DATA or DATABASE_URL.`,
    })
  }
  try {
    // as it is: who backs up before an upgrade wants it from before
    const database = await openDatabase(address, { migrates: false })
    return await writeBackup(database.db, confirmed, out).finally(() => database.close())
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'folder.inUse') || address.kind !== 'folder') throw error
    const url = (await readOwner(address.path))?.url
    if (url === undefined) throw error
    return await fetchBackup(url, out)
  }
}

/** From the service that holds the folder. */
async function fetchBackup(url: string, out: string): Promise<BackupSize> {
  const draft = `${out}.part`
  try {
    const answer = await fetch(`${url}/api/backup`)
    if (!answer.ok || !answer.body) throw new Error(String(answer.status))
    await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(draft, { mode: 0o600, flush: true }))
    const size = await verifyBackup(draft)
    await rename(draft, out)
    return size
  } catch (error) {
    await rm(draft, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(503, 'backup.service', {
      ko: `데이터 폴더를 쓰고 있는 서비스(${url})에서 백업을 받지 못했습니다 (${why}). 관리자 키로 GET ${url}/api/backup 을 받거나, 서비스를 끝내고 다시 하세요.`,
      en: `The service that uses the data folder (${url}) did not give a backup (${why}). GET ${url}/api/backup with the key of an administrator, or end the service and try again.`,
    })
  }
}
