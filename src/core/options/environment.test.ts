import { describe, expect, it } from 'vitest'
import { variableNames } from './environment.ts'

describe('names of variables', () => {
  it.each(['LANG', 'LC_ALL', 'LC_', 'COLORTERM', 'TERM_PROGRAM'])('%s is taken by default', name => {
    expect(variableNames().test(name)).toBe(true)
  })

  it.each(['', 'LD_PRELOAD', 'PATH', 'USER', 'XLANG', 'LANGUAGE', 'lang', 'LC_ALL\n', 'LC_A-B', '__proto__'])(
    '%j is not',
    name => {
      expect(variableNames().test(name)).toBe(false)
    },
  )

  it('are those that are given, and nothing of them acts as an expression', () => {
    expect(['USER', 'PATH', 'X', ''].map(name => variableNames(['US*', '.*|X', ')']).test(name))).toEqual([
      true,
      false,
      true,
      false,
    ])
    expect(['', 'LANG'].map(name => variableNames([]).test(name))).toEqual([false, false])
  })
})
