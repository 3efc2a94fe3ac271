/** A command line from its words to its exit code: finds the command, runs it, and tells whatever happens in the language asked for. */
import { LOCALES, VERSION } from '../../solver/index.ts'
import { providerRefusal, Refusal, worldRefusal } from '../errors.ts'
import { readEnvironment } from '../main.ts'
import { ProviderError } from '../travel/provider.ts'
import { type Command, describeIssue, EXIT, type Exit, type Terminal, wrongUse } from './command.ts'

/** Loaded when asked for: a check should not wait for a web server. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  account: async () => (await import('./account.ts')).accountCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  disturb: async () => (await import('./disturb.ts')).disturbCommand,
  bound: async () => (await import('./bound.ts')).boundCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  jobs: async () => (await import('./jobs.ts')).jobsCommand,
  places: async () => (await import('./places.ts')).placesCommand,
  split: async () => (await import('./split.ts')).splitCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  roads: async () => (await import('./buildRoads.ts')).buildRoadsCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  settle: async () => (await import('./settle.ts')).settleCommand,
  solve: async () => (await import('./solve.ts')).solveCommand,
  study: async () => (await import('./study/index.ts')).studyCommand,
  template: async () => (await import('./template.ts')).templateCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  vroom: async () => (await import('./vroom.ts')).vroomCommand,
  worker: async () => (await import('./worker.ts')).workerCommand,
}

/** Where a command line writes, and when it began. */
export type Lines = Omit<Terminal, 'locale'>

/** `explain` is for what nobody waits for. */
export function openCommandLine(
  words: readonly string[],
  lines: Lines,
): { readonly run: () => Promise<Exit>; readonly explain: (error: unknown) => Exit } {
  const { lang, args } = takeLanguage(words)
  const locale = LOCALES.find((locale) => locale === lang) ?? readEnvironment().locale
  const terminal: Terminal = { ...lines, locale }
  const explain = (error: unknown) => explainFailure(error, terminal)
  return { run: async () => await runCommand(lang, args, terminal).catch(explain), explain }
}

const UNKNOWN_LANGUAGE = { ko: '--lang 은 ko 또는 en 입니다.', en: '--lang is ko or en.' }

async function runCommand(lang: string | undefined, args: readonly string[], terminal: Terminal): Promise<Exit> {
  if (lang !== undefined && !LOCALES.some((locale) => locale === lang)) throw wrongUse('--lang ko|en', UNKNOWN_LANGUAGE)
  const [name = 'help', ...rest] = args
  if (name === '--version') {
    terminal.print(VERSION)
    return EXIT.done
  }
  const asksHelp = name === 'help' || name === '--help' || name === '-h'
  const topic = asksHelp ? rest.find((word) => Object.hasOwn(COMMANDS, word)) : name
  if (topic === undefined) return await printOverview(terminal)
  if (!Object.hasOwn(COMMANDS, topic)) {
    const known = Object.keys(COMMANDS).join(', ')
    terminal.note(
      terminal.locale === 'ko'
        ? `'${topic}' 명령은 없습니다. 있는 명령: ${known}, help`
        : `There is no command '${topic}'. Commands: ${known}, help`,
    )
    return EXIT.input
  }
  const command = await COMMANDS[topic]!()
  if (asksHelp || rest.includes('--help') || rest.includes('-h')) return printHelp(command, terminal)
  return await command.run(rest, terminal)
}

async function printOverview({ print, locale }: Terminal): Promise<Exit> {
  print(
    locale === 'ko'
      ? `milkrun ${VERSION}: 단지의 순회집하를 계획합니다`
      : `milkrun ${VERSION}: plans shared pickup rounds of a complex`,
  )
  for (const load of Object.values(COMMANDS)) {
    const { form, summary } = await load()
    print(`\n  npm run -s milkrun -- ${form}\n      ${summary[locale]}`)
  }
  print(
    locale === 'ko'
      ? '\n명령의 옵션: help 명령 · 언어: --lang ko|en'
      : '\nOptions of a command: help COMMAND · language: --lang ko|en',
  )
  print(
    locale === 'ko'
      ? '끝 번호: 0 됨, 1 답이 아니오(위반), 2 입력을 고칠 것, 3 바깥(디스크·포트·도로 서비스) 문제, 4 프로그램 오류'
      : 'Exit codes: 0 done, 1 the answer is no (violations), 2 correct the input, 3 the outside (disk, port, road service), 4 a bug',
  )
  return EXIT.done
}

function printHelp({ form, summary, options, notes }: Command, { print, locale }: Terminal): Exit {
  print(`npm run -s milkrun -- ${form}\n${summary[locale]}\n`)
  const width = Math.max(...options.map(([option]) => option.length))
  for (const [option, words] of options) print(`  ${option.padEnd(width)}  ${words[locale]}`)
  print(`  ${'--lang ko|en'.padEnd(width)}  ${locale === 'ko' ? '언어' : 'language'}`)
  if (notes) print(`\n${notes[locale]}`)
  return EXIT.done
}

function explainFailure(error: unknown, { note, locale }: Terminal): Exit {
  const refusal = error instanceof ProviderError ? providerRefusal(error, locale) : (worldRefusal(error) ?? error)
  if (refusal instanceof Refusal) {
    note(refusal.words[locale])
    for (const issue of refusal.issues) note(describeIssue(issue, locale))
    return refusal.status < 500 ? EXIT.input : EXIT.world
  }
  note(
    locale === 'ko'
      ? '프로그램의 오류입니다. 아래 내용과 입력 파일을 함께 알려 주세요.'
      : 'This is a bug. Please report what follows together with the input.',
  )
  note(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT.bug
}

/** `--lang` may stand anywhere, before the command too, because it decides how everything else is answered. */
function takeLanguage(words: readonly string[]): {
  readonly lang: string | undefined
  readonly args: readonly string[]
} {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (at < 0) return { lang: undefined, args: words }
  const inOneWord = words[at] !== '--lang'
  const lang = inOneWord ? words[at]!.slice('--lang='.length) : (words[at + 1] ?? '')
  return { lang, args: words.filter((_, k) => k !== at && (inOneWord || k !== at + 1)) }
}
