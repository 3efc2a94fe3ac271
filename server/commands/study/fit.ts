/** `milkrun study fit ORDERS…`: the demand model of a complex from its order files, with how well it fits and where it does not. */
import { basename } from 'node:path'
import { Value } from 'typebox/value'
import { findFormIssues, type Locale } from '../../../solver/index.ts'
import { type Demand, FirmAssumptionsSchema } from '../../../study/index.ts'
import type { OrderFit } from '../../api.ts'
import { COMPLEX_IDS, type ComplexData, isComplexId, loadComplex } from '../../complexes.ts'
import { unprocessable } from '../../errors.ts'
import { readPlaced } from '../../jobs/importDays.ts'
import { complexOfFirms, readAssumptions } from '../../studies/firmComplex.ts'
import { type FitDay, fitOrders } from '../../studies/fitOrders.ts'
import { describeIssue, EXIT, type Exit, percent, readArguments, type Terminal, wrongUse } from '../command.ts'
import { assertWritable, readBytes, readJson, writeText } from '../files.ts'

export const FIT_FORM = 'study fit ORDERS.xlsx --complex gwangju --out DEMAND.json'
export const FIRMS_FORM = 'study fit --firms FIRMS.csv --name NAME --at LAT,LNG --out COMPLEX.json'
const MOST_FILES = 400

export async function runFit(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { locale } = terminal
  const text = { type: 'string' } as const
  const strings = { complex: text, out: text, firms: text, assume: text, at: text, name: text } as const
  const firmList = args.some((word) => word === '--firms' || word.startsWith('--firms='))
  const { values, positionals } = readArguments(args, FIT_FORM, strings, firmList ? 0 : 1, firmList ? 0 : MOST_FILES)
  const { complex = 'gwangju', out } = values
  if (!isComplexId(complex))
    throw wrongUse(FIT_FORM, {
      ko: `모르는 단지입니다: ${complex}. 있는 단지: ${COMPLEX_IDS.join(', ')}.`,
      en: `There is no complex ${complex}. Known: ${COMPLEX_IDS.join(', ')}.`,
    })
  if (out !== undefined) await assertWritable(out)
  const data = await loadComplex(complex)
  if (values.firms !== undefined) return await listFirms(values.firms, data, values, terminal)
  const days: FitDay[] = []
  for (const path of positionals) {
    terminal.progress(basename(path))
    const { outcome } = await readPlaced([], await readBytes(path), data, { locale, fileName: basename(path) })
    for (const issue of outcome.issues)
      if (issue.severity === 'error') terminal.note(`${basename(path)}: ${describeIssue(issue, locale)}`)
    days.push(...outcome.days)
  }
  const fit = await fitOrders(data, days)
  if (out !== undefined) await writeText(out, `${JSON.stringify(fit.demand, null, 2)}\n`)
  if (values.json) terminal.print(JSON.stringify(fit))
  else for (const line of fitLines(fit, locale)) terminal.print(line)
  return EXIT.done
}

interface FirmListValues {
  readonly out?: string | undefined
  readonly assume?: string | undefined
  readonly at?: string | undefined
  readonly name?: string | undefined
  readonly json?: boolean | undefined
}

async function listFirms(path: string, base: ComplexData, values: FirmListValues, terminal: Terminal): Promise<Exit> {
  const { locale } = terminal
  const ko = locale === 'ko'
  const assumptions = values.assume === undefined ? await readAssumptions() : await readJson(values.assume)
  if (!Value.Check(FirmAssumptionsSchema, assumptions))
    throw unprocessable(findFormIssues(FirmAssumptionsSchema, assumptions, locale))
  const name = values.name ?? basename(path).replace(/\.\w+$/, '')
  const { data, firms, guessed } = await complexOfFirms(await readBytes(path), base, {
    fileName: basename(path),
    locale,
    assumptions,
    name,
    at: readPoint(values.at),
  })
  if (values.out !== undefined) await writeText(values.out, `${JSON.stringify(data)}\n`)
  const demand = data.demand as Demand
  if (values.json) {
    terminal.print(JSON.stringify(data))
    return EXIT.done
  }
  const kinds = [...Map.groupBy(firms, ({ process, size }) => `${process} ${size}`)]
  terminal.print(
    ko
      ? `${name}: 기업 ${firms.length}곳, id ${data.complex.id}`
      : `${name}: ${firms.length} firms, id ${data.complex.id}`,
  )
  for (const [kind, own] of kinds) {
    const week = demand.flows.reduce((sum, { perFirm = {} }) => sum + (perFirm[own[0]!.id] ?? 0) * demand.scale, 0)
    terminal.print(`  ${kind}: ${own.length}, ${ko ? '저마다 주에' : 'each a week'} ${two(week)}`)
  }
  terminal.print(ko ? '가정 (파일에서 고칠 수 있음, --assume)' : 'assumed (edit the file and give it with --assume)')
  const notes = [assumptions.sizes.note, demand.note, ...demand.flows.map(({ note }) => note)].flatMap((note) =>
    note ? [`  ${(ko && note.sourceKo) || note.source} (${note.certainty ?? '–'})`] : [],
  )
  for (const [line, same] of Map.groupBy(notes, (line) => line))
    terminal.print(same.length > 1 ? `${line} × ${same.length}` : line)
  if (guessed > 0)
    terminal.print(
      ko
        ? `추정: 위치가 없는 ${guessed}곳은 단지의 한 점에 두었습니다.`
        : `Estimate: ${guessed} firms without a point stand at the one of the complex.`,
    )
  terminal.print(
    ko
      ? `거래처, 차량, 요금은 ${base.complex.name.ko}의 것입니다. 이 단지의 것으로 바꾸기 전의 결과는 어림입니다.`
      : `Partners, trucks and tariffs are those of ${base.complex.name.en}. Until they are the complex’s own, results are rough.`,
  )
  return EXIT.done
}

