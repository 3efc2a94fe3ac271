import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import {
  FORMATS,
  FormatError,
  type Literature,
  type Locale,
  OBJECTIVES,
  type Objective,
  parseInstance,
} from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import { boundSolution, type ProvedBound } from '../jobs/bound.ts'
import { solveOnThreads } from '../jobs/parallel.ts'
import {
  type Command,
  count,
  EXIT,
  ITERATIONS,
  oneOf,
  readArguments,
  readNumber,
  SECONDS,
  SEED,
  THREADS,
  wrongUse,
} from './command.ts'
import { assertRegular, assertWritable, fileRefusal, readText, writeText } from './files.ts'
import { deadlineFor, watchSearch } from './search.ts'

const form = 'solve INSTANCE --format FORMAT --seconds 10 --seed 1 --threads 1 --json --out SOLUTION'

export const solveCommand: Command = {
  form,
  summary: { ko: '문헌의 시험 문제를 푼다', en: 'solve an instance of the literature' },
  options: [
    [`--format ${FORMATS.join('|')}`, { ko: '파일 형식', en: 'format of the file' }],
    [
      `--objective ${OBJECTIVES.join('|')}`,
      { ko: '먼저 줄일 것 (기본: 형식마다의 관례)', en: 'what comes first (default: the custom of the format)' },
    ],
    ['--seconds 10', { ko: '시간 한도 (초, 시작하는 시간 포함)', en: 'time limit in seconds, start-up included' }],
    ['--iterations N', { ko: '탐색 횟수 한도', en: 'limit of the search' }],
    ['--seed 1', { ko: '난수 씨앗', en: 'seed of the random numbers' }],
    ['--threads 1', { ko: '동시에 돌리는 탐색의 수', en: 'searches at the same time' }],
    [
      '--bound SECONDS',
      { ko: '탐색 뒤 이 시간만큼 하한을 증명한다', en: 'then prove for so long what no solution can cost less than' },
    ],
    ['--out SOLUTION', { ko: '노선을 문헌의 형식으로 쓴다', en: "write the routes in the literature's form" }],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  async run(args, terminal) {
    const strings = {
      format: { type: 'string' },
      objective: { type: 'string' },
      seconds: { type: 'string' },
      iterations: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      bound: { type: 'string' },
      out: { type: 'string' },
    } as const
    const { values, positionals } = readArguments(args, form, strings, 1)
    if (values.format === undefined) {
      throw wrongUse(form, {
        ko: `--format 에 파일의 형식을 적으세요: ${FORMATS.join(', ')}.`,
        en: `Name the format of the file with --format: ${FORMATS.join(', ')}.`,
      })
    }
    const format = oneOf('format', values.format, FORMATS, form)
    const chosen = values.objective === undefined ? undefined : oneOf('objective', values.objective, OBJECTIVES, form)
    const seconds = readNumber('seconds', values.seconds, form, SECONDS)
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS)
    const seed = readNumber('seed', values.seed, form, SEED) ?? 1
    const threads = readNumber('threads', values.threads, form, THREADS) ?? 1
    const boundSeconds = readNumber('bound', values.bound, form, SECONDS)
    if (values.out !== undefined) await assertWritable(values.out)

    const literature = await readInstance(positionals[0]!, format)
    const limit = {
      seed,
      ...deadlineFor(terminal, seconds, iterations),
      ...(iterations !== undefined && { iterations }),
    }
    const objective = chosen ?? literature.objective
    const watch = watchSearch(terminal, (cost) => cost.toFixed(1))
    const best = await solveOnThreads({ kind: 'solve', literature, objective, ...limit }, threads, watch).finally(
      watch.end,
    )

    if (values.out !== undefined) await writeText(values.out, best.solution)
    const { vehicles, cost, feasible, faults } = best
    const elapsedS = Math.round(watch.elapsedS() * 1000) / 1000
    const bound =
      boundSeconds === undefined ? undefined : await prove(literature, best.solution, objective, boundSeconds)
    if (values.json) {
      terminal.print(
        JSON.stringify({
          instance: literature.name,
          format,
          vehicles,
          cost,
          feasible,
          seconds: elapsedS,
          iterations: best.iterations,
          ...(bound && { bound }),
        }),
      )
    } else {
      const ko = `${literature.name}: 차량 ${vehicles}대, 비용 ${cost}, ${elapsedS.toFixed(1)}초, ${count(best.iterations)}회`
      const en = `${literature.name}: ${vehicles} vehicles, cost ${cost}, ${elapsedS.toFixed(1)} s, ${count(best.iterations)} iterations`
      terminal.print(terminal.locale === 'ko' ? ko : en)
    }
    if (bound && !values.json) terminal.print(describeBound(bound, terminal.locale))
    for (const fault of faults) terminal.note(fault)
    return feasible ? EXIT.done : EXIT.no

    async function prove(...task: readonly [Literature, string, Objective, number]): Promise<ProvedBound | null> {
      const proving = watchSearch(terminal, (cost) => `>= ${cost.toFixed(1)}`)
      const bound = await boundSolution(...task, proving).finally(proving.end)
      if (!bound) {
        const ko = '지점이 500곳을 넘으면 하한을 증명하지 않습니다.'
        const en = 'Above 500 nodes no bound is proved.'
        terminal.note(terminal.locale === 'ko' ? ko : en)
      }
      return bound
    }
  },
}

function describeBound({ lower, gap, proved, seconds }: ProvedBound, locale: Locale): string {
  const left = gap === null ? '' : ` (${(gap * 100).toFixed(2)} %)`
  if (proved)
    return locale === 'ko' ? `하한 ${lower}: 최적임을 증명, ${seconds}초` : `bound ${lower}: proved best, ${seconds} s`
  return locale === 'ko' ? `하한 ${lower}${left}, ${seconds}초` : `no less than ${lower}${left}, ${seconds} s`
}

async function readInstance(path: string, format: (typeof FORMATS)[number]): Promise<Literature> {
  const text = await readText(path)
  // an instance of the mixed kind names the file beside it that holds its nodes
  const readBase = (name: string): string => {
    const base = join(dirname(path), basename(name))
    try {
      assertRegular(base, statSync(base))
      return readFileSync(base, 'utf8')
    } catch (error) {
      throw fileRefusal(base, error)
    }
  }
  try {
    const literature = parseInstance(text, format, readBase)
    // not every format carries a name
    return { ...literature, name: literature.name || basename(path, extname(path)) }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new Refusal(400, 'instance.format', {
      // where the parser gave up is told in its own words
      ko: `${path}: ${format} 형식의 파일이 아닌 것 같습니다. --format 을 확인하세요 (${FORMATS.join(', ')}) — ${error.message}`,
      en: `${path} cannot be read as ${format}. Check --format (${FORMATS.join(', ')}) — ${error.message}`,
    })
  }
}
