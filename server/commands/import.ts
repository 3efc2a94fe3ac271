import { basename, dirname, extname, join } from 'node:path'
import { COMPLEX_IDS, isComplexId, loadComplex } from '../complexes.ts'
import { assertCalendarDay, importOrders } from '../imports/index.ts'
import { type Command, describeIssue, EXIT, plural, readArguments, wrongUse } from './command.ts'
import { assertWritable, readBytes, writeText } from './files.ts'

const form = 'import ORDERS.csv --complex gwangju --out PROBLEM.json'

export const importCommand: Command = {
  form,
  summary: { ko: '주문 파일을 문제 파일로 바꾼다', en: 'turn an order file into problem files' },
  options: [
    ['--complex gwangju', { ko: '단지', en: 'the complex' }],
    [
      '--out PROBLEM.json',
      {
        ko: '쓸 파일. 날짜가 여럿이면 첫날은 이 파일, 다음 날부터는 PROBLEM-날짜.json',
        en: 'file to write; of several days the first goes here, the others to PROBLEM-DATE.json',
      },
    ],
    [
      '--date 2026-11-23',
      { ko: '이 날짜만; 파일에 날짜가 없으면 이 날짜로', en: 'this day only; also the day of rows without a date' },
    ],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: '읽을 수 없는 행은 이유와 함께 표준오류에 적고 뺍니다. 쓸 수 있는 주문이 하나라도 있으면 끝 번호는 0, 없으면 2입니다.',
    en: 'Rows that cannot be read are listed on standard error with the reason and left out. The exit code is 0 if any order could be used, else 2.',
  },
  async run(args, terminal) {
    const strings = { complex: { type: 'string' }, out: { type: 'string' }, date: { type: 'string' } } as const
    const { values, positionals } = readArguments(args, form, strings, 1)
    const { complex = '', out, date } = values
    if (!isComplexId(complex)) {
      const known = COMPLEX_IDS.join(', ')
      throw wrongUse(form, {
        ko: `--complex 에 단지를 적으세요: ${known}.`,
        en: `Name the complex with --complex: ${known}.`,
      })
    }
    if (out === undefined)
      throw wrongUse(form, { ko: '--out 에 쓸 파일을 적으세요.', en: 'Name the file to write with --out.' })
    if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      throw wrongUse(form, {
        ko: `--date ${date}: 2026-11-23 처럼 적으세요.`,
        en: `--date ${date}: write it as 2026-11-23.`,
      })
    }
    assertCalendarDay(date)
    await assertWritable(out)

    const path = positionals[0]!
    const ko = terminal.locale === 'ko'
    const options = { locale: terminal.locale, fileName: basename(path), date }
    const { days, rows, accepted, issues } = importOrders(await readBytes(path), await loadComplex(complex), options)
    for (const issue of issues) terminal.note(describeIssue(issue, terminal.locale))

    const wanted = date === undefined ? days : days.filter((day) => day.date === date)
    if (wanted.length === 0) {
      const dates = days.map((day) => day.date).join(', ')
      if (date !== undefined && days.length > 0)
        terminal.note(
          ko
            ? `${date} 주문이 없습니다. 있는 날짜: ${dates}`
            : `There are no orders for ${date}. Days in the file: ${dates}`,
        )
      else
        terminal.note(ko ? `쓸 수 있는 주문이 없습니다 (${rows}행).` : `No order can be used (${plural(rows, 'row')}).`)
      return EXIT.input
    }

    const written = wanted.map((day, k) => ({ ...day, file: k === 0 ? out : datedName(out, day.date) }))
    for (const { file, problem } of written) await writeText(file, `${JSON.stringify(problem)}\n`)

    if (values.json) {
      const files = written.map(({ file, date, problem }) => ({ file, date, shipments: problem.shipments.length }))
      terminal.print(JSON.stringify({ rows, accepted, files, issues }))
      return EXIT.done
    }
    for (const { file, date, problem } of written) {
      terminal.print(
        ko
          ? `${date}  화물 ${problem.shipments.length}건  ${file}`
          : `${date}  ${plural(problem.shipments.length, 'shipment')}  ${file}`,
      )
    }
    const left = rows - accepted
    if (left > 0)
      terminal.note(
        ko
          ? `${rows}행 가운데 ${left}행을 뺐습니다. 이유는 위에 있습니다.`
          : `${left} of ${plural(rows, 'row')} left out, for the reasons above.`,
      )
    return EXIT.done
  },
}

/** orders/tomorrow.json, 2026-11-23 → orders/tomorrow-2026-11-23.json */
function datedName(out: string, date: string): string {
  const extension = extname(out)
  return join(dirname(out), `${basename(out, extension)}-${date}${extension}`)
}
