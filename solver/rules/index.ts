/** Every constraint on a route. To add one: a file, and a line here; the law tests find it. */
import { capacity } from './capacity.ts'
import { goAlone } from './goAlone.ts'
import { pairing } from './pairing.ts'
import { rest } from './rest.ts'
import { routeLength } from './routeLength.ts'
import type { Rule } from './rule.ts'
import { shift } from './shift.ts'
import { STATIC_RULES } from './static.ts'
import { stopCount } from './stopCount.ts'
import { timeWindows } from './timeWindows.ts'
import { trips } from './trips.ts'
import { workTime } from './workTime.ts'

export const RULES: readonly Rule[] = [
  ...STATIC_RULES,
  pairing,
  goAlone,
  capacity,
  timeWindows,
  shift,
  workTime,
  rest,
  stopCount,
  routeLength,
  trips,
]
