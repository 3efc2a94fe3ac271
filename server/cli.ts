#!/usr/bin/env node
/** Entry of every command: its words, its streams and its exit code. */
import { EXIT } from './commands/command.ts'
import { openCommandLine } from './commands/commandLine.ts'
import { nowMs } from './jobs/clock.ts'

const isTty = process.stderr.isTTY === true
const { run, explain } = openCommandLine(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  progress: (line) => isTty && process.stderr.write(`\r\u001b[K${line}`),
  startedMs: nowMs() - process.uptime() * 1000,
})
// `milkrun … | head` closes the pipe early: no reason to complain
process.stdout.on('error', (error) => {
  if ((error as { code?: string }).code !== 'EPIPE') throw error
  process.exit(EXIT.done)
})
// Node would end with 1, which says "the answer is no"
process.on('uncaughtException', (error) => process.exit(explain(error)))
process.exitCode = await run()
