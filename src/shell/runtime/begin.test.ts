import { describe, expect, it, vi } from 'vitest'
import { House } from '../../serve/sessions.suite.ts'
import { connect } from '../../testing/index.ts'
import { settled } from '../../testing/manual-clock.ts'
import { Failure } from '../../core/options/failure.ts'
import { Session } from '../session/session.ts'
import { shellOf, createShell } from '../shell.ts'

const NOTED = 'Something went wrong. It has been noted.'
const logger = () => ({ debug() {}, info() {}, warn() {}, error: vi.fn() })
/** Each way to begin: at a terminal, over a pipe, and with a command. */
const WAYS = [
  ['a terminal', {}],
  ['a pipe', { terminal: false }],
  ['a command', { terminal: false, exec: 'hello' }],
] as const

function throws(error: unknown): () => never {
  return () => {
    throw error
  }
}

describe('a reader that cannot be made', () => {
  const shell = (make: () => never) => createShell({ reader: make }).command('hello', 'Say hello.', () => 'Hello!')

  it('refuses each input in a sentence, is logged, and the session goes on', async () => {
    const log = logger()
    const user = connect(shell(throws(new Error('no grammar'))), { log })
      .enter('hello')
      .enter('hello')
    await user.settled()
    expect(user.output).toBe(`> hello\n${NOTED}\n> hello\n${NOTED}\n> `)
    expect(log.error).toHaveBeenCalledTimes(2)
    expect(user.connection.ended).toBeUndefined()
  })

  it('is made for the next input, if it can be', async () => {
    const read = (line: string) => line.split(' ')
    const make = vi.fn(() => ({ read, reset() {} })).mockImplementationOnce(throws(new Error('not yet')))
    const user = connect(createShell({ reader: make }).command('hello', 'Say hello.', () => 'Hello!'))
    await user.enter('hello').enter('hello').enter('hello').settled()
    expect(user.output).toBe(`> hello\n${NOTED}\n> hello\nHello!\n> hello\nHello!\n> `)
    expect(make).toHaveBeenCalledTimes(2)
  })

  it('leaves out completion and hints', async () => {
    const hinting = createShell({ reader: throws(new Error('no grammar')), hint: true, suggest: true })
    const user = connect(hinting.command('hello', 'Say hello.', () => 'Hello!')).type('hel\t')
    await user.settled()
    expect((await user.screen()).rows).toEqual(['> hel'])
    expect(user.connection.ended).toBeUndefined()
  })

  it.each([
    [new Error('no grammar'), NOTED, 1],
    [new Failure('No grammar today.', { status: 7 }), 'No grammar today.', 7],
  ])('ends a command that came with the connection (%s)', async (error, sentence, status) => {
    const user = connect(shell(throws(error)), { terminal: false, exec: 'hello' })
    await user.settled()
    expect(user.connection.errors).toBe(`${sentence}\n`)
    expect(user.connection.ended).toMatchObject({ status })
  })
})

describe('a state that cannot be made', () => {
  it.each(WAYS)('is told and logged, and the session ends, without hooks: %s', async (_, options) => {
    const [log, start, end] = [logger(), vi.fn(), vi.fn()]
    const shell = createShell({ state: throws(new Error('no memory')) })
      .onStart(start)
      .onEnd(end)
    const user = connect(shell, { ...options, log })
    await user.settled()
    expect(user.output).toContain(`${NOTED}\n`)
    expect(log.error).toHaveBeenCalledTimes(1)
    expect(user.connection.ended).toEqual({ reason: 'error', status: 1 })
    expect([start, end].map(hook => hook.mock.calls.length)).toEqual([0, 0])
  })

  it('may say why, and with which status', async () => {
    const user = connect(createShell({ state: throws(new Failure('The database is away.', { status: 69 })) }))
    await user.settled()
    expect(user.output).toContain('The database is away.\n')
    expect(user.connection.ended).toEqual({ reason: 'error', status: 69 })
  })
})

describe('a session that cannot be made', () => {
  class Broken extends Session {
    readonly database = throws(new Error('no database'))()
  }

  it.each(WAYS)('is told so, logged, and not counted any more: %s', async (_, options) => {
    const house = await House.open(shellOf(Broken))
    const guest = house.guest(options)
    await settled()
    expect(guest.output).toBe(`${NOTED}\n`)
    expect(guest.ended).toEqual({ reason: 'error', status: 1 })
    expect(house.log.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'a session could not begin',
    ])
    expect(house.server.sessions).toEqual([])
  })
})
