import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keepBytes, unpooledCopy } from './kept-bytes.ts'

describe('bytes that are kept', () => {
  it('are moved out of the pool that others share', () => {
    const pooled = Buffer.from('a few bytes')
    const holder = { _tag: pooled, other: 'text' }
    expect(pooled.buffer.byteLength).toBe(Buffer.poolSize)
    keepBytes(holder)
    expect(holder).toEqual({ _tag: pooled, other: 'text' })
    expect(holder._tag.buffer.byteLength).toBe(pooled.length)
  })

  it('stay where they are if nobody shares them', () => {
    const own = unpooledCopy(Buffer.from('own'))
    const holder = { _encIV: own }
    keepBytes(holder)
    expect(holder._encIV).toBe(own)
  })

  it.each(['_encKey', '_decipherKey', '_encKeyMain', '_encKeyPktLen', '_decKeyMain', '_decKeyPktLen', '_macKey'])(
    'are a key where they are used as one: %s',
    name => {
      const bytes = randomBytes(32)
      const holder: Record<string, unknown> = { [name]: bytes }
      keepBytes(holder)
      expect(createSecretKey(bytes).equals(holder[name] as ReturnType<typeof createSecretKey>)).toBe(true)
    },
  )
})
