import { describe, expect, it, vi } from 'vitest'
import { connect } from '../../testing/index.ts'
import { InputEnded, Interrupted, SessionEnded } from '../../core/options/errors.ts'
import { fail, Failure } from '../../core/options/failure.ts'
import { SILENT } from '../../core/log.ts'
import { INPUT_END_GRACE } from './input-end.ts'
import { END_GRACE } from '../run/hooks.ts'
import { Session } from '../session/session.ts'
import { createShell, shellOf } from '../shell.ts'
import type { ReadLineOptions } from '../ask/options.ts'

const echo = () => createShell().command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))

/** Returns a promise and its resolvers. */
function deferred<T = void>() {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

describe('S11: what a session shows first', () => {
  it('is banner, login, welcome, prompt', async () => {
    const shell = createShell({
      banner: 'A banner.',
      welcome: 'Welcome.',
      prompt: '$ ',
      userPrompt: 'Who? ',
      passwordPrompt: 'Secret? ',
      auth: { password: (name, password) => name === 'joe' && password === 'x' },
    })
    const user = connect(shell)
    expect(user.output).toBe('A banner.\nWho? ')
    await user.enter('joe').settled()
    await user.enter('x').settled()
    expect((await user.screen()).rows).toEqual(['A banner.', 'Who? joe', 'Secret? ', 'Welcome.', '$ '])
  })

  it('is just a prompt where nothing is set, and at once', () => {
    expect(connect(createShell()).output).toBe('> ')
  })

  it('refuses options that are misspelt, least of all in auth, and a class', () => {
    expect(() => createShell({ promt: '$ ' } as object)).toThrow(
      /^The option promt cannot be given: a shell has no such option. Did you mean `prompt`\?$/,
    )
    expect(() => createShell({ auth: Object({ pasword: () => true }) })).toThrow(
      /^The option auth.pasword cannot be given: auth has no such option. Did you mean `password`\?$/,
    )
    expect(() => createShell({ xyzzy: 1 } as object)).toThrow(
      /^The option xyzzy cannot be given: a shell has prompt, continuePrompt, .*[^.]\.$/,
    )
    // @ts-expect-error It is shellOf that takes classes.
    expect(() => createShell(class Lobby extends Session {})).toThrow(/shellOf/)
  })

  it('asks a function for the prompt each time', async () => {
    let n = 0
    const user = connect(createShell({ prompt: () => `${(n += 1)}>` }))
    user.enter('').enter('').type('x').press('C-a')
    expect((await user.screen()).rows).toEqual(['1>', '2>', '3>x'])
  })

  it('shows the continuation prompt while an input is unfinished', async () => {
    const user = connect(echo().onStart(() => {}))
      .enter('echo "a')
      .enter('b"')
    expect((await user.screen()).rows).toEqual(['> echo "a', '... b"', 'a', 'b', '> '])
  })

  it('shows nothing of that where one command is run, though on a terminal', async () => {
    const user = connect(createShell({ banner: 'banner', welcome: 'welcome' }), { exec: 'history' })
    await user.ended
    expect(user.output).toBe('')
  })

  it('shows nothing of that on a pipe, but runs the hooks', async () => {
    const shell = createShell({ banner: 'banner', welcome: 'welcome' }).onStart(session => session.writeLine('hook'))
    expect(connect(shell, { terminal: false }).output).toBe('hook\n')
  })
})

describe('S12: hooks', () => {
  it('run in order, the first prompt waiting for them', async () => {
    const first = deferred()
    const shell = createShell()
      .onStart(() => first.promise)
      .onStart(session => session.writeLine('second'))
    const user = connect(shell).enter('')
    expect(user.output).toBe('')
    first.resolve()
    await user.settled()
    expect(user.output).toBe('second\n> \n> ')
  })

  const ways: Record<string, (user: ReturnType<typeof connect>) => unknown> = {
    exit: user => user.enter('exit'),
    'Ctrl-D': user => user.press('C-d'),
    'end of input': user => user.endInput(),
    disconnected: user => user.disconnect(),
  }
  for (const [reason, leave] of Object.entries(ways)) {
    it(`onEnd runs once when a session ends by: ${reason}`, async () => {
      const ended: string[] = []
      const user = connect(createShell().onEnd((_, why) => void ended.push(why)))
      leave(user)
      leave(user)
      user.disconnect()
      await user.ended
      expect(ended).toEqual([reason === 'Ctrl-D' ? 'end of input' : reason])
    })
  }

  it('onEnd does not run where onStart has not begun', async () => {
    const onEnd = vi.fn()
    const user = connect(createShell({ auth: { name: () => true } }).onEnd(onEnd))
    await user.disconnect().ended
    expect(onEnd).not.toHaveBeenCalled()
  })

  it('no hook of the start is begun when the session has ended meanwhile', async () => {
    const go = deferred()
    const order: string[] = []
    const shell = createShell()
      .onStart(() => go.promise)
      .onStart(() => void order.push('second'))
      .onEnd(() => void order.push('end'))
    const user = connect(shell).disconnect()
    go.resolve()
    await user.ended
    expect(order).toEqual(['end'])
  })

  it('is over only when onEnd is, also when the user is gone already', async () => {
    const go = deferred()
    const over = vi.fn()
    const user = connect(createShell().onEnd(() => go.promise)).disconnect()
    void user.ended.then(over)
    await user.settled()
    expect(over).not.toHaveBeenCalled()
    go.resolve()
    await user.ended
  })

  it('an onEnd that never ends does not keep the connection', async () => {
    const user = connect(createShell().onEnd(() => new Promise(() => {}))).enter('exit')
    expect(user.connection.ended).toBeUndefined()
    await user.clock.advance(END_GRACE)
    expect(user.connection.ended).toMatchObject({ reason: 'exit' })
  })

  it('an onEnd that throws is logged, and the others still run', async () => {
    const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
    const second = vi.fn()
    const shell = createShell()
      .onEnd(() => {
        throw new Error('first')
      })
      .onEnd(second)
    await connect(shell, { log }).enter('exit').ended
    expect(second).toHaveBeenCalledOnce()
    expect(log.error).toHaveBeenCalledOnce()
  })

  it('can still write to a user who leaves', async () => {
    const user = connect(createShell().onEnd(session => session.writeLine('Come back soon.'))).enter('exit')
    await user.ended
    expect(user.output).toMatch(/Goodbye\nCome back soon.\n$/)
  })
})

describe('a session that ends', () => {
  it('fires its signal, ends its timers, and rejects what was being read', async () => {
    const settled: unknown[] = []
    const shell = createShell().command('ask', 'Ask.', async (_, session, { signal }) => {
      session.signal.addEventListener('abort', () => settled.push('session'))
      signal.addEventListener('abort', () => settled.push('command'))
      session.every(1000, () => settled.push('timer'))
      await session.readLine().catch((error: unknown) => settled.push(error))
    })
    const user = connect(shell).enter('ask').disconnect()
    await user.ended
    await user.clock.advance(10_000)
    expect(settled).toEqual(['session', 'command', expect.any(SessionEnded)])
    expect(user.session.signal.aborted).toBe(true)
    expect(user.clock.pending).toBe(0)
  })

  it('takes no harm from a handler that goes on writing', async () => {
    const go = deferred()
    const shell = createShell().command('slow', 'Slow.', async (_, session) => {
      await go.promise
      await session.write('late')
      await session.writeMessage('later')
      return 'last'
    })
    const user = connect(shell).enter('slow').disconnect()
    await user.ended
    const { output } = user
    go.resolve()
    await user.settled()
    expect(user.output).toBe(output)
  })

  it('lets reads and timers of afterwards fail or rest', async () => {
    const user = connect(createShell()).disconnect()
    await user.ended
    await expect(user.session.readLine()).rejects.toBeInstanceOf(SessionEnded)
    const late = vi.fn()
    user.session.after(0, late)
    await user.clock.advance(10)
    expect(late).not.toHaveBeenCalled()
  })

  it('runs what came before the end of the input, then leaves with the last status', async () => {
    const shell = echo().command('no', 'Fail.', () => {
      throw fail('No.', { status: 7 })
    })
    const user = connect(shell, { terminal: false }).type('echo a\necho b\nno').endInput()
    await user.ended
    expect(user.output).toBe('a\nb\nNo.\n')
    expect(user.connection.errors).toBe('No.\n')
    expect(user.connection.ended).toEqual({ reason: 'end of input', status: 7 })
  })

  it('is told of a line that is too long, and goes on, with status 2 where it was the last', async () => {
    const user = connect(
      createShell({ maxInput: 10 }).command('hi', 'Hi.', () => 'hi'),
      { terminal: false },
    )
      .type(`${'x'.repeat(11)}\nhi\n${'y'.repeat(11)}\n`)
      .endInput()
    await user.ended
    const sentence = 'That line is longer than 10 characters, and was not taken.\n'
    expect(user.output).toBe(`${sentence}hi\n${sentence}`)
    expect(user.connection.errors).toBe(sentence + sentence)
    expect(user.connection.ended).toEqual({ reason: 'end of input', status: 2 })
  })

  it('waits only so long for a command whose user sends no more', async () => {
    const user = connect(createShell().command('hang', 'Hang.', () => new Promise<void>(() => {})))
      .enter('hang')
      .endInput()
    await user.clock.advance(INPUT_END_GRACE - 1)
    expect(user.connection.ended).toBeUndefined()
    await user.clock.advance(1)
    expect(user.connection.ended).toEqual({ reason: 'disconnected', status: 130 })
  })

  it('waits so long for each of the commands that came before the end', async () => {
    const shell = createShell().command('job', 'Work.', (_, session) => {
      return new Promise<string>(resolve => session.after(INPUT_END_GRACE - 1, () => resolve('done')))
    })
    const user = connect(shell).enter('job').enter('job').enter('job').endInput()
    await user.clock.advance(3 * INPUT_END_GRACE)
    expect(user.output.match(/done/g)).toHaveLength(3)
    expect(user.connection.ended).toMatchObject({ reason: 'end of input' })
  })
})

describe('S14: exceptions', () => {
  const broken = () =>
    createShell()
      .command('throws', 'Throw.', () => {
        throw new Error('secret detail')
      })
      .command('rejects', 'Reject.', async () => {
        await Promise.resolve()
        throw new Error('secret detail')
      })

  it.each(['throws', 'rejects'])('of a command that %s: one sentence, no stack, and on it goes', async command => {
    const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
    const user = connect(broken(), { log }).enter(command)
    await user.settled()
    expect(user.output).toBe(`> ${command}\nSomething went wrong. It has been noted.\n> `)
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ err: expect.any(Error) }), expect.any(String))
  })

  it('go to onError, which may end the session with false', async () => {
    const seen: unknown[] = []
    const shell = broken().onError((error, session) => {
      seen.push(error)
      void session.writeError('Custom.')
      return seen.length < 2
    })
    const user = connect(shell).enter('throws')
    await user.settled()
    expect(user.output).toBe('> throws\nCustom.\n> ')
    await user.enter('rejects').ended
    expect(seen).toHaveLength(2)
    expect(user.connection.ended).toMatchObject({ status: 1 })
  })

  it.each([
    [
      'prompt',
      createShell({
        prompt: () => {
          throw new Error('prompt')
        },
      }),
    ],
    [
      'reader',
      createShell({
        reader: () => ({
          read: () => {
            throw new Error('reader')
          },
          reset() {},
        }),
      }),
    ],
  ])('of a shell’s own %s are logged, and its session goes on', async (_, shell) => {
    const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
    const user = connect(shell, { log }).enter('help')
    await user.settled()
    expect(user.connection.ended).toBeUndefined()
    expect(log.error).toHaveBeenCalled()
    expect(user.output).toContain('Something went wrong. It has been noted.')
  })

  it('of a prompt that fails after a command that took its time end neither its session nor the process', async () => {
    let asked = 0
    const shell = createShell({
      prompt: () => {
        if ((asked += 1) > 1) throw new Error('prompt')
        return '> '
      },
    }).command('wait', 'Wait.', () => Promise.resolve())
    const user = connect(shell).enter('wait')
    await user.settled()
    expect(user.connection.ended).toBeUndefined()
    expect((await user.screen()).rows.at(-1)).toBe('> ')
  })

  it('of a method that a class has overridden are logged, thrown or rejected', async () => {
    class Lobby extends Session {
      override writeError(text: string): Promise<void> {
        if (text.includes('nope')) throw new Error('thrown')
        return Promise.reject(new Error('rejected'))
      }
    }
    const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
    const user = connect(shellOf(Lobby), { log }).enter('nope').enter('exit x')
    await user.settled()
    expect(log.error).toHaveBeenCalledTimes(2)
    await user.enter('exit').ended
  })

  it('that onError throws itself do not hide the first one, and its user is told', async () => {
    const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
    const shell = broken().onError(() => {
      throw new Error('second')
    })
    const user = connect(shell, { log }).enter('throws')
    await user.settled()
    expect(log.error.mock.calls.map(([{ err }]) => err.message)).toEqual(['secret detail', 'second'])
    expect(user.output).toBe('> throws\nSomething went wrong. It has been noted.\n> ')
  })

  it('of a voice are logged, and the text is said as it is', async () => {
    const voice = () => {
      throw new Error('voice')
    }
    const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
    const user = connect(createShell({ voices: { response: voice, error: voice } }), { log })
      .enter('nope')
      .enter('history')
    expect(user.output).toMatch(/nknown command 'nope'[^]*1  nope/)
    expect(log.error).toHaveBeenCalledTimes(2)
  })

  it('of a timer go the same way', async () => {
    const onError = vi.fn()
    const shell = createShell()
      .onStart(session => {
        session.after(10, () => {
          throw new Error('tick')
        })
        session.after(20, async () => {
          throw new Error('async tick')
        })
      })
      .onError(onError)
    await connect(shell).clock.advance(30)
    expect(onError).toHaveBeenCalledTimes(2)
  })

  it('of onStart are told, and the prompt comes', async () => {
    const user = connect(
      createShell().onStart(() => {
        throw new Error('start')
      }),
    )
    await user.settled()
    expect(user.output).toBe('Something went wrong. It has been noted.\n> ')
  })

  it('that are fail() are the user’s: in the error voice, and nothing is logged', async () => {
    const log = { debug() {}, info() {}, warn: vi.fn(), error: vi.fn() }
    const shell = createShell({ voices: { error: text => `!${text}` } }).command('no', 'No.', () => {
      throw fail('Not so many.', { status: 2 })
    })
    const user = connect(shell, { log }).enter('no')
    expect(user.output).toBe('> no\n!Not so many.\n> ')
    expect(log.error).not.toHaveBeenCalled()
  })

  it('fail() throws by itself, so that a forgotten `throw` is no success', async () => {
    const shell = createShell().command('no', 'No.', () => {
      fail('Not so many.', { status: 2 })
    })
    const user = connect(shell, { terminal: false, exec: 'no' })
    await user.ended
    expect(user.connection.errors).toBe('Not so many.\n')
    expect(user.connection.ended).toEqual({ reason: 'exit', status: 2 })
  })
})

