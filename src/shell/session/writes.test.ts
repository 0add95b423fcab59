import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InputEnded, Interrupted, SessionEnded } from '../../core/options/errors.ts'
import { connect, ManualClock } from '../../testing/index.ts'
import { Session } from './session.ts'
import { createShell, shellOf } from '../shell.ts'

type Write = (session: Session) => Promise<unknown>

const WRITES: Readonly<Record<string, Write>> = {
  write: session => session.write('x'),
  writeLine: session => session.writeLine('x'),
  writeResponse: session => session.writeResponse('x'),
  writeError: session => session.writeError('x'),
  page: session => session.page('x'),
}

/** Returns the current state of a promise. */
async function fate(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )
}

/** Returns something to await until it is released. */
function gate() {
  let open!: () => void
  const opened = new Promise<void>(resolve => (open = resolve))
  return { opened, open }
}

/** A clock on which the test ends a turn. */
class TurnClock extends ManualClock {
  readonly turns: (() => void)[] = []
  override nextTurn(run: () => void): void {
    this.turns.push(run)
  }
  async turn(): Promise<void> {
    for (const run of this.turns.splice(0)) run()
    await this.advance(0)
  }
}

const unhandled: unknown[] = []
const note = (error: unknown): void => void unhandled.push(error)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => {
  process.off('unhandledRejection', note)
  expect(unhandled.splice(0)).toEqual([])
})

describe.each(Object.entries(WRITES))('an awaited %s', (_, write) => {
  it('rejects with SessionEnded when the session is over', async () => {
    const user = connect(createShell())
    const { session } = user
    await user.disconnect().settled()
    const error = await fate(write(session))
    expect(error).toBeInstanceOf(SessionEnded)
    expect(error).toBe(session.signal.reason)
    expect(error).toMatchObject({ session: session.id, reason: 'disconnected' })
  })

  it('rejects with SessionEnded when the session ends while it waits for room', async () => {
    const user = connect(createShell())
    user.connection.stall()
    const waiting = fate(write(user.session))
    await user.settled()
    user.disconnect()
    expect(await waiting).toBe(user.session.signal.reason)
  })

  it('ends a command that goes on after Ctrl-C, at once, and its session goes on', async () => {
    let written = 0
    const shell = createShell().command('flood', 'Flood.', async (_args, session) => {
      for (;;) {
        written += 1
        await write(session)
        await new Promise(resolve => setImmediate(resolve))
      }
    })
    const user = connect(shell).enter('flood')
    await user.settled()
    user.press('C-c')
    await user.settled()
    await user.settled()
    const before = written
    await user.settled()
    expect(written).toBe(before)
    expect((await user.screen()).rows.at(-1)).toBe('> ')
  })

  it('rejects with Interrupted in a command that was abandoned', async () => {
    const go = gate()
    const fates: unknown[] = []
    const shell = createShell().command('deaf', 'Deaf.', async (_args, session) => {
      await go.opened
      fates.push(await fate(write(session)), await fate(write(session)))
    })
    const user = connect(shell).enter('deaf').press('C-c', 'C-c')
    go.open()
    await user.settled()
    expect(fates).toEqual([expect.any(Interrupted), expect.any(Interrupted)])
    expect(user.session.signal.aborted).toBe(false)
  })

  it('resolves in onEnd, also where the user is gone', async () => {
    const fates: unknown[] = []
    const shell = createShell().onEnd(async session => {
      fates.push(await fate(write(session)))
      await Promise.resolve()
      fates.push(await fate(write(session)))
    })
    await connect(shell).disconnect().ended
    await connect(shell).enter('exit').ended
    expect(fates).toEqual(['resolved', 'resolved', 'resolved', 'resolved'])
  })

  it('of another session that is over is an error like others in a command', async () => {
    const errors: unknown[] = []
    const shell = createShell()
      .command('tell', 'Tell.', async () => void (await write(ann.session)))
      .onError(error => void errors.push(error))
    const [ann, bob] = [connect(shell), connect(shell)]
    await ann.disconnect().settled()
    bob.enter('tell')
    await bob.settled()
    expect(errors).toEqual([ann.session.signal.reason])
  })

  it('of the command’s own session is none', async () => {
    const errors: unknown[] = []
    const go = gate()
    const shell = createShell()
      .command('work', 'Work.', async (_args, session) => {
        await go.opened
        await write(session)
      })
      .onError(error => void errors.push(error))
    const user = connect(shell).enter('work')
    await user.disconnect().settled()
    go.open()
    await user.settled()
    expect(errors).toEqual([])
  })
})

