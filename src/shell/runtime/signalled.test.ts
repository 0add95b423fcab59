import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/client.ts'
import { createShell } from '../shell.ts'

const ENDING: readonly (readonly [name: string, status: number])[] = [
  ['HUP', 129],
  ['QUIT', 131],
  ['ILL', 132],
  ['ABRT', 134],
  ['FPE', 136],
  ['KILL', 137],
  ['USR1', 138],
  ['SEGV', 139],
  ['USR2', 140],
  ['PIPE', 141],
  ['ALRM', 142],
  ['TERM', 143],
]

/** A shell with a command that runs until its signal fires, and the output that follows. */
function waiting() {
  const told: unknown[] = []
  const shell = createShell({ prompt: '> ' })
    .command('wait', 'Wait.', async (_, session, { signal }) => {
      await session.writeLine('waiting')
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      told.push(String(signal.reason))
    })
    .onEnd((_, reason) => void told.push(reason))
  return { shell, told }
}

describe('a signal from the peer', () => {
  it.each(ENDING)(
    '%s ends a command that was asked for, and is what its client is told, or %i',
    async (name, status) => {
      const { shell, told } = waiting()
      const user = connect(shell, { exec: 'wait', terminal: false })
      await user.expect('waiting\n')
      user.connection.event({ type: 'signal', name })
      await user.ended
      expect(user.connection.ended).toEqual({ reason: `signal ${name}`, status, signal: name })
      expect(told).toEqual([
        `signal ${name}`,
        expect.stringContaining(`SessionEnded: The session has ended (signal ${name})`),
      ])
    },
  )

  it.each(ENDING)('%s ends what reads commands from a pipe', async (name, status) => {
    const user = connect(waiting().shell, { terminal: false }).enter('wait')
    user.connection.event({ type: 'signal', name })
    await user.ended
    expect(user.connection.ended).toEqual({ reason: `signal ${name}`, status, signal: name })
  })

  it.each(ENDING.filter(([name]) => name !== 'QUIT'))('%s ends a session at a terminal', async (name, status) => {
    const user = connect(waiting().shell)
    user.connection.event({ type: 'signal', name })
    await user.ended
    expect(user.connection.ended).toEqual({ reason: `signal ${name}`, status, signal: name })
  })

  it.each(['INT', 'QUIT'])('%s at a terminal is for the command, and the session goes on', async name => {
    const { shell, told } = waiting()
    const user = connect(shell)
    user.connection.event({ type: 'signal', name })
    user.enter('wait')
    await user.expect('waiting\n')
    user.connection.event({ type: 'signal', name })
    await user.settled()
    expect(told).toEqual([expect.stringContaining('Interrupted')])
    expect(user.connection.ended).toBeUndefined()
    expect(user.output).toBe('> ^C\n> wait\nwaiting\n^C\n> ')
  })

  it('INT ends a command that was asked for, with 130 where it does not end by itself', async () => {
    const shell = createShell().command('hang', 'Hang.', () => new Promise<void>(() => {}))
    const user = connect(shell, { exec: 'hang', terminal: false })
    user.connection.event({ type: 'interrupt' })
    await user.clock.advance(1000)
    expect(user.connection.ended).toEqual({ reason: 'exit', status: 130 })
  })

  it.each(['TSTP', 'CONT', 'WINCH', 'NOSUCH', ''])('%j ends nothing', async name => {
    const user = connect(waiting().shell)
    user.connection.event({ type: 'signal', name })
    await user.settled()
    expect(user.connection.ended).toBeUndefined()
  })
})