describe('Ctrl-C', () => {
  it('fires the command’s signal, and the command may still say its last word', async () => {
    const shell = createShell().command('wait', 'Wait.', async (_, _session, { signal }) => {
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      return 'stopped'
    })
    const user = connect(shell).enter('wait').press('C-c')
    await user.settled()
    expect(user.output).toBe('> wait\n^C\nstopped\n> ')
  })

  it.each(['interrupt', 'break'] as const)('comes by protocol as well: %s', async type => {
    const user = connect(createShell().command('ask', 'Ask.', (_, session) => session.readLine('? '))).enter('ask')
    user.connection.event({ type })
    await user.settled()
    expect(user.output).toBe('> ask\n? ^C\n> ')
  })

  it('is no failure of a command that rejects as Node’s own functions do', async () => {
    const shell = createShell().command(
      'wait',
      'Wait.',
      (_, _session, { signal }) =>
        new Promise<void>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('The operation was aborted', 'AbortError')))
        }),
    )
    const user = connect(shell).enter('wait').press('C-c')
    await user.settled()
    expect(user.output).toBe('> wait\n^C\n> ')
  })

  it('reaches a command in one piece with the line that starts it', async () => {
    const user = connect(createShell().command('ask', 'Ask.', () => new Promise<void>(() => {}))).type('ask\r\x03')
    await user.clock.advance(1000)
    expect(user.output).toBe('> ask\n^C\n> ')
  })

  it('leaves a command behind that does not heed it', async () => {
    const go = deferred<string>()
    const user = connect(createShell().command('deaf', 'Deaf.', () => go.promise))
      .enter('deaf')
      .press('C-c')
    await user.settled()
    expect(user.output).toBe('> deaf\n^C\n')
    await user.clock.advance(1000)
    expect(user.output).toBe('> deaf\n^C\n> ')
    go.resolve('too late')
    await user.settled()
    expect(user.output).toBe('> deaf\n^C\n> ')
  })

  it('twice does not wait', async () => {
    const user = connect(createShell().command('deaf', 'Deaf.', () => new Promise<void>(() => {})))
      .enter('deaf')
      .press('C-c')
      .press('C-c')
    expect(user.output).toBe('> deaf\n^C\n^C\n> ')
  })

  it('drops the whole unfinished input, continuation lines included: S6', async () => {
    const user = connect(echo()).enter('echo "a').type('b').press('C-c').enter('echo c')
    expect((await user.screen()).rows).toEqual(['> echo "a', '... b^C', '> echo c', 'c', '> '])
  })

  it('drops the lines that came with the command', async () => {
    const ran = vi.fn()
    const shell = createShell()
      .command('wait', 'Wait.', () => new Promise<void>(() => {}))
      .command('next', 'Next.', ran)
    const user = connect(shell).type('\x1b[200~wait\nnext\nnext\x1b[201~\r').press('C-c').press('C-c')
    await user.settled()
    expect(user.connection.ended).toBeUndefined()
    expect(ran).not.toHaveBeenCalled()
  })

  it('rejects a question with Interrupted, which a command need not catch', async () => {
    const seen: unknown[] = []
    const shell = createShell().command('ask', 'Ask.', (_, session) =>
      session.readLine().catch((error: unknown) => {
        seen.push(error)
        throw error
      }),
    )
    const user = connect(shell).enter('ask').press('C-c')
    await user.settled()
    expect(seen).toEqual([expect.any(Interrupted)])
    expect(user.output).toBe('> ask\n^C\n> ')
  })
})

