import { runWorker } from '../main.ts'
import { type Command, EXIT, readArguments, readNumber, THREADS } from './command.ts'
import { chosenRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'worker --concurrency 2'

export const workerCommand: Command = {
  form,
  summary: {
    ko: '대기 중인 탐색을 맡아 돌린다 (DATABASE_URL 필요)',
    en: 'work on waiting searches (needs DATABASE_URL)',
  },
  options: [
    ['--concurrency 2', { ko: '함께 돌릴 탐색의 수. 기본: 코어 수', en: 'searches at a time; default: one a core' }],
    ...ROADS_OPTIONS,
  ],
  notes: {
    ko: '데이터베이스에 닿는 어느 컴퓨터에서나 몇 개든 돌릴 수 있습니다. 멈추거나 죽으면 다른 작업자가 저장된 가장 좋은 계획에서 이어 갑니다.',
    en: 'Run any number of them on any machine that reaches the database. Where one stops or dies, another goes on from its best stored plan.',
  },
  async run(args, terminal) {
    const { values } = readArguments(args, form, { concurrency: { type: 'string' }, ...ROADS_STRINGS } as const, 0)
    const concurrency = readNumber('concurrency', values.concurrency, form, THREADS)
    const onReady = (searches: number) =>
      terminal.print(
        terminal.locale === 'ko'
          ? `milkrun worker: 탐색 ${searches}개를 함께 맡습니다 (Ctrl+C)`
          : `milkrun worker: ${searches} searches at a time (Ctrl+C)`,
      )
    const provider = await chosenRoads(values, terminal.locale)
    await runWorker({ concurrency, provider, note: terminal.note, onReady })
    return EXIT.done
  },
}
