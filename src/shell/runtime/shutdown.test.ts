import { describe, expect, it } from 'vitest'
import { fail } from '../../core/options/failure.ts'
import { safe } from '../../core/text/safe-text.ts'
import { House } from '../../serve/sessions.suite.ts'
import { settled } from '../../testing/manual-clock.ts'
import { createShell } from '../shell.ts'

function shop() {
  const ended: string[] = []
  let start!: () => void
  const started = new Promise<void>(resolve => (start = resolve))
  const shell = createShell()
    .command('follow', 'Follow a log.', async function* (_, session, { signal }) {
      try {
        yield 'one\n'
        await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      } finally {
        ended.push(`follow of ${session.request.type}`)
      }
    })
    .command('work', 'Work.', (_, session) => new Promise<void>(resolve => session.after(3000, resolve)))
    .command('fails', 'Fail.', async (_, session) => {
      await new Promise<void>(resolve => session.after(3000, resolve))
      throw fail('No.', { status: 3 })
    })
    .command('late', 'A stream, later.', async function () {
      await started
      return (async function* () {
        yield 'late\n'
        await new Promise<void>(() => {})
      })()
    })
  return { shell, ended, start }
}

describe('a server that shuts down', () => {
  it('ends a stream that somebody follows at a terminal at once, as a signal does', async () => {
    const { shell, ended } = shop()
    const house = await House.open(shell)
    const guest = house.guest()
    await house.type(guest, 'follow')
    await house.server.close({ timeout: 10_000 })
    expect(ended).toEqual(['follow of shell'])
    expect(guest.ended).toEqual({ reason: 'shutdown', status: 143, signal: 'TERM' })
    expect(house.clock.now()).toBe(0)
  })

  it('does so too where the stream begins only then', async () => {
    const { shell, start } = shop()
    const house = await House.open(shell)
    const guest = house.guest()
    await house.type(guest, 'late')
    const closed = house.server.close({ timeout: 10_000 })
    await settled()
    expect(guest.ended).toBeUndefined()
    start()
    await closed
    expect(guest.ended).toMatchObject({ status: 143, signal: 'TERM' })
  })

  it('gives a stream on a pipe its time, and then tells that it was cut off', async () => {
    const { shell } = shop()
    const house = await House.open(shell)
    const program = house.guest({ terminal: false, exec: 'follow' })
    await settled()
    const closed = house.server.close({ timeout: 10_000 })
    await house.clock.advance(9999)
    expect(program.ended).toBeUndefined()
    await house.clock.advance(1)
    await closed
    expect(program.ended).toMatchObject({ status: 143, signal: 'TERM' })
  })

  it('waits for any other command, and tells success where it has ended in time', async () => {
    const { shell } = shop()
    const house = await House.open(shell)
    const [guest, program] = [house.guest(), house.guest({ terminal: false, exec: 'work' })]
    await house.type(guest, 'work')
    const closed = house.server.close({ timeout: 10_000 })
    await house.clock.advance(3000)
    await closed
    expect(guest.ended).toEqual({ reason: 'shutdown', status: 0 })
    expect(program.ended).toMatchObject({ status: 0 })
    expect(program.ended?.signal).toBeUndefined()
  })

  it('tells any other command that is cut off as a signal does', async () => {
    const { shell } = shop()
    const house = await House.open(shell)
    const guest = house.guest()
    await house.type(guest, 'work')
    const closed = house.server.close({ timeout: 1000 })
    await house.clock.advance(1000)
    await closed
    expect(guest.ended).toEqual({ reason: 'shutdown', status: 143, signal: 'TERM' })
  })
})

describe('a program whose server shuts down', () => {
  const CUT = { reason: 'shutdown', status: 143, signal: 'TERM' }
  const SENTENCE = 'The server is shutting down.\n'

  it('reads why its command was broken off, on stderr', async () => {
    const house = await House.open(shop().shell)
    const program = house.guest({ terminal: false, exec: 'work' })
    await settled()
    const closed = house.server.close({ timeout: 1000 })
    await settled()
    expect(program.errors).toBe('')
    await house.clock.advance(1000)
    await closed
    expect([program.output, program.errors, program.ended]).toEqual([SENTENCE, SENTENCE, CUT])
  })

  it.each([
    ['of several lines in one command', { exec: 'work\nwork' }],
    ['of a script', {}],
  ])('reads no success where a command %s was not run any more', async (_, options) => {
    const house = await House.open(shop().shell)
    const program = house.guest({ terminal: false, ...options })
    program.text('work\nwork\n')
    program.event({ type: 'end-of-input' })
    await settled()
    const closed = house.server.close()
    await house.clock.advance(3000)
    await closed
    expect([program.errors, program.ended]).toEqual([SENTENCE, CUT])
  })

  it('reads no success either where the rest of its script is still to come', async () => {
    const house = await House.open(shop().shell)
    const program = house.guest({ terminal: false })
    await settled()
    await house.server.close({ message: safe`\x1b[1mUntil tomorrow.` })
    expect([program.errors, program.ended]).toEqual(['Until tomorrow.\n', CUT])
  })

  it('reads the status of its last command where all were run', async () => {
    const house = await House.open(shop().shell)
    const program = house.guest({ terminal: false })
    program.text('work\nfails\n')
    program.event({ type: 'end-of-input' })
    await house.clock.advance(3000)
    const closed = house.server.close()
    await house.clock.advance(3000)
    await closed
    expect([program.errors, program.ended]).toEqual(['No.\n', { reason: 'end of input', status: 3 }])
  })
})

describe('after the last sentence of a session', () => {
  it.each([
    ['idle', { idleTimeout: 60_000, idleWarning: 0 }],
    ['session time', { sessionTimeout: 60_000 }],
  ] as const)('no prompt is drawn: %s', async (_, limits) => {
    const house = await House.open(createShell({ prompt: 'lobby> ' }), { limits })
    const guests = [house.guest(), house.guest({ terminal: { input: 'line', type: '' } })]
    guests[0]!.text('half')
    await house.seconds(61)
    for (const guest of guests) {
      expect(guest.ended).toBeDefined()
      const last = guest.output.slice(guest.output.lastIndexOf('ends'))
      expect(last).not.toContain('lobby>')
      expect(last).not.toContain('half')
    }
  })

  it.each([
    ['idle', { idleTimeout: 60_000 }, 'You have been idle for too long. The session ends.\n'],
    ['session time', { sessionTimeout: 60_000 }, 'The session has lasted as long as it may, and ends.\n'],
  ] as const)('a program has read it on stderr: %s', async (reason, limits, sentence) => {
    const house = await House.open(createShell(), { limits })
    const program = house.guest({ terminal: false })
    await house.seconds(61)
    expect([program.errors, program.ended]).toEqual([sentence, { reason, status: 1 }])
  })

  it('nor when the server shuts down', async () => {
    const house = await House.open(createShell({ prompt: 'lobby> ' }))
    const guest = house.guest()
    await settled()
    await house.server.close()
    expect(guest.output.split('lobby> ')).toHaveLength(2)
  })
})