describe('S10: readLine', () => {
  it('takes the text first: an object in its place is refused in a sentence', async () => {
    const old = { prompt: 'Name: ' } as unknown as string
    const shell = createShell().command('ask', 'Ask.', (_, session) =>
      session.readLine(old).catch((error: Error) => error.message),
    )
    const user = connect(shell).enter('ask')
    await user.settled()
    expect(user.output).toContain('The option prompt cannot be an object: it is a text, and stands before the options.')
  })

  const asking = (prompt: string, options: ReadLineOptions = {}) =>
    createShell().command('ask', 'Ask.', async (_, session) => `[${await session.readLine(prompt, options)}]`)

  it('reads a line after a prompt of its own, and keeps it in the history', async () => {
    const user = connect(asking('Name: ')).enter('ask').enter('joe')
    await user.settled()
    expect(user.output).toBe('> ask\nName: joe\n[joe]\n> ')
    expect(user.session.history).toEqual(['ask', 'joe'])
  })

  it('shows nothing with echo: false, and stores nothing', async () => {
    const user = connect(asking('Secret: ', { echo: false }))
      .enter('ask')
      .type('hunter2')
      .press('Up', 'C-k', 'C-y', 'Enter')
    await user.settled()
    expect(user.output.replaceAll('\x07', '')).toBe('> ask\nSecret: \n[hunter2]\n> ')
    expect(user.session.history).toEqual(['ask'])
  })

  it('recalls nothing with history: false, and stores nothing', async () => {
    const user = connect(asking('', { history: false }))
      .enter('ask')
      .press('Up')
      .type('x')
      .press('Enter')
    await user.settled()
    expect(user.output).toContain('[x]')
    expect(user.session.history).toEqual(['ask'])
  })

  it('what is killed in a secret cannot be yanked into the next command', async () => {
    const user = connect(asking('', { echo: false }))
      .enter('ask')
      .type('hunter2')
      .press('C-u', 'Enter')
    await user.settled()
    user.press('C-y')
    expect((await user.screen()).text).not.toContain('hunter2')
  })

  it('rejects at the end of the input', async () => {
    const seen: unknown[] = []
    const shell = createShell().command('ask', 'Ask.', (_, session) =>
      session.readLine().catch((error: unknown) => void seen.push(error)),
    )
    const user = connect(shell).enter('ask').press('C-d')
    await user.settled()
    expect(seen).toEqual([expect.any(InputEnded)])
  })

  it('refuses to read two lines at once, in a sentence', async () => {
    const user = connect(createShell())
    await expect(user.session.readLine()).rejects.toMatchObject({ code: 'BUSY_READING' })
  })

  it('says so where what is typed cannot be hidden, as with netcat', async () => {
    const user = connect(asking('Secret: ', { echo: false }), {
      terminal: { input: 'line', type: '', canHide: false },
    }).enter('ask')
    expect(user.output).toBe('> Your terminal will show what you type.\nSecret: ')
  })

  it('asks the peer’s side to hide in line mode, and to show again', async () => {
    const user = connect(asking('Secret: ', { echo: false }), {
      terminal: { input: 'line', type: '', canHide: true },
    }).enter('ask')
    expect(user.connection.hidden).toBe(true)
    await user.enter('x').settled()
    expect(user.connection.hidden).toBe(false)
    expect(user.output).toBe('> Secret: \n[x]\n> ')
  })
})

