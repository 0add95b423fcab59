import { describe, expect, it } from 'vitest'
import { AnswerbackError, Interrupted, SessionEnded } from '../../core/options/errors.ts'
import { Failure, fail } from '../../core/options/failure.ts'
import { connect } from '../../testing/index.ts'
import type { CapturedRun } from '../session/run.ts'
import { Session } from '../session/session.ts'
import { createShell, shellOf } from '../shell.ts'
import { MAX_CAPTURED_CHARS } from './capture.ts'
import { MAX_NESTED } from './nested-commands.ts'

const toError = (error: unknown): unknown => error

/**
 * Returns a shell whose `run` gives its words to `session.run`, as one line; `take` captures them.
 */
function base() {
  const seen: { statuses: unknown[]; captured: CapturedRun[] } = { statuses: [], captured: [] }
  const shell = createShell()
    .command('say <text...>', 'Say.', ({ text }) => text.join(' '))
    .command('run <words...>', 'Run.', async ({ words }, session) => {
      seen.statuses.push(await session.run(words.join(' ')).catch(toError))
    })
    .command('take <words...>', 'Capture.', async ({ words }, session) => {
      seen.captured.push(await session.run(words, { capture: true }))
    })
    .command('fail', 'Fail.', () => fail('No.', { status: 7 }))
    .command('ask', 'Ask.', async (_, session) => `You are ${await session.readLine('Name? ')}`)
  return { shell, seen }
}

async function after(user: ReturnType<typeof connect>, ...lines: string[]) {
  for (const line of lines) {
    user.enter(line)
    await user.settled()
  }
  return user.output
}

