/** What the page reads comes by itself as soon as the service can answer again. */
import { environmentManager, onlineManager, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ServiceError } from '../../web/service/client.ts'
import { queryClient } from '../../web/service/queries.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // as in a page, where time passes
  environmentManager.setIsServer(() => false)
})
afterEach(() => {
  queryClient.clear()
  vi.useRealTimers()
})

/** Reads what answers one after the other, the last of them from then on; tells what the page shows. */
function read(answers: readonly (string | ServiceError)[]) {
  let asked = 0
  const shown: { now?: string | undefined; asked: number } = { asked }
  const observer = new QueryObserver<string>(queryClient, {
    queryKey: ['test'],
    queryFn: () => {
      const answer = answers[Math.min(asked++, answers.length - 1)]!
      shown.asked = asked
      return answer instanceof ServiceError ? Promise.reject(answer) : Promise.resolve(answer)
    },
  })
  return { shown, stop: observer.subscribe(({ data }) => (shown.now = data)) }
}
const busy = new ServiceError(503, 'service.busy', 'busy')

it('asks a service again that stays busy for longer than anybody waits', async () => {
  const { shown, stop } = read(['old', ...Array(8).fill(busy), 'new'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown.now).toBe('old')
  void queryClient.invalidateQueries({ queryKey: ['test'] })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(shown).toEqual({ now: 'new', asked: 10 })
  stop()
})

it('asks once what is refused', async () => {
  const { shown, stop } = read([new ServiceError(404, 'plan.unknown', 'unknown')])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(shown).toEqual({ now: undefined, asked: 1 })
  stop()
})

it('asks though the browser thinks there is no net', async () => {
  onlineManager.setOnline(false)
  const { shown, stop } = read(['here'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown.now).toBe('here')
  onlineManager.setOnline(true)
  stop()
})
