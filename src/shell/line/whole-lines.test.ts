import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EMACS } from '../../editor/keys/emacs.ts'
import type { KeyMap } from '../../editor/keys/map.ts'
import { remember } from '../../editor/history/entries.ts'
import type { TestClient } from '../../testing/index.ts'
import { atDesk } from './desk.suite.ts'
import type { Desk } from './desk.suite.ts'

/**
 * What is typed: words, and keys after which a line differs from what was typed.
 * Operate-and-get-next fills the next line; Insert lasts for one.
 */
const PIECES = {
  text: ['ls', 'echo one', 'a b  c', ' ', 'é日', 'x'.repeat(90)],
  ends: ['\r', '\r', '\r', '\n', '\x03', '\x0f'],
  keys: [
    '\x01',
    '\x0b',
    '\x19',
    '\x1f',
    '\x10',
    '\x0e',
    '\x12o',
    '\x1b',
    '\x1b4',
    '\x11',
    '\x1b[2~',
    '\x7f',
    '\x15',
    '\x08',
  ],
}
const typed = fc
  .array(fc.oneof(...Object.values(PIECES).map(pieces => fc.constantFrom(...pieces))), { maxLength: 30 })
  .map(pieces => pieces.join(''))

const MAPS = {
  emacs: EMACS,
  'a bound Enter': EMACS.bind({ Enter: 'beginning-of-line' }),
  'bound text': EMACS.bind({ l: 'kill-line' }),
}

it.each(Object.entries(MAPS))('lines that come whole are the same as key by key: %s', async (_, keyMap) => {
  await fc.assert(
    fc.asyncProperty(typed, async text => {
      const [whole, apart] = [userWith(keyMap), userWith(keyMap)]
      whole.type(text)
      for (const unit of text) apart.type(unit)
      expect(whole.session.lines).toEqual(apart.session.lines)
      expect(await whole.screen()).toEqual(await apart.screen())
    }),
  )
})

function userWith(keyMap: KeyMap): TestClient<Desk> {
  return atDesk({ onLine: (line, desk) => void remember(desk.history, line), editor: { keyMap, maxLength: 60 } })
}
