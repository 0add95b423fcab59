import { describe, expect, it } from 'vitest'
import { chooseAlgorithms, chooseAvailable, KNOWN } from './algorithms.ts'
import { HYBRID } from './hybrid.ts'
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts'
import { isInRuntime } from './runtime.ts'

describe('what the runtime has', () => {
  const names = [...Object.values(KNOWN).flat(), ...SIGNATURE_ALGORITHMS].filter(name => name !== HYBRID)

  it.each([...new Set(names)])('is, on Node, %s', name => {
    expect(isInRuntime(name)).toBe(true)
  })

  it('is nothing that nobody knows', () => {
    expect(isInRuntime('des-cbc')).toBe(false)
  })
})

describe('where the runtime has less', () => {
  const without =
    (...missing: string[]) =>
    (name: string) =>
      !missing.includes(name)

  it('only what it has is offered, and the rest is named', () => {
    const chacha = 'chacha20-poly1305@openssh.com'
    const { algorithms, missing } = chooseAvailable(chooseAlgorithms(), without(chacha, HYBRID))
    expect(algorithms.cipher).toEqual(['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr'])
    expect(algorithms.keyExchange).not.toContain(HYBRID)
    expect(missing).toEqual([HYBRID, chacha])
  })

  it('a list of which nothing is left is refused at start', () => {
    const chosen = chooseAlgorithms({ keyExchange: [HYBRID] })
    expect(() => chooseAvailable(chosen, without(HYBRID))).toThrow(
      `The option algorithms.keyExchange cannot be ${HYBRID}: this runtime has none of them; leave the option out for what it has.`,
    )
  })
})
