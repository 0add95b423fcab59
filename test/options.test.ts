import { describe, expect, it } from 'vitest'
import { chooseLimits } from '../src/guard/limits.ts'
import { accept, serve } from '../src/serve.ts'
import { fail } from '../src/core/options/failure.ts'
import { connect } from '../src/testing/index.ts'
import { commandSet } from '../src/shell/command/set.ts'
import { createShell } from '../src/shell/shell.ts'
import { historyFile } from '../src/store/history-file.ts'
import { local } from '../src/transport/local/local.ts'
import { ssh } from '../src/transport/ssh/ssh.ts'
import { chooseAlgorithms } from '../src/transport/ssh/protocol/algorithms.ts'
import { chooseSshLimits } from '../src/transport/ssh/limits.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'

/** As a program calls that no compiler has seen. */
type Loose = (...given: unknown[]) => unknown
const call = (made: unknown): Loose => made as Loose

const KEY = { hostKey: 'host_key' }
const shell = createShell({ auth: 'open' })
const handler = (): string => ''

/** What takes options, with those that are given to it. */
const TAKERS: Readonly<Record<string, (options: unknown) => unknown>> = {
  'telnet()': options => call(telnet)(options),
  'ssh()': options => call(ssh)(options),
  'local()': options => call(local)(options),
  'serve()': options => call(serve)(shell, options),
  'accept()': options => call(accept)(shell, telnet(), options),
  'close()': options => call(accept(shell, telnet()).close)(options),
  'limits of serve()': options => call(chooseLimits)(options, () => true),
  'limits of ssh()': options => call(chooseSshLimits)(options),
  'algorithms of ssh()': options => call(chooseAlgorithms)(options),
  'createShell()': options => call(createShell)(options),
  auth: options => createShell({ auth: options as 'open' }),
  history: options => createShell({ history: options as {} }),
  voices: options => createShell({ voices: options as {} }),
  'a command': options => createShell().command('x', options as {}, handler),
  'a set': options => call(commandSet)(options),
  'historyFile()': options => call(historyFile)('history', options),
}

async function sentenceOf(taker: string, options: unknown): Promise<string> {
  const take = TAKERS[taker] as (options: unknown) => unknown
  const error = await Promise.resolve()
    .then(() => take(options))
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
  expect(error).toMatchObject({ name: 'AnswerbackError' })
  return (error as Error).message
}

describe('a name that is misspelt is told, with the one that was meant', () => {
  it.each([
    ['telnet()', 'keepAlvieInterval', 'keepAliveInterval'],
    ['telnet()', 'ehco', 'echo'],
    ['telnet()', 'hots', 'host'],
    ['ssh()', 'keepAlvieInterval', 'keepAliveInterval'],
    ['ssh()', 'hostkey', 'hostKey'],
    ['local()', 'ahth', 'auth'],
    ['serve()', 'limit', 'limits'],
    ['serve()', 'logComands', 'logCommands'],
    ['accept()', 'limit', 'limits'],
    ['close()', 'tiemout', 'timeout'],
    ['limits of serve()', 'idletime', 'idleTimeout'],
    ['limits of ssh()', 'maxSesions', 'maxSessions'],
    ['algorithms of ssh()', 'ciphers', 'cipher'],
    ['createShell()', 'promt', 'prompt'],
    ['auth', 'pasword', 'password'],
    ['history', 'sice', 'size'],
    ['voices', 'eror', 'error'],
    ['a command', 'alow', 'allow'],
    ['a set', 'alow', 'allow'],
    ['historyFile()', 'limits', 'limit'],
  ])('%s: %s', async (taker, name, meant) => {
    expect(await sentenceOf(taker, { [name]: undefined })).toContain(`Did you mean \`${meant}\`?`)
  })

  it.each(Object.keys(TAKERS))('%s: one that is near to none', async taker => {
    expect(await sentenceOf(taker, { xyzzy: 1 })).toMatch(/xyzzy.*: .* (has|are) \w+/)
  })
})

