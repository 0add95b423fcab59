import { describe, expect, it } from 'vitest'
import { durationOf } from './duration.ts'

describe('a duration that a caller gives', () => {
  it.each([0, 0.5, 1000, 2 ** 31, 2 ** 53, Infinity])('can be %d', ms => {
    expect(durationOf('timeout', ms)).toBe(ms)
  })

  it.each<[unknown, string]>([
    [-1, '-1'],
    [-Infinity, '-Infinity'],
    [Number.NaN, 'NaN'],
    ['5', "'5'"],
    [null, 'null'],
    [{}, 'an object'],
  ])('cannot be %j, which is said in a sentence', (given, shown) => {
    const sentence = `The option timeout cannot be ${shown}: it is a number of milliseconds, 0 or more.`
    expect(() => durationOf('timeout', given)).toThrow(sentence)
  })

  it('has a least', () => {
    expect(durationOf('at', -5, -Infinity)).toBe(-5)
    expect(() => durationOf('wait', 0.5, 1)).toThrow('a number of milliseconds, 1 or more.')
    expect(() => durationOf('at', Number.NaN, -Infinity)).toThrow('a number of milliseconds.')
  })
})