describe('S9: the voices', () => {
  it('can each be restyled', async () => {
    const shell = createShell({
      voices: { response: text => `(${text})`, error: text => `!${text}!`, message: text => `*${text}*` },
    }).command('all', 'All.', async (_, session) => {
      await session.write('raw ')
      await session.writeLine('line')
      await session.writeResponse('response')
      await session.writeError('error')
      await session.writeMessage('message')
      return 'answer'
    })
    const user = connect(shell).enter('all')
    await user.settled()
    expect(user.output).toBe('> all\nraw line\n(response)\n!error!\n*message*\n(answer)\n> ')
  })
})

describe('S8: what a session knows', () => {
  it('is the terminal as it is now, the user, the name, and a history that may be changed', async () => {
    const shell = createShell({ auth: { name: name => ({ id: 7, name }) } }).command(
      'me',
      'Me.',
      (_, { user, name, terminal, history }) => {
        history.push('added')
        return `${user.id} ${name} ${terminal.type} ${terminal.columns}x${terminal.rows}`
      },
    )
    const user = connect(shell).enter('joe')
    await user.settled()
    user.resize(100, 30).enter('me')
    await user.settled()
    expect(user.output).toContain('7 joe xterm-256color 100x30')
    user.press('Up')
    expect((await user.screen()).rows.at(-1)).toBe('> added')
  })

  it('is the others who are in, until they leave', async () => {
    const names = (session: Session) => session.others.map(({ name }) => name)
    const seen: unknown[] = []
    const shell = createShell({ auth: { name: name => name !== '' } })
      .onStart(session => void seen.push([session.name, ...names(session)]))
      .onEnd(session => void seen.push([session.name, ...names(session)]))
    const [ann, bob, eve] = [connect(shell), connect(shell), connect(shell)]
    await ann.enter('ann').settled()
    await bob.enter('bob').settled()
    expect(seen).toEqual([['ann'], ['bob', 'ann']])
    expect(ann.session.others).toEqual([bob.session])
    await bob.disconnect().settled()
    expect(seen.slice(2)).toEqual([['bob', 'ann']])
    await eve.enter('eve').settled()
    expect(names(ann.session)).toEqual(['eve'])
    expect(names(eve.session)).toEqual(['ann'])
  })

  it('is a state of its own for each session', async () => {
    const shell = createShell({ state: () => ({ n: 0 }) }).command('count', 'Count.', (_, session) =>
      String((session.state.n += 1)),
    )
    const [one, other] = [connect(shell), connect(shell)]
    one.enter('count').enter('count')
    other.enter('count')
    expect(one.output).toBe('> count\n1\n> count\n2\n> ')
    expect(other.output).toBe('> count\n1\n> ')
  })
})

