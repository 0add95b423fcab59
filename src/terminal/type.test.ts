import { describe, expect, it } from 'vitest'
import { UNKNOWN_TERMINAL } from '../core/connection.ts'
import type { Terminal } from '../core/connection.ts'
import { drawingOf, isAnsi, marksPaste } from './type.ts'

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

describe('isAnsi', () => {
  it.each(['ansi', 'vt100', 'VT220', 'xterm', 'linux', 'screen.xterm-256color', 'tmux', 'putty', 'syncterm', 'mudlet'])(
    '%s is',
    type => {
      expect(isAnsi(type)).toBe(true)
    },
  )
  it.each(['', 'dumb', 'DUMB', 'dumb-emacs-ansi', 'unknown', 'network', 'vt52', 'tty33'])('%j is not', type => {
    expect(isAnsi(type)).toBe(false)
  })
})
