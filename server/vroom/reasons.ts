/** Why a task is in nobody's route, in a sentence. */
import { type Locale, type Model, type Obstacle, obstaclesOf, tasksOfOrder } from '../../solver/index.ts'
import type { Words } from '../errors.ts'
import type { VroomRequest } from './request.ts'

export interface Reason {
  readonly type: 'job' | 'pickup' | 'delivery'
  readonly id: number
  readonly code: Obstacle
  readonly message: string
}

/** From what no vehicle can change to what only this plan decides. */
const RANKED: readonly Obstacle[] = ['others', 'time', 'range', 'capacity', 'max_tasks', 'skills']

const SENTENCES: Readonly<Record<Obstacle, (count: number) => Words>> = {
  others: (count) => ({
    ko: `갈 수 있는 차량이 ${count}대 있지만 다른 일로 찼습니다. 차량을 늘리거나 시간을 넓히거나 priority 를 높이세요.`,
    en: `${count} of the vehicles could do it alone, but are taken up by other tasks. Add vehicles, allow more time, or raise its priority.`,
  }),
  time: () => ({
    ko: '어느 차량도 시간창과 근무 시간 안에 다녀올 수 없습니다. 시간을 넓히세요.',
    en: 'No vehicle can do it within its time windows and working hours, even alone. Widen one of them.',
  }),
  range: () => ({
    ko: '어느 차량의 최대 주행(max_travel_time, max_distance)으로도 닿지 않습니다.',
    en: 'It is beyond max_travel_time or max_distance of every vehicle.',
  }),
  capacity: () => ({
    ko: '실을 수 있는 차량이 없습니다. 나누거나 더 큰 차량을 넣으세요.',
    en: 'It fits into no vehicle. Split it, or add a larger vehicle.',
  }),
  max_tasks: () => ({
    ko: '모든 차량의 max_tasks 가 모자랍니다.',
    en: 'max_tasks of every vehicle is too small for it.',
  }),
  skills: () => ({ ko: '필요한 skills 를 모두 갖춘 차량이 없습니다.', en: 'No vehicle has all the skills it needs.' }),
}

/** `missing`: first tasks of the orders that nobody serves. */
export function explainMissing(
  request: VroomRequest,
  model: Model,
  missing: readonly number[],
  locale: Locale,
): Reason[] {
  return missing.flatMap((first) => {
    const obstacles = obstaclesOf(model, first)
    const code = RANKED.find((obstacle) => obstacles.includes(obstacle))!
    const message = SENTENCES[code](obstacles.filter((obstacle) => obstacle === code).length)[locale]
    return tasksOfOrder(model, first).map((task) => {
      const { kind, id } = request.tasks[task]!
      return { type: kind, id, code, message }
    })
  })
}
