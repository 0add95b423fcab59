import { describe, expect, it } from 'vitest'
import { askedMode, canHide, inputMode, wantsEcho, type EchoFacts } from './echo.ts'
import type { State } from './negotiation.ts'

const mute: EchoFacts = {
  always: false,
  answered: false,
  settled: false,
  mud: false,
  hidden: false,
  refused: false,
  echo: 'no',
  suppressGoAhead: 'want-yes',
}
const terminal: EchoFacts = { ...mute, answered: true, settled: true, suppressGoAhead: 'yes' }
const mud: EchoFacts = { ...terminal, mud: true }

describe('who echoes', () => {
  it.each<[string, EchoFacts, { wants: boolean; input: 'character' | 'line'; hides: boolean }]>([
    ['a mute peer does, and does not hide', mute, { wants: false, input: 'line', hides: false }],
    [
      'a mute peer is not asked for secrets either',
      { ...mute, hidden: true },
      { wants: false, input: 'line', hides: false },
    ],
    [
      'one that answered, but not TTYPE, can hide',
      { ...mute, answered: true },
      { wants: false, input: 'line', hides: true },
    ],
    [
      'we do for a mute peer, where we always do',
      { ...mute, always: true },
      { wants: false, input: 'character', hides: true },
    ],
    [
      'we do for one that refuses ECHO, where we always do',
      { ...terminal, refused: true, always: true },
      { wants: false, input: 'character', hides: true },
    ],
    ['a terminal is offered ECHO', terminal, { wants: true, input: 'line', hides: true }],
    ['and when it agrees, we echo', { ...terminal, echo: 'yes' }, { wants: true, input: 'character', hides: true }],
    [
      'one that refuses ECHO stays in line mode',
      { ...terminal, refused: true },
      { wants: false, input: 'line', hides: false },
    ],
    [
      'one that refuses SGA gets its echo back',
      { ...terminal, echo: 'yes', suppressGoAhead: 'no' },
      { wants: false, input: 'line', hides: true },
    ],
    [
      'and still hides',
      { ...terminal, hidden: true, suppressGoAhead: 'no' },
      { wants: true, input: 'line', hides: true },
    ],
    [
      'one that has not answered SGA has not refused it',
      { ...terminal, echo: 'yes', suppressGoAhead: 'want-yes' },
      { wants: true, input: 'character', hides: true },
    ],
    ['a MUD client does', mud, { wants: false, input: 'line', hides: true }],
    ['a MUD client hides', { ...mud, hidden: true }, { wants: true, input: 'line', hides: true }],
    [
      'and that is no character mode',
      { ...mud, hidden: true, echo: 'yes' },
      { wants: true, input: 'line', hides: true },
    ],
  ])('%s', (_, facts, { wants, input, hides }) => {
    expect({ wants: wantsEcho(facts), input: inputMode(facts), hides: canHide(facts) }).toEqual({ wants, input, hides })
  })

  it('character mode is never without ECHO in force, a settled peer and SGA, and never a MUD client', () => {
    const states: State[] = ['no', 'yes', 'want-no', 'want-no-opposite', 'want-yes', 'want-yes-opposite']
    const character: EchoFacts[] = []
    for (const settled of [true, false]) {
      for (const mud of [true, false]) {
        for (const echo of states) {
          for (const suppressGoAhead of states) {
            const facts = { ...terminal, settled, mud, echo, suppressGoAhead }
            if (inputMode(facts) === 'character') character.push(facts)
          }
        }
      }
    }
    expect(character.length).toBe(5)
    for (const facts of character) expect(facts).toMatchObject({ settled: true, mud: false, echo: 'yes' })
  })

  it.each<[string, EchoFacts, 'character' | undefined]>([
    ['before it has said what it is', { ...mute, answered: true, echo: 'want-yes', hidden: true }, undefined],
    ['once it has, until it answers', { ...terminal, echo: 'want-yes' }, 'character'],
    ['no longer when it agrees', { ...terminal, echo: 'yes' }, undefined],
    ['no longer when it refuses', { ...terminal, refused: true }, undefined],
    [
      'never where it cannot be: SGA refused',
      { ...terminal, hidden: true, echo: 'want-yes', suppressGoAhead: 'no' },
      undefined,
    ],
    ['never of a MUD client, whose ECHO only hides', { ...mud, hidden: true, echo: 'want-yes' }, undefined],
  ])('a terminal is asked for character mode: %s', (_, facts, asked) => {
    expect(askedMode(facts)).toBe(asked)
  })
})
