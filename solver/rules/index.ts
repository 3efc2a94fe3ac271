/** Every constraint on a route. To add one: a file, and a line here; the law tests find it. */
import { apart } from './apart.ts'
import { capacity } from './capacity.ts'
import { goAlone } from './goAlone.ts'
import { lastInFirstOut } from './lastInFirstOut.ts'
import { mixing } from './mixing.ts'
import { pairing } from './pairing.ts'
import { rest } from './rest.ts'
import { road } from './road.ts'
import { routeLength } from './routeLength.ts'
import type { Rule } from './rule.ts'
import { shift } from './shift.ts'
import { STATIC_RULES } from './static.ts'
import { stopCount } from './stopCount.ts'
import { timeOnBoard } from './timeOnBoard.ts'
import { timeWindows } from './timeWindows.ts'
import { together } from './together.ts'
import { trips } from './trips.ts'
import { workTime } from './workTime.ts'

export const RULES: readonly Rule[] = [
  ...STATIC_RULES,
  road,
  pairing,
  goAlone,
  together,
  apart,
  mixing,
  lastInFirstOut,
  capacity,
  timeWindows,
  timeOnBoard,
  shift,
  workTime,
  rest,
  stopCount,
  routeLength,
  trips,
]
