import { describe, expect, it } from 'vitest'
import { AnswerbackError } from './errors.ts'
import { exitStatus } from './exit-status.ts'
import { Failure } from './failure.ts'

describe('an exit status', () => {
  it.each([
    [0, 0],
    [1, 1],
    [255, 255],
    [256, 255],
    [404, 255],
    [2 ** 32, 255],
    [-1, 255],
    [1.5, 255],
    [Infinity, 255],
    [NaN, 255],
  ])('%d is %d', (given, status) => {
    expect(exitStatus(given)).toBe(status)
  })

  it.each([
    [0, 255],
    [1, 1],
    [7, 7],
    [255, 255],
    [256, 255],
    [404, 255],
    [2 ** 32, 255],
  ])('of a failure is never success: %d is %d', (given, status) => {
    expect(new Failure('no', { status: given }).status).toBe(status)
  })

  it.each([
    ['2', "'2'"],
    [null, 'null'],
    [{}, 'an object'],
    [true, 'true'],
    [2n, '2'],
  ])('that is no number is a mistake of the caller: %s', (given, shown) => {
    expect(() => exitStatus(given as number)).toThrow(AnswerbackError)
    expect(() => exitStatus(given as number)).toThrow(
      `The option status cannot be ${shown}: it is a number from 0 to 255.`,
    )
  })
})
