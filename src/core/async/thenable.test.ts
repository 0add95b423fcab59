import { describe, expect, it } from 'vitest'
import { allOf, andThen, attempt, firstOf, isThenable } from './thenable.ts'

const later = <T>(value: T): Promise<T> => Promise.resolve(value)
const withThen = (then: unknown): PromiseLike<number> => {
  const object = {}
  Reflect.set(object, 'then', then)
  return object as PromiseLike<number>
}
const broken = new Error('broken')
const thrown = (): never => {
  throw broken
}

describe('what may come later', () => {
  it('is told by its method `then`', () => {
    expect([Promise.resolve(), withThen(() => {})].map(isThenable)).toEqual([true, true])
    expect([undefined, null, 'then', withThen(1), () => {}].map(isThenable)).toEqual(Array(5).fill(false))
  })

  it('is gone on with at once where it is there', () => {
    expect(andThen(1, value => value + 1)).toBe(2)
    expect(() => andThen(1, thrown)).toThrow(broken)
  })

  it('is gone on with when it comes, and rejects with what is thrown then', async () => {
    const sum = andThen(later(1), value => value + 1)
    expect(sum).toBeInstanceOf(Promise)
    expect(await sum).toBe(2)
    await expect(andThen(later(1), thrown)).rejects.toBe(broken)
    await expect(andThen(Promise.reject(broken), () => 'never')).rejects.toBe(broken)
    expect(
      await andThen(
        withThen((resolve: (value: number) => void) => resolve(1)),
        String,
      ),
    ).toBe('1')
  })
})

describe('an attempt', () => {
  it('returns what it has, at once or later, and asks for nothing else', async () => {
    expect(attempt(() => 1, thrown)).toBe(1)
    expect(await attempt(() => later(1), thrown)).toBe(1)
  })

  it.each<[string, () => number | Promise<number>]>([
    ['throws', thrown],
    ['rejects', () => Promise.reject(broken)],
  ])('that %s is what `failed` makes of it', async (_, run) => {
    expect(await attempt<unknown>(run, error => error)).toBe(broken)
    expect(await attempt(run, () => later(2))).toBe(2)
  })

  it('that throws at once fails at once', () => {
    expect(attempt<unknown>(thrown, error => error)).toBe(broken)
    expect(() =>
      attempt(thrown, () => {
        throw new Error('again')
      }),
    ).toThrow('again')
  })
})

describe('the first result', () => {
  const steps = (kinds: readonly (number | undefined | Promise<number | undefined>)[]) => {
    const begun: number[] = []
    const found = firstOf([...kinds.keys()], i => (begun.push(i), kinds[i]))
    return { begun, found }
  }

  it('is found at once where all steps before it are', () => {
    expect(steps([undefined, 0, 1])).toEqual({ begun: [0, 1], found: 0 })
    expect(steps([undefined, undefined])).toEqual({ begun: [0, 1], found: undefined })
    expect(steps([])).toEqual({ begun: [], found: undefined })
  })

  it('waits for a step that takes its time, and begins none behind it meanwhile', async () => {
    const { begun, found } = steps([undefined, later(undefined), 2, 3])
    expect(begun).toEqual([0, 1])
    expect(await found).toBe(2)
    expect(begun).toEqual([0, 1, 2])
    expect(await steps([later(undefined), later(undefined)]).found).toBeUndefined()
  })

  it('is not there where a step throws or rejects: no step is begun behind it', async () => {
    const begun: number[] = []
    const fail = (how: () => Promise<never>) => firstOf([0, 1], i => (begun.push(i), how()))
    expect(() => fail(thrown)).toThrow(broken)
    await expect(fail(() => Promise.reject(broken))).rejects.toBe(broken)
    await expect(firstOf([later(undefined), 1], each => (each === 1 ? thrown() : each))).rejects.toBe(broken)
    expect(begun).toEqual([0, 0])
  })
})

describe('all of several', () => {
  it('are there at once, or together, in their order', async () => {
    expect(allOf([1, 2])).toEqual([1, 2])
    const all = allOf([1, later(2), 3])
    expect(all).toBeInstanceOf(Promise)
    expect(await all).toEqual([1, 2, 3])
  })
})
