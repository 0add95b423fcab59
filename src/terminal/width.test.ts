import { Unicode11Addon } from '@xterm/addon-unicode11'
import type { IUnicodeVersionProvider } from '@xterm/headless'
import { describe, expect, it } from 'vitest'
import { widthOf, widthOfCodePoint } from './width.ts'

describe('widthOf', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['ﾆ', 1],
    ['ｗ', 2],
    ['😀', 2],
    ['👩‍👩‍👧', 6],
    ['❤️', 1],
    ['🇩🇪', 2],
    ['\u200b', 0],
    ['a\tb\x7f', 2],
    ['\xad', 1],
    ['한', 2],
    ['한', 2],
  ])('of %j is %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width)
  })
})

/** The widths of @xterm/headless with the Unicode 11 addon. */
function unicode11(): IUnicodeVersionProvider {
  let provider: IUnicodeVersionProvider | undefined
  const register = (version: IUnicodeVersionProvider): void => void (provider = version)
  new Unicode11Addon().activate(Object.assign(Object.create(null), { unicode: { register } }))
  return provider!
}

/**
 * Assigned after Unicode 11, or reserved for wide characters since. xterm treats them as narrow,
 * newer terminals as wide.
 */
const LATER_THAN_UNICODE_11 = [
  [0x0890, 0x089f, 0],
  [0x08ca, 0x08d2, 0],
  [0x0b55, 0x0b55, 0],
  [0x0c3c, 0x0c3c, 0],
  [0x0d81, 0x0d81, 0],
  [0x0ece, 0x0ece, 0],
  [0x180f, 0x180f, 0],
  [0x1abf, 0x1aeb, 0],
  [0x1dfa, 0x1dfa, 0],
  [0x2ffc, 0x2fff, 2],
  [0x31bb, 0x31bf, 2],
  [0x31e4, 0x31ef, 2],
  [0xa82c, 0xa82c, 0],
  [0x10d69, 0x10d6d, 0],
  [0x10eab, 0x10eac, 0],
  [0x10efa, 0x10eff, 0],
  [0x10f82, 0x10f85, 0],
  [0x11070, 0x11074, 0],
  [0x110c2, 0x110c2, 0],
  [0x111cf, 0x111cf, 0],
  [0x11241, 0x11241, 0],
  [0x113bb, 0x113e2, 0],
  [0x1193b, 0x11943, 0],
  [0x11b60, 0x11b66, 0],
  [0x11f00, 0x11f5a, 0],
  [0x13439, 0x13455, 0],
  [0x1611e, 0x1612f, 0],
  [0x16fe4, 0x16fe4, 0],
  [0x16ff0, 0x16ff6, 2],
  [0x187f8, 0x187ff, 2],
  [0x18af3, 0x191d2, 2],
  [0x1aff0, 0x1affe, 2],
  [0x1b11f, 0x1b168, 2],
  [0x1cf00, 0x1cf46, 0],
  [0x1e08f, 0x1e6f5, 0],
  [0x1f1ae, 0x1f1ae, 2],
  [0x1f6d6, 0x1f6df, 2],
  [0x1f6fb, 0x1f6fc, 2],
  [0x1f7da, 0x1f7f0, 2],
  [0x1f90c, 0x1f90c, 2],
  [0x1f972, 0x1f979, 2],
  [0x1f9a3, 0x1f9cc, 2],
  [0x1fa74, 0x1fafa, 2],
] as const

/** Neutral in Unicode's EastAsianWidth.txt since version 11; xterm's range includes them. */
const WIDE_IN_XTERM_ONLY = new Set([0x1f93b, 0x1f946])

describe('widthOfCodePoint', () => {
  it('is what xterm counts by Unicode 11, but for what came later and two slips of xterm’s', () => {
    const xterm = unicode11()
    const unexplained: string[] = []
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const ours = widthOfCodePoint(codePoint)
      const theirs = xterm.wcwidth(codePoint)
      if (ours === theirs || WIDE_IN_XTERM_ONLY.has(codePoint)) continue
      const later = LATER_THAN_UNICODE_11.some(
        ([first, last, width]) => codePoint >= first && codePoint <= last && width === ours,
      )
      if (!later) unexplained.push(`U+${codePoint.toString(16)}: ${ours}, xterm ${theirs}`)
    }
    expect(unexplained).toEqual([])
  })
})