describe('a secret among the words', () => {
  const shell = () =>
    createShell()
      .command('passwd <password:secret>', 'Set a password.', () => 'Set.')
      .command('login [-p, --password <p:secret>]', 'Log in.', () => 'In.')
  const told = { log: { debug() {}, info() {}, warn() {}, error() {} } }

  it.each([
    ['passwd hunter2', 'passwd'],
    ['passwd hunter2 too-much', 'passwd'],
    ['login --password=hunter2', 'login'],
  ])('of %j leaves but the name in the history, right or wrong', (line, kept) => {
    const user = connect(shell(), told).enter(line)
    expect(user.session.history).toEqual([kept])
  })
})

const UNFINISHED = 'The input is unfinished: unexpected end of input while looking for'

describe('input that ends in the middle of a command', () => {
  it.each([
    ["echo a\necho don't\necho b\n", "matching `'`"],
    ['echo a\necho "b', 'matching `"`'],
    ['echo a\necho b\\', 'the line after `\\`'],
    ['echo a\necho b\\\n', 'the line after `\\`'],
  ])('is told what it lacks, on the standard error of a pipe, with status 2: %j', async (input, lacks) => {
    const user = connect(echo(), { terminal: false }).type(input).endInput()
    await user.ended
    expect(user.output).toBe(`a\n${UNFINISHED} ${lacks}.\n`)
    expect(user.connection.errors).toBe(`${UNFINISHED} ${lacks}.\n`)
    expect(user.connection.ended).toEqual({ reason: 'end of input', status: 2 })
  })

  it('is told so by netcat as well', async () => {
    const user = connect(echo(), { terminal: { type: '', input: 'line' } })
      .type("echo don't\n")
      .endInput()
    await user.ended
    expect(user.output).toContain(`${UNFINISHED} matching \`'\`.\n`)
    expect(user.connection.ended).toEqual({ reason: 'end of input', status: 2 })
  })

  it('is told so on Ctrl-D, and the session goes on, as in Bash', () => {
    const user = connect(echo()).enter("echo don't").press('C-d').enter('echo b')
    expect(user.output).toBe(`> echo don't\n... \n${UNFINISHED} matching \`'\`.\n> echo b\nb\n> `)
  })

  it('is told so though a reader of its own does not say what it lacks', async () => {
    const reader = () => ({ read: () => undefined, reset: () => {} })
    const user = connect(createShell({ reader }), { terminal: false, exec: 'x' })
    await user.ended
    expect(user.output).toBe('The input is unfinished: unexpected end of input.\n')
  })
})

