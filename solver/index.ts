/** The only door of the solver. */
export * from './baseline.ts'
export { checkPlan } from './check.ts'
export { describeProof, describeRelaxation } from './columns/describe.ts'
export { proveDual } from './columns/dual.ts'
export { type Highs, loadHighs } from './columns/lp.ts'
export { type ProofStep, prove } from './columns/prove.ts'
export { describeBalance, describeHours, describeTollDiscounts, describeViolation, hoursEstimated } from './describe.ts'
export { diffPlans, type PlanDiff, type RoutePair, type ShipmentChange, type Way } from './diff.ts'
export { type DriverChange, driverChanges, SHIFT_TOLD_S, type StopChange } from './disturb/changes.ts'
export {
  type Disturbed,
  type DisturbInput,
  type DisturbNote,
  disturb,
  type RouteStanding,
} from './disturb/disturb.ts'
export { type Disturbance, DisturbanceSchema, MARK_KINDS, type Mark, MarkSchema } from './disturb/event.ts'
export { baseVehicle } from './disturb/fleet.ts'
export { unknownIn, withOrders } from './disturb/orders.ts'
export { describeChange, describeNotes, describeUnable } from './disturb/words.ts'
export { describeRefusal, type RefusalWords } from './edits/broken.ts'
export * from './edits/edit.ts'
export { type Editor, openEditor } from './edits/editor.ts'
export type { Judged } from './edits/judge.ts'
export { missingOfLock } from './edits/locks.ts'
export { describeEdit, nameShipment } from './edits/words.ts'
export * from './evaluate.ts'
export * from './explain/explanation.ts'
export * from './explain/firms.ts'
export { applyRepair, type Change, ChangeSchema } from './explain/repair.ts'
export { repairPlan } from './explain/repairPlan.ts'
export * from './explain/words.ts'
export { energyOf, energySources } from './footprint/energy.ts'
export { footprintOf } from './footprint/footprint.ts'
export * from './footprint/schema.ts'
export * from './formats/index.ts'
export * from './horizon.ts'
export { type ImproveOptions, improve, type Step } from './improve.ts'
export * from './issues.ts'
export {
  expectedTimes,
  type HeardMark,
  type RouteForecast,
  type StopForecast,
} from './live/expect.ts'
export * from './live/measure.ts'
export { checkLocks, type LockState } from './locks/checkLocks.ts'
export { describeLock, nameLock } from './locks/describeLock.ts'
export { KEEP_LEVELS, type KeepLevel, keepLocks } from './locks/keepLocks.ts'
export { type Lock, type LockRecord, LockSchema } from './locks/lock.ts'
export { movedShipments } from './moved.ts'
export { problemInParts } from './parts.ts'
export * from './plan.ts'
export * from './problem.ts'
export { type Punctuality, punctuality } from './punctuality.ts'
export * from './scenario.ts'
export type { Told } from './search/incumbent.ts'
export type { Assignment } from './search/solution.ts'
export {
  type DayOrigin,
  dealEqually,
  type FirmShare,
  type SettleDayInput,
  type SettledDay,
  type SettledRound,
  settleDay,
} from './settle/day.ts'
export { asDoneKind, carryMarks, type DoneMark } from './settle/done.ts'
export { paidLines, type WaitingRule } from './settle/executed.ts'
export {
  type Dated,
  inForce,
  notedSource,
  SOURCE_TOPICS,
  type SourceLine,
  SourceLineSchema,
  type SourceNote,
} from './source.ts'
export type { ChooseDual, Dual, DualTarget } from './split/dual.ts'
export { METHOD_NAMES, type MethodName } from './split/methods/method.ts'
export * from './split/schema.ts'
export { METHOD_LIMITS, openSplit, type SplitOptions, splitMonth, splitPlan, TooManyFirms } from './split/split.ts'
export { describeChecked, describeFault, describeVerified } from './verify/describe.ts'
export { loadProver } from './verify/program.ts'
export { type Verified, verify } from './verify/verify.ts'
export { VERSION } from './version.ts'
export { type Obstacle, obstaclesOf, tasksOfOrder } from './vroom/alone.ts'
export {
  COST_PER_HOUR_CS,
  COST_PER_KM_M,
  COST_SCALE,
  CS,
  type Model,
  type ModelTask,
  type ModelVehicle,
} from './vroom/model.ts'
export { missedCs, type PlanStep, timePlan } from './vroom/planTimes.ts'
export { type ModelRoutes, searchModel } from './vroom/search.ts'
export { type TimedStep, timeRoute } from './vroom/timetable.ts'
