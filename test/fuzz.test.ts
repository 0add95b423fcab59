import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.suite.ts'
import { TARGETS, targetOf } from './fuzz-targets.suite.ts'

/** For all targets together. `npm run fuzz` gives 600. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? (process.env['CI'] === 'true' ? 20 : 5))
/** Another one each time, unless a finding is looked for again. What is found becomes a case in the tests of what was broken. */
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 32)

describe(`spoilt input (FUZZ_SEED=${SEED})`, () => {
  it.each(TARGETS.map(target => target.name))(
    'breaks nothing: %s',
    { timeout: SECONDS * 2000 + 10_000 },
    async name => {
      const { inputs, bytes } = await fuzz(targetOf(name), (SECONDS * 1000) / TARGETS.length, SEED)
      if (process.env['FUZZ_SECONDS'] !== undefined) console.log(`fuzz: ${name}: ${inputs} inputs, ${bytes} bytes`)
      expect(inputs).toBeGreaterThan(0)
    },
  )
})
