/** Milliseconds on a clock that never jumps and that all threads of this process share. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6
