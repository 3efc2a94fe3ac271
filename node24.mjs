/**
 * Runs a script, or a command of node_modules/.bin, on the Node 24 that comes as a package, whatever Node started this file:
 * `node node24.mjs server/cli.ts help`, `node node24.mjs vite build`. Plain JavaScript, because the host's Node may be older. The package
 * also offers `node` in node_modules/.bin, but npm 10 leaves that link out where packages of several platforms claim it.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const windows = process.platform === 'win32'
const shipped = join(
  root,
  'node_modules',
  `node-${windows ? 'win' : process.platform}-${process.arch}`,
  'bin',
  windows ? 'node.exe' : 'node',
)
const isNew = Number(process.versions.node.split('.')[0]) >= 24
if (!existsSync(shipped) && !isNew) {
  console.error(`milkrun runs on Node 24; this is ${process.version}, and no package brings one for this platform.`)
  console.error('Install Node 24, or run `npm ci` if that has not been done.')
  process.exit(3)
}
const node = existsSync(shipped) ? shipped : process.execPath

/**
 * V8 loses count of the pages of WebAssembly code it protects by hardware keys, and aborts the process ("Check failed: jit_page.has_value()",
 * https://github.com/nodejs/node/issues/64500); the database and the linear programs are WebAssembly.
 */
const WITHOUT_KEYS = '--no-memory-protection-keys'

const [first, ...rest] = process.argv.slice(2)
const isScript = /\.[cm]?[jt]s$/.test(first ?? '')
const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
const child = spawn(isScript ? node : first, isScript ? [WITHOUT_KEYS, first, ...rest] : rest, {
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
  shell: windows && !isScript,
})
// the terminal tells the child as well; it decides when to end
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
})
