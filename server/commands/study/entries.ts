/** What a study of complexes takes from other files: a list of firms, the result of a pickup study. */
import { basename } from 'node:path'
import { type ComplexEntry, type PickupResult, type PickupStudy, savingOf } from '../../../study/index.ts'
import { unprocessable } from '../../errors.ts'
import { readInThread } from '../../jobs/readFile.ts'
import { readGeocoders } from '../../main.ts'
import { loadStudied } from '../../studies/assumedComplex.ts'
import { entryOfFirms } from '../../studies/firmList.ts'
import { demandOf } from '../../studies/pickup.ts'
import { describeIssue, type Terminal, wrongUse } from '../command.ts'
import { readBytes, readJson } from '../files.ts'

/** The study with one more complex, from a list of firms. A list with faults is refused: its figures would be of what is left. */
export async function withFirms(document: unknown, path: string, { locale, note }: Terminal): Promise<unknown> {
  const fileName = basename(path)
  const read = await readInThread({ kind: 'firms', bytes: await readBytes(path), options: { locale, fileName } })
  const id = fileName.replace(/\.[^.]+$/, '').slice(0, 80)
  const { entry, issues } = await entryOfFirms(read, { id, fileName, locale, geocoders: await readGeocoders() })
  if (!entry || issues.some(({ severity }) => severity === 'error')) throw unprocessable(issues)
  for (const issue of issues) note(describeIssue(issue, locale))
  const { complexes } = Object(document) as { readonly complexes?: unknown }
  return Array.isArray(complexes) ? { ...(document as object), complexes: [...complexes, entry] } : document
}

/** `id=RESULT.json`: the study with what the first setting of a pickup study says of a complex. */
export async function withSaving(document: unknown, told: string, form: string): Promise<unknown> {
  const [id = '', path = ''] = told.split(/=(.*)/s)
  const entries = (Object(document) as { readonly complexes?: unknown }).complexes
  const complexes = Array.isArray(entries) ? (entries as ComplexEntry[]) : []
  if (!complexes.some((entry) => entry?.id === id))
    throw wrongUse(form, {
      ko: `--saving ${told}: 연구에 있는 단지의 id=결과 파일로 적으세요.`,
      en: `--saving ${told}: write the id of a complex of the study = the file of a result.`,
    })
  const file = (await readJson(path)) as {
    readonly version?: string
    readonly document?: PickupStudy
    readonly result?: PickupResult
  }
  const [setting] = file.result?.settings ?? []
  const study = file.document
  const data = study?.kind === 'pickup' ? await loadStudied(study.complex) : undefined
  if (!study || !setting || !data)
    throw wrongUse(form, {
      ko: `${path} 은 집하 연구의 결과가 아닙니다. milkrun study … --out 으로 쓴 파일을 적으세요.`,
      en: `${path} is no result of a pickup study. Give a file written by milkrun study … --out.`,
    })
  const saving = savingOf(setting, demandOf(data).workingDaysPerYear, {
    source: `milkrun study, ${study.name.en}, version ${file.version ?? '?'}: ${setting.days} drawn days against B1`,
    sourceKo: `milkrun study, ${study.name.ko}, ${file.version ?? '?'} 판: ${setting.days}일, B1 대비`,
    // of drawn orders: as sure as the demand that they are drawn from
    certainty: data.complex.synthetic ? 'X' : 'C',
  })
  return {
    ...(document as object),
    complexes: complexes.map((entry) => (entry.id === id ? { ...entry, saving } : entry)),
  }
}