describe('a value that cannot be meant is told, with what can be', () => {
  it.each<[string, unknown, string]>([
    ['telnet()', { echo: 'alway' }, "The option echo cannot be 'alway': it is 'always', or left out."],
    [
      'telnet()',
      { keepAliveInterval: 'x' },
      "The option keepAliveInterval cannot be 'x': it is false, or a number of milliseconds",
    ],
    ['telnet()', { environment: 'LANG' }, "environment cannot be 'LANG': it is a list of names of variables"],
    ['telnet()', { environment: ['LC-ALL'] }, 'environment cannot be a list: it is a list of names of variables'],
    ['telnet()', { auth: { name: 'joe' } }, 'auth cannot be an object: it is { as }, a user that has a name.'],
    ['telnet()', { auth: { as: null } }, 'auth cannot be an object: it is { as }'],
    ['telnet()', null, 'The option options cannot be null: it is an object.'],
    ['telnet()', '8023', "The option port cannot be '8023': it is a whole number from 0 to 65535."],
    ['telnet()', { port: 1, host: 5 }, 'host cannot be 5: it is an address or a name.'],
    ['telnet()', { port: 1, proxy: '::1' }, "proxy cannot be '::1': it is { from }, a list of proxies."],
    [
      'ssh()',
      { ...KEY, keepAliveInterval: 5 },
      'keepAliveInterval cannot be 5: it is false, or a number of milliseconds, 1000 or more',
    ],
    ['ssh()', { ...KEY, port: 65_536 }, 'The option port cannot be 65536: it is a whole number from 0 to 65535.'],
    ['local()', { auth: 'open' }, "auth cannot be 'open': it is { as }"],
    ['serve()', { listen: telnet(0) }, 'listen cannot be an object: it is a list of transports, as [telnet(8023)] is.'],
    ['serve()', {}, 'listen cannot be undefined: it is a list of transports'],
    ['serve()', { listen: [], logCommands: true }, 'logCommands cannot be true: it is one of false, names, words.'],
    ['serve()', { listen: [], log: true }, 'log cannot be true: it is false, or has the methods debug, info, warn'],
    ['serve()', { listen: [], limits: 5 }, 'limits cannot be 5: it is an object.'],
    ['serve()', undefined, 'The option options cannot be undefined: it is an object.'],
    ['close()', { timeout: '5' }, "timeout cannot be '5': it is a number of milliseconds"],
    ['close()', { message: 5 }, 'message cannot be 5: it is a text.'],
    [
      'limits of ssh()',
      { maxSessions: 1.5 },
      'limits.maxSessions cannot be 1.5: it is a whole number, 1 or more, or Infinity.',
    ],
    [
      'limits of ssh()',
      { sessionStartTimeout: '60' },
      "limits.sessionStartTimeout cannot be '60': it is a number of milliseconds, 1000 or more, or Infinity",
    ],
    [
      'limits of ssh()',
      { maxCommandLength: 1e6 },
      'limits.maxCommandLength cannot be 1000000: it is a whole number from 1 to',
    ],
    ['algorithms of ssh()', { mac: 'x' }, "algorithms.mac cannot be 'x': it is a list of names of algorithms."],
    ['createShell()', { auth: 'opne' }, "auth cannot be 'opne': it is 'open', or an object of methods."],
    ['createShell()', { auth: null }, 'auth cannot be null: it is'],
    ['createShell()', { prompt: 5 }, 'prompt cannot be 5: it is a text or a function.'],
    ['createShell()', { paging: 'no' }, "paging cannot be 'no': it is true or false."],
    ['createShell()', { state: {} }, 'state cannot be an object: it is a function.'],
    ['createShell()', { hint: 'yes' }, "hint cannot be 'yes': it is true, false or a function."],
    ['auth', { password: 'secret' }, "auth.password cannot be 'secret': it is a function."],
    ['auth', { authorizedKeys: 5 }, 'auth.authorizedKeys cannot be 5: it is a file, the keys, or a list of them.'],
    ['history', { size: '5' }, "history.size cannot be '5': it is a whole number, 0 or more."],
    [
      'history',
      { store: 'history' },
      "history.store cannot be 'history': it is a store, as historyFile(directory) is.",
    ],
    ['voices', { error: 'red' }, "voices.error cannot be 'red': it is a function."],
    ['a command', { allow: 'admin' }, "allow cannot be 'admin': it is a function."],
    ['a command', { hidden: 'no' }, "hidden cannot be 'no': it is true or false."],
    ['a set', { allow: true }, 'allow cannot be true: it is a function.'],
    ['historyFile()', { limit: 0 }, 'limit cannot be 0: it is a whole number, 1 or more.'],
  ])('%s: %j', async (taker, options, sentence) => {
    expect(await sentenceOf(taker, options)).toContain(sentence)
  })
})

