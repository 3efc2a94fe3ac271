import { stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { Locale, Problem } from '../../solver/index.ts'
import { COMPLEX_IDS, isComplexId, loadComplex } from '../complexes.ts'
import { lostSites, Refusal } from '../errors.ts'
import type { Geocoder } from '../geocode/geocoder.ts'
import { placedBy } from '../geocode/locate.ts'
import { addOrders } from '../imports/addOrders.ts'
import { assertCalendarDay } from '../imports/index.ts'
import { checkMapping } from '../imports/mapping.ts'
import { IMPORT_MODES, readPlaced } from '../jobs/importDays.ts'
import { readInThread } from '../jobs/readFile.ts'
import { readGeocoders } from '../main.ts'
import type { SheetRow } from '../sheets/value.ts'
import { writeCsv } from '../sheets/writeCsv.ts'
import type { WaitingAddress } from '../store/store.ts'
import { knownOutside } from '../travel/travelOf.ts'
import {
  atMost,
  type Command,
  describeIssue,
  EXIT,
  oneOf,
  plural,
  readArguments,
  type Terminal,
  wrongUse,
} from './command.ts'
import { assertWritable, readBytes, readProblem, writeBytes, writeText } from './files.ts'
import { chosenRoads } from './roads.ts'

const form = 'import ORDERS.xlsx --complex gwangju --out PROBLEM.json'

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
    [
      "--map 'weightKg=중량(kg)'",
      {
        ko: '이름을 모르는 열이 무엇인지; 여러 번 쓸 수 있음',
        en: 'what a column of an own name holds; may be repeated',
      },
    ],
    [
      '--sheet 주문',
      {
        ko: '통합 문서의 시트; 기본은 주문이 있는 첫 시트',
        en: 'sheet of a workbook; default: the first with orders in it',
      },
    ],
    [
      '--places PLACES.csv',
      {
        ko: '주소 파일(주소, 위도, 경도): 등록되지 않은 장소의 위치',
        en: 'list of addresses (주소, 위도, 경도): where places are that are not registered',
      },
    ],
    [
      '--waiting PLACES.csv',
      {
        ko: '찾지 못했거나 추정한 주소를 쓸 파일; 위도와 경도를 채워 --places 로 쓴다',
        en: 'file for addresses that were not found or guessed; fill in 위도 and 경도 and give it with --places',
      },
    ],
    [
      '--rejected BAD.xlsx',
      {
        ko: '쓸 수 없는 행을 이유와 함께 쓸 파일; 고쳐서 --mode add 로 다시 읽는다',
        en: 'file for the rows that cannot be used, with the reasons; correct it and import it with --mode add',
      },
    ],
    [
      '--mode add',
      {
        ko: '이미 있는 PROBLEM.json 에 더한다. 같은 번호의 주문은 바꾼다; 기본은 replace',
        en: 'add to the PROBLEM.json that is there; an order with the same number is replaced; default: replace',
      },
    ],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: '읽을 수 없는 행은 이유와 함께 표준오류에 적고 뺍니다. 쓸 수 있는 주문이 하나라도 있으면 끝 번호는 0, 없으면 2입니다.',
    en: 'Rows that cannot be read are listed on standard error with the reason and left out. The exit code is 0 if any order could be used, else 2.',
  },
  async run(args, terminal) {
    const text = { type: 'string' } as const
    const strings = {
      complex: text,
      out: text,
      date: text,
      sheet: text,
      rejected: text,
      mode: text,
      places: text,
      waiting: text,
    } as const
    const { values, positionals } = readArguments(args, form, { ...strings, map: { ...text, multiple: true } }, 1)
    const { complex = '', out, date, sheet } = values
    const mode = oneOf('mode', values.mode ?? 'replace', IMPORT_MODES, form)
    const mapping = checkMapping((values.map ?? []).map(readPair), terminal.locale)
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
    if (values.rejected !== undefined) await assertWritable(values.rejected)
    if (values.waiting !== undefined) await assertWritable(values.waiting)

    const path = positionals[0]!
    const ko = terminal.locale === 'ko'
    const options = { locale: terminal.locale, fileName: basename(path), date, sheet, mapping }
    const geocoders = [...(await readPlacesFile(values.places, terminal)), ...(await readGeocoders())]
    const read = await readPlaced(geocoders, await readBytes(path), await loadComplex(complex), options)
    const { days, rows, accepted, issues, rejected, rejectedFile, learned } = read.outcome
    for (const issue of issues) terminal.note(describeIssue(issue, terminal.locale))

    if (values.rejected !== undefined && rejected && rejectedFile) {
      await writeBytes(values.rejected, rejectedFile)
      const count = rejected.rows.length - 1
      terminal.note(
        ko
          ? `고칠 행 ${count}개: ${values.rejected} (고친 뒤 --mode add 로 다시 읽으세요)`
          : `${plural(count, 'row')} to correct: ${values.rejected} (correct it, then import it with --mode add)`,
      )
    }

    if (values.waiting !== undefined && read.waiting.length > 0) {
      await writeBytes(values.waiting, writeCsv(waitingRows(read.waiting)))
      const count = read.waiting.length
      terminal.note(
        ko
          ? `위치를 적을 주소 ${count}개: ${values.waiting} (채운 뒤 --places 로 쓰세요)`
          : `${count} ${count === 1 ? 'address' : 'addresses'} to place: ${values.waiting} (fill it in, then give it with --places)`,
      )
    }

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

    const written = []
    for (const [k, day] of wanted.entries()) {
      const file = k === 0 ? out : datedName(out, day.date)
      const base = mode === 'add' ? await readBase(file, day.date, terminal) : undefined
      const { problem, replaced } = base ? addOrders(base, day.problem) : { problem: day.problem, replaced: [] }
      written.push({ file, date: day.date, problem, replaced })
    }
    for (const { problem } of written)
      for (const line of await describeLost(problem, terminal.locale)) terminal.note(line)
    for (const { file, problem } of written) await writeText(file, `${JSON.stringify(problem)}\n`)

    if (values.json) {
      const files = written.map(({ file, date, problem, replaced }) => ({
        file,
        date,
        shipments: problem.shipments.length,
        ...(mode === 'add' && { replaced }),
      }))
      terminal.print(JSON.stringify({ rows, accepted, files, issues, ...(learned && { learned }) }))
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

/** What `plan` would meet, told while the places are at hand; roads that cannot be opened are for `plan` to tell of. */
async function describeLost(problem: Problem, locale: Locale): Promise<readonly string[]> {
  const provider = await chosenRoads({}, locale).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
  if (!provider) return []
  const lost = lostSites(knownOutside(provider, problem.sites), { sites: problem.sites.length, provider }, locale)
  return atMost(
    lost.map((issue) => describeIssue(issue, locale)),
    locale,
  )
}

/** Where the operator has written down where addresses are; rows at fault are told and left out. */
async function readPlacesFile(path: string | undefined, terminal: Terminal): Promise<Geocoder[]> {
  if (path === undefined) return []
  const options = { locale: terminal.locale, fileName: basename(path) }
  const { places, issues } = await readInThread({ kind: 'places', bytes: await readBytes(path), options })
  for (const issue of issues) terminal.note(describeIssue(issue, terminal.locale))
  return [placedBy(places)]
}

/** A list of addresses without their points. */
const waitingRows = (waiting: readonly WaitingAddress[]): SheetRow[] => [
  ['업체명', '주소', '위도', '경도'],
  ...waiting.map(({ name, address }): SheetRow => [name, address, null, null]),
]

/** weightKg=중량(kg) → its two sides. */
function readPair(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

/** The problem that the orders are added to; undefined: there is none yet. A problem of another day is no place for them. */
async function readBase(file: string, date: string, terminal: Terminal): Promise<Problem | undefined> {
  if ((await stat(file).catch(() => undefined)) === undefined) return undefined
  const { locale } = terminal
  const base = await readProblem(file, locale, (issue) => terminal.note(describeIssue(issue, locale)))
  if (base.startsAt.slice(0, 10) === date) return base
  throw new Refusal(400, 'import.otherDay', {
    ko: `${file}: ${base.startsAt.slice(0, 10)} 문제라서 ${date} 주문을 더할 수 없습니다. 그 날의 파일을 --out 에 적으세요.`,
    en: `${file}: it is the problem of ${base.startsAt.slice(0, 10)}; orders of ${date} cannot be added. Name the file of that day with --out.`,
  })
}

/** orders/tomorrow.json, 2026-11-23 → orders/tomorrow-2026-11-23.json */
function datedName(out: string, date: string): string {
  const extension = extname(out)
  return join(dirname(out), `${basename(out, extension)}-${date}${extension}`)
}
