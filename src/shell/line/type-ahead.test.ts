import { describe, expect, it } from 'vitest'
import { TYPE_AHEAD_LIMIT, TypeAhead } from './type-ahead.ts'

function filled(...pieces: string[]): TypeAhead {
  const ahead = new TypeAhead()
  for (const piece of pieces) ahead.add(piece)
  return ahead
}

/** Reads at most `most` characters, and returns them. */
function taken(ahead: TypeAhead, most: number = Infinity): string {
  let got = ''
  ahead.feed({
    feed: (text, from) => {
      got = text.slice(from, from + most)
      return from + got.length
    },
  })
  return got
}

describe('type-ahead', () => {
  it('gives what was typed in the order in which it was typed, as far as each reader wants', () => {
    const ahead = filled('one', 'two')
    expect(taken(ahead, 2)).toBe('on')
    ahead.add('three')
    expect(ahead.length).toBe(9)
    expect(taken(ahead)).toBe('etwothree')
    expect(ahead.length).toBe(0)
  })

  it('is full at its limit, and trimmed to the first that was typed', () => {
    const ahead = filled('a'.repeat(TYPE_AHEAD_LIMIT - 1))
    expect(ahead.full).toBe(false)
    ahead.add('bc')
    expect(ahead.full).toBe(true)
    ahead.trim()
    expect(ahead.length).toBe(TYPE_AHEAD_LIMIT)
    let last = ''
    while (ahead.length > 0) last = taken(ahead)
    expect(last.slice(-2)).toBe('ab')
  })

  it('is read piece by piece, none of which cuts a character in two', () => {
    const text = `${'a'.repeat(1023)}😀${'b'.repeat(2000)}`
    const ahead = filled(text)
    const pieces: string[] = []
    while (ahead.length > 0) pieces.push(taken(ahead))
    expect(pieces.map(piece => piece.length)).toEqual([1023, 1024, 978])
    expect(pieces.join('')).toBe(text)
  })

  it('trims what is unread only', () => {
    const ahead = filled('a'.repeat(TYPE_AHEAD_LIMIT + 2))
    taken(ahead, 2)
    ahead.trim()
    expect(ahead.length).toBe(TYPE_AHEAD_LIMIT)
  })

  it('keeps the order of what comes when it is full, and trims all of that', () => {
    const ahead = filled('a'.repeat(TYPE_AHEAD_LIMIT), 'bc', 'de')
    expect(ahead.length).toBe(TYPE_AHEAD_LIMIT + 4)
    expect(taken(ahead, 3)).toBe('aaa')
    ahead.trim()
    expect(ahead.length).toBe(TYPE_AHEAD_LIMIT)
    ahead.add('x')
    let all = ''
    while (ahead.length > 0) all += taken(ahead)
    expect(all).toBe(`${'a'.repeat(TYPE_AHEAD_LIMIT - 3)}bcdx`)
  })

  it('finds an interrupt in what came when it was full, and before that', () => {
    for (const pieces of [
      ['a'.repeat(TYPE_AHEAD_LIMIT), 'b\x03', 'c'],
      [`\x03${'a'.repeat(TYPE_AHEAD_LIMIT)}`, 'b'],
    ]) {
      const ahead = filled(...pieces)
      expect(ahead.dropInterrupted('\x03')).toBe(true)
      expect(ahead.length).toBe(pieces.join('').length - pieces.join('').indexOf('\x03') - 1)
    }
  })

  it.each([
    ['ab\x03cd', true, 'cd'],
    ['ab\x03cd\x03', true, ''],
    ['abcd', false, 'abcd'],
  ])('drops of %j all up to the last interrupt: %s', (typed, dropped, left) => {
    const ahead = filled(typed)
    expect(ahead.dropInterrupted('\x03')).toBe(dropped)
    expect(taken(ahead)).toBe(left)
  })

  it('finds no interrupt in what has been read', () => {
    const ahead = filled('a\x03bc')
    taken(ahead, 3)
    expect(ahead.dropInterrupted('\x03')).toBe(false)
    expect(taken(ahead)).toBe('c')
  })
})