describe('what a program without a compiler passes by mistake is refused in a sentence', () => {
  const set = commandSet()
  const plain = (): { [method: string]: Loose } => createShell() as never
  const CALLED = 'it is a shell, as createShell() and shellOf(class) return one.'
  const DECLARED = "write command('name', 'What it does.', handler)."
  it.each<[string, () => unknown, string]>([
    ['serve(createShell)', () => call(serve)(createShell, { listen: [] }), `shell cannot be a function: ${CALLED}`],
    ['serve(set)', () => call(serve)(set, { listen: [] }), `The option shell cannot be an object: ${CALLED}`],
    ['accept(undefined)', () => call(accept)(undefined, telnet()), `The option shell cannot be undefined: ${CALLED}`],
    ['connect(createShell)', () => call(connect)(createShell), `The option shell cannot be a function: ${CALLED}`],
    ['serve(shell, transport)', () => call(serve)(shell, telnet(0)), 'The option listen cannot be undefined: write'],
    ['serve(shell, list)', () => call(serve)(shell, [telnet(0)]), 'The option listen cannot be undefined: write'],
    ['listen: [telnet]', () => call(serve)(shell, { listen: [telnet] }), 'element 0 of it is a function: call it, as'],
    ['listen: [8023]', () => call(serve)(shell, { listen: [telnet(0), 8023] }), 'element 1 of it is not a transport.'],
    ["use('a')", () => plain()['use']!('a'), "The option use cannot be undefined: write use('prefix', set)."],
    ["use(set, 'a')", () => plain()['use']!(set, 'a'), "use cannot be 'a': a second argument follows a prefix"],
    ['use(f, g)', () => plain()['use']!(handler, handler), 'use cannot be a function: a second argument follows'],
    ['use(5)', () => plain()['use']!(5), 'use cannot be 5: it is a middleware, a set of commands, or a prefix and'],
    ["command('x', 'X.')", () => plain()['command']!('x', 'X.'), `handler cannot be undefined: ${DECLARED}`],
    ["command('x', f)", () => plain()['command']!('x', handler), `about cannot be a function: ${DECLARED}`],
    ['fail(text, 3)', () => call(fail)('x', 3), 'The option options cannot be 3: it is an object.'],
    ['fail(text, { satus })', () => call(fail)('x', { satus: 3 }), 'Did you mean `status`?'],
    ['auth: {}', () => createShell({ auth: {} }), 'auth cannot be without a method: give one of name, publicKey,'],
    ['auth: { key }', () => createShell({ auth: { key: () => '' } }), 'auth cannot be without a method'],
    ['args', () => plain()['command']!('x <n>', { args: { n: 1 } }, handler), 'each parameter has a validator of'],
    ['args', () => plain()['command']!('x <n>', { args: 5 }, handler), 'args cannot be 5: each parameter has a'],
    ['complete', () => plain()['command']!('x <n>', { complete: { n: 'a' } }, handler), 'has a list or a function.'],
    ['notes', () => plain()['command']!('x <n>', { notes: { n: 1 } }, handler), 'each parameter has a text.'],
  ])('%s', async (_, run, sentence) => {
    const error = await Promise.resolve().then(run).catch((thrown: unknown) => thrown) // prettier-ignore
    expect(error).toMatchObject({ code: 'OPTION', message: expect.stringContaining(sentence) })
  })
})

describe('options in a second argument are told, with the way to write them', () => {
  it.each<[string, unknown, unknown, string]>([
    ['telnet', 8023, { echo: 'always' }, 'The option echo cannot be'],
    ['ssh', 8022, KEY, 'The option hostKey cannot be'],
    ['ssh', { port: 8022 }, KEY, 'The option hostKey cannot be'],
    ['telnet', 8023, {}, 'The option options cannot be'],
    ['telnet', 8023, '::', 'The option options cannot be'],
  ])('%s(%j, %j)', (name, first, second, beginning) => {
    const names = typeof second === 'object' ? Object.keys(second as object) : []
    expect(() => call(name === 'ssh' ? ssh : telnet)(first, second)).toThrow(
      `${beginning} given as a second argument: write ${name}({ ${['port', ...names].join(', ')} }).`,
    )
  })
})

describe('what is left out, or undefined, has its default', () => {
  it.each<[string, () => unknown]>([
    [
      'telnet()',
      () => telnet({ port: undefined as never, echo: undefined as never, keepAliveInterval: undefined as never }),
    ],
    ['ssh()', () => ssh({ ...KEY, limits: undefined as never, algorithms: undefined as never })],
    ['limits of ssh()', () => expect(chooseSshLimits({ maxSessions: undefined as never }).maxSessions).toBe(10)],
    ['algorithms of ssh()', () => expect(chooseAlgorithms({ mac: undefined as never }).mac).not.toHaveLength(0)],
    ['createShell()', () => createShell({ prompt: undefined as never, history: undefined as never })],
  ])('%s', (_, make) => {
    expect(make).not.toThrow()
  })

  it('an acceptor takes transports for sockets alone', () => {
    expect(() => call(accept)(shell, local())).toThrow('The option transport cannot be an object: it is telnet() or')
  })
})
