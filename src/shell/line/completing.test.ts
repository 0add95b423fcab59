import { describe, expect, it } from 'vitest'
import { EMACS } from '../../editor/keys/emacs.ts'
import type { TestClient } from '../../testing/index.ts'
import { candidateRows } from './candidate-list.ts'
import type { CompletionItem, Completion } from './completion.ts'
import { atDesk, picture } from './desk.suite.ts'
import type { Desk, DeskOptions } from './desk.suite.ts'

const BELL = '\x07'
const NAMES = ['alpha', 'alpine', 'beta']

/** Completes the word before the cursor. */
function among(candidates: readonly CompletionItem[], line: string, cursor: number): Completion {
  const start = line.lastIndexOf(' ', cursor - 1) + 1
  const typed = line.slice(start, cursor)
  return { start, end: cursor, candidates: candidates.filter(({ text }) => text.startsWith(typed)) }
}

function completing(names: readonly string[] = NAMES, options: DeskOptions = {}): TestClient<Desk> {
  const candidates = names.map(text => ({ text }))
  const complete = (line: string, cursor: number) => among(candidates, line, cursor)
  return atDesk({ ...options, request: { complete, ...options.request } })
}

/** Returns what is heard and shown after some keys. */
async function after(user: TestClient<Desk>, ...keys: string[]): Promise<{ rows: string[]; bell: boolean }> {
  const before = user.output.length
  user.press(...keys)
  return { rows: await picture(user), bell: user.output.slice(before).includes(BELL) }
}

describe('Tab', () => {
  it('puts the only candidate in, with a blank behind it', async () => {
    expect(await after(completing().type('b'), 'Tab')).toEqual({ rows: ['> beta |'], bell: false })
  })

  it('goes as far as the candidates agree, with a bell', async () => {
    expect(await after(completing().type('a'), 'Tab')).toEqual({ rows: ['> alp|'], bell: true })
  })

  it('lists below the line when it is pressed again and nothing has come of it', async () => {
    const user = completing().type('a')
    expect(await after(user, 'Tab', 'Tab')).toEqual({ rows: ['> alp|'], bell: true })
    expect(await after(user, 'Tab')).toEqual({ rows: ['> alp', 'alpha   alpine', '> alp|'], bell: false })
  })

  it('does not list when something else was done in between', async () => {
    expect((await after(completing().type('alp'), 'Tab', 'Left', 'Right', 'Tab')).rows).toEqual(['> alp|'])
  })

  it('rings where there is nothing, and where nothing completes', async () => {
    expect(await after(completing().type('x'), 'Tab')).toEqual({ rows: ['> x|'], bell: true })
    expect(await after(atDesk().type('x'), 'Tab')).toEqual({ rows: ['> x|'], bell: true })
    expect(await after(completing(NAMES, { request: { hidden: true } }).type('b'), 'Tab')).toEqual({
      rows: ['> |'],
      bell: true,
    })
  })

  it('completes the word before the cursor, and leaves what is behind it alone', async () => {
    expect((await after(completing().type('bx').press('Left'), 'Tab')).rows).toEqual(['> beta|x'])
  })

  it('is one step for undo', async () => {
    expect((await after(completing().type('b'), 'Tab', 'C-_')).rows).toEqual(['> b|'])
  })

  it('lists under all rows of a wrapped line, from wherever the cursor is', async () => {
    const user = completing(NAMES, { terminal: { columns: 12 } })
      .type('al yyyyyyyyyyyyyy')
      .press('C-a', 'C-f', 'C-f')
    expect((await after(user, 'Tab', 'Tab', 'Tab')).rows).toEqual([
      '> alp yyyyyy',
      'yyyyyyyy',
      'alpha',
      'alpine',
      '> alp| yyyyyy',
      'yyyyyyyy', // prettier-ignore
    ])
  })

  it('is text where the peer’s side edits', () => {
    const user = completing(NAMES, { terminal: { input: 'line', type: '' } }).type('b\t\n')
    expect(user.session.lines).toEqual(['b\t'])
  })

  it('lists on a plain terminal as well', async () => {
    const user = completing(NAMES, { terminal: { type: 'dumb' } }).type('alp')
    expect((await after(user, 'Tab', 'Tab')).rows).toEqual(['> alp', 'alpha   alpine', '> alp|'])
  })
})