describe('exec', () => {
  const shell = () => echo().command('no', 'No.', () => Promise.reject(new Failure('No.', { status: 3 })))
  it.each([
    ['echo hi', 0, 'hi\n'],
    ['no', 3, 'No.\n'],
    ['echo', 2, undefined],
    ['nope', 127, undefined],
    ['', 2, 'The command is empty.\n'],
    ['\n', 2, 'The command is empty.\n'],
    ['echo hi\n', 0, 'hi\n'],
    ['\r\necho hi\r\n', 0, 'hi\n'],
    ['no\necho hi', 0, 'No.\nhi\n'],
    ['echo hi\r\nno', 3, 'hi\nNo.\n'],
    ['echo "one\n  two"\necho three\\\n four', 0, 'one\n  two\nthree four\n'],
    ['exit 4\necho hi', 4, ''],
    ['echo "open', 2, `${UNFINISHED} matching \`"\`.\n`],
    ["echo one\necho don't\necho b\n", 2, `one\n${UNFINISHED} matching \`'\`.\n`],
    ['echo one\necho two\\', 2, `one\n${UNFINISHED} the line after \`\\\`.\n`],
  ])('runs %j and ends with %i', async (command, status, output) => {
    const user = connect(shell(), { exec: command, terminal: false })
    await user.ended
    expect(user.connection.ended).toMatchObject({ status })
    if (output !== undefined) expect(user.output).toBe(output)
  })

  it('ends with 130 when it is interrupted', async () => {
    const user = connect(
      createShell().command('hang', 'Hang.', () => new Promise<void>(() => {})),
      { exec: 'hang', terminal: false },
    )
    user.interrupt().interrupt()
    await user.ended
    expect(user.connection.ended).toMatchObject({ status: 130 })
  })
})

