import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import { picture } from '../line/desk.suite.ts'
import { createShell } from '../shell.ts'

const shell = createShell()
  .command('width <columns:integer>', '', ({ columns }, session) => session.resize({ columns }))
  .command('release', '', (_, session) => session.resize())
  .command('size', '', (_, { terminal }) => `${terminal.columns}x${terminal.rows}`)
  .command('table', '', () => [{ name: 'x'.repeat(100), value: 'y'.repeat(100) }])
  .command('echo <text...>', '', ({ text }) => text.join(' '))

describe('the size that a program sets', () => {
  it('is what the session has, and outlives what the terminal tells until it is given back', async () => {
    const user = connect(shell).enter('width 511')
    expect(await user.enter('size').expect('\n511x24\n')).toBeTruthy()
    expect(await user.resize(100, 30).enter('size').expect('\n511x30\n')).toBeTruthy()
    expect(await user.enter('release').enter('size').expect('\n100x30\n')).toBeTruthy()
    user.session.resize({ columns: 132, rows: 43 })
    user.session.resize({ rows: 10 })
    expect(user.session.terminal).toMatchObject({ columns: 100, rows: 10 })
  })

  it('holds for the editor: a long command gains no character by its echo', async () => {
    const user = connect(shell, { terminal: { type: 'vt100' } }).enter('width 511')
    await user.settled()
    user.connection.output = ''
    const line = `echo ${'x'.repeat(300)}`
    for (const piece of [line, '\r']) user.type(piece)
    await user.settled()
    expect(user.connection.output).toBe(`${line}\n${line.slice(5)}\n> `)
  })

  it('holds for tables', async () => {
    const user = connect(shell).enter('width 300').enter('table')
    await user.expect(`\n${'x'.repeat(100)}  ${'y'.repeat(100)}\n`)
    await user
      .enter('width 40')
      .enter('table')
      .expect(/\nx{18}…  y{18}…\n/)
  })

  it('that is set while a line is typed leaves the line as it was', async () => {
    const user = connect(shell).type('half typed').press('Left', 'Left')
    await user.settled()
    user.session.resize({ columns: 40 })
    expect(await picture(user)).toEqual(['> half typ|ed'])
  })

  it('is only told on a pipe, and where the peer shows what is typed itself', async () => {
    for (const terminal of [false, { input: 'line' }] as const) {
      const user = connect(shell, { terminal })
      await user.settled()
      const before = user.output
      user.session.resize({ columns: 132 })
      await user.settled()
      expect(user.output).toBe(before)
      expect(user.session.terminal.columns).toBe(132)
    }
  })

  it.each([0, -1, 1.5, 1001, Number.NaN, Infinity, '80'])('is refused where it is none: %j', columns => {
    const { session } = connect(shell)
    expect(() => session.resize({ columns: columns as number })).toThrow('it is a whole number from 1 to 1000.')
    expect(() => session.resize({ rows: columns as number })).toThrow('resize.rows')
    expect(session.terminal).toMatchObject({ columns: 80, rows: 24 })
  })
})

describe('a peer that has told no width', () => {
  it('is not cut: a table is as wide as its cells', async () => {
    for (const input of ['line', 'character'] as const) {
      const user = connect(shell, { terminal: { input, sized: false } }).enter('table')
      await user.expect(`${'x'.repeat(100)}  ${'y'.repeat(100)}\n`)
      user.resize(40, 24).enter('table')
      await user.expect(/x{18}…  y{18}…\n/)
    }
  })
})
