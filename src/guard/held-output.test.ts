import { describe, expect, it } from 'vitest'
import type { Connection } from '../core/connection.ts'
import { MemoryConnection } from '../testing/memory-connection.ts'
import { HeldOutput, PART_CHARS } from './held-output.ts'

/** A peer whose system accepts `room` characters before it stalls. */
function peerWith(room: number) {
  const peer = new MemoryConnection()
  const parts: string[] = []
  peer.onWrite = text => {
    parts.push(text)
    if (peer.output.length >= room) peer.stall()
  }
  return { peer, parts, held: new HeldOutput(peer) }
}

describe('held output', () => {
  it.each([1, PART_CHARS - 1, PART_CHARS, PART_CHARS + 1, 2 * PART_CHARS, 3 * PART_CHARS + 5])(
    'hands on %i characters, none of them twice',
    length => {
      const text = Array.from({ length }, (_, at) => String.fromCodePoint(97 + (at % 26))).join('')
      const { peer, parts, held } = peerWith(Infinity)
      expect(held.add(text, 'stdout', false)).toBe(true)
      expect(peer.output === text).toBe(true)
      expect(parts.map(part => part.length)).toEqual(
        Array.from({ length: Math.ceil(length / PART_CHARS) }, (_, at) =>
          Math.min(PART_CHARS, length - at * PART_CHARS),
        ),
      )
      expect([held.empty, held.size]).toEqual([true, 0])
    },
  )

  it.each([
    ['a character beyond U+FFFF', '🙂'],
    ['a CR LF', '\r\n'],
  ])('cuts %s nowhere', (_, pair) => {
    for (const before of [PART_CHARS - 2, PART_CHARS - 1, PART_CHARS]) {
      const { parts, held } = peerWith(Infinity)
      held.add('x'.repeat(before) + pair.repeat(3), 'stdout', false)
      expect(parts.filter(part => part.includes(pair[0]!) !== part.includes(pair[1]!))).toEqual([])
      expect(parts.join('').length).toBe(before + 6)
    }
  })

  it('gives a stalled peer one part more than its system takes, and the rest as it reads', async () => {
    const { peer, held } = peerWith(100)
    expect(held.add('y'.repeat(5 * PART_CHARS), undefined, false)).toBe(false)
    expect(peer.output.length).toBe(PART_CHARS)
    expect(held.size).toBe(4 * PART_CHARS)
    for (let part = 2; part <= 5; part += 1) {
      peer.flow()
      await Promise.resolve()
      await Promise.resolve()
      expect(peer.output.length).toBe(part * PART_CHARS)
    }
    expect(held.empty).toBe(true)
  })

  it('keeps no empty pieces', async () => {
    const { peer, parts, held } = peerWith(100)
    held.add('y'.repeat(PART_CHARS + 1), undefined, false)
    for (let times = 0; times < 3; times++) expect(held.add('', undefined, true)).toBe(false)
    peer.flow()
    await Promise.resolve()
    await Promise.resolve()
    expect(parts.map(part => part.length)).toEqual([PART_CHARS, 1])
    expect(held.empty).toBe(true)
  })

  it('keeps the order of text, bytes and what is to be done after them', async () => {
    const { peer, held } = peerWith(1)
    const drained: string[] = []
    held.add('one ', 'stdout', false)
    held.add('two ', 'stderr', true)
    held.add(Buffer.from('three '), 'stdout', false)
    held.after(() => peer.write('done'))
    void held.drained().then(() => drained.push(peer.output))
    expect(peer.output).toBe('one ')
    expect([held.size, held.counted]).toEqual([10, 4])
    peer.onWrite = () => {}
    peer.flow()
    await new Promise(resolve => setImmediate(resolve))
    expect(peer.output).toBe('one two three done')
    expect(peer.errors).toBe('two ')
    expect(drained).toEqual(['one two three done'])
    expect([held.size, held.counted]).toEqual([0, 0])
  })

  it('lets nobody wait for what is thrown away', async () => {
    const { peer, held } = peerWith(1)
    held.add('one', 'stdout', false)
    held.add('two', 'stdout', false)
    const drained = held.drained()
    held.clear()
    await drained
    peer.flow()
    await Promise.resolve()
    expect(peer.output).toBe('one')
  })

  it('fits a connection that is closed meanwhile', () => {
    const peer: Connection = new MemoryConnection()
    const held = new HeldOutput(peer)
    peer.abort('gone')
    expect(held.add('x'.repeat(3 * PART_CHARS), 'stdout', false)).toBe(true)
    expect(held.empty).toBe(true)
  })
})
