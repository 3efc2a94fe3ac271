import { nowMs } from '../jobs/clock.ts'
import { answerVroom } from '../vroom/desk.ts'
import { solveVroom } from '../vroom/solve.ts'
import { MOST_LIMIT_S } from '../vroom/work.ts'
import { type Command, EXIT, type Exit, ITERATIONS, readArguments, readNumber, SEED } from './command.ts'
import { assertWritable, readBytes, writeText } from './files.ts'
import { chosenRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'vroom REQUEST.json --seconds 5 --seed 1 --out ANSWER.json'

export const vroomCommand: Command = {
  form,
  summary: {
    ko: 'VROOM 형식의 요청을 풀거나(-c: 주어진 경로의 시각만 정하고) 같은 형식으로 답한다',
    en: 'solve a request in the wire format of VROOM (-c: choose times for given routes) and answer in the same',
  },
  options: [
    [
      '-c, --plan-mode',
      {
        ko: '계획 모드: 차량의 steps 를 그대로 두고 시각과 위반을 알린다',
        en: 'plan mode: keep the steps of the vehicles, tell times and violations',
      },
    ],
    ['-g, --geometry', { ko: '거리와 경로의 선을 더한다', en: 'add distances and the line of each route' }],
    [
      '--seconds 5',
      {
        ko: '찾는 시간. 기본은 할 일의 수에 따른다',
        en: 'time of search; by default it grows with the number of tasks',
      },
    ],
    [
      '--iterations 2000',
      { ko: '반복 횟수: 같은 입력이면 같은 답', en: 'iterations: the same answer for the same input' },
    ],
    ['--seed 1', { ko: '난수의 씨', en: 'seed of the random numbers' }],
    ...ROADS_OPTIONS,
    ['--out ANSWER.json', { ko: '답을 쓸 파일. 없으면 화면에', en: 'file for the answer; standard output without it' }],
  ],
  notes: {
    ko: '입력의 잘못은 x_faults 에 모두 적힌다. 행렬이 없으면 --roads 의 도로를 쓴다.',
    en: `All faults of the input are listed under x_faults. Without matrices the roads of --roads are asked.`,
  },
  async run(args, terminal): Promise<Exit> {
    const strings = {
      'plan-mode': { type: 'boolean', short: 'c' },
      geometry: { type: 'boolean', short: 'g' },
      seconds: { type: 'string' },
      iterations: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values, positionals } = readArguments(args, form, strings, 1)
    const seconds = readNumber('seconds', values.seconds, form, { min: 0, max: MOST_LIMIT_S })
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS)
    const seed = readNumber('seed', values.seed, form, SEED)
    if (values.out !== undefined) await assertWritable(values.out)
    const { body } = await answerVroom(
      {
        bytes: await readBytes(positionals[0]!),
        locale: terminal.locale,
        planMode: values['plan-mode'] ?? false,
        geometry: values.geometry ?? false,
        ...(seconds !== undefined && { limitS: seconds }),
        ...(seed !== undefined && { seed }),
        ...(iterations !== undefined && { iterations }),
        signal: new AbortController().signal,
      },
      // one search needs no thread
      { provider: await chosenRoads(values, terminal.locale), run: async (work) => solveVroom(work, nowMs) },
    )
    const text = `${JSON.stringify(body)}\n`
    if (values.out !== undefined) await writeText(values.out, text)
    else terminal.print(text.trimEnd())
    if (body.code !== 0) terminal.note(body.error)
    return body.code === 0 ? EXIT.done : body.code === 2 ? EXIT.input : EXIT.world
  },
}
