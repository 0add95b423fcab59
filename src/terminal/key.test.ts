import { describe, expect, it } from 'vitest'
import { keyNamed, knownKeys, sequenceOf } from './key.ts'

describe('sequenceOf', () => {
  it.each([
    ['a', 'a'],
    ['é', 'é'],
    ['C-a', '\x01'],
    ['C-@', '\0'],
    ['C-Space', '\0'],
    ['C-_', '\x1f'],
    ['C-]', '\x1d'],
    ['Enter', '\r'],
    ['C-j', '\n'],
    ['Tab', '\t'],
    ['Escape', '\x1b'],
    ['Backspace', '\x7f'],
    ['M-f', '\x1bf'],
    ['M-F', '\x1bF'],
    ['M--', '\x1b-'],
    ['M-.', '\x1b.'],
    ['M-Backspace', '\x1b\x7f'],
    ['M-C-k', '\x1b\x0b'],
    ['M-Space', '\x1b '],
    ['S-Tab', '\x1b[Z'],
    ['Up', '\x1b[A'],
    ['C-Left', '\x1b[1;5D'],
    ['M-Left', '\x1b[1;3D'],
    ['M-C-S-Left', '\x1b[1;8D'],
    ['Delete', '\x1b[3~'],
    ['C-Delete', '\x1b[3;5~'],
    ['F1', '\x1bOP'],
    ['S-F1', '\x1b[1;2P'],
    ['C-F3', '\x1b[13;5~'],
    ['C-Enter', '\x1b[13;5u'],
    ['C-S-a', '\x1b[97;6u'],
  ])('%s is sent as %j', (key, sequence) => {
    expect(sequenceOf(key)).toBe(sequence)
  })

  it.each([
    ['PgUp', 'There is no key "PgUp"; the nearest is "PageUp".'],
    ['enter', 'There is no key "enter"; the nearest is "Enter".'],
    ['C-Lfet', 'There is no key "C-Lfet"; the nearest is "C-Left".'],
    ['S-a', 'There is no key "S-a"; the nearest is "C-a".'],
    ['', 'There is no key "".'],
  ])('refuses %j', (name, sentence) => {
    expect(() => sequenceOf(name)).toThrow(new RangeError(sentence))
  })

  it.each([
    ['Ctrl-A', 'C-a'],
    ['ctrl+a', 'C-a'],
    ['Control-[', 'Escape'],
    ['^A', 'C-a'],
    ['c-x', 'C-x'],
    ['C-M-k', 'M-C-k'],
    ['Alt-f', 'M-f'],
    ['Meta-Shift-f', 'M-F'],
    ['Ctrl-Shift-Left', 'C-S-Left'],
    ['Shift+Tab', 'S-Tab'],
    ['Ctrl--', 'C--'],
    ['Alt+Return', 'M-Enter'],
    ['Esc', 'Escape'],
    ['ArrowUp', 'Up'],
    ['f12', 'F12'],
  ])('refuses %j, and knows it from another notation as %s', (name, key) => {
    expect(() => sequenceOf(name)).toThrow(new RangeError(`There is no key "${name}"; the nearest is "${key}".`))
    expect(keyNamed(key)).toBe(key)
  })
})

describe('keyNamed', () => {
  it.each([
    ['C-m', 'Enter'],
    ['C-i', 'Tab'],
    ['C-h', 'Backspace'],
    ['C-?', 'Backspace'],
    ['C-[', 'Escape'],
    ['M-C-h', 'M-Backspace'],
    ['C-A', 'C-a'],
    ['C-Space', 'C-@'],
    ['M- ', 'M-Space'],
    ['M-F', 'M-F'],
  ])('%s is %s', (name, key) => {
    expect(keyNamed(name)).toBe(key)
  })
})

describe('knownKeys', () => {
  it('names every key as keyNamed does, and no sequence twice', () => {
    const keys = knownKeys()
    expect(keys.map(({ key }) => keyNamed(key))).toEqual(keys.map(({ key }) => key))
    expect(new Set(keys.map(({ sequence }) => sequence)).size).toBe(keys.length)
  })

  it('has the sequence of every key it names', () => {
    const known = new Set(knownKeys().map(({ sequence }) => sequence))
    for (const { key } of knownKeys()) expect(known).toContain(sequenceOf(key))
  })
})
