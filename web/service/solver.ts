/** What of the solver is large: the first view does without it, so it comes into the page by `import()` only. */
export { keepLocks, movedShipments, openEditor } from '../../solver/index.ts'
