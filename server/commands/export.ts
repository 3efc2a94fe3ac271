import { Refusal } from '../errors.ts'
import { roundsOf } from '../reports/guide.ts'
import { drawsRoads, REPORT_FORMATS, reportOf } from '../reports/index.ts'
import { legsFrom } from '../reports/legs.ts'
import { splitPlanFile } from '../reports/planFile.ts'
import { SHEET_COPIES } from '../reports/report.ts'
import { type Command, EXIT, oneOf, readArguments, wrongUse } from './command.ts'
import { assertWritable, readPlan, writeBytes } from './files.ts'
import { chosenRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'export PLAN.json --format xlsx --out PLAN.xlsx'

export const exportCommand: Command = {
  form,
  summary: { ko: '계획 파일을 다른 형식으로 쓴다', en: 'write a plan file in another format' },
  options: [
    [
      '--format xlsx',
      {
        ko: 'xlsx, csv, json, geojson, gpx, pdf(운행지시서), dispatch.xlsx, dispatch.csv(배차표); 기본은 파일 이름을 따름',
        en: 'xlsx, csv, json, geojson, gpx, pdf (route sheets), dispatch.xlsx or dispatch.csv (dispatch table); default: as the file is called',
      },
    ],
    [
      '--copy carrier',
      {
        ko: 'driver 또는 carrier: 운행지시서를 운임과 함께. 기본 driver',
        en: 'driver or carrier: route sheets with the fare. Default driver',
      },
    ],
    ['--out PLAN.xlsx', { ko: '쓸 파일', en: 'file to write' }],
    ...ROADS_OPTIONS,
  ],
  notes: {
    ko: 'xlsx에는 노선, 정차, 화물, 비용, 미배정 시트가 있습니다. 언어는 --lang 을 따릅니다.',
    en: 'A workbook has sheets of routes, stops, shipments, costs and unserved shipments, in the language of --lang.',
  },
  async run(args, terminal) {
    const text = { type: 'string' } as const
    const { values, positionals } = readArguments(
      args,
      form,
      { format: text, copy: text, out: text, ...ROADS_STRINGS },
      1,
    )
    const { out } = values
    if (out === undefined)
      throw wrongUse(form, { ko: '--out 에 쓸 파일을 적으세요.', en: 'Name the file to write with --out.' })
    const byName = /\.((?:dispatch\.)?\w+)$/.exec(out.toLowerCase())?.[1] ?? ''
    const copy = values.copy === undefined ? undefined : oneOf('copy', values.copy, SHEET_COPIES, form)
    const format = oneOf('format', values.format ?? byName, REPORT_FORMATS, form)
    await assertWritable(out)
    const path = positionals[0]!
    const { file } = await readPlan(path)
    if (!file) {
      throw new Refusal(400, 'plan.bare', {
        ko: `${path}: 문제와 이동시간이 들어 있지 않은 계획입니다. plan --out 이 쓴 파일을 적으세요.`,
        en: `${path}: The plan carries no problem and no travel times. Name a file that plan --out has written.`,
      })
    }
    const { plan, problem, papers } = splitPlanFile(file)
    const legs = drawsRoads(format)
      ? await legsFrom(await chosenRoads(values, terminal.locale))({ ...plan, routes: roundsOf(plan) }, problem)
      : new Map()
    const all = { ...papers, legs, ...(copy !== undefined && { copy }) }
    await writeBytes(out, await reportOf(format).render(plan, problem, terminal.locale, all))
    terminal.print(values.json ? JSON.stringify({ file: out, format }) : out)
    return EXIT.done
  },
}
