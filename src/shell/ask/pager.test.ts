import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions } from '../../testing/index.ts'
import { createShell } from '../shell.ts'

const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n')

const shell = (paging = true) =>
  createShell({ paging })
    .command('lines <n:integer>', '', ({ n }) => lines(n))
    .command('long', '', () => `${'x'.repeat(150)}\nsecond\nthird\nfourth`)
    .command('colours', '', () => Array.from({ length: 4 }, () => `\x1b[31m${'y'.repeat(38)}\x1b[0m`).join('\n'))
    .command('rows', '', () => Array.from({ length: 20 }, (_, n) => ({ n })))
    .command('paging <rows:integer>', '', ({ rows }, session) => void (session.paging = rows))
    .command('page <n:integer>', '', ({ n }, session) => session.page(lines(n)))
    .command('stream', '', function* () {
      yield lines(20)
    })

const open = (options: ConnectOptions = {}) => connect(shell(), { terminal: { columns: 40, rows: 6 }, ...options })

describe('paging', () => {
  it('shows a screenful, then --More--: Space the next, Enter a line, q no more', async () => {
    const user = open().enter('lines 20')
    expect((await user.screen()).rows).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5', '--More--'])
    expect((await user.press('Enter').screen()).rows).toEqual([
      'line 2',
      'line 3',
      'line 4',
      'line 5',
      'line 6',
      '--More--',
    ])
    await user.type(' ').settled()
    expect((await user.screen()).rows).toEqual(['line 7', 'line 8', 'line 9', 'line 10', 'line 11', '--More--'])
    await user.type('q').settled()
    expect((await user.screen()).rows).toEqual(['line 7', 'line 8', 'line 9', 'line 10', 'line 11', '> '])
  })

  it('reads on behind the answer, whoever reads next', async () => {
    const user = open().enter('lines 20')
    await user.settled()
    user.type('  qlines 1\r')
    await user.settled()
    expect((await user.screen(true)).rows.slice(-4)).toEqual(['line 15', '> lines 1', 'line 1', '> '])
  })

  it('ends with the last line, and not before', async () => {
    const user = open().enter('lines 10')
    await user.settled()
    await user.type(' ').settled()
    expect((await user.screen()).rows).toEqual(['line 6', 'line 7', 'line 8', 'line 9', 'line 10', '> '])
  })

  it('asks nothing where the answer fits', async () => {
    expect((await open().enter('lines 5').screen()).rows).toEqual([
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'line 5',
      '> ',
    ])
  })

  it('counts rows that wrap, and none for colours', async () => {
    expect((await open().enter('long').screen()).rows.slice(-2)).toEqual(['second', '--More--'])
    expect((await open().enter('colours').screen()).rows.at(-1)).toBe('> ')
  })

  it('pages values, not streams', async () => {
    expect((await open().enter('rows').screen()).rows).toEqual([' n', '--', ' 0', ' 1', ' 2', '--More--'])
    expect((await open().enter('stream').screen()).rows.at(-1)).toBe('> ')
  })

  it('follows the window', async () => {
    const user = open().enter('lines 40')
    await user.screen()
    user.resize(40, 4)
    await user.type(' ').settled()
    expect((await user.screen()).rows).toEqual(['line 6', 'line 7', 'line 8', '--More--'])
  })

  it('ends the command on Ctrl-C', async () => {
    const user = open().enter('lines 20')
    await user.settled()
    expect((await user.press('C-c').screen()).rows.slice(-2)).toEqual(['line 5', '> '])
    expect((await open().enter('lines 20').press('C-c').screen()).rows.slice(-3)).toEqual(['line 5', '^C', '> '])
  })

  it('lets messages pass above it', async () => {
    const user = open().enter('lines 20')
    await user.settled()
    void user.session.writeMessage('Hello.')
    expect((await user.screen()).rows.slice(-2)).toEqual(['Hello.', '--More--'])
  })

  const inLineMode = { terminal: { columns: 40, rows: 6, input: 'line' } } as const

  it('takes a line where whole lines come, once the session has asked for pages', async () => {
    const user = open(inLineMode).enter('paging 6').enter('lines 20')
    await user.settled()
    await user.enter('').settled()
    expect(user.output).toMatch(/line 5\n--More--line 6\n[^]*line 10\n--More--$/)
    await user.enter('q').settled()
    expect(user.output).toMatch(/line 10\n--More--> $/)
  })

  it('does not take the next commands of a peer in line mode for answers: it may be a pipe', async () => {
    const user = open(inLineMode).type(`lines 20\rq\rpage 20\rlines 2\r`)
    await user.settled()
    expect(user.output).toContain(`> ${lines(20)}\n> `)
    expect(user.output).toContain("Unknown command 'q'")
    expect(user.output.endsWith(`> ${lines(20)}\n> ${lines(2)}\n> `)).toBe(true)
  })

  it('goes by what the session sets: no pages, pages of so many rows, pages as high as the window', async () => {
    const user = open().enter('paging 0').enter('lines 20').enter('page 20')
    expect((await user.screen(true)).text).not.toContain('More')
    expect((await user.enter('paging 4').enter('lines 20').screen()).rows.slice(-4)).toEqual([
      'line 1',
      'line 2',
      'line 3',
      '--More--',
    ])
    user.type('q')
    user.session.paging = true
    expect(user.session.paging).toBe(true)
    expect((await user.enter('lines 20').screen()).rows.slice(-2)).toEqual(['line 5', '--More--'])
    user.session.paging = false
    expect((await user.type(' ').screen()).rows.slice(-2)).toEqual(['line 20', '> '])
  })

  it('begins as the shell says', () => {
    expect(open().session.paging).toBe(true)
    expect(connect(shell(false)).session.paging).toBe(false)
  })

  it.each([-1, 1.5, Number.NaN, Infinity, 'no'])('refuses %j', paging => {
    const { session } = open()
    expect(() => (session.paging = paging as number)).toThrow('it is true, false, or a whole number of rows')
    expect(session.paging).toBe(true)
  })

  it('writes nothing for a text without a character', async () => {
    for (const options of [{}, inLineMode, { terminal: false } as const]) {
      const user = open(options)
      const before = user.output
      await user.session.page('')
      expect(user.output).toBe(before)
    }
  })

  it('does not touch pipes, nor shells that have not asked for it', async () => {
    expect(open({ terminal: false }).enter('lines 20').output).toBe(`${lines(20)}\n`)
    expect(connect(shell(false), { terminal: { rows: 6 } }).enter('lines 20').output).toContain('line 20\n> ')
  })
})
