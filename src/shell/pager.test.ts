import { describe, expect, it } from 'vitest'
import { connect } from '../testing/index.ts'
import type { ConnectOptions } from '../testing/index.ts'
import { createShell } from './shell.ts'

const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n')

const shell = (paging = true) =>
  createShell({ paging })
    .command('lines <n:integer>', '', ({ n }) => lines(n))
    .command('long', '', () => `${'x'.repeat(150)}\nsecond\nthird\nfourth`)
    .command('colours', '', () => Array.from({ length: 4 }, () => `\x1b[31m${'y'.repeat(38)}\x1b[0m`).join('\n'))
    .command('rows', '', () => Array.from({ length: 20 }, (_, n) => ({ n })))
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

  it('takes a line where whole lines come', async () => {
    const user = open({ terminal: { columns: 40, rows: 6, input: 'line' } }).enter('lines 20')
    await user.settled()
    await user.enter('').settled()
    expect(user.output).toMatch(/line 5\n--More--line 6\n[^]*line 10\n--More--$/)
    await user.enter('q').settled()
    expect(user.output).toMatch(/line 10\n--More--> $/)
  })

  it('does not touch pipes, nor shells that have not asked for it', async () => {
    expect(open({ terminal: false }).enter('lines 20').output).toBe(`${lines(20)}\n`)
    expect(connect(shell(false), { terminal: { rows: 6 } }).enter('lines 20').output).toContain('line 20\n> ')
  })
})