describe('session.run', () => {
  it('writes the output for the user, and resolves with the status', async () => {
    const { shell, seen } = base()
    const output = await after(connect(shell), 'run say hello', 'run fail', 'run nothing', 'run say')
    expect(output).toContain('hello\n')
    expect(output).toContain('No.\n')
    expect(output).toContain("Unknown command 'nothing'.")
    expect(seen.statuses).toEqual([0, 7, 127, 2])
  })

  it('takes words as they are', async () => {
    const { shell } = base()
    const raws: string[] = []
    shell.use((_, next, { raw }) => (raws.push(raw), next()))
    const user = connect(shell)
    await user.settled()
    await expect(user.session.run(['say', 'a "b', "it's;\nsay no"])).resolves.toBe(0)
    await expect(user.session.run([])).resolves.toBe(0)
    await expect(user.session.run('')).resolves.toBe(0)
    expect(raws).toEqual(['say "a \\"b" "it\'s;\\nsay no"\n'])
  })

  it('refuses an open quote, a second command, and what is too long, with a sentence', async () => {
    const { shell } = base()
    const user = connect(shell)
    await user.settled()
    await expect(user.session.run("say it's")).resolves.toBe(2)
    await expect(user.session.run('say one\nsay two')).resolves.toBe(2)
    await expect(user.session.run(`say ${'x'.repeat(70_000)}`)).resolves.toBe(2)
    expect(user.output).toContain("The input is unfinished: unexpected end of input while looking for matching `'`.")
    expect(user.output).toContain('The input holds more than one command, and was not run.')
    expect(user.output).toContain('The input is longer than 65536 characters, and was not run.')
    expect(user.output).not.toContain('one\n')
    await expect(user.session.run('say "one\ntwo"\n')).resolves.toBe(0)
    expect(user.output).toContain('one\ntwo\n')
  })

  it('takes the rest of a line as it stands', async () => {
    const shell = createShell().command('tell <text:line>', 'Tell.', ({ text }) => `<${text}>`)
    const user = connect(shell)
    await user.settled()
    await expect(user.session.run("tell it's me")).resolves.toBe(0)
    await expect(user.session.run(['tell', "it's", '"you"'])).resolves.toBe(0)
    expect(user.output).toContain("<it's me>\n")
    expect(user.output).toContain('<it\'s "you">\n')
  })

  it('refuses what is neither a line nor words', async () => {
    const user = connect(base().shell)
    await user.settled()
    await expect(user.session.run(7 as never)).rejects.toMatchObject({ code: 'OPTION' })
    await expect(user.session.run(['say', 7] as never)).rejects.toMatchObject({ code: 'OPTION' })
  })

  it('asks allow, middleware and onUnknown as for typed commands, and onError', async () => {
    const { shell, seen } = base()
    const names: string[] = []
    shell
      .command('hidden', { allow: () => false }, () => 'never')
      .command('broken', 'Broken.', () => {
        throw new Error('broken')
      })
      .use((_, next, { name }) => (names.push(name), next()))
      .onUnknown((_, { words }) => `What is ${words[0]}?`)
      .onError((error, _, call) => `${call?.name}: ${(error as Error).message}`)
    const output = await after(connect(shell), 'run hidden', 'run broken')
    expect(output).toContain('What is hidden?')
    expect(output).toContain('broken: broken')
    expect(names).toEqual(['run', 'run', 'broken'])
    expect(seen.statuses).toEqual([127, 1])
  })

  it('tells of a reader that throws', async () => {
    let broken = false
    const reader = () => ({
      read: (line: string) => (broken ? fail('Not that.', { status: 5 }) : line.split(' ')),
      reset() {},
    })
    const user = connect(createShell({ reader }))
    await user.settled()
    broken = true
    await expect(user.session.run('say a')).resolves.toBe(5)
    expect(user.output).toContain('Not that.')
  })

  it('enters no history', async () => {
    const { shell } = base()
    const user = connect(shell)
    await after(user, 'run say a')
    expect(user.session.history).toEqual(['run say a'])
  })

  it('works from onStart, from a timer, and from outside at the prompt', async () => {
    const { shell } = base()
    shell.onStart(async session => {
      await session.run('say start')
      session.after(0, () => session.run('say timer'))
    })
    const user = connect(shell)
    await user.settled()
    await user.clock.advance(0)
    await user.settled()
    user.type('say half')
    await user.session.run('say outside')
    await user.settled()
    user.enter('')
    await user.settled()
    const lines = user.output.replaceAll(/\x1b\[[\d;]*[A-Za-z]/g, '')
    expect(lines).toMatch(/start\n[^]*timer\n[^]*outside\n[^]*half\n/)
  })

  it('refuses a session that is over, or has not begun', async () => {
    class Early extends Session {
      readonly early: Promise<unknown> = this.run('help').catch(toError)
    }
    const early = connect(shellOf(Early))
    await early.settled()
    await expect((early.session as Early).early).resolves.toMatchObject({ code: 'NOT_BEGUN' })
    const user = connect(base().shell)
    await user.settled()
    user.session.end()
    await expect(user.session.run('say late')).rejects.toBeInstanceOf(SessionEnded)
    void user.session.run('say late')
    await user.settled()
    expect(user.output).not.toContain('late')
  })

  it('can end the session', async () => {
    const { shell, seen } = base()
    const user = connect(shell)
    await after(user, 'run exit 4')
    await user.ended
    expect(user.session.signal.aborted).toBe(true)
    expect(seen.statuses).toEqual([expect.any(SessionEnded)])
  })

  it('may ask, as the command that owns the terminal', async () => {
    const { shell, seen } = base()
    const output = await after(connect(shell), 'run run ask', 'Ann')
    expect(output).toContain('You are Ann')
    expect(seen.statuses).toEqual([0, 0])
  })

  it('runs beside a question, which stays', async () => {
    const { shell } = base()
    const user = connect(shell)
    await after(user, 'ask')
    user.type('An')
    await user.session.run('say meanwhile')
    await expect(user.session.run('ask')).resolves.toBe(1)
    expect(await after(user, 'n')).toContain('You are Ann')
    expect(user.output).toContain('meanwhile\n')
  })

  it('is aborted by Ctrl-C with the typed command', async () => {
    const { shell, seen } = base()
    let reason: unknown
    shell.command('wait', 'Wait.', (_, __, { signal }) => {
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject((reason = signal.reason) as Error))
      })
    })
    const user = connect(shell)
    await after(user, 'run run wait')
    user.press('C-c')
    await user.settled()
    expect(reason).toBeInstanceOf(Interrupted)
    expect(seen.statuses).toEqual([expect.any(Interrupted), expect.any(Interrupted)])
    expect(await after(user, 'say next')).toContain('next\n')
  })

  it('begins no more in a command that goes on after Ctrl-C', async () => {
    const { shell } = base()
    let rounds = 0
    shell.command('loop', 'Loop.', async (_, session) => {
      for (;;) {
        await session.run(['say', String((rounds += 1))])
        await new Promise(resolve => setImmediate(resolve))
      }
    })
    const user = connect(shell).enter('loop')
    await user.settled()
    user.press('C-c')
    await user.settled()
    const before = rounds
    expect(await after(user, 'say next')).toContain('next\n')
    expect(rounds).toBe(before)
  })

  it('rejects when the session ends, though the command goes on', async () => {
    const { shell } = base()
    shell.command('deaf', 'Deaf.', () => new Promise<void>(() => {}))
    const user = connect(shell)
    await user.settled()
    const run = user.session.run('deaf')
    await user.settled()
    user.session.end()
    await expect(run).rejects.toBeInstanceOf(SessionEnded)
  })
})