describe('a list', () => {
  it.each([
    [80, ['one', 'two', 'three'], ['one    two    three']],
    [14, ['one', 'two', 'three'], ['one', 'two', 'three']],
    [15, ['one', 'two', 'three'], ['one    three', 'two']],
    [3, ['one', 'two'], ['one', 'two']],
    [80, ['日本', 'x'], ['日本  x']],
  ])('in %i columns goes down, and leaves the last column free: %j', (columns, texts, rows) => {
    expect(
      candidateRows(
        texts.map(text => ({ text })),
        columns,
      ),
    ).toEqual(rows)
  })

  it('with descriptions has a row for each, cut at the edge', () => {
    const candidates = [{ text: 'add', description: 'Adds a user.' }, { text: 'remove' }]
    expect(candidateRows(candidates, 80)).toEqual(['add     Adds a user.', 'remove'])
    expect(candidateRows(candidates, 14)[0]).toBe('add     Adds…')
  })

  const many = (count: number) => Array.from({ length: count }, (_, index) => `x${String(index).padStart(3, '0')}`)

  it('of 99 is shown, of 100 asked about', async () => {
    expect((await after(completing(many(99)), 'M-?')).rows.at(-1)).toBe('> |')
    expect((await after(completing(many(100)), 'M-?')).rows).toEqual(['>', 'Display all 100 possibilities? (y or n)|'])
  })

  it.each(['n', 'N', 'Backspace', 'C-g'])('is not shown on %s', async key => {
    expect((await after(completing(many(100)), 'M-?', key)).rows).toEqual([
      '>',
      'Display all 100 possibilities? (y or n)',
      '> |',
    ])
  })

  it.each(['y', 'Y', ' '])('is shown on %j; what is typed behind it is no answer', async key => {
    const user = completing(many(100), { terminal: { rows: 40 } })
    user.press('M-?').type(`${key}abc`)
    const rows = await picture(user)
    expect(rows.slice(0, 3)).toEqual([
      '>',
      'Display all 100 possibilities? (y or n)',
      expect.stringMatching(/^x000 {2}x008 {2}/),
    ])
    expect(rows.at(-1)).toBe('> abc|')
  })

  it('hears nothing else, and says so', async () => {
    const user = completing(many(100)).press('M-?')
    expect(await after(user, 'x', 'Up', 'Enter')).toEqual({
      rows: ['>', 'Display all 100 possibilities? (y or n)|'],
      bell: true,
    })
    expect((await after(user, 'C-c')).rows).toEqual(['>', '> ^C', '> |'])
  })

  it('takes no paste for an answer, nor into the line', async () => {
    const user = completing(many(100)).press('M-?').type('\x1b[200~yes\x1b[201~')
    expect(user.output).toContain(BELL)
    expect((await after(user, 'n')).rows.at(-1)).toBe('> |')
  })

  it('is paged: a screenful by Space, a row by Enter, no more by q', async () => {
    const user = completing(many(20), { terminal: { columns: 10, rows: 5 } })
    expect((await after(user, 'M-?')).rows).toEqual(['x000', 'x001', 'x002', 'x003', '--More--|'])
    expect((await after(user, 'Enter')).rows).toEqual(['x001', 'x002', 'x003', 'x004', '--More--|'])
    expect((await after(user, ' ')).rows).toEqual(['x005', 'x006', 'x007', 'x008', '--More--|'])
    expect((await after(user, 'q')).rows).toEqual(['x005', 'x006', 'x007', 'x008', '> |'])
  })

  it('S9.2: stands below messages while it waits', async () => {
    const user = completing(many(100)).type('x').press('M-?')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['> x', 'News!', 'Display all 100 possibilities? (y or n)|'])
    expect((await after(user, 'n')).rows).toEqual(['> x', 'News!', 'Display all 100 possibilities? (y or n)', '> x|'])
  })
})