function readPoint(text: string | undefined): { readonly lng: number; readonly lat: number } | undefined {
  if (text === undefined) return undefined
  const [lat = Number.NaN, lng = Number.NaN] = text.split(',').map(Number)
  if (lat > 32 && lat < 40 && lng > 123 && lng < 133) return { lng, lat }
  throw wrongUse(FIT_FORM, {
    ko: `--at ${text}: 한국의 위도,경도로 적으세요. 예: --at 37.53,126.79`,
    en: `--at ${text}: give LAT,LNG in Korea, such as --at 37.53,126.79`,
  })
}

const two = (value: number): string => value.toFixed(2)
const WEEKDAYS = { ko: '월 화 수 목 금'.split(' '), en: 'Mon Tue Wed Thu Fri'.split(' ') } as const
const DIRECTION = { ko: { in: '받는 화물', out: '보내는 화물' }, en: { in: 'inbound', out: 'outbound' } } as const

function fitLines({ goodness, ...fit }: OrderFit, locale: Locale): string[] {
  const ko = locale === 'ko'
  const nameOf = (firm: string) => fit.firms.find(({ id }) => id === firm)?.name ?? firm
  const rates = Map.groupBy(fit.rates, ({ firm }) => firm)
  const range = (interval: readonly [number, number] | null, show = two) =>
    interval ? ` (${show(interval[0])} ~ ${show(interval[1])})` : ''
  const busy = (['in', 'out'] as const).flatMap((direction) => {
    const { weekday, month, dispersion } = fit.calendar[direction]
    const levels = weekday.times.map((times, k) => `${WEEKDAYS[locale][k]} ${two(times)}${range(weekday.intervals[k])}`)
    const months = month.times.map((times, k) => `${k + 1}${ko ? '월' : ''} ${two(times)}`)
    return [
      `${DIRECTION[locale][direction]}: ${ko ? '흩어짐' : 'dispersion'} ${two(dispersion)}`,
      `  ${weekday.used ? levels.join(', ') : ko ? `요일 차이는 우연과 구별되지 않음 (p ${two(weekday.p)})` : `weekdays do not differ beyond chance (p ${two(weekday.p)})`}`,
      `  ${month.used ? months.join(', ') : ko ? `달 차이는 우연과 구별되지 않음 (p ${two(month.p)})` : `months do not differ beyond chance (p ${two(month.p)})`}`,
    ]
  })
  const { perDay, drift } = goodness
  return [
    ko
      ? `주문 ${fit.orders}건, 영업일 ${fit.days}일 (${fit.first} ~ ${fit.last}), 기업 ${fit.firms.length}곳, 흐름 ${fit.demand.flows.length}가지`
      : `${fit.orders} orders of ${fit.days} working days (${fit.first} to ${fit.last}), ${fit.firms.length} firms, ${fit.demand.flows.length} flows`,
    ...leftOutLines(fit, ko),
    '',
    ...busy,
    '',
    ko
      ? '기업: 주에 몇 건 (95 % 구간), 흩어짐 (1이면 모형대로), 남겨 둔 날의 주문 / 나머지 날이 말한 수'
      : 'firms: orders a week (95 %), dispersion (1: as the model draws), orders of held-out days / what the others promise',
    ...goodness.firms.map(({ firm, dispersion, heldOut, misfits }) => {
      const own = rates.get(firm) ?? []
      const week = own.reduce((sum, { perWeek }) => sum + perWeek, 0)
      // of a sum of independent counts
      const side = (k: 0 | 1) =>
        Math.sqrt(own.reduce((sum, { perWeek, interval }) => sum + (interval[k] - perWeek) ** 2, 0))
      const held = heldOut ? `, ${heldOut.seen} / ${heldOut.promised.toFixed(1)}` : ''
      const doubt = misfits.length > 0 ? `  ! ${misfits.map((misfit) => MISFITS[misfit][locale]).join(', ')}` : ''
      return `  ${nameOf(firm)}: ${two(week)} (${two(Math.max(0, week - side(0)))} ~ ${two(week + side(1))}), ${two(dispersion)}${held}${doubt}`
    }),
    '',
    ko
      ? '흐름: 주문, 가운데 무게 (95 %), 로그 표준편차, 남겨 둔 날의 무게 검정 p'
      : 'flows: orders, median weight (95 %), sigma of the logarithm, test of the weights of held-out days',
    ...fit.weights
      .toSorted((a, b) => b.count - a.count)
      .map(({ flow, count, medianKg, medianInterval, sigma, sigmaInterval }) => {
        const test = goodness.flows.find((own) => own.flow === flow)!
        const p = test.weights ? `p ${two(test.weights.p)}` : ko ? '수가 적어 검정 안 함' : 'too few to test'
        const doubt = test.fits ? '' : `  ! ${ko ? '로그정규가 아님' : 'not log-normal'}`
        return `  ${flow}: ${count}, ${medianKg.toFixed(0)} kg${range(medianInterval, (kg) => kg.toFixed(0))}, ${two(sigma)}${range(sigmaInterval)}, ${p}${doubt}`
      }),
    '',
    ...(perDay
      ? [
          ko
            ? `남겨 둔 ${goodness.heldOutDays}일의 하루 로그가능도: 모형 ${two(perDay.model)}, 요일·달 없이 ${two(perDay.even)}, 같은 크기의 기업을 같게 보면 ${two(perDay.bySize)}, 기업마다 따로 보면 ${two(perDay.alone)} (클수록 잘 맞음)`
            : `log likelihood a day of ${goodness.heldOutDays} held-out days: the model ${two(perDay.model)}, without weekdays and months ${two(perDay.even)}, firms of a size alike ${two(perDay.bySize)}, each firm by itself ${two(perDay.alone)} (more is better)`,
        ]
      : [ko ? '날이 적어 남겨 둔 날이 없습니다.' : 'So few days that none are held out.']),
    ...(drift.fits
      ? []
      : [
          ko
            ? `! 앞 절반 ${drift.first}건, 뒤 절반 ${drift.second}건: 늘거나 줄고 있거나 철을 탑니다. 한 해의 자료로는 둘을 가르지 못하며, 모형은 철로 봅니다.`
            : `! ${drift.first} orders in the first half, ${drift.second} in the second: growth, decline or a season. A year cannot tell them apart; the model takes it for a season.`,
        ]),
    verdict(goodness, ko),
  ]
}

