import { describe, expect, it } from 'vitest'
import { encodeBytes, encodeCommand, encodeNegotiation, encodeSubnegotiation } from './encoder.ts'
import { wire } from './wire.suite.ts'

describe('bytes for the wire', () => {
  it.each([
    [wire('a', 255, 'b'), wire('a', 255, 255, 'b')],
    [wire(255), wire(255, 255)],
    [wire(255, 255, 0), wire(255, 255, 255, 255, 0)],
    [wire('a\r\n\0', 255), wire('a\r\n\0', 255, 255)],
  ])('%j: IAC is doubled and nothing else is touched', (bytes, encoded) => expect(encodeBytes(bytes)).toEqual(encoded))

  it('are the same array when there is nothing to double', () => {
    const bytes = wire('plain')
    expect(encodeBytes(bytes)).toBe(bytes)
  })

  it('of the protocol', () => {
    expect(encodeCommand(249)).toEqual(wire(255, 249))
    expect(encodeNegotiation(251, 1)).toEqual(wire(255, 251, 1))
    expect(encodeSubnegotiation(31, wire(0, 255))).toEqual(wire(255, 250, 31, 0, 255, 255, 255, 240))
  })
})
