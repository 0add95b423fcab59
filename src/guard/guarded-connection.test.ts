import { describe, expect, it } from 'vitest'
import { settled } from '../testing/manual-clock.ts'
import { MemoryConnection } from '../testing/memory-connection.ts'
import { GuardedConnection } from './guarded-connection.ts'
import { PART_CHARS } from './held-output.ts'

function guardedWith(most: number) {
  const inner = new MemoryConnection()
  const told: string[] = []
  const events: string[] = []
  const guarded = new GuardedConnection(inner, most, {
    onInput: () => told.push('typed'),
    onBackPressure: () => told.push('behind'),
    onLinger: () => told.push('lingers'),
  })
  guarded.start({
    text: text => events.push(text),
    event: event => events.push(event.type === 'closed' ? event.reason : event.type),
  })
  return { inner, guarded, told, events }
}

describe('a guarded connection', () => {
  it('passes on what comes and goes, and says when the user does something', () => {
    const { inner, guarded, told, events } = guardedWith(10)
    expect(guarded.write('out')).toBe(true)
    inner.text('in')
    inner.event({ type: 'interrupt' })
    inner.change({ columns: 100 })
    expect(events).toEqual(['in', 'interrupt', 'terminal'])
    expect(told).toEqual(['typed', 'typed'])
    expect(inner.output).toBe('out')
  })

  it('holds for a stalled peer as much as the limit says; what is more ends it', () => {
    for (const [length, reason] of [
      [9, undefined],
      [10, undefined],
      [11, 'output limit'],
    ] as const) {
      const { inner, guarded, events, told } = guardedWith(10)
      inner.stall()
      guarded.write('x')
      expect(told).toEqual(['behind'])
      for (let i = 1; i < length; i++) guarded.write('x')
      expect(events[0]).toBe(reason)
      expect(inner.output.length).toBe(Math.min(length, 10))
    }
  })

  it('has no room from when it is cut off until it is closed, which may be in a later turn', async () => {
    const { inner, guarded } = guardedWith(10)
    inner.abort = () => {}
    inner.stall()
    guarded.write('x'.repeat(10))
    expect(guarded.write('too much')).toBe(false)
    inner.flow()
    expect([guarded.needsDrain, guarded.write('x'), guarded.writeBytes(new Uint8Array(1))]).toEqual([
      true,
      false,
      false,
    ])
    let drained = false
    void guarded.drained().then(() => (drained = true))
    await settled()
    expect(drained).toBe(false)
    inner.event({ type: 'closed', reason: 'output limit' })
    await settled()
    expect([drained, guarded.write('x'), guarded.needsDrain]).toEqual([true, true, false])
  })

  it('needs to drain while the peer does, and while a part of a long piece waits', async () => {
    const { inner, guarded } = guardedWith(PART_CHARS + 1000)
    expect(guarded.needsDrain).toBe(false)
    inner.stall()
    expect(guarded.needsDrain).toBe(true)
    inner.flow()
    inner.onWrite = () => inner.stall()
    guarded.write('z'.repeat(2 * PART_CHARS))
    inner.flow()
    expect([inner.needsDrain, guarded.needsDrain]).toEqual([false, true])
    inner.onWrite = () => {}
    await settled()
    expect(guarded.needsDrain).toBe(false)
  })

  it('passes on what is written when it is closed: a terminal of this process still takes it', () => {
    const inner = new MemoryConnection()
    const passed: string[] = []
    inner.write = text => passed.push(text) > 0
    const guarded = new GuardedConnection(inner, 10, { onInput() {}, onBackPressure() {}, onLinger() {} })
    guarded.start({ text() {}, event: () => void guarded.write('the end') })
    inner.event({ type: 'closed', reason: 'exit' })
    expect(passed).toEqual(['the end'])
  })

  it('takes one piece that is longer by itself from whoever has waited', () => {
    const { inner, guarded, events } = guardedWith(10)
    inner.stall()
    guarded.write('x')
    inner.flow()
    expect(guarded.write('y'.repeat(100))).toBe(true)
    expect(events).toEqual([])
  })

  describe.each([
    ['text', 'z'.repeat(20 * PART_CHARS)],
    ['bytes', new Uint8Array(20 * PART_CHARS).fill(122)],
  ])('takes one long piece of %s while there is room', (_, piece) => {
    const write = (guarded: GuardedConnection, content: string | Uint8Array) =>
      typeof content === 'string' ? guarded.write(content) : guarded.writeBytes(content)

    function stalled() {
      const parts = guardedWith(PART_CHARS + 1000)
      parts.inner.onWrite = () => parts.inner.stall()
      expect(write(parts.guarded, piece)).toBe(false)
      return parts
    }

    it('and hands a part on, whoever reads it', () => {
      const { inner, guarded, told, events } = stalled()
      expect(inner.output.length).toBe(PART_CHARS)
      expect(guarded.queued).toBe(20 * PART_CHARS)
      expect(guarded.output).toEqual({ queued: 20 * PART_CHARS, written: 20 * PART_CHARS })
      expect(told).toEqual(['behind'])
      expect(events).toEqual([])
    })

    it('and not a second one', () => {
      const { inner, guarded, events } = stalled()
      write(guarded, piece)
      expect(events).toEqual(['output limit'])
      inner.flow()
      expect(inner.output.length).toBe(PART_CHARS)
    })

    it('with what follows it in its order, the end of the session last', async () => {
      const { inner, guarded, told } = stalled()
      guarded.hideInput(true)
      guarded.write('and more')
      guarded.end({ reason: 'exit' })
      expect([inner.hidden, inner.ended, told.at(-1)]).toEqual([false, undefined, 'lingers'])
      const drained = guarded.drained()
      inner.onWrite = () => {}
      inner.flow()
      await drained
      expect(inner.output.length).toBe(20 * PART_CHARS + 'and more'.length)
      expect(inner.output.endsWith('zzand more')).toBe(true)
      expect([inner.hidden, inner.ended?.reason]).toEqual([true, 'exit'])
    })
  })

  it.each([
    [999, undefined],
    [1000, undefined],
    [1001, 'output limit'],
  ])('lets %i characters wait behind a long piece where 1000 may', (length, reason) => {
    const { inner, guarded, events } = guardedWith(PART_CHARS + 1000)
    inner.onWrite = () => inner.stall()
    guarded.write('z'.repeat(20 * PART_CHARS))
    for (let at = 0; at < length; at += 1) guarded.write('x')
    expect(events[0]).toBe(reason)
  })

  it('counts bytes as it counts text', () => {
    const { inner, guarded, events } = guardedWith(4)
    inner.stall()
    guarded.writeBytes(new Uint8Array(4))
    guarded.writeBytes(new Uint8Array(1))
    expect(events).toEqual(['output limit'])
  })

  it('tells that the peer is behind when somebody waits for it, whatever was written', () => {
    const { inner, guarded, told } = guardedWith(100)
    void guarded.drained()
    expect(told).toEqual([])
    inner.stall()
    void guarded.drained()
    void guarded.drained()
    expect(told).toEqual(['behind'])
  })

  it('tells of each time that the peer falls behind, once', () => {
    const { inner, guarded, told } = guardedWith(100)
    inner.stall()
    guarded.write('a')
    guarded.write('b')
    inner.flow()
    guarded.write('c')
    inner.stall()
    guarded.write('d')
    expect(told).toEqual(['behind', 'behind'])
    expect(guarded.output.written).toBe(4)
  })
})
