/**
 * Every check the project has, in the order in which they are cheap: format and lint, types, unused code, unit tests, the built page,
 * and a real browser on it. Prints one closing line, `N passed, N failed`; exits 1 where something failed.
 * `node tests/run.ts unit` runs the unit tests only; any further words go to vitest.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Tally {
  passed: number
  failed: number
}

const root = join(import.meta.dirname, '..')
const bin = (name: string): string =>
  join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

/** Runs a tool and counts it as one check. */
function runCheck(name: string, tool: string, args: readonly string[]): Tally {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(bin(tool), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) console.log(`failed: ${name}`)
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
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
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numFailedTestSuites: number
    }
    // a file that does not load has no failed test of its own
    const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites
    return { passed: numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
