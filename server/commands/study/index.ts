/** `milkrun study`: a study worked out here or by a service, told in lines, as JSON, and as a report. */
import { availableParallelism } from 'node:os'
import { VERSION } from '../../../solver/index.ts'
import { findStudyIssues, type Study, sourcesOf } from '../../../study/index.ts'
import { unprocessable } from '../../errors.ts'
import { STUDY_REPORT_FORMATS, type StudyReportFormat } from '../../reports/study/index.ts'
import { type Command, EXIT, readArguments, readNumber, type Terminal, THREADS, wrongUse } from '../command.ts'
import { assertWritable, readJson, writeBytes, writeText } from '../files.ts'
import { ROADS_OPTIONS, ROADS_STRINGS } from '../roads.ts'
import { withFirms, withSaving } from './entries.ts'
import { FIRMS_FORM, FIT_FORM, runFit } from './fit.ts'
import { workHere } from './here.ts'
import { sourceLines } from './lines.ts'
import { workThere } from './service.ts'
import { STUDY_FORM as form } from './worked.ts'

export const studyCommand: Command = {
  form,
  summary: {
    ko: '연구를 계산한다: 집하 절감의 범위, 수입 통합, 타당성, 공급망, 단지 비교',
    en: 'work out a study: what pickups save with its range, import consolidation, appraisal, supply, complexes held against each other',
  },
  options: [
    [
      '--threads 2',
      { ko: '함께 쓸 스레드 수 (결과는 같다)', en: 'threads to share the work; the figures are the same' },
    ],
    ['--out RESULT.json', { ko: '결과와 모든 실행을 파일로 쓴다', en: 'write the result with every run to a file' }],
    [
      '--report REPORT.pdf|.xlsx',
      {
        ko: '보고서를 쓴다: 답과 그림, 방법, 모든 값의 출처, 검토자의 물음 (말은 --lang)',
        en: 'write a report: answer, charts, method, every source, what a reviewer asks (its language by --lang)',
      },
    ],
    [
      '--from RESULT.json',
      { ko: '중단된 연구의 파일에서 이어 간다', en: 'go on from the file of a study that was stopped' },
    ],
    [
      '--server http://127.0.0.1:8080',
      {
        ko: '이 주소의 서비스에 보내 거기서 계산한다. Ctrl-C 로 멈추고, 서비스에 있는 단지를 쓴다',
        en: 'submit it to the service at this address, which works it out on the complexes that it has; Ctrl-C stops it',
      },
    ],
    ['--key KEY', { ko: '그 서비스의 API 키', en: 'a key of that service, where people sign in' }],
    [
      '--resume ID',
      {
        ko: '파일 대신: 그 서비스에 있는 연구를 지켜보거나, 멈춘 것이면 이어 간다',
        en: 'instead of the file: watch a study that the service has, and go on with it where it was stopped',
      },
    ],
    [
      '--firms FIRMS.xlsx',
      {
        ko: '단지 비교: 업체 목록(업체명, 공정, 주소나 위도·경도, 직원수, 연간물량)을 단지 하나로 더한다',
        en: 'complexes: add one from a list of firms (name, process, address or lat and lng, employees, tonnes)',
      },
    ],
    [
      '--saving gwangju-mold=RESULT.json',
      {
        ko: '단지 비교: 집하 연구의 결과 파일(--out)에서 그 단지의 절감을 가져온다',
        en: 'complexes: take what a complex saves from the result (--out) of a pickup study',
      },
    ],
    [
      '--demand DEMAND.json',
      {
        ko: '집하 연구의 수요 모형: study fit 이 쓴 파일',
        en: 'demand model of a pickup study: a file written by study fit',
      },
    ],
    [
      '--data COMPLEX.json',
      {
        ko: '집하 연구의 단지 자료: study fit --firms 가 쓴 파일',
        en: 'data of the complex of a pickup study: a file written by study fit --firms',
      },
    ],
    ...ROADS_OPTIONS,
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: `한 해의 주문에서 수요 모형을 맞추기: ${FIT_FORM}\n기업 목록(업체명, 공정, 규모나 종업원수, 위도, 경도)과 가정에서 단지 만들기: ${FIRMS_FORM}\n예: fixtures/studies/ 의 파일들. 집하 연구는 Ctrl-C 로 멈추면 그때까지의 결과와 그 불확실성을 보여 줍니다.`,
    en: `A demand model from a year of orders: ${FIT_FORM}\nA complex from a list of firms (firm, process, size or employees, lat, lng) and assumptions: ${FIRMS_FORM}\nExamples: the files of fixtures/studies/. A pickup study stopped by Ctrl-C shows what it has, with how unsure that is.`,
  },
  async run(args, terminal) {
    if (args[0] === 'fit') return await runFit(args.slice(1), terminal)
    const strings = {
      threads: { type: 'string' },
      out: { type: 'string' },
      from: { type: 'string' },
      server: { type: 'string' },
      key: { type: 'string' },
      resume: { type: 'string' },
      report: { type: 'string' },
      firms: { type: 'string' },
      saving: { type: 'string' },
      demand: { type: 'string' },
      data: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values, positionals } = readArguments(
      args,
      form,
      strings,
      args.some((word) => word.startsWith('--resume')) ? 0 : 1,
      1,
    )
    if (values.resume !== undefined && values.server === undefined)
      throw wrongUse(form, {
        ko: '--resume 은 서비스에 있는 연구를 가리킵니다. --server 로 주소를 적으세요.',
        en: '--resume names a study of a service. Give its address by --server.',
      })
    const threads = readNumber('threads', values.threads, form, THREADS) ?? availableParallelism()
    if (values.out !== undefined) await assertWritable(values.out)
    const format = values.report === undefined ? undefined : formatOf(values.report)
    if (values.report !== undefined) await assertWritable(values.report)
    const read = async (path: string) =>
      await readStudy(path, { firms: values.firms, saving: values.saving, demand: values.demand }, terminal)
    const service = values.server === undefined ? undefined : { url: values.server, key: values.key }
    const { study, ...worked } = service
      ? await workThere(service, values.resume ?? (await read(positionals[0]!)), terminal)
      : await workHere(await read(positionals[0]!), { ...values, threads }, terminal)
    const answer = {
      study: study.name,
      kind: study.kind,
      version: VERSION,
      ...worked.figures,
      sources: sourcesOf(study),
    }
    const text = JSON.stringify({ ...answer, document: study, ...worked.more })
    if (values.out !== undefined) await writeText(values.out, `${text}\n`)
    if (values.report !== undefined && format) await writeBytes(values.report, await worked.report(format))
    if (values.json) terminal.print(JSON.stringify(answer))
    else
      for (const line of [study.name[terminal.locale], ...worked.lines, ...sourceLines(study, terminal.locale)])
        terminal.print(line)
    return EXIT.done
  },
}

async function readStudy(
  path: string,
  { firms, saving, demand }: Readonly<Record<'firms' | 'saving' | 'demand', string | undefined>>,
  terminal: Terminal,
): Promise<Study> {
  let document = await readJson(path)
  if (firms !== undefined) document = await withFirms(document, firms, terminal)
  if (saving !== undefined) document = await withSaving(document, saving, form)
  if (demand !== undefined) document = { ...(document as object), demand: await readJson(demand) }
  const issues = findStudyIssues(document, terminal.locale)
  if (issues.length > 0) throw unprocessable(issues)
  return document as Study
}

function formatOf(path: string): StudyReportFormat {
  const format = STUDY_REPORT_FORMATS.find((ending) => path.toLowerCase().endsWith(`.${ending}`))
  if (format) return format
  throw wrongUse(form, {
    ko: `${path}: 보고서의 이름은 .pdf 나 .xlsx 로 끝나야 합니다.`,
    en: `${path}: the name of a report ends in .pdf or .xlsx.`,
  })
}
