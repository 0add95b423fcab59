/** Spoils recorded and well-formed input for ten minutes, or for as many seconds as are given, and reads it: `npm run fuzz -- 60`. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/fuzz.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SECONDS: process.argv[2] ?? '600' },
})
process.exitCode = status ?? 1