describe('a write that nobody awaits', () => {
  it('rejects for nobody, whether the session is over, ends, or its command is abandoned', async () => {
    const shell = createShell().command('deaf', 'Deaf.', () => new Promise<void>(() => {}))
    const user = connect(shell).enter('deaf').press('C-c', 'C-c')
    for (const write of Object.values(WRITES)) void write(user.session)
    user.connection.stall()
    for (const write of Object.values(WRITES)) void write(user.session)
    await user.disconnect().settled()
    for (const write of Object.values(WRITES)) void write(user.session)
    await user.settled()
  })

  it('asks nothing of the connection, and leaves nothing behind', () => {
    const user = connect(createShell())
    user.connection.stall()
    let asked = 0
    user.connection.drained = () => {
      asked += 1
      return Promise.resolve()
    }
    for (let i = 0; i < 1000; i++) void user.session.writeLine('x')
    expect(asked).toBe(0)
  })

  it('is one promise for all that wait for room', () => {
    const { session, connection } = connect(createShell())
    connection.stall()
    expect(session.write('a')).toBe(session.write('b'))
    expect(session.write('a')).toBeInstanceOf(Promise)
  })

  it('of a class that overrides it by an async method rejects for nobody either, and for those who await it', async () => {
    class Lobby extends Session {
      override async writeLine(text = '') {
        await super.writeLine(`[${text}]`)
      }
    }
    const user = connect(shellOf(Lobby))
    const session = user.session as Lobby
    void session.writeLine('open')
    expect(session.constructor).toBe(Lobby)
    await user.disconnect().settled()
    void session.writeLine('over')
    await user.settled()
    expect(await fate(session.writeLine('over'))).toBe(session.signal.reason)
    expect(user.output).toContain('[open]')
  })
})

describe('writeMessage', () => {
  it('never rejects', async () => {
    const shell = createShell().command('deaf', 'Deaf.', () => new Promise<void>(() => {}))
    const user = connect(shell).enter('deaf').press('C-c', 'C-c')
    expect(await fate(user.session.writeMessage('x'))).toBe('resolved')
    await user.disconnect().settled()
    expect(await fate(user.session.writeMessage('x'))).toBe('resolved')
  })
})

describe('a loop that catches everything', () => {
  const LOOPS: Readonly<Record<string, Write>> = {
    ...WRITES,
    readLine: session => session.readLine(),
    confirm: session => session.confirm('?'),
    lines: session => session.lines().next(),
  }

  it.each(Object.entries(LOOPS))('has one rejection a turn when the session is over: %s', async (_, again) => {
    const clock = new TurnClock()
    const user = connect(createShell(), { clock })
    user.disconnect()
    let rejected = 0
    void (async () => {
      for (;;) await again(user.session).catch(() => (rejected += 1))
    })()
    await user.settled()
    expect(rejected).toBe(0)
    for (let turn = 1; turn <= 3; turn++) {
      await clock.turn()
      expect(rejected).toBe(turn)
    }
  })

  it('has one a turn where the input has ended, and keeps nobody waiting', async () => {
    const clock = new TurnClock()
    let ended = 0
    const shell = createShell().command('ask', 'Ask.', async (_, session) => {
      for (;;) await session.readLine().catch((error: unknown) => (ended += Number(error instanceof InputEnded)))
    })
    const user = connect(shell, { clock, terminal: false }).enter('ask').endInput()
    await user.settled()
    for (let turn = 1; turn <= 3; turn++) {
      await clock.turn()
      expect(ended).toBe(turn)
    }
  })
})

describe('after Ctrl-C in one session', () => {
  const deaf = () => createShell().command('deaf', 'Deaf.', () => new Promise<void>(() => {}))

  it('another’s command that begins then may await what it writes to it', async () => {
    const shell = deaf().command('tell', 'Tell.', async (): Promise<void> => {
      await ann.session.writeLine('told')
    })
    const [ann, bob] = [connect(shell), connect(shell)]
    ann.enter('deaf').press('C-c', 'C-c')
    await bob.enter('tell').settled()
    expect(ann.output).toContain('told')
    expect((await bob.screen()).rows).toEqual(['> tell', '> '])
  })

  it('its timers may await what they write, one line after the other', async () => {
    const user = connect(deaf()).enter('deaf')
    user.session.after(10, async () => {
      await user.session.writeLine('one')
      await user.session.writeLine('two')
    })
    user.press('C-c', 'C-c')
    await user.clock.advance(10)
    expect(user.output).toContain('two')
  })

  it('the next command may await what it writes', async () => {
    const shell = deaf().command('two', 'Two.', async (_, session) => {
      await session.writeLine('one')
      await session.writeLine('two')
    })
    const user = connect(shell).enter('deaf').press('C-c', 'C-c').enter('two')
    await user.settled()
    expect((await user.screen()).rows.slice(-3)).toEqual(['one', 'two', '> '])
  })
})
