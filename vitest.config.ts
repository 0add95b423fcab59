import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }

/** The package by its own name, as the examples import it; of the sources, so that tests need no build. */
const aliases = Object.entries(manifest.exports).flatMap(([path, target]) => {
  if (typeof target === 'string') return []
  const source = target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')
  return {
    find: new RegExp(`^answerback${path.slice(1)}$`),
    replacement: fileURLToPath(new URL(source, import.meta.url)),
  }
})

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // No test shares a global with another; without isolation the run is five times as fast.
    isolate: false,
    pool: 'threads',
    // For tests that hang. How fast anything is, is measured elsewhere: a machine that is busy must make no test fail.
    testTimeout: 30_000,
  },
})
