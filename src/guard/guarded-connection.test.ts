import { describe, expect, it } from 'vitest'
import { MemoryConnection } from '../testing/memory-connection.ts'
import { GuardedConnection } from './guarded-connection.ts'

function guardedWith(most: number) {
  const inner = new MemoryConnection()
  const told: string[] = []
  const events: string[] = []
  const guarded = new GuardedConnection(inner, most, {
    typed: () => told.push('typed'),
    fellBehind: () => told.push('behind'),
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

  it('takes one piece that is longer by itself from whoever has waited', () => {
    const { inner, guarded, events } = guardedWith(10)
    inner.stall()
    guarded.write('x')
    inner.flow()
    expect(guarded.write('y'.repeat(100))).toBe(true)
    expect(events).toEqual([])
  })

  it('counts bytes as it counts text', () => {
    const { inner, guarded, events } = guardedWith(4)
    inner.stall()
    guarded.writeBytes(new Uint8Array(4))
    guarded.writeBytes(new Uint8Array(1))
    expect(events).toEqual(['output limit'])
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
    expect(guarded.standing.written).toBe(4)
  })
})
