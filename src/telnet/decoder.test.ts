import { describe, expect, it } from 'vitest'
import { Decoder, LONGEST_SUBNEGOTIATION_BYTES } from './decoder.ts'
import { hex, pieces, sizes, wire } from './wire.suite.ts'

const [SE, NOP, IP, SB, WILL, DO, IAC] = [240, 241, 244, 250, 251, 253, 255]
const NAWS = 31

/** Returns the decoded output, one string each; adjacent data are one. */
function decode(bytes: Uint8Array, size: number = bytes.length): string[] {
  const found: string[] = []
  const decoder = new Decoder({
    data: data =>
      void (found.at(-1)?.startsWith('data') ? found.push(found.pop() + hex(data)) : found.push(`data ${hex(data)}`)),
    command: code => void found.push(`command ${code}`),
    negotiation: (verb, option) => void found.push(`negotiation ${verb} ${option}`),
    subnegotiation: (option, payload) => void found.push(`subnegotiation ${option} ${hex(payload)}`),
  })
  for (const piece of pieces(bytes, size)) decoder.feed(piece)
  return found
}

const CASES: readonly (readonly [string, Uint8Array, readonly string[]])[] = [
  ['text is data', wire('help\r\n'), ['data 68656c700d0a']],
  ['a doubled IAC is the byte 255', wire('a', IAC, IAC, 'b'), ['data 61ff62']],
  ['many doubled IACs', wire(IAC, IAC, IAC, IAC, IAC, IAC), ['data ffffff']],
  ['a command stands between data', wire('a', IAC, IP, 'b'), ['data 61', 'command 244', 'data 62']],
  ['a negotiation', wire('a', IAC, DO, 1, 'b'), ['data 61', 'negotiation 253 1', 'data 62']],
  ['a negotiation about option 255', wire(IAC, DO, 255, 'b'), ['negotiation 253 255', 'data 62']],
  ['a subnegotiation', wire(IAC, SB, NAWS, 0, 80, 0, 24, IAC, SE, 'b'), ['subnegotiation 31 00500018', 'data 62']],
  [
    'a subnegotiation with a doubled IAC',
    wire(IAC, SB, NAWS, 0, IAC, IAC, 0, 24, IAC, SE),
    ['subnegotiation 31 00ff0018'],
  ],
  ['an empty subnegotiation', wire(IAC, SB, 5, IAC, SE), ['subnegotiation 5 ']],
  ['a payload that holds the code of SE', wire(IAC, SB, 5, SE, SB, IAC, SE), ['subnegotiation 5 f0fa']],
  ['an IAC without a command, as a Synch leaves it', wire('a', IAC, 'b'), ['data 6162']],
  ['a 255 that somebody forgot to double', wire(IAC, SB, NAWS, 0, IAC, 0, 24, IAC, SE), ['subnegotiation 31 00ff0018']],
  [
    'a subnegotiation without an end',
    wire(IAC, SB, 24, 0, 'x', IAC, WILL, NAWS, 'b'),
    ['negotiation 251 31', 'data 62'],
  ],
  ['a subnegotiation cut by a command', wire(IAC, SB, 24, 0, 'x', IAC, NOP, 'b'), ['command 241', 'data 62']],
  ['a subnegotiation cut by another', wire(IAC, SB, 24, 0, IAC, SB, 5, 1, IAC, SE), ['subnegotiation 5 01']],
  ['a stray end', wire('a', IAC, SE, 'b'), ['data 61', 'command 240', 'data 62']],
]

describe('the decoder', () => {
  it.each(CASES)('%s, at every split', (_, bytes, found) => {
    for (const size of sizes(bytes)) expect(decode(bytes, size), `in pieces of ${size}`).toEqual(found)
  })

  it('finds the same in all cases together, at every split', () => {
    const bytes = wire(...CASES.flatMap(([, bytes]) => [...bytes, ...wire('|')]))
    const whole = decode(bytes)
    expect(whole.length).toBeGreaterThan(CASES.length)
    for (const size of sizes(bytes)) expect(decode(bytes, size), `in pieces of ${size}`).toEqual(whole)
  })

  it('hands on a chunk without an IAC as it is', () => {
    const chunk = wire('help\r\n')
    let seen: Uint8Array | undefined
    new Decoder({ data: bytes => void (seen = bytes), command() {}, negotiation() {}, subnegotiation() {} }).feed(chunk)
    expect(seen).toBe(chunk)
  })

  it('keeps a subnegotiation of the longest size and ignores a longer one as a whole', () => {
    const longest = wire(IAC, SB, 24, ...Array<number>(LONGEST_SUBNEGOTIATION_BYTES).fill(7), IAC, SE, 'b')
    const longer = wire(IAC, SB, 24, ...Array<number>(LONGEST_SUBNEGOTIATION_BYTES + 1).fill(7), IAC, SE, 'b')
    for (const size of [1, 1000, 2000]) {
      expect(decode(longest, size)).toEqual([
        `subnegotiation 24 ${'07'.repeat(LONGEST_SUBNEGOTIATION_BYTES)}`,
        'data 62',
      ])
      expect(decode(longer, size)).toEqual(['data 62'])
    }
  })

  it('skips 10 MB of subnegotiation, doubled IACs and all, and goes on after it', () => {
    const bytes = new Uint8Array(10 << 20).fill(7)
    bytes.set(wire(IAC, SB, 24))
    bytes.fill(IAC, 5000, 9000)
    bytes.set(wire(IAC, SE, 'b'), bytes.length - 3)
    expect(decode(bytes, 65_536)).toEqual(['data 62'])
  })
})