describe('what runs itself', () => {
  it(`ends at ${MAX_NESTED} with one sentence, and leaves the session as it was`, async () => {
    const shell = createShell()
    const statuses: unknown[] = []
    const circle = (to: string) => async (_: object, session: Session) => {
      statuses.push(await session.run(to))
    }
    shell.command('a', 'A.', circle('b')).command('b', 'B.', circle('a'))
    const user = connect(shell)
    await after(user, 'a')
    expect(user.output.split(`More than ${MAX_NESTED} commands would run within one another.`)).toHaveLength(2)
    expect(statuses).toEqual([1, ...Array.from({ length: MAX_NESTED }, () => 0)])
    expect(await after(user, 'help')).toContain('exit')
    await after(user, 'a')
    expect(statuses).toHaveLength(2 * (MAX_NESTED + 1))
  })

  it('ends in linear time where each runs itself many times', async () => {
    let calls = 0
    const shell = createShell().command('many', 'Many.', async (_, session) => {
      for (let i = 0; i < 10; i++) {
        calls += 1
        await session.run('many')
      }
    })
    const user = connect(shell)
    await after(user, 'many')
    expect(calls).toBe(10 * (MAX_NESTED + 1))
    expect(user.output.split('More than')).toHaveLength(2)
  })
})

describe('session.run with capture', () => {
  it('gives the text and the value, and shows nothing', async () => {
    const { shell, seen } = base()
    shell
      .command('ports', 'Ports.', () => [{ name: 'eth0' }])
      .command('write', 'Write.', async (_, session) => {
        await session.write('a')
        await new Promise(resolve => setImmediate(resolve))
        await session.writeError('bad')
        return 'good'
      })
      .command('stream', 'Stream.', async function* () {
        yield 'x'
        yield 'y'
      })
    const user = connect(shell)
    const output = await after(user, 'take ports', 'take write', 'take fail', 'take stream', 'take nothing')
    expect(seen.captured).toEqual([
      { status: 0, text: 'name\n----\neth0\n', value: [{ name: 'eth0' }] },
      { status: 0, text: 'a\nbad\ngood\n', value: 'good' },
      { status: 7, text: 'No.\n', value: undefined },
      { status: 0, text: 'xy', value: undefined },
      { status: 127, text: expect.stringContaining("Unknown command 'nothing'."), value: undefined },
    ])
    for (const hidden of ['eth0', 'bad', 'No.', 'xy', 'Unknown']) expect(output).not.toContain(`${hidden}\n`)
  })

  it('takes what is run within, and what others write goes to the user', async () => {
    const { shell, seen } = base()
    let open = (): void => {}
    const opened = new Promise<void>(resolve => (open = resolve))
    shell
      .command('wait', 'Wait.', () => opened)
      .command('both', 'Both.', async (_, session) => {
        await session.run('say inner')
        const { text } = await session.run('say deeper', { capture: true })
        await session.run('wait')
        return text.toUpperCase()
      })
    const user = connect(shell)
    await after(user, 'take both')
    await user.session.writeLine('from outside')
    open()
    await user.settled()
    expect(seen.captured).toEqual([{ status: 0, text: 'inner\nDEEPER\n\n', value: 'DEEPER\n' }])
    expect(user.output).toContain('from outside')
    expect(user.output).not.toContain('inner\n')
  })

  it('knows no voices and no pages', async () => {
    const { seen, shell: plain } = base()
    const shell = createShell({ voices: { response: text => `\x1b[1m${text}\x1b[0m` }, paging: true })
    const long = Array.from({ length: 100 }, (_, i) => String(i)).join('\n')
    shell
      .command('long', 'Long.', () => long)
      .command('take', 'Take.', async (_, session) => {
        seen.captured.push(await session.run('long', { capture: true }))
      })
    expect(plain).toBeDefined()
    await after(connect(shell), 'take')
    expect(seen.captured).toEqual([{ status: 0, text: `${long}\n`, value: long }])
  })

  it('shows what is asked', async () => {
    const { shell, seen } = base()
    expect(await after(connect(shell), 'take ask', 'Ann')).toContain('Name? ')
    expect(seen.captured).toEqual([{ status: 0, text: 'You are Ann\n', value: 'You are Ann' }])
  })

  it('stops a command that writes too much, with a sentence', async () => {
    const { shell } = base()
    let ended = false
    shell.command('flood', 'Flood.', async function* () {
      try {
        for (;;) yield 'x'.repeat(1000)
      } finally {
        ended = true
      }
    })
    const user = connect(shell)
    await user.settled()
    await expect(user.session.run('flood', { capture: true })).rejects.toBeInstanceOf(Failure)
    expect(ended).toBe(true)
    const output = await after(user, 'take flood')
    expect(output).toContain(`The command has written more than ${MAX_CAPTURED_CHARS} characters, and was stopped.`)
    expect(output.length).toBeLessThan(1000)
    await expect(user.session.run('say still here')).resolves.toBe(0)
  })

  it('has errors that are documented', () => {
    expect(new AnswerbackError('NOT_BEGUN').message).toBe('The session has not begun: run commands from onStart on.')
  })
})