describe('S20: the built-ins', () => {
  it.each(['exit', 'quit', 'bye', 'logout', 'EXIT'])('%s says Goodbye and ends', async name => {
    const user = connect(createShell()).enter(name)
    await user.ended
    expect(user.output).toBe(`> ${name}\nGoodbye\n`)
  })

  it.each([
    [256, 255],
    [-1, 255],
    [4294967296, 255],
  ])('exit takes no status for a success that is none: %i', async (given, status) => {
    const user = connect(createShell()).enter(`exit ${given}`)
    await user.ended
    expect(user.connection.ended).toEqual({ reason: 'exit', status })
  })

  it.each([256, 2 ** 32, 404, -1, 0])('a failure is none, whatever its status: %i', async status => {
    const shell = createShell().command('no', '', () => {
      throw fail('no', { status })
    })
    const user = connect(shell, { terminal: false, exec: 'no' })
    await user.ended
    expect(user.connection.ended).toEqual({ reason: 'exit', status: 255 })
  })

  it.each(['two', null, {}])('a status that is no number is a mistake of the program: %s', async given => {
    const log = { ...SILENT, error: vi.fn() }
    const status = given as unknown as number
    const shell = createShell()
      .command('no', '', () => {
        throw fail('no', { status })
      })
      .command('end', '', (_, session) => session.end(status))
    const user = connect(shell, { log }).enter('no').enter('end')
    await user.settled()
    expect(log.error).toHaveBeenCalledTimes(2)
    const last = log.error.mock.lastCall?.[0] as { err: unknown }
    expect(last.err).toMatchObject({ code: 'OPTION', message: expect.stringContaining('it is a number from') })
    expect(user.connection.ended).toBeUndefined()
  })

  it('exit takes a status', async () => {
    const user = connect(createShell()).enter('exit 3')
    await user.ended
    expect(user.connection.ended).toEqual({ reason: 'exit', status: 3 })
  })

  it('history shows the inputs, one that has several lines as one', async () => {
    const user = connect(echo()).enter('echo "a').enter('b"').enter('history')
    expect(user.output).toContain('    1  echo "a\nb"\n    2  history\n')
  })

  it('each can be removed, by one name, and replaced', async () => {
    const shell = createShell()
      .remove('bye')
      .remove('history')
      .command('exit', 'Mine.', () => 'No way out.')
    const user = connect(shell).enter('bye').enter('history').enter('exit').enter('quit')
    await user.ended
    expect(user.output.match(/nknown command/g)).toHaveLength(2)
    expect(user.output).toContain('No way out.')
  })
})

it('runs the lines of one input as long as its session has a share of the turn, and the rest in its next turns', () => {
  const user = connect(echo())
  const turns: (() => void)[] = []
  let now = 0
  vi.spyOn(user.clock, 'defer').mockImplementation(run => void turns.push(run))
  vi.spyOn(user.clock, 'now').mockImplementation(() => (now += 0.1))
  const lines = Array.from({ length: 20 }, (_, index) => `echo ${index}`)
  user.type(`\x1b[200~${lines.join('\r')}\x1b[201~`).type('\r')
  const ran = () => user.output.split('\n').filter(line => /^\d+$/.test(line)).length
  const before = ran()
  expect(before).toBeLessThan(10)
  while (turns.length > 0) turns.shift()!()
  expect(ran()).toBe(20)
})
