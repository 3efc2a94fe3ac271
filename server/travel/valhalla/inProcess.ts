/** Valhalla without a server: the roads that `roads build` has left, asked in a process beside this one, so that the service goes on answering. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Refusal } from '../../errors.ts'
import { sourceError, type TravelProvider } from '../provider.ts'
import { type ValhallaActor, ValhallaRefusal } from './actor.ts'
import { answerConfig } from './config.ts'
import type { EngineQuestion, EngineReply } from './engineProcess.ts'
import { isWhole, type RoadsManifest, readManifest, tileFolder } from './manifest.ts'
import { findEngine, libraryRefusal } from './package.ts'
import { valhallaProvider } from './provider.ts'

const NAME = 'valhalla'

/** Origins of one question: beyond them one question would take seconds, and nobody could break it off. */
const MAX_ORIGINS = 25

export interface OpenValhalla {
  readonly provider: TravelProvider
  readonly manifest: RoadsManifest
  close(): Promise<void>
}

/** Throws a Refusal where there are no roads or no engine. The engine itself starts with the first question. */
export async function openValhalla(folder: string): Promise<OpenValhalla> {
  const { version } = findEngine()
  const manifest = await readManifest(folder)
  if (!manifest) {
    throw new Refusal(404, 'roads.absent', {
      ko: `${folder} 에 만든 도로가 없습니다. roads build FILE.osm.pbf 로 먼저 만드세요.`,
      en: `No roads have been built in ${folder}. Build them first: roads build FILE.osm.pbf.`,
    })
  }
  if (!(await isWhole(folder, manifest))) throw new Refusal(422, 'roads.damaged', damaged(folder))
  const engine = engineIn(resolve(tileFolder(folder, manifest.id)))
  const roads = valhallaProvider({
    name: NAME,
    version: `${manifest.id}:${version}`,
    actor: engine.actor,
    hasExpressways: manifest.source.motorways + manifest.source.tollRoads > 0,
    maxOrigins: MAX_ORIGINS,
    maxPairs: Number.MAX_SAFE_INTEGER,
  })
  const provider: TravelProvider = {
    ...roads,
    async matrix(from, to, profile, signal) {
      const figures = await roads.matrix(from, to, profile, signal)
      const { unreachable } = figures
      // is it the place, or was the tile under it removed while we answer?
      if (unreachable.from.length + unreachable.to.length > 0 && !(await isWhole(folder, manifest)))
        throw sourceError(NAME, damaged(folder))
      return figures
    },
  }
  return { provider, manifest, close: engine.close }
}

const damaged = (folder: string) => ({
  ko: `${folder} 의 도로 파일이 없어졌거나 바뀌었습니다. roads build FILE.osm.pbf 로 다시 만들고 서비스를 다시 켜세요.`,
  en: `files of the roads in ${folder} are missing or were changed. Build them again, roads build FILE.osm.pbf, and restart the service.`,
})

const notStarted = (told: string) => ({ ko: `도로 엔진이 켜지지 않습니다: ${told}`, en: `it does not start: ${told}` })

interface Waiting {
  readonly settle: (text: string) => void
  readonly fail: (error: unknown) => void
}

function engineIn(tiles: string): { readonly actor: ValhallaActor; close(): Promise<void> } {
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let child: ChildProcess | undefined

  const failAll = (error: unknown) => {
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }
  const start = (): ChildProcess => {
    const started = fork(new URL('engineProcess.ts', import.meta.url), [JSON.stringify(answerConfig(tiles))], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    started.on('message', (reply: EngineReply) => {
      if (reply.number === undefined) {
        failAll(sourceError(NAME, libraryRefusal(reply.refused)?.words ?? notStarted(reply.refused)))
        return
      }
      const { settle, fail } = waiting.get(reply.number) ?? {}
      waiting.delete(reply.number)
      if (waiting.size === 0) keepAlive(started, false)
      if ('answer' in reply) settle?.(reply.answer)
      else fail?.(new ValhallaRefusal(reply.refused))
    })
    started.on('error', (error) => failAll(sourceError(NAME, notStarted(error.message))))
    started.on('exit', (code, killedBy) => {
      if (child === started) child = undefined
      failAll(
        sourceError(NAME, {
          ko: `도로 엔진이 끝났습니다 (${code ?? killedBy}). 다음 요청에 다시 켜집니다.`,
          en: `the engine ended (${code ?? killedBy}); it starts anew with the next question`,
        }),
      )
    })
    return started
  }

  const actor: ValhallaActor = {
    async ask(action, request, signal) {
      signal?.throwIfAborted()
      child ??= start()
      keepAlive(child, true)
      const { promise, resolve: settle, reject: fail } = Promise.withResolvers<string>()
      const number = asked++
      waiting.set(number, { settle, fail })
      child.send({ number, action, request: JSON.stringify(request) } satisfies EngineQuestion)
      // the engine finishes its slice; nobody waits for it
      const leave = () => fail(signal!.reason)
      signal?.addEventListener('abort', leave, { once: true })
      try {
        return JSON.parse(await promise)
      } finally {
        signal?.removeEventListener('abort', leave)
      }
    },
  }
  return {
    actor,
    async close() {
      const closing = child
      if (!closing) return
      child = undefined
      closing.ref()
      closing.disconnect()
      await once(closing, 'exit')
    },
  }
}

/** A command ends when its work is done, whether or not an engine idles. */
function keepAlive(child: ChildProcess, alive: boolean): void {
  if (alive) child.ref()
  else child.unref()
  if (alive) child.channel?.ref()
  else child.channel?.unref()
}
