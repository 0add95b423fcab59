import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // No test shares a global with another; without isolation the run is five times as fast.
    isolate: false,
    pool: 'threads',
  },
})
