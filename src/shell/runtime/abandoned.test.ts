import { describe, expect, it, vi } from 'vitest'
import { Interrupted } from '../../core/options/errors.ts'
import { SILENT } from '../../core/log.ts'
import { connect, ManualClock, MemoryConnection } from '../../testing/index.ts'
import { settled } from '../../testing/manual-clock.ts'
import { command } from '../class/decorator.ts'
import { INTERRUPT_GRACE } from './interrupts.ts'
import { Session } from '../session/session.ts'
import { MAX_ABANDONED } from './abandoned.ts'
import { createShell, shellOf } from '../shell.ts'

/** Returns something to await until it is released. */
function gate() {
  let open!: () => void
  const opened = new Promise<void>(resolve => (open = resolve))
  return { opened, open }
}

type Ask = (session: Session) => Promise<unknown>

const QUESTIONS: Readonly<Record<string, Ask>> = {
  readLine: session => session.readLine('deaf? '),
  secret: session => session.secret('deaf? '),
  confirm: session => session.confirm('deaf?'),
  select: session => session.select('deaf?', ['a', 'b']),
  lines: session => session.lines('deaf? ').next(),
}

/**
 * Adds `deaf`, which ignores Ctrl-C, and asks when it is released. `ask` asks twice, the second
 * time after its release.
 */
function withDeaf(ask: Ask) {
  const [deaf, own] = [gate(), gate()]
  const asked: unknown[] = []
  const shell = createShell()
    .command('deaf', 'Deaf.', async (_, session) => {
      await deaf.opened
      asked.push(await ask(session).catch((error: unknown) => error))
    })
    .command('ask', 'Ask.', async (_, session) => {
      const first = await session.readLine('1? ')
      await own.opened
      return `${first}, ${await session.readLine('2? ')}`
    })
    .command('wait', 'Wait.', () => own.opened)
  return { deaf, own, asked, shell }
}

