/**
 * One worker's work on one job: search, then proof, in threads. Each better plan and the latest figures go to the database a few times a
 * second; while the database is away the search goes on and the newest waits. Whatever is written carries the number of the attempt, so that
 * a worker that was taken for dead cannot overwrite its successor.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Locale, Plan, Problem, Travel } from '../../solver/index.ts'
import type { Job } from '../api.ts'
import { providerRefusal, Refusal } from '../errors.ts'
import type { Claim, Found, Queue } from '../store/queue.ts'
import type { Nouns } from '../store/store.ts'
import { ProviderError } from '../travel/provider.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { nowMs } from './clock.ts'
import { insisting } from './insist.ts'
import { isBetterPlan } from './rankPlans.ts'
import type { Proven } from './tasks.ts'
import { startThread, type Thread } from './thread.ts'

export interface Attempt {
  readonly claim: Claim
  /** Never rejects. */
  readonly over: Promise<void>
  /** Somebody wants something of it: look. */
  look(): void
  /** The claim is lost, or the job was cancelled: ends without another word. */
  lose(): void
  /** Lets it end where that is a matter of `patienceMs`, otherwise hands it back with its best plan stored. */
  leave(patienceMs: number): Promise<void>
}

export interface AttemptOptions {
  readonly store: Nouns
  readonly queue: Queue
  readonly travelOf: TravelOf
  readonly logBug: (error: unknown, job: Job) => void
  readonly logError: (error: unknown) => void
}

/** Between two writes about a job. */
const WRITE_EVERY_MS = 250
/** Less is no search. */
const MIN_SECONDS = 0.1

