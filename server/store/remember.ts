/**
 * What was read of an embedded database, until anything is written: it belongs to one process, so every write passes here. A plan that is
 * read a thousand times a second then costs the database nothing. Of a server's database nothing is kept: others write it, too.
 */
import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely'
import type { Nouns } from './store.ts'

/** More than a coordinator looks at between two writes; beyond it all begins anew. */
const MAX_ANSWERS = 1_000

export class Memory {
  #answers = new Map<string, Promise<unknown>>()
  #writes = 0

  forget(): void {
    this.#writes++
    this.#answers.clear()
  }

  /** The answer known under this key; else that of `read`, kept if nothing was written while it was read. */
  async recall<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key)
    if (known) return (await known) as T
    const writes = this.#writes
    const asked = read()
    if (this.#answers.size >= MAX_ANSWERS) this.#answers.clear()
    this.#answers.set(key, asked)
    const drop = () => {
      if (this.#answers.get(key) === asked) this.#answers.delete(key)
    }
    asked.then(() => writes === this.#writes || drop(), drop)
    return await asked
  }
}

/** Forgets when a statement that may write begins, and again when it has ended; a reader in between waits for the transaction. */
export class ForgetOnWrite implements KyselyPlugin {
  readonly #memory: Memory
  readonly #writes = new WeakSet<object>()

  constructor(memory: Memory) {
    this.#memory = memory
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'SelectQueryNode') {
      this.#writes.add(queryId)
      this.#memory.forget()
    }
    return node
  }

  async transformResult({ result, queryId }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    if (this.#writes.has(queryId)) this.#memory.forget()
    return result
  }
}

/** The same nouns, whose most asked reads are remembered. What they give is shared: nobody changes it. */
export function remembering(nouns: Nouns, memory: Memory): Nouns {
  const who = JSON.stringify(nouns.scope.complexes)
  const kept =
    <A extends unknown[], T>(name: string, read: (...asked: A) => Promise<T>) =>
    async (...asked: A): Promise<T> =>
      await memory.recall(`${name} ${who} ${JSON.stringify(asked)}`, () => read(...asked))
  const { complexes, problems, plans, jobs } = nouns
  return {
    ...nouns,
    complexes: { ...complexes, list: kept('complexes', complexes.list), get: kept('complex', complexes.get) },
    problems: { ...problems, list: kept('problems', problems.list), get: kept('problem', problems.get) },
    plans: { ...plans, list: kept('plans', plans.list), get: kept('plan', plans.get) },
    jobs: { ...jobs, get: kept('job', jobs.get) },
  }
}
