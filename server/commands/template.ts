import { COMPLEX_IDS, isComplexId, loadComplex } from '../complexes.ts'
import { TEMPLATE_FORMATS, writeTemplate } from '../imports/template.ts'
import { type Command, EXIT, oneOf, readArguments, wrongUse } from './command.ts'
import { assertWritable, writeBytes } from './files.ts'

const form = 'template --complex gwangju --out ORDERS.xlsx'

export const templateCommand: Command = {
  form,
  summary: { ko: '주문 파일의 빈 양식을 쓴다', en: 'write an empty order file to fill in' },
  options: [
    ['--complex gwangju', { ko: '단지', en: 'the complex' }],
    ['--out ORDERS.xlsx', { ko: '쓸 파일', en: 'file to write' }],
    [
      '--format xlsx',
      { ko: 'xlsx 또는 csv; 기본은 파일 이름을 따름', en: 'xlsx or csv; default: as the file is called' },
    ],
  ],
  async run(args, terminal) {
    const strings = { complex: { type: 'string' }, out: { type: 'string' }, format: { type: 'string' } } as const
    const { values } = readArguments(args, form, strings, 0)
    const { complex = '', out } = values
    if (!isComplexId(complex)) {
      const known = COMPLEX_IDS.join(', ')
      throw wrongUse(form, {
        ko: `--complex 에 단지를 적으세요: ${known}.`,
        en: `Name the complex with --complex: ${known}.`,
      })
    }
    if (out === undefined)
      throw wrongUse(form, { ko: '--out 에 쓸 파일을 적으세요.', en: 'Name the file to write with --out.' })
    const format = oneOf('format', values.format ?? (/\.csv$/i.test(out) ? 'csv' : 'xlsx'), TEMPLATE_FORMATS, form)
    await assertWritable(out)
    await writeBytes(out, await writeTemplate(await loadComplex(complex), format, terminal.locale))
    terminal.print(values.json ? JSON.stringify({ file: out, format }) : out)
    return EXIT.done
  },
}
