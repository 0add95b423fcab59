import { describe, expect, it } from 'vitest'
import { cursorBack, cursorDown, cursorForward, cursorToColumn, cursorUp } from './sequences.ts'

describe('moves', () => {
  it('are nothing for none, and leave 1 out', () => {
    expect([cursorUp(0), cursorUp(1), cursorUp(12)]).toEqual(['', '\x1b[A', '\x1b[12A'])
    expect([cursorDown(2), cursorForward(3)]).toEqual(['\x1b[2B', '\x1b[3C'])
  })

  it('go back by backspaces where that is shorter', () => {
    expect([cursorBack(3), cursorBack(4)]).toEqual(['\b\b\b', '\x1b[4D'])
  })

  it.each([
    [5, 5, ''],
    [5, 7, '\x1b[2C'],
    [5, 4, '\b'],
    [50, 0, '\r'],
    [50, 20, '\x1b[30D'],
    [3, 1, '\b\b'],
  ])('from column %i to %i', (from, to, bytes) => {
    expect(cursorToColumn(from, to)).toBe(bytes)
  })
})