describe('a command that was left behind', () => {
  it.each(Object.entries(QUESTIONS))('gets no line of the next command: %s', async (_, ask) => {
    const { deaf, own, asked, shell } = withDeaf(ask)
    const user = connect(shell).enter('deaf').press('C-c', 'C-c').enter('wait').enter('mine')
    deaf.open()
    await user.settled()
    expect(asked).toEqual([expect.any(Interrupted)])
    own.open()
    await user.settled()
    expect(user.output).toContain("Unknown command 'mine'")
    expect(user.output).not.toContain('deaf?')
  })

  it('gets none of the prompt’s either, nor of a question that the next command asks', async () => {
    const { deaf, own, asked, shell } = withDeaf(async session => {
      const first = await session.readLine().catch((error: unknown) => error)
      await own.opened
      return [first, await session.readLine().catch((error: unknown) => error)]
    })
    const user = connect(shell).enter('deaf').press('C-c', 'C-c')
    deaf.open()
    await user.settled()
    user.enter('ask').enter('a')
    own.open()
    await user.settled()
    await user.enter('b').settled()
    expect(asked).toEqual([[expect.any(Interrupted), expect.any(Interrupted)]])
    expect((await user.screen()).rows).toEqual(['> deaf', '^C', '^C', '> ask', '1? a', '2? b', 'a, b', '> '])
  })

  it('does not keep from asking whoever comes after it, however deep, of a class as well', async () => {
    const own = gate()
    class Lobby extends Session {
      #asked = 0
      @command('deaf') deaf() {
        return new Promise<void>(() => {})
      }
      @command('ask') async ask() {
        await own.opened
        return Promise.all([1].map(async () => `${(this.#asked += 1)} ${String(await this.confirm('Sure?'))}`))
      }
    }
    const user = connect(shellOf(Lobby)).enter('deaf').press('C-c', 'C-c').enter('ask')
    own.open()
    await user.settled()
    await user.enter('maybe').settled()
    await user.enter('yes').settled()
    expect((await user.screen()).rows.slice(-5)).toEqual([
      'Sure? [y/n] maybe',
      'Please answer yes or no.',
      'Sure? [y/n] yes',
      '1 true',
      '> ',
    ])
  })

  it('is one of several, each with the same end', async () => {
    const { deaf, asked, shell } = withDeaf(session => session.readLine())
    const user = connect(shell).enter('deaf').press('C-c', 'C-c').enter('deaf').press('C-c', 'C-c').enter('wait')
    deaf.open()
    await user.settled()
    expect(asked).toEqual([expect.any(Interrupted), expect.any(Interrupted)])
  })

  it('loses the question that it has asked with its last breath, and the prompt comes', async () => {
    const asked: unknown[] = []
    const shell = createShell().command('save', 'Save.', async (_, session, { signal }) => {
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      await session.confirm('Save?').catch((error: unknown) => asked.push(error, error === signal.reason))
    })
    const user = connect(shell).enter('save').press('C-c')
    await user.settled()
    expect((await user.screen()).rows).toEqual(['> save', '^C', 'Save? [y/n] '])
    await user.clock.advance(INTERRUPT_GRACE)
    expect(asked).toEqual([expect.any(Interrupted), true])
    await user.enter('history').settled()
    expect((await user.screen()).rows.slice(2)).toEqual([
      'Save? [y/n] ',
      '> history',
      '    1  save',
      '    2  history',
      '> ',
    ])
  })

  it('lets timers and hooks ask again when it has ended', async () => {
    const { deaf, shell } = withDeaf(() => Promise.resolve())
    const asked: unknown[] = []
    const user = connect(shell).enter('deaf').press('C-c', 'C-c').enter('wait')
    const ask = () => user.session.readLine('timer? ').then(line => asked.push(line))
    await expect(ask()).rejects.toThrow(Interrupted)
    deaf.open()
    await user.settled()
    void ask()
    await user.enter('yes').settled()
    expect(asked).toEqual(['yes'])
  })

  it('lets nobody ask before it has ended, where nothing tells who does', async () => {
    const { deaf, asked, shell } = withDeaf(session => session.readLine())
    shell.prepare()
    const [clock, connection] = [new ManualClock(), new MemoryConnection()]
    shell.open(connection, { clock, scheduler: clock, log: SILENT }, () => {})
    connection.text('deaf\r')
    connection.text('\x03')
    connection.text('\x03')
    connection.text('ask\r')
    await settled()
    expect(connection.output).not.toContain('1? ')
    deaf.open()
    await settled()
    connection.text('ask\r')
    expect(asked).toEqual([expect.any(Interrupted)])
    expect(connection.output).toContain('1? ')
  })

  it('is waited for where as many run on as may, until one of them has ended', async () => {
    const gates = Array.from({ length: MAX_ABANDONED + 1 }, gate)
    const shell = createShell().command('deaf <n:integer>', 'Deaf.', ({ n }) => gates[n]?.opened)
    const user = connect(shell)
    for (let n = 0; n <= MAX_ABANDONED; n++) user.enter(`deaf ${n}`).press('C-c', 'C-c')
    expect(user.output).toContain('this one is waited for')
    expect((await user.screen()).rows.at(-1)).not.toBe('> ')
    gates[0]?.open()
    await user.settled()
    user.press('C-c')
    expect((await user.screen()).rows.at(-1)).toBe('> ')
  })

  it('still writes, above the prompt, on lines of its own, as long as it does not await it', async () => {
    const go = gate()
    const shell = createShell().command('deaf', 'Deaf.', async (_, session) => {
      await go.opened
      void session.write('one')
      await session.writeLine(', two')
      await session.writeLine('three')
    })
    const user = connect(shell).enter('deaf').press('C-c', 'C-c').type('typing')
    go.open()
    await user.settled()
    const { rows, cursor } = await user.screen()
    expect(rows.slice(3)).toEqual(['one, two', '> typing'])
    expect(cursor.row).toBe(4)
  })
})

describe('a question that no command asks', () => {
  it('keeps the prompt waiting where a command ends meanwhile, and the prompt comes after it', async () => {
    const own = gate()
    const asked: unknown[] = []
    const shell = createShell().command('wait', 'Wait.', (_, session) => {
      session.after(10, async () => asked.push(await session.confirm('Still there?')))
      return own.opened
    })
    const user = connect(shell).enter('wait')
    await user.clock.advance(10)
    own.open()
    await user.settled()
    await user.enter('y').settled()
    await user.enter('history').settled()
    expect(asked).toEqual([true])
    expect((await user.screen()).rows).toEqual([
      '> wait',
      'Still there? [y/n] y',
      '> history',
      '    1  wait',
      '    2  history',
      '> ',
    ])
  })
})

it('Ctrl-C while a session ends is too late for its command, and does no harm', async () => {
  const log = { ...SILENT, error: vi.fn() }
  const shell = createShell()
    .command('go', '', (_, session) => {
      session.end(3)
      return new Promise<void>(() => {})
    })
    .onEnd(() => new Promise(() => {}))
  const user = connect(shell, { log }).enter('go').press('C-c', 'C-c').interrupt()
  await user.clock.advance(10_000)
  await user.ended
  expect(log.error).not.toHaveBeenCalled()
  expect(user.connection.ended).toEqual({ reason: 'exit', status: 3 })
})
