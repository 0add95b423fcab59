import { describe, expect, it } from 'vitest'
import { ACTIONS, type EditorAction } from '../actions/table.ts'
import { EMACS } from './emacs.ts'
import { KeyMap } from './map.ts'

describe('a key map', () => {
  it('finds keys and sequences, and knows what begins one', () => {
    expect(EMACS.find('C-a')).toBe('beginning-of-line')
    expect(EMACS.find('C-x C-u')).toBe('undo')
    expect(EMACS.find('C-x')).toBe(undefined)
    expect([EMACS.isPrefix('C-x'), EMACS.isPrefix('C-a')]).toEqual([true, false])
  })

  it('takes Meta and a capital for Meta and the small letter, unless that is bound', () => {
    expect(EMACS.find('M-F')).toBe('forward-word')
    expect(EMACS.bind({ 'M-F': 'end-of-line' }).find('M-F')).toBe('end-of-line')
  })

  it('is not changed by a binding: another map is', () => {
    const bound = EMACS.bind({ 'C-t': 'undo', 'C-o': null, 'C-c C-k': 'kill-whole-line' })
    expect([EMACS.find('C-t'), EMACS.find('C-o')]).toEqual(['transpose-chars', 'operate-and-get-next'])
    expect([bound.find('C-t'), bound.find('C-o'), bound.find('C-c C-k')]).toEqual([
      'undo',
      undefined,
      'kill-whole-line',
    ])
  })

  it.each([
    ['C-M', 'Enter'],
    ['C-i', 'Tab'],
    ['C-h', 'Backspace'],
    ['M-C-h', 'M-Backspace'],
    ['C-x C-I', 'C-x Tab'],
    [' ', 'Space'],
  ])('takes %j for the key that the terminal means by it: %s', (written, key) => {
    expect(new KeyMap({ [written]: 'undo' }).find(key)).toBe('undo')
  })

  it('knows whether characters without modifiers are bound', () => {
    expect(EMACS.bindsText).toBe(false)
    for (const keys of ['x', ' ', 'g g', 'é']) expect(new KeyMap({ [keys]: 'undo' }).bindsText).toBe(true)
  })

  it('refuses an action that does not exist, and names the nearest', () => {
    const name = 'kil-line' as EditorAction
    expect(() => EMACS.bind({ 'C-k': name })).toThrow(
      "The option keys['C-k'] cannot be 'kil-line': the nearest action is 'kill-line'.",
    )
    expect(() => EMACS.bind({ 'C-k': 'toString' as EditorAction })).toThrow("keys['C-k'] cannot be 'toString'")
  })

  it('refuses a key that does not exist', () => {
    expect(() => EMACS.bind({ 'C-x C-Hoem': 'undo' })).toThrow(
      `The option keys['C-x C-Hoem'] cannot be bound: there is no key "C-Hoem"; the nearest is "C-Home".`,
    )
    expect(() => EMACS.bind({ 'Ctrl-X Ctrl-U': 'undo' })).toThrow('no key "Ctrl-X"; the nearest is "C-x".')
  })
})

describe('the emacs map', () => {
  /** `bind -p` of Bash 5.2 has these unbound too. */
  const UNBOUND: readonly EditorAction[] = [
    'copy-backward-word',
    'copy-forward-word',
    'copy-region-as-kill',
    'delete-char-or-list',
    'fetch-history',
    'forward-backward-delete-char',
    'history-substring-search-backward',
    'history-substring-search-forward',
    'kill-region',
    'kill-whole-line',
    'menu-complete',
    'menu-complete-backward',
    'non-incremental-forward-search-history-again',
    'non-incremental-reverse-search-history-again',
    'redraw-current-line',
    'unix-filename-rubout',
    'universal-argument',
  ]

  it('binds every action that Readline binds', () => {
    const bound = new Set(Array.from(EMACS.entries(), ([, name]) => name))
    const unbound = (Object.keys(ACTIONS) as EditorAction[]).filter(name => !bound.has(name))
    expect(unbound.toSorted()).toEqual([...UNBOUND].toSorted())
  })
})
