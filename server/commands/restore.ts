import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readPlace } from '../main.ts'
import { restoreBackup, verifyBackup } from '../store/backup.ts'
import { openDatabase } from '../store/database.ts'
import { type Command, count, EXIT, readArguments } from './command.ts'
import { assertRegularFile, fileRefusal } from './files.ts'

const form = 'restore FILE --replace'

export const restoreCommand: Command = {
  form,
  summary: { ko: '백업을 되돌린다', en: 'put a backup back' },
  options: [['--replace', { ko: '지금 있는 것을 버린다', en: 'drop what is there now' }]],
  notes: {
    ko: 'MILKRUN_DATA 폴더나 DATABASE_URL 의 서버로 되돌립니다. 한쪽에서 만든 백업은 다른 쪽으로도 되돌릴 수 있습니다. 전부 되돌리거나, 안 되면 있던 그대로 둡니다. 서비스는 먼저 끝내세요.',
    en: 'It goes into the folder MILKRUN_DATA or the server DATABASE_URL; a backup of one kind goes into the other too. All of it is put back, or everything stays as it was. End the service first.',
  },
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, form, { replace: { type: 'boolean' } }, 1)
    const path = positionals[0]!
    await assertRegularFile(path)
    const header = await verifyBackup(path).catch((error: unknown) => {
      throw fileRefusal(path, error)
    })
    const { address, confirmed } = readPlace()
    await mkdir(dirname(confirmed), { recursive: true })
    const database = await openDatabase(address, { migrates: false })
    try {
      await restoreBackup(database.db, confirmed, path, { header, replace: values.replace ?? false })
    } finally {
      await database.close()
    }
    const { rows, files, at, version } = header
    if (values.json) terminal.print(JSON.stringify({ rows, files, at, version }))
    else
      terminal.print(
        terminal.locale === 'ko'
          ? `${at} 의 백업(milkrun ${version})을 되돌렸습니다: ${count(rows)}행, 확정 계획 파일 ${count(files)}개`
          : `restored the backup of ${at} (milkrun ${version}): ${count(rows)} rows, ${count(files)} files of confirmed plans`,
      )
    return EXIT.done
  },
}
