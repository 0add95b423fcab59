import { describe, expect, it } from 'vitest'
import { encodeBytes, encodeCommand, encodeNegotiation, encodeSubnegotiation, encodeText } from './encoder.ts'
import { wire } from './wire.suite.ts'

describe('text for the wire', () => {
  it.each([
    ['plain', 'plain', 'plain'],
    ['one\ntwo\n', 'one\r\ntwo\r\n', 'one\r\ntwo\r\n'],
    ['one\r\ntwo', 'one\r\ntwo', 'one\r\ntwo'],
    ['50%\r60%', '50%\r\x0060%', '50%\r60%'],
    ['a\r\nb\rc\nd\r', 'a\r\nb\r\0c\r\nd\r\0', 'a\r\nb\rc\r\nd\r'],
    ['\r\r\n\n', '\r\0\r\n\r\n', '\r\r\n\r\n'],
  ])('%j becomes %j, in BINARY %j', (text, plain, binary) => {
    expect(encodeText(text, false)).toBe(plain)
    expect(encodeText(text, true)).toBe(binary)
  })
})

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
