/** The secret that signs session cookies: given, or made once and kept beside the data for nobody else to read. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'

const SECRET_BYTES = 32
const MIN_CHARACTERS = 32

export async function secretFor(folder: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (given.length >= MIN_CHARACTERS) return given
    throw new Refusal(400, 'secret.short', {
      ko: `MILKRUN_SECRET 은 ${MIN_CHARACTERS}자 이상이어야 합니다. 비워 두면 자료 폴더에 만들어 둡니다.`,
      en: `MILKRUN_SECRET needs ${MIN_CHARACTERS} characters or more. Leave it out and one is made in the data folder.`,
    })
  }
  const path = join(folder, 'secret')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept === undefined) await makeSecret(path)
  const secret = (await readFile(path, 'utf8')).trim()
  if (secret.length >= MIN_CHARACTERS) return secret
  throw new Refusal(503, 'secret.damaged', {
    ko: `${path} 파일이 온전하지 않습니다. 지우고 다시 시작하세요. 모두 다시 로그인해야 합니다.`,
    en: `The file ${path} is damaged. Delete it and start again; everybody has to sign in again.`,
  })
}

async function makeSecret(path: string): Promise<void> {
  // whole under another name first: who starts at the same time reads all of it or none
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(randomBytes(SECRET_BYTES).toString('base64url'))
    await file.sync()
  } finally {
    await file.close()
  }
  await link(draft, path).catch((error: { code?: string }) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
}
