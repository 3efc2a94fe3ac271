/** The only door of the solver. */
export * from './issues.ts'
export * from './plan.ts'
export * from './problem.ts'
