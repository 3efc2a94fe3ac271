/** Does a milk run pay, would it pay elsewhere, and how sure is that: the only door to these computations. Pure, as the solver is. */
export { type Appraised, appraise, type Table, vary } from './appraisal/appraisal.ts'
export type { Appraisal, Flow } from './appraisal/schema.ts'
export {
  type CurvePoint,
  curveOf,
  type Dots,
  dotsOf,
  type FallBar,
  importFall,
  importLines,
  type OutageView,
  outageView,
  pickupFall,
  rangeDots,
  rangeTornado,
  running,
  type Tornado,
  type TornadoEnd,
  ticksOf,
  tornadoOf,
  turnsOf,
  turnTornado,
} from './charts.ts'
export {
  answerComplexes,
  type ComplexesAnswer,
  type ComplexFigures,
  candidatesOf,
  weightsOf,
} from './complexes/answer.ts'
export { savingOf } from './complexes/economy.ts'
export { DIRECT_SHARE } from './complexes/geography.ts'
export {
  type Figure,
  INDICATORS,
  type KnownIndicator,
  type Missing,
  type Unit,
} from './complexes/indicators.ts'
export { KNOWN_COMPLEXES, KNOWN_GAPS, KNOWN_TOTAL, type KnownGap, withKnown } from './complexes/known.ts'
export {
  type ComplexEntry,
  ComplexEntrySchema,
  type ComplexesStudy,
  ComplexesStudySchema,
  INDICATOR_IDS,
  type IndicatorId,
  type ListedFirm,
  type Process,
} from './complexes/schema.ts'
export { AppraisalStudySchema, findStudyIssues, type Study, SupplyStudySchema } from './document.ts'
export { drawsFor, quantile, shareOf, student95, summarise } from './draws.ts'
export {
  demandOfFirms,
  type FirmAssumptions,
  FirmAssumptionsSchema,
  processesOf,
  type SizedFirm,
  sizeOf,
} from './fit/firms.ts'
export { type DemandFit, fitDemand } from './fit/fit.ts'
export type { FitInput, FitOrder } from './fit/orders.ts'
export { chooseLane, type Lane, type LaneOrder, laneKrw } from './frequency/choose.ts'
export { groupPlaces, NEAR_LANE, pairKey } from './frequency/lanes.ts'
export { cheaperLots, lotsOf } from './frequency/lots.ts'
export { choosePatterns, type PatternsInput } from './frequency/patterns.ts'
export { type Release, releaseOrders } from './frequency/release.ts'
export { type ChosenPatterns, DAILY, type Pattern, type Stock } from './frequency/schema.ts'
export { collectOf } from './frequency/settings.ts'
export {
  FREQUENCY_STEPS,
  type FrequencyResult,
  type FrequencySetting,
  type FrequencyStep,
} from './frequency/summary.ts'
export { type Waiting, waitingOf } from './frequency/waiting.ts'
export { drawWindow, type WindowOrder } from './frequency/window.ts'
export { costJoint, costToday, packCheapest } from './imports/cost.ts'
export { choose, chooseByProgram, consolidate, type ImportAnswer } from './imports/optimise.ts'
export { consolidateWithRange, type ImportRange, type ImportResult } from './imports/range.ts'
export { type ImportStudy, ImportStudySchema, type Way } from './imports/schema.ts'
export { at as valueAt } from './imports/uncertain.ts'
export {
  ESTIMATE,
  IMPORT_STEPS,
  NO_RANGE,
  rangeSentence,
  stabilitySentence,
  uncertainName,
  unitAt,
} from './imports/words.ts'
export { getAt, grouped, nameAt, nameOfOutage, numberOf, shortOf, type Words } from './names.ts'
export { type NationalStudy, NationalStudySchema, partOf } from './national/schema.ts'
export { type NationalResult, sumNational } from './national/sum.ts'
export type { Network, SinglePoint } from './network.ts'
export {
  type Demand,
  DemandSchema,
  type DrawnOrder,
  drawDay,
  ORDER_COLUMNS,
  orderRows,
  wishedTime,
} from './pickup/demand.ts'
export type { Estimate } from './pickup/estimates.ts'
export { latenessOf, SPREAD, type Spread } from './pickup/lateness.ts'
export type { Participation, Verdict } from './pickup/participation.ts'
export { keyOf, quietDay, type Run, runOf } from './pickup/runs.ts'
export { type PickupStudy, PickupStudySchema, type Setting, type StudyChange } from './pickup/schema.ts'
export { demandUnder, firmsUnder, problemUnder, travelUnder } from './pickup/settings.ts'
export { type PickupResult, summarisePickup } from './pickup/summary.ts'
export { type Random, randomOf } from './random.ts'
export {
  type Candidate,
  CRITERIA,
  type Criterion,
  type Indicator,
  type Ranked,
  rank,
  type Weights,
  weightSensitivity,
} from './ranking.ts'
export { type StudySource, sourcesOf } from './sources.ts'
export { answerSupply, HELPS, type HelpName, type SupplyAnswer } from './supply/answer.ts'
export { type FetchResult, fetchesOf, fetchKey } from './supply/fetch.ts'
export { indicatorsOf, spendWeighted } from './supply/indicators.ts'
export { courseOf, NO_HELP, type OutageCourse } from './supply/outage.ts'
export type { Response, ResponseLine } from './supply/response.ts'
export type { Item, Register } from './supply/schema.ts'
export {
  fetchLine,
  namesOf,
  PHASE_NAMES,
  RESPONSE_NAMES,
  responseCost,
  responseDeed,
  responseGain,
  responseTime,
  secondLine,
  VERDICT_NAMES,
  WHY_NO_ROUTE,
} from './supply/words.ts'
