import { describe, expect, it } from 'vitest'
import { fail } from '../../core/options/failure.ts'
import { connect } from '../../testing/index.ts'
import { INPUT_END_GRACE } from '../runtime/input-end.ts'
import { createShell } from '../shell.ts'

const sums = () =>
  createShell({ maxInput: 100 }).command('sum', 'Add numbers.', async (_, session) => {
    let sum = 0
    for await (const line of session.lines(session.interactive ? '+ ' : '')) sum += Number(line)
    return `${sum}`
  })

describe('session.lines', () => {
  it('S18: are what is piped into a command, up to its end, the last line whole or not', async () => {
    const user = connect(sums(), { terminal: false, exec: 'sum' }).type('1\n2\r\n3').endInput()
    await user.ended
    expect(user.output).toBe('6\n')
    expect(user.connection.ended).toMatchObject({ status: 0 })
  })

  it('are none where nothing is piped', async () => {
    const user = connect(sums(), { terminal: false, exec: 'sum' }).endInput()
    await user.ended
    expect(user.output).toBe('0\n')
  })

  it('are the same in whatever pieces they come', async () => {
    const input = '1\n20\r\n300\n\n4000\n'
    for (let size = 1; size <= input.length; size += 1) {
      const user = connect(sums(), { terminal: false, exec: 'sum' })
      for (let at = 0; at < input.length; at += size) user.type(input.slice(at, at + size))
      user.endInput()
      await user.ended
      expect(user.output).toBe('4321\n')
    }
  })

  it('end at a terminal by Ctrl-D, and the next command follows', async () => {
    const user = connect(sums()).enter('sum')
    await user.expect('+ ')
    user.enter('1').enter('2').press('C-d')
    await user.expect('3\n')
    expect(user.session.history).toEqual(['sum'])
    user.enter('help')
    await user.expect('sum')
  })

  it('are interrupted by Ctrl-C, as the command is', async () => {
    const user = connect(sums()).enter('sum')
    await user.expect('+ ')
    user.enter('1').press('C-c')
    await user.expect('> ')
    expect(user.output).not.toContain('\n1\n')
  })

  it('wait at the other end until they are wanted', async () => {
    const taken: string[] = []
    let go = (): void => {}
    const shell = createShell().command('slow', 'Take lines slowly.', async (_, session) => {
      for await (const line of session.lines()) {
        taken.push(line.slice(0, 1))
        await new Promise<void>(resolve => (go = resolve))
      }
    })
    const user = connect(shell, { terminal: false, exec: 'slow' })
    for (const digit of '123') user.type(`${digit.repeat(40_000)}\n`)
    await user.clock.advance(1)
    expect([taken, user.connection.paused]).toEqual([['1'], true])
    for (let left = 3; left > 0; left -= 1) {
      go()
      await user.clock.advance(1)
    }
    expect([taken, user.connection.paused]).toEqual([['1', '2', '3'], false])
  })

  it('fail the command where one of a program’s is too long', async () => {
    const user = connect(sums(), { terminal: false, exec: 'sum' })
      .type(`${'9'.repeat(101)}\n2\n`)
      .endInput()
    await user.ended
    expect(user.output).toBe('That line is longer than 100 characters, and was not taken.\n')
    expect(user.connection.errors).toBe(user.output)
    expect(user.connection.ended).toMatchObject({ status: 1 })
  })

  it('are asked for once more where one of a user’s is too long', async () => {
    const user = connect(sums()).enter('sum')
    user.enter('1').enter('9'.repeat(101)).enter('2').press('C-d')
    await user.expect('3\n> ')
    expect(user.output).toContain('That line is longer than 100 characters, and was not taken.\n+ 2\n')
  })
})

it.each([
  ['a single command', { exec: 'job' }, ''],
  ['the last of several that are piped', {}, 'job\n'],
])('S18: %s goes on until it is done, though the input has ended', async (_, options, input) => {
  const shell = createShell().command('job', 'Work long.', async (_args, session) => {
    await new Promise<void>(resolve => session.after(INPUT_END_GRACE * 3, resolve))
    throw fail('done', { status: 7 })
  })
  const user = connect(shell, { terminal: false, ...options })
    .type(input)
    .endInput()
  await user.clock.advance(INPUT_END_GRACE * 3)
  await user.ended
  expect([user.output, user.connection.ended?.status]).toEqual(['done\n', 7])
})

describe('line ends of Windows where no terminal is', () => {
  const shell = createShell()
    .command('lines', '', async (_, session) => {
      const lines: string[] = []
      for await (const line of session.lines()) lines.push(line)
      return lines
    })
    .command('ask', '', async (_, session) => [await session.readLine(), await session.secret('? ')])

  it.each(['lines', 'ask'])('are no part of what %s reads', async exec => {
    const input = 'yes\r\nno\r\n'
    for (let size = 1; size <= input.length; size++) {
      const user = connect(shell, { terminal: false, exec })
      for (let at = 0; at < input.length; at += size) user.type(input.slice(at, at + size))
      await user.endInput().ended
      expect(user.output).toBe('["yes","no"]\n')
    }
  })

  it('are no part of a command', async () => {
    const user = connect(shell, { terminal: false }).type('ask\r\na b\r\nc\r\nask\r\nd\r\ne\r').endInput()
    await user.ended
    expect(user.output).toBe('["a b","c"]\n["d","e"]\n')
  })
})
