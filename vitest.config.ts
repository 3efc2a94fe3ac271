import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// hundreds of processes and threads: without it each would compile the same files again
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'milkrun-test-compiled')

/** Two projects: `unit` needs nothing (and has a PostgreSQL server beside it where one can run), `e2e` needs the built page and drives a real browser. */
export default defineConfig({
  test: {
    // one core fewer would be half of them on a small machine
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**'],
          globalSetup: ['tests/server/blank.ts', 'tests/server/setup.ts'],
          setupFiles: 'tests/properties.ts',
          // see node24.mjs
          execArgv: ['--no-memory-protection-keys'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.test.ts'],
          globalSetup: 'tests/server/blank.ts',
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
