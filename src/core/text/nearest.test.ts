import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, distance, nearest } from './nearest.ts'

/** Returns the cost of the last letters, and the rest: each way tried. */
function byDefinition(from: string, to: string): number {
  if (from === '' || to === '') return from.length + to.length
  const [a, b] = [from.slice(0, -1), to.slice(0, -1)]
  const ways = [
    byDefinition(a, to) + 1,
    byDefinition(from, b) + 1,
    byDefinition(a, b) + Number(from.at(-1) !== to.at(-1)),
  ]
  if (from.length > 1 && to.length > 1 && from.at(-1) === to.at(-2) && from.at(-2) === to.at(-1))
    ways.push(byDefinition(from.slice(0, -2), to.slice(0, -2)) + 1)
  return Math.min(...ways)
}

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['timer', 'timer', 0],
    ['timr', 'timer', 1],
    ['tiemr', 'timer', 1],
    ['toomer', 'timer', 2],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
  ])('from %j to %j is %i', (from, to, away) => {
    expect(distance(from, to)).toBe(away)
  })

  it('is the same both ways, at most the longer length, and 0 only for equals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
        const away = distance(one, other)
        expect(distance(other, one)).toBe(away)
        expect(away).toBeLessThanOrEqual(Math.max(one.length, other.length))
        expect(away === 0).toBe(one === other)
      }),
    )
  })

  it('is that of its definition, bounded or not, whatever the letters', () => {
    const word = fc.string({ maxLength: 7, unit: fc.constantFrom('a', 'b', 'A', '!', '\u{1f600}') })
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 5 }), (one, other, bound) => {
        expect(distance(one, other)).toBe(byDefinition(one, other))
        expect(distance(one, other, bound)).toBe(Math.min(byDefinition(one, other), bound))
      }),
    )
  })

  it('is never more than the bound, and exact below it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 9, unit: 'binary' }),
        fc.string({ maxLength: 9, unit: 'binary' }),
        fc.integer({ min: 1, max: 5 }),
        (one, other, bound) => {
          expect(distance(one, other, bound)).toBe(Math.min(distance(one, other), bound))
        },
      ),
    )
  })
})

describe('the nearest name', () => {
  const names = ['timer', 'echo', 'exit', 'history', 'ls']

  it.each([
    ['tmier', 'timer'],
    ['TIMR', 'timer'],
    ['histroy', 'history'],
    ['sl', 'ls'],
    ['exho', 'echo'],
  ])('to %j is %j', (word, name) => {
    expect(nearest(word, names)).toBe(name)
  })

  it('is none where all are far, for a single letter, and for a word that no one mistypes', () => {
    expect(nearest('passwd', names)).toBeUndefined()
    expect(nearest('nope', ['copy', 'info'])).toBeUndefined()
    expect(nearest('x', names)).toBeUndefined()
    expect(nearest('timer'.repeat(20), ['timer'.repeat(20)])).toBeUndefined()
  })

  it('is the first of equals', () => {
    expect(nearest('cat', ['bat', 'hat', 'car'])).toBe('bat')
  })

  it('ends a sentence', () => {
    expect(didYouMean('tmier', names)).toBe(". Did you mean 'timer'?")
    expect(didYouMean('zzz', names)).toBe('')
  })
})