describe('possible-completions and insert-completions', () => {
  it('list at once, one candidate too', async () => {
    expect((await after(completing().type('b'), 'M-?')).rows).toEqual(['> b', 'beta', '> b|'])
  })

  it('put all of them in', async () => {
    expect((await after(completing().type('al'), 'M-*')).rows).toEqual(['> alpha alpine |'])
  })
})

describe('menu-complete', () => {
  const keyMap = EMACS.bind({ 'C-n': 'menu-complete', 'C-p': 'menu-complete-backward' })
  const menu = () => completing(NAMES, { editor: { keyMap } })

  it('puts one after another in, and at the end what was typed, with a bell', async () => {
    const user = menu().type('al')
    expect(await after(user, 'C-n')).toEqual({ rows: ['> alpha|'], bell: false })
    expect(await after(user, 'C-n')).toEqual({ rows: ['> alpine|'], bell: false })
    expect(await after(user, 'C-n')).toEqual({ rows: ['> al|'], bell: true })
    expect(await after(user, 'C-p')).toEqual({ rows: ['> alpine|'], bell: false })
  })

  it('begins anew after any other key', async () => {
    const user = menu().type('al').press('C-n').type('x')
    expect(await after(user, 'C-n')).toEqual({ rows: ['> alphax|'], bell: true })
  })

  it('puts the only one in with a blank', async () => {
    expect((await after(menu().type('b'), 'C-n')).rows).toEqual(['> beta |'])
  })
})

describe('a completer that takes its time', () => {
  function slow() {
    const asked: { signal: AbortSignal; answer: (names: string[]) => void; fail: () => void }[] = []
    const user = atDesk({
      request: {
        complete: (line, cursor, signal) =>
          new Promise((resolve, reject) => {
            const answer = (names: string[]) =>
              resolve(
                among(
                  names.map(text => ({ text })),
                  line,
                  cursor,
                ),
              )
            asked.push({ signal, answer, fail: () => reject(new Error('no')) })
          }),
      },
    })
    return { user, asked }
  }

  it('is heard when the user has waited, a list too', async () => {
    const { user, asked } = slow()
    user.type('al').press('M-?')
    asked[0]!.answer(NAMES)
    expect(await picture(user)).toEqual(['> al', 'alpha   alpine', '> al|'])
    expect(asked[0]!.signal.aborted).toBe(false)
  })

  it.each(['x', 'Left', 'Tab', 'Enter', 'C-c'])('is told, and not heard, when the user presses %s', async key => {
    const { user, asked } = slow()
    user.type('be').press('Tab', key)
    expect(asked[0]!.signal.aborted).toBe(true)
    asked[0]!.answer(NAMES)
    expect((await user.screen()).text).not.toContain('beta')
  })

  it('rings when it fails, and is nothing but a pause when it never answers', async () => {
    const { user, asked } = slow()
    user.type('be').press('Tab')
    asked[0]!.fail()
    await user.settled()
    expect(user.output).toContain(BELL)
    expect(user.press('Tab').type('ta\r').session.lines).toEqual(['beta'])
  })

  it('may write meanwhile, and is heard in a line that a message has lifted', async () => {
    const { user, asked } = slow()
    user.type('be').press('Tab')
    user.session.console.writeLines('News!')
    asked[0]!.answer(NAMES)
    expect(await picture(user)).toEqual(['News!', '> beta |'])
  })

  it('that throws rings', async () => {
    const complete = () => {
      throw new Error('mine')
    }
    expect(await after(atDesk({ request: { complete } }).type('a'), 'Tab')).toEqual({ rows: ['> a|'], bell: true })
  })
})
