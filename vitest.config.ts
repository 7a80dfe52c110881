/** Units beside the code of packages and of apps, the house rules, and the journeys in a real browser. */
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

const conditions = ['cairn-source', ...defaultServerConditions]
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } }

// Processes that tests start read each module once (see scripts/serve.mjs).
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/compiled')

// Some of the time goes by waiting for processes and databases.
const maxWorkers = availableParallelism() + 1

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'units',
          include: ['packages/*/src/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers,
          // Packages keep nothing between calls, so that files share what they loaded: two fifths of the time.
          isolate: false,
        },
      },
      {
        ...source,
        test: {
          name: 'apps',
          include: ['apps/*/src/**/*.test.ts', 'test/{interop,chaos,fuzz}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers,
        },
      },
      { ...source, test: { name: 'house', include: ['test/*.test.ts'], testTimeout: 30_000 } },
      {
        ...source,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each has a server and a browser of its own, and waits for both.
          maxWorkers: 2,
        },
      },
    ],
  },
})
