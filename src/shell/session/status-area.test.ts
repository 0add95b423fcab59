import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions } from '../../testing/index.ts'
import type { Progress, Spinner } from './status-area.ts'
import { createShell } from '../shell.ts'

/**
 * A session in which `copy` and `search` continue until they are released; `later` continues after
 * its command.
 */
function working(options: ConnectOptions = {}) {
  const bars: Progress[] = []
  const spinners: Spinner[] = []
  const ends: (() => void)[] = []
  const ended = () => new Promise<void>(resolve => ends.push(resolve))
  const shell = createShell()
    .command('copy', '', (_, session) => session.progress('Copying', bar => (bars.push(bar), ended())))
    .command('search', '', (_, session) =>
      session.spinner('Searching', spinner => (spinners.push(spinner), ended().then(() => 'found'))),
    )
    .command('later', '', (_, session) => void session.progress('Copying', bar => (bars.push(bar), ended())))
    .command('broken', '', (_, session) => session.spinner('Breaking', () => Promise.reject(new Error('broken'))))
  const user = connect(shell, { terminal: { columns: 40, rows: 10 }, ...options })
  return { user, bars, spinners, ends }
}

const EMPTY = 'Copying [--------------------]   0 %'
const HALF = 'Copying [##########----------]  50 %'

describe('progress', () => {
  it('stands while the work goes on, is drawn ten times a second, and goes with it', async () => {
    const { user, bars, ends } = working()
    user.enter('copy')
    expect((await user.screen()).rows).toEqual(['> copy', EMPTY])
    bars[0]?.update(0.5)
    expect((await user.screen()).rows).toEqual(['> copy', EMPTY])
    await user.clock.advance(100)
    expect((await user.screen()).rows).toEqual(['> copy', HALF])
    ends[0]?.()
    expect((await user.screen()).rows).toEqual(['> copy', '> '])
    expect(user.clock.pending).toBe(0)
  })

  it.each([
    [2, 'a', 'Copying [####################] 100 % a'],
    [-1, '', EMPTY],
    [Number.NaN, '', EMPTY],
    [0.999, 'a\x1b[2J', 'Copying [###################-]  99 % a…'],
  ])('of %d is in bounds, and harmless', async (fraction, text, row) => {
    const { user, bars } = working()
    user.enter('copy')
    bars[0]?.update(fraction, text)
    await user.clock.advance(100)
    expect((await user.screen()).rows[1]).toBe(row)
  })

  it('lives above the prompt when its command has ended, whatever is typed, answered and told', async () => {
    const { user, bars, ends } = working()
    user.enter('later').type('hel')
    expect((await user.screen()).rows).toEqual(['> later', EMPTY, '> hel'])
    void user.session.writeMessage('Hello.')
    bars[0]?.update(0.5)
    await user.clock.advance(100)
    expect(await user.screen()).toMatchObject({
      rows: ['> later', 'Hello.', HALF, '> hel'],
      cursor: { row: 3, column: 5 },
    })
    user.press('C-a', 'Delete', 'Delete', 'Delete').enter('xyzqv')
    expect((await user.screen()).rows).toEqual([
      '> later',
      'Hello.',
      '> xyzqv',
      expect.stringContaining('Unknown'),
      expect.anything(),
      HALF,
      '> ',
    ])
    ends[0]?.()
    expect((await user.screen()).rows.at(-2)).toContain('commands')
  })

  it('follows the window, and is cut at its edge', async () => {
    const { user, bars } = working()
    user.enter('copy')
    bars[0]?.update(0.5, 'a-long-file-name')
    user.resize(24, 10)
    await user.clock.advance(100)
    expect((await user.screen()).rows).toEqual(['> copy', 'Copying [###----]  50 …'])
    user.resize(60, 10)
    await user.clock.advance(100)
    expect((await user.screen()).rows).toEqual(['> copy', `${HALF} a-long-file-name`])
  })

  it('shares the rows with others', async () => {
    const { user } = working()
    user.enter('later').enter('search')
    expect((await user.screen()).rows).toEqual(['> later', '> search', EMPTY, '| Searching'])
  })

  it('goes at Ctrl-C, though the work goes on', async () => {
    const { user } = working()
    user.enter('copy').press('C-c')
    expect((await user.screen()).rows).toEqual(['> copy', '^C'])
    await user.press('C-c').clock.advance(2000)
    expect((await user.screen()).rows.at(-1)).toBe('> ')
  })

  it('goes with the session', async () => {
    const { user } = working()
    user.enter('copy').disconnect()
    await user.ended
    expect(user.clock.pending).toBe(0)
  })

  it('is not drawn for a user who does not read', async () => {
    const { user, bars } = working()
    user.enter('copy')
    await user.settled()
    user.connection.stall()
    const { length } = user.output
    bars[0]?.update(0.5)
    await user.clock.advance(100_000)
    expect(user.output.length).toBe(length)
  })
})

describe('a spinner', () => {
  it('turns, and answers what its work does', async () => {
    const { user, spinners, ends } = working()
    user.enter('search')
    const rows: (string | undefined)[] = []
    for (let i = 0; i < 5; i++) {
      rows.push((await user.screen()).rows[1])
      spinners[0]?.update(`shelf ${i}`)
      await user.clock.advance(100)
    }
    expect(rows).toEqual([
      '| Searching',
      '/ Searching shelf 0',
      '- Searching shelf 1',
      '\\ Searching shelf 2',
      '| Searching shelf 3',
    ])
    ends[0]?.()
    expect((await user.screen()).rows).toEqual(['> search', 'found', '> '])
  })

  it('goes when its work fails', async () => {
    const { user } = working()
    expect((await user.enter('broken').screen()).rows).toEqual([
      '> broken',
      'Something went wrong. It has been noted.',
      '> ',
    ])
  })
})

describe('where nothing can be drawn', () => {
  it.each([
    ['a dumb terminal', { terminal: { type: 'dumb' } }],
    ['line by line', { terminal: { input: 'line' } }],
    ['a pipe', { terminal: false }],
  ] as const)('they are plain lines: %s', async (_, options) => {
    const { user, bars, ends } = working(options)
    user.enter('copy')
    for (const fraction of [0.1, 0.3, 0.5, 0.6, 1]) bars[0]?.update(fraction)
    await user.clock.advance(1000)
    ends[0]?.()
    await user.settled()
    expect(user.output).toContain('Copying...\nCopying: 25 %\nCopying: 50 %\nCopying: 100 %\n')
  })

  it('on the standard error of a pipe', async () => {
    const { user, ends } = working({ terminal: false })
    user.enter('search')
    ends[0]?.()
    await user.settled()
    expect([user.connection.errors, user.output]).toEqual(['Searching...\n', 'Searching...\nfound\n'])
  })
})
