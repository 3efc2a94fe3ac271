/** One worker's work on one batch of a study: every day is a row as soon as it is worked out, so little is lost with the worker. */
import type { Run } from '../../study/index.ts'
import { providerRefusal, Refusal, type Words } from '../errors.ts'
import type { Nouns, StudyRecord } from '../store/store.ts'
import type { BatchClaim, StudyQueue } from '../store/studyQueue.ts'
import { demandOf, runBatch, type Wanted, wantedRuns } from '../studies/pickup.ts'
import { ProviderError } from '../travel/provider.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { insisting } from './insist.ts'

export interface BatchAttempt {
  readonly claim: BatchClaim
  /** Never rejects. */
  readonly over: Promise<void>
  /** Somebody wants something of the study: look. */
  look(): void
  /** The claim is lost, or nobody wants it any more: ends without another word. */
  lose(): void
  /** Ends now, and another goes on with what is missing. */
  leave(): Promise<void>
}

export interface BatchOptions {
  readonly store: Nouns
  readonly studyQueue: StudyQueue
  readonly travelOf: TravelOf
  readonly logStudyBug: (error: unknown, study: string) => void
  readonly logError: (error: unknown) => void
}

/** Of its faults, so many are told. */
const TOLD = 3

export function beginBatch(claim: BatchClaim, options: BatchOptions): BatchAttempt {
  const { store, studyQueue, travelOf, logStudyBug, logError } = options
  const gone = new AbortController()
  const { signal } = gone
  const lost = () => signal.aborted
  const lose = () => gone.abort()

  const { insist, waitForSource } = insisting(signal, logError)

  const run = async (): Promise<void> => {
    let record: StudyRecord | undefined
    await insist(async () => {
      record = await store.studies.get(claim.study)
    })
    if (lost() || !record) return
    const { document, data, locale } = record
    if (document.kind !== 'pickup' || !data) throw new Error(`study ${claim.study} has nothing to draw from`)
    const wanted = await wantedRuns(document, demandOf(data))
    const positions = new Map<Wanted['at'], number>()
    const batch = wanted.slice(claim.from, claim.to).filter(({ at }, k) => {
      positions.set(at, claim.from + k)
      return !claim.known.has(claim.from + k)
    })
    const positionOf = ({ setting, seed, day }: Run): number =>
      [...positions].find(([at]) => at.setting === setting && at.seed === seed && at.day === day)![1]
    let writing = Promise.resolve()
    const take = (run: Run): void => {
      writing = writing.then(
        async () =>
          await insist(async () => {
            if (!(await studyQueue.report(claim, positionOf(run), run))) lose()
          }),
      )
    }
    await runBatch({
      batch,
      data,
      iterations: document.iterations,
      spread: document.spread,
      travelOf,
      locale,
      take,
      signal,
    })
    await writing
    await insist(async () => await studyQueue.finish(claim))
  }

  const end = async (error: unknown): Promise<void> => {
    if (lost()) return
    if (error instanceof ProviderError && error.places.length === 0) {
      await waitForSource()
      return await insist(async () => await studyQueue.giveUp(claim, providerRefusal(error, 'ko').words))
    }
    const refusal = error instanceof ProviderError ? providerRefusal(error, 'ko') : error
    if (!(refusal instanceof Refusal)) logStudyBug(error, claim.study)
    const why = refusal instanceof Refusal ? withFaults(refusal) : BUG
    await insist(async () => await studyQueue.fail(claim, why))
  }

  const over = run().catch(end)
  return {
    claim,
    over,
    look() {
      void studyQueue
        .isOver(claim.study)
        .then((isOver) => {
          if (isOver) lose()
        })
        .catch(logError)
    },
    lose,
    async leave() {
      if (lost()) return await over
      lose()
      await over
      // its heartbeat ends: another worker will take it
      await studyQueue.handBack(claim).catch(logError)
    },
  }
}

/** Nobody has sent these data with the study: what is wrong with them stands nowhere else. */
function withFaults({ words, issues }: Refusal): Words {
  const told = issues.slice(0, TOLD).map(({ path, message, remedy }) => ` ${path}: ${message} → ${remedy}`)
  const more = issues.length > TOLD ? ' …' : ''
  return { ko: words.ko + told.join('') + more, en: words.en + told.join('') + more }
}

const BUG: Words = {
  ko: '프로그램의 오류로 연구를 마치지 못했습니다. 기록되었으니 알려 주세요.',
  en: 'A bug ended the study; it has been recorded, please report it.',
}
