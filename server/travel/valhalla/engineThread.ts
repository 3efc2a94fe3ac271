/** A thread that holds the engine: one question at a time, texts in and out. */
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { ValhallaAction } from './actor.ts'
import type { Engine } from './package.ts'

export interface EngineQuestion {
  readonly number: number
  readonly action: ValhallaAction
  readonly request: string
}

/** `refused`: the engine's own words. */
export type EngineReply = { readonly number: number } & ({ readonly answer: string } | { readonly refused: string })

const METHODS = {
  sources_to_targets: 'matrix',
  route: 'route',
  trace_attributes: 'traceAttributes',
  locate: 'locate',
  status: 'status',
} as const

const { Actor } = createRequire(import.meta.url)('@valhallajs/valhallajs') as Engine
const actor = new Actor((workerData as { config: string }).config)

let turn = Promise.resolve()

async function reply({ number, action, request }: EngineQuestion): Promise<EngineReply> {
  try {
    return { number, answer: await actor[METHODS[action]](request) }
  } catch (error) {
    return { number, refused: error instanceof Error ? error.message : String(error) }
  }
}

parentPort!.on('message', (question: EngineQuestion) => {
  turn = turn.then(async () => parentPort!.postMessage(await reply(question)))
})