function leftOutLines({ leftOut, offDays }: Pick<OrderFit, 'leftOut' | 'offDays'>, ko: boolean): string[] {
  const { elsewhere, toUnknown, unknownPlaces } = leftOut
  return [
    ...(offDays > 0
      ? [
          ko
            ? `뺀 주문: 주말과 휴일 ${offDays}건 (연구는 영업일만 뽑음)`
            : `left out: ${offDays} orders on weekends and holidays, on which a study draws nothing`,
        ]
      : []),
    ...(elsewhere > 0
      ? [
          ko
            ? `뺀 주문: 기업 자기 장소가 아닌 곳 사이 ${elsewhere}건`
            : `left out: ${elsewhere} orders between places that are not the firm’s own`,
        ]
      : []),
    ...(toUnknown > 0
      ? [
          ko
            ? `뺀 주문: 단지에 없는 장소 ${toUnknown}건 (${unknownPlaces.slice(0, 5).join(', ')}${unknownPlaces.length > 5 ? ' …' : ''}). 장소를 단지 자료에 더하고 다시 맞추세요.`
            : `left out: ${toUnknown} orders of places that the complex does not have (${unknownPlaces.slice(0, 5).join(', ')}${unknownPlaces.length > 5 ? ' …' : ''}). Add them to its data and fit again.`,
        ]
      : []),
  ]
}

const MISFITS = {
  clumped: {
    ko: '주문이 몰려서 옴: 나쁜 날이 모형보다 더 나쁨',
    en: 'orders come in bursts: bad days are worse than drawn',
  },
  weekday: { ko: '요일이 다른 기업과 다름', en: 'weekdays of its own' },
  level: { ko: '남겨 둔 날의 수가 다름', en: 'held-out days are busier or quieter' },
} as const

function verdict({ firms, flows, drift, tests, level }: OrderFit['goodness'], ko: boolean): string {
  const doubts = firms.filter(({ misfits }) => misfits.length > 0).length
  const bent = flows.filter(({ fits }) => !fits).length
  const p = percent(level)
  if (doubts + bent === 0 && drift.fits)
    return ko
      ? `검정 ${tests}가지 가운데 어긋나는 것이 없습니다 (저마다 p < ${p} 일 때만 어긋난다고 함).`
      : `None of ${tests} tests speaks against the model (each speaks below p = ${p}).`
  return ko
    ? `검정 ${tests}가지 가운데 어긋나는 것: 기업 ${doubts}곳, 흐름 ${bent}가지${drift.fits ? '' : ', 앞뒤 절반'} (! 표시). 그 기업과 흐름의 결과는 그만큼 덜 믿을 만합니다. 모형이 맞아도 스무 번에 한 번은 하나쯤 어긋납니다.`
    : `Of ${tests} tests these speak against the model: ${doubts} firms, ${bent} flows${drift.fits ? '' : ', the halves'} (marked !). What is said of them is worth less. Even of a model that is right, one speaks in one fit of twenty.`
}
