/**
 * Every check the project has, in the order in which they are cheap: format and lint, types, unused code, unit tests, the built page,
 * and a real browser on it. Prints one closing line, `N passed, N failed`; exits 1 where something failed.
 * `node tests/run.ts unit` runs the unit tests only; any further words go to vitest.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

interface Tally {
  readonly passed: number
  /** said once more at the end: the output above is long */
  readonly failures: readonly string[]
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

const root = join(import.meta.dirname, '..')
const bin = (name: string): string =>
  join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

/** Runs a tool and counts it as one check. */
function runCheck(name: string, tool: string, args: readonly string[]): Tally {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(bin(tool), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  return status === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [name] }
}

/** Runs a vitest project and counts its tests. A run that breaks before its report counts as one failure. */
function runTests(project: string, more: readonly string[]): Tally {
  console.log(`\n— ${project} tests`)
  const folder = mkdtempSync(join(tmpdir(), 'milkrun-tests-'))
  const report = join(folder, 'report.json')
  const { status } = spawnSync(
    bin('vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...more],
    { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
  )
  try {
    const parsed: Report = JSON.parse(readFileSync(report, 'utf8'))
    const failures = listFailures(parsed)
    // such as an error that nothing awaited
    if (status !== 0 && failures.length === 0) failures.push(`${project} tests: vitest ended with ${status}`)
    return { passed: parsed.numPassedTests, failures }
  } catch {
    return { passed: 0, failures: [`${project} tests: no report`] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each failed test, and each file that did not load, with the beginning of its message. */
function listFailures({ testResults }: Report): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(root, name)
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      if (failed.length === 0) return [`${file}: ${message.slice(0, 500)}`]
      return failed.map(
        ({ fullName, failureMessages }) => `${file}: ${fullName}\n${failureMessages.join('\n').slice(0, 500)}`,
      )
    })
}

const [only, ...more] = process.argv.slice(2)
const tallies =
  only === 'unit' || only === 'e2e'
    ? [runTests(only, more)]
    : [
        runCheck('format, lint, walls between folders', 'biome', ['check', '.']),
        runCheck('types', 'tsc', ['--noEmit']),
        runCheck('unused code and packages', 'knip', []),
        runTests('unit', []),
        runCheck('the built page', 'vite', ['build', '--logLevel', 'warn']),
        runTests('e2e', []),
      ]
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failures = tallies.flatMap((tally) => tally.failures)
for (const failure of failures) console.log(`\nfailed: ${failure}`)
console.log(`\n${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0
