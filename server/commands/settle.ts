/** A month's settlement from the stored data: by this process, or asked of the service that uses the data folder. */
import { Value } from 'typebox/value'
import type { Locale } from '../../solver/index.ts'
import { type Month, MonthSchema } from '../api.ts'
import { Refusal } from '../errors.ts'
import { readPlace, settleMonth } from '../main.ts'
import { renderMonth } from '../reports/settle/index.ts'
import { readOwner } from '../store/folderLock.ts'
import { type Command, count, EXIT, readArguments, won, wrongUse } from './command.ts'
import { assertWritable, writeBytes } from './files.ts'
import { chosenRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'settle --complex gwangju --month 2026-11 --json'
const LOOK_AGAIN_MS = 1000

export const settleCommand: Command = {
  form,
  summary: {
    ko: '한 달을 정산한다: 기업이 내는 돈, 운송사가 받는 돈',
    en: 'settle a month: what firms pay, what carriers get',
  },
  options: [
    ['--complex gwangju', { ko: '단지', en: 'the complex' }],
    ['--month 2026-11', { ko: '달', en: 'the month' }],
    [
      '--out MONTH.xlsx',
      { ko: '달 전체를 엑셀 파일로 (.json 이면 JSON)', en: 'write the month as a workbook (as JSON: .json)' },
    ],
    ...ROADS_OPTIONS,
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: '실제로 운행한 것을 같은 요금과 같은 방법으로 다시 계산합니다. 기록이 없는 노선은 계획대로 봅니다. 처음에는 하루에 1분쯤 걸리고, 그 뒤로는 저장된 값을 씁니다. 마감과 조정은 화면이나 API 로 합니다.',
    en: 'What was really driven, by the same tariffs and the same method; rounds without records count as planned. The first time takes about a minute a day, after that what was stored is used. Months are corrected and closed on the page or through the API.',
  },
  async run(args, terminal) {
    const text = { type: 'string' } as const
    const { values } = readArguments(args, form, { complex: text, month: text, out: text, ...ROADS_STRINGS }, 0)
    const { complex, month, out } = values
    if (complex === undefined || month === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      throw wrongUse(form, {
        ko: '--complex 와 --month 2026-11 을 적으세요.',
        en: 'Give --complex and --month, as 2026-11.',
      })
    if (out !== undefined) await assertWritable(out)
    const provider = await chosenRoads(values, terminal.locale)
    const settled = await settleMonth(complex, month, provider).catch(async (error: unknown) => {
      if (!(error instanceof Refusal && error.code === 'folder.inUse')) throw error
      return await askService(complex, month, error)
    })
    if (out !== undefined) {
      const bytes = out.toLowerCase().endsWith('.json')
        ? new TextEncoder().encode(JSON.stringify(settled))
        : await renderMonth(settled, terminal.locale)
      await writeBytes(out, bytes)
    }
    if (values.json) terminal.print(JSON.stringify(settled))
    else for (const line of describeMonth(settled, terminal.locale)) terminal.print(line)
    return EXIT.done
  },
}

/** Until it has worked out every day. */
async function askService(complex: string, month: string, inUse: Refusal): Promise<Month> {
  const { address } = readPlace()
  const url = address.kind === 'folder' ? (await readOwner(address.path))?.url : undefined
  if (url === undefined) throw inUse
  for (;;) {
    const answer = await fetch(`${url}/api/complexes/${encodeURIComponent(complex)}/months/${month}`).catch(
      () => undefined,
    )
    const settled: unknown = answer?.ok ? await answer.json() : undefined
    if (!Value.Check(MonthSchema, settled)) throw inUse
    if (settled.missing.every(({ why }) => why !== 'working')) return settled
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

function describeMonth(
  { name, month, state, sums, firms, carriers, missing, estimated }: Month,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const lacks = new Set(missing.map(({ date }) => date)).size
  return [
    `${name[locale]} ${month} · ${ko ? (state === 'closed' ? '마감' : '마감 전') : state}`,
    ...firms.map(
      (row) =>
        `  ${row.name}: ${ko ? '계획' : 'planned'} ${won(row.plannedKrw)}, ${ko ? '실행' : 'executed'} ${won(row.sumKrw)}, ${ko ? 'B1보다 절감' : 'saved against B1'} ${won(row.savingKrw)}`,
    ),
    ...carriers.map(
      (row) => `  ${row.name}: ${won(row.sumKrw)} (${count(row.rounds.length)} ${ko ? '노선' : 'rounds'})`,
    ),
    ko
      ? `기업 ${won(sums.firmsKrw)} = 운송사 ${won(sums.carriersKrw)} + 정기화물 ${won(sums.terminalKrw)} + 공동 계정 ${won(sums.programmeKrw)}`
      : `firms ${won(sums.firmsKrw)} = carriers ${won(sums.carriersKrw)} + terminal freight ${won(sums.terminalKrw)} + joint account ${won(sums.programmeKrw)}`,
    ...(estimated ? [ko ? '도로 추정에서 나온 값이 있습니다.' : 'Some figures come from estimated roads.'] : []),
    ...(lacks > 0 ? [ko ? `빠진 것이 있는 날 ${count(lacks)}개` : `${count(lacks)} days lack something`] : []),
  ]
}
