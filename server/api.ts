/** The HTTP contract: schemas only, one file a part of it. The service serves it, the web imports it. Paths are under /api, but for /health. */
export {
  ComparisonSchema,
  IssueSchema,
  PlanFileSchema,
  PlanSchema,
  ProblemSchema,
  ShipmentExplanationSchema,
  SplitSchema,
} from '../solver/index.ts'
export * from './api/accounts.ts'
export * from './api/board.ts'
export { type ApiError, ErrorSchema, pageSchema } from './api/common.ts'
export * from './api/compare.ts'
export * from './api/complexes.ts'
export * from './api/dispatch.ts'
export * from './api/drive.ts'
export * from './api/editing.ts'
export * from './api/imports.ts'
export * from './api/jobs.ts'
export * from './api/live.ts'
export * from './api/measured.ts'
export * from './api/messages.ts'
export * from './api/orders.ts'
export * from './api/own.ts'
export * from './api/places.ts'
export * from './api/plans.ts'
export * from './api/service.ts'
export * from './api/settle.ts'
export * from './api/streets.ts'
export * from './api/study.ts'
export * from './api/webhooks.ts'
