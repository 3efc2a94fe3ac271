/** A thread takes 0.3 s to start: so many days are worth one, and few enough to be lost when it is stopped. */
export const BATCH_RUNS = 8
