/**
 * A process that holds the engine: one question at a time, texts in and out. A process and not a thread, because native code that
 * fails takes its whole process with it (Valhalla does where its configuration lacks a section), and the service must not go too.
 */
import { createRequire } from 'node:module'
import type { ValhallaAction } from './actor.ts'
import type { Engine } from './package.ts'

export interface EngineQuestion {
  readonly number: number
  readonly action: ValhallaAction
  readonly request: string
}

/** `refused`: the engine's own words; without a number: it could not start. */
export type EngineReply =
  | { readonly number: number; readonly answer: string }
  | { readonly number: number; readonly refused: string }
  | { readonly number?: undefined; readonly refused: string }

const METHODS = {
  sources_to_targets: 'matrix',
  route: 'route',
  trace_attributes: 'traceAttributes',
  locate: 'locate',
  status: 'status',
} as const

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const say = (reply: EngineReply) => process.send!(reply)

function start(config: string) {
  const { Actor } = createRequire(import.meta.url)('@valhallajs/valhallajs') as Engine
  const actor = new Actor(config)
  let turn = Promise.resolve()
  process.on('message', ({ number, action, request }: EngineQuestion) => {
    turn = turn.then(async () => {
      try {
        say({ number, answer: await actor[METHODS[action]](request) })
      } catch (error) {
        say({ number, refused: wordsOf(error) })
      }
    })
  })
}

// whoever asked is gone
process.on('disconnect', () => process.exit())
try {
  start(process.argv[2]!)
} catch (error) {
  process.send!({ refused: wordsOf(error) } satisfies EngineReply, () => process.exit(1))
}
