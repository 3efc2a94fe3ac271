/**
 * A worker of vitest goes from file to file and keeps what it has loaded, so hooks of a helper would belong to the first file that loads it.
 * Helpers that keep something open say here how it is let go after each test of any file; eachFile.ts does so.
 */
export const lettingGo: (() => Promise<void>)[] = []
