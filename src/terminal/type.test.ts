import { describe, expect, it } from 'vitest'
import { UNKNOWN_TERMINAL } from '../core/connection.ts'
import type { Terminal } from '../core/connection.ts'
import { drawingOf, marksPaste, renditionsOf, styleWithin } from './type.ts'

const xterm: Terminal = { ...UNKNOWN_TERMINAL, type: 'xterm-256color', input: 'character' }

describe('drawingOf', () => {
  it.each<[string, Terminal | undefined, string]>([
    ['no terminal', undefined, 'none'],
    ['line mode', { ...xterm, input: 'line' }, 'none'],
    ['an xterm', xterm, 'cursor'],
    ['no name', { ...xterm, type: '' }, 'plain'],
    ['a dumb terminal', { ...xterm, type: 'dumb' }, 'plain'],
    ['a screen reader', { ...xterm, screenReader: true }, 'plain'],
  ])('%s', (_, terminal, drawing) => {
    expect(drawingOf(terminal)).toBe(drawing)
  })
})

describe('marksPaste', () => {
  const asked: Terminal = { ...xterm, input: 'line', asked: 'character' }
  it.each<[string, Terminal | undefined, boolean]>([
    ['no terminal', undefined, false],
    ['an xterm', xterm, true],
    ['one in line mode', { ...xterm, input: 'line' }, false],
    ['one that is asked for character mode', asked, true],
    ['a dumb one that is', { ...asked, type: 'dumb' }, false],
    ['one without a name that is', { ...asked, type: '' }, false],
    ['a screen reader that is', { ...asked, screenReader: true }, false],
  ])('%s', (_, terminal, marks) => {
    expect(marksPaste(terminal)).toBe(marks)
  })
})

/** What is known of each type: drawn by the cursor, marks pasted text, has these renditions. */
describe('the table of types', () => {
  it.each<[drawing: string, marks: boolean, renditions: string, types: readonly string[]]>([
    [
      'cursor',
      true,
      'all',
      ['xterm', 'xterm-256color', 'screen.xterm-256color', 'tmux', 'putty', 'syncterm', 'mudlet'],
    ],
    ['cursor', false, 'all', ['linux', 'LINUX', 'linux-16color', 'cons25']],
    ['cursor', false, 'ansi', ['ansi', 'ANSI', 'ansi-m', 'pcansi']],
    ['cursor', false, 'vt100', ['vt100', 'VT100', 'vt100-am', 'vt102', 'vt220', 'vt220-8bit', 'vt320', 'dec-vt220']],
    ['plain', false, 'vt100', ['', 'dumb', 'DUMB', 'dumb-emacs-ansi', 'unknown', 'network', 'vt52', 'tty33', 'none']],
  ])('%s, marks what is pasted: %s, %s', (drawing, marks, renditions, types) => {
    const known = types.map(type => {
      const terminal = { ...xterm, type }
      return [type, drawingOf(terminal), marksPaste(terminal), renditionsOf(terminal)]
    })
    expect(known).toEqual(types.map(type => [type, drawing, marks, renditions]))
  })
})

describe('styleWithin', () => {
  it.each<[string, Parameters<typeof styleWithin>[1], string]>([
    ['1;31', 'all', '1;31'],
    ['1;31', 'ansi', '1;31'],
    ['1;31', 'vt100', '1'],
    ['2;4;24;90', 'ansi', '4'],
    ['38;5;4;1', 'vt100', '1'],
    ['1;48;2;7;5;4', 'ansi', '1'],
    ['38:5:1', 'ansi', ''],
    ['', 'vt100', ''],
  ])('of %j on a terminal that has %s: %j', (style, renditions, within) => {
    expect(styleWithin(style, renditions)).toBe(within)
  })
})
