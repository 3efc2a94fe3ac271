import { Refusal } from '../errors.ts'
import { REPORT_FORMATS, reportOf } from '../reports/index.ts'
import { legsFrom } from '../reports/legs.ts'
import { splitPlanFile } from '../reports/planFile.ts'
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
        ko: 'xlsx, csv, json, geojson, pdf(운행지시서); 기본은 파일 이름을 따름',
        en: 'xlsx, csv, json, geojson or pdf (route sheets); default: as the file is called',
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
    const { values, positionals } = readArguments(args, form, { format: text, out: text, ...ROADS_STRINGS }, 1)
    const { out } = values
    if (out === undefined)
      throw wrongUse(form, { ko: '--out 에 쓸 파일을 적으세요.', en: 'Name the file to write with --out.' })
    const byName = /\.(\w+)$/.exec(out)?.[1]?.toLowerCase() ?? ''
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
    const legs =
      format === 'geojson' || format === 'pdf'
        ? await legsFrom(await chosenRoads(values, terminal.locale))(plan, problem)
        : new Map()
    await writeBytes(out, await reportOf(format).render(plan, problem, terminal.locale, { ...papers, legs }))
    terminal.print(values.json ? JSON.stringify({ file: out, format }) : out)
    return EXIT.done
  },
}
