import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { readPtyModes } from './pty-modes.ts'
import { WireWriter } from '../protocol/wire.ts'

function modes(...pairs: readonly (readonly [opcode: number, value: number])[]): Buffer {
  const writer = new WireWriter()
  for (const [opcode, value] of pairs) writer.byte(opcode).uint32(value)
  return writer.byte(0).bytes()
}

describe('the modes of a terminal (RFC 4254 section 8)', () => {
  it('name the character that interrupts, and nothing else', () => {
    const all = modes([1, 3], [2, 28], [3, 0x7f], [4, 0x15], [5, 4], [13, 0x17], [53, 1], [128, 38_400])
    expect(readPtyModes(all)).toEqual({ interrupt: '\x03' })
  })

  it('leave out a character that is switched off, or is none', () => {
    for (const value of [255, 0, 200, 0x12345678]) expect(readPtyModes(modes([1, value]))).toEqual({})
  })

  it('end at 0, and at the first opcode whose argument nobody knows', () => {
    expect(readPtyModes(Buffer.concat([modes([1, 8]), modes([1, 21])]))).toEqual({ interrupt: '\b' })
    expect(readPtyModes(modes([160, 1], [1, 8]))).toEqual({})
  })

  it('are read as far as they go where they are cut short', () => {
    const whole = modes([1, 8], [4, 21])
    for (let length = 0; length < 5; length += 1) expect(readPtyModes(whole.subarray(0, length))).toEqual({})
    for (let length = 5; length < 10; length += 1)
      expect(readPtyModes(whole.subarray(0, length))).toEqual({ interrupt: '\b' })
  })

  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(readPtyModes(bytes)).toBeTypeOf('object')
      }),
    )
  })
})