export function beginAttempt(claim: Claim, options: AttemptOptions): Attempt {
  const { store, queue, travelOf, logBug, logError } = options
  const { row } = claim
  const { request, locale } = row
  const { seconds, boundSeconds = 0, seed = 1, iterations, locks, stabilityKrw } = request
  const gone = new AbortController()
  const startMs = nowMs()
  let job = row.data
  let thread: Thread<Plan> | Thread<Proven> | undefined
  let stopWanted = row.wish === 'stop'
  let proving = row.proving
  let searchEndMs: number | undefined
  /** found and not written yet */
  let found: Found
  let kept: Plan | undefined
  let dirty = false
  let writing: Promise<void> | undefined

  const lost = () => gone.signal.aborted
  const now = (): Job => ({
    ...job,
    elapsedS: Math.round((row.data.elapsedS + (nowMs() - startMs) / 1000) * 1000) / 1000,
  })
  const used = () => ({
    searchedS: row.proving ? row.searched_s : row.searched_s + ((searchEndMs ?? nowMs()) - startMs) / 1000,
    proving,
  })
  const lose = () => {
    gone.abort()
    void thread?.cancel()
  }
  const stop = () => {
    stopWanted = true
    thread?.stop()
  }

  const { insist, waitForSource } = insisting(gone.signal, logError)
  const writeAll = async (): Promise<void> => {
    while (dirty && !lost()) {
      await insist(async () => {
        const newest = found
        dirty = false
        const told = await queue.report(claim, now(), newest, used()).catch((error: unknown) => {
          dirty = true
          throw error
        })
        if (found === newest) found = undefined
        if (!told) return lose()
        if (told.wish === 'stop' && !stopWanted) stop()
      })
      if (dirty) await pause(WRITE_EVERY_MS)
    }
    writing = undefined
  }
  let writtenMs = Number.NEGATIVE_INFINITY
  const change = (changes: Partial<Job>) => {
    job = { ...job, ...changes }
    dirty = true
    if (writing) return
    const waitMs = writtenMs + WRITE_EVERY_MS - nowMs()
    writing = (waitMs > 0 ? pause(waitMs) : Promise.resolve()).then(async () => {
      await writeAll()
      writtenMs = nowMs()
    })
  }
  const keep = (plan: Plan) => {
    // an earlier attempt may have been further than this one is yet
    if (kept && !isBetterPlan(plan, kept)) return
    kept = plan
    found = { plan }
    change({ plan: row.plan, costKrw: plan.costKrw })
  }

  const search = async (problem: Problem, travel: Travel, resume: Plan | undefined, newest: Plan | undefined) => {
    const leftS = seconds - row.searched_s
    if (resume && iterations === undefined && (leftS < MIN_SECONDS || stopWanted)) return resume
    // what is to be repeatable begins again and is the same again; any other must not end dearer than what there is
    const repeatable = iterations !== undefined
    const from = row.from_plan ?? (repeatable ? undefined : (resume ?? newest))
    const deadlineMs = nowMs() + 1000 * (repeatable ? seconds : Math.max(MIN_SECONDS, leftS))
    const before = repeatable ? 0 : row.data.iterations
    const task = {
      kind: 'plan',
      problem,
      travel,
      locale,
      seed,
      deadlineMs,
      ...(repeatable && { iterations }),
      ...(from && { from, ...(locks && { locks }), ...(stabilityKrw !== undefined && { stabilityKrw }) }),
      ...(resume && !repeatable && { resume }),
    } as const
    const searching = startThread(task, (report) => {
      if (lost()) return
      if (report.kind === 'plan') keep(report.plan)
      if (report.kind !== 'progress') return
      const { progress } = report
      const costKrw = kept && progress.costKrw > kept.costKrw ? kept.costKrw : progress.costKrw
      change({ iterations: before + progress.iterations, costKrw })
    })
    thread = searching
    if (stopWanted) searching.stop()
    keep(await searching.outcome)
    return kept!
  }

  const prove = async (problem: Problem, travel: Travel, plan: Plan): Promise<Found> => {
    if (boundSeconds === 0 || stopWanted || lost()) return { plan }
    proving = true
    change({})
    // a proof keeps nothing of an earlier attempt: it has its whole time again
    const task = { kind: 'prove', problem, travel, plan, seed, seconds: boundSeconds } as const
    const proof = startThread(task, (report) => {
      if (report.kind === 'bound' && !lost() && report.lowerKrw > (job.lowerKrw ?? 0))
        change({ lowerKrw: report.lowerKrw })
    })
    thread = proof
    return await proof.outcome
  }

  const load = async () => {
    const problem = await store.problems.get(row.problem)
    if (!problem) throw new Error(`problem ${row.problem} is gone`)
    const resume = await store.plans.get(row.plan)
    const newest = await store.plans.newestOf(row.problem)
    const given = newest === undefined || newest === row.plan ? undefined : (await store.plans.get(newest))?.plan
    return { problem: problem.problem, resume: resume?.plan, newest: given }
  }

  const run = async (): Promise<void> => {
    let loaded: Awaited<ReturnType<typeof load>> | undefined
    await insist(async () => {
      loaded = await load()
    })
    if (!loaded) return
    const { problem, resume, newest } = loaded
    const travel = await travelOf(problem, gone.signal, resume?.provenance)
    if (lost()) return
    kept = resume
    const plan = row.proving && resume ? resume : await search(problem, travel, resume, newest)
    searchEndMs ??= nowMs()
    const best = await prove(problem, travel, plan)
    if (lost() || !best) return
    await writing
    const lower = best.certificate && { lowerKrw: best.certificate.lowerKrw }
    const done: Job = { ...now(), state: 'done', plan: row.plan, costKrw: best.plan.costKrw, ...lower }
    const isStored = best.plan === resume && !best.certificate
    await insist(async () => {
      await queue.finish(claim, done, isStored ? undefined : best)
    })
  }

  const end = async (error: unknown): Promise<void> => {
    if (lost()) return
    if (error instanceof ProviderError && error.places.length === 0) {
      await waitForSource()
      return await insist(async () => await queue.giveUp(claim, now(), providerRefusal(error, locale).words))
    }
    const refusal = error instanceof ProviderError ? providerRefusal(error, locale) : error
    if (!(refusal instanceof Refusal)) logBug(error, job)
    const message = refusal instanceof Refusal ? refusal.words[locale] : describeBug(error, locale)
    await writing
    await insist(async () => {
      await queue.finish(claim, { ...now(), state: 'failed', error: message })
    })
  }

  const over = run().catch(end)
  return {
    claim,
    over,
    look: () => change({}),
    lose,
    async leave(patienceMs) {
      const leftS = row.proving ? boundSeconds : seconds - row.searched_s + boundSeconds
      const endsMs = startMs + leftS * 1000
      if (endsMs - nowMs() <= patienceMs) await Promise.race([over, pause(patienceMs, undefined, { ref: false })])
      if (lost()) return await over
      const best = found
      const last = now()
      const { searchedS } = used()
      lose()
      await over
      try {
        await writing
        if (best || searchedS > row.searched_s) await queue.report(claim, last, best, { searchedS, proving })
        await queue.handBack(claim, last)
      } catch (error) {
        // its heartbeat ends: another worker will take it
        logError(error)
      }
    },
  }
}

/** What was broken is for the reader to know; where in the program is for the log. */
function describeBug(error: unknown, locale: Locale): string {
  const rule = error instanceof Error && error.name === 'BrokenRule' ? `: ${error.message}` : '.'
  return locale === 'ko'
    ? `프로그램의 오류로 탐색을 마치지 못했습니다. 기록되었으니 알려 주세요${rule}`
    : `A bug ended the search; it has been recorded, please report it${rule}`
}
