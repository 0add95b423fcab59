import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createShell, fail, serve, type Server } from '../src/index.ts'
import { hostKeyFingerprints, ssh } from '../src/transport/ssh/ssh.ts'
import { peer, type PeerName } from './peers.ts'
import { left, OPENSSH, run, settings, type Ran } from './ssh-client.ts'
import { TmuxWindow } from './tmux.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-ssh-programs-'))
const at = (name: string): string => join(folder, name)

const tools = createShell({
  auth: 'open',
  welcome: 'Welcome.',
  prompt: 'tools> ',
  voices: { response: text => `\x1b[32m${text}\x1b[m`, error: text => `\x1b[31m${text}\x1b[m` },
})
  .command('echo <text...>', 'Echo text.', ({ text }) => text.join(' '))
  .command('upper', 'Lines in capitals, one by one.', async function* (_, session) {
    for await (const line of session.lines()) yield `${line.toUpperCase()}\n`
  })
  .command('count', 'Count characters.', async (_, session) => {
    let characters = 0
    for await (const line of session.lines()) characters += line.length
    return `${characters}`
  })
  .command('no <status:integer>', 'Fail.', ({ status }) => {
    throw fail('It failed.', { status })
  })
  .command('broken', 'Throw.', () => {
    throw new Error('a secret of the program')
  })
  .command('named', 'Throw what onError knows.', () => {
    throw new Error('named')
  })
  .onError(error => ((error as Error).message === 'named' ? 'It has a name.' : undefined))
  .command('leave <status:integer>', 'End the session.', ({ status }, session) => session.end(status))
  .command('hang', 'Until it is interrupted.', async (_, session, { signal }) => {
    await session.writeLine('hanging')
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  .command('do <words...>', 'Run another.', async ({ words }, session) => {
    const status = await session.run(words)
    if (status !== 0) fail(`It ended with ${status}.`, { status })
  })
  .command('size', 'The size of the terminal.', (_, { terminal }) => `${terminal.columns}x${terminal.rows}`)

let server: Server<unknown>
let port = 0
beforeAll(async () => {
  server = await serve<unknown>(tools, {
    listen: [ssh({ port: 0, hostKey: at('host_key') })],
    // Quick machines start more clients in a second than one address may.
    limits: { maxConnectsPerSecond: Infinity },
    log: false,
  })
  port = server.addresses[0]?.port ?? 0
})
afterAll(async () => {
  await server.close({ timeout: 0, message: '' })
  rmSync(folder, { recursive: true })
})

const openssh = (args: readonly string[], input = ''): Promise<Ran> => run(OPENSSH, [...settings(port), ...args], input)
const command = (text: string, input = ''): Promise<Ran> => openssh(['joe@127.0.0.1', text], input)

describe.skipIf(OPENSSH === '')('S18: ssh host command', () => {
  it.each<[string, string, number, string | RegExp]>([
    ['echo a  "b  c"', 'a b  c\n', 0, ''],
    ['nope', '', 127, /^Unknown command 'nope'/],
    ['no', '', 2, /Usage: no <status>\n$/],
    ['no x', '', 2, /Usage: no <status>\n$/],
    ['no 1', '', 1, 'It failed.\n'],
    ['no 42', '', 42, 'It failed.\n'],
    ['broken', '', 1, 'Something went wrong. It has been noted.\n'],
    ['named', '', 1, 'It has a name.\n'],
    ['leave 3', '', 3, ''],
    ['do echo a "b  c"', 'a b  c\n', 0, ''],
    ['do no 42', '', 42, 'It failed.\nIt ended with 42.\n'],
    ['do leave 3', '', 3, ''],
    ['echo "open', '', 2, /looking for matching `"`/],
    ['\r\necho one\r\n', 'one\n', 0, ''],
    ['echo one\nno 1\necho two\n', 'one\ntwo\n', 0, 'It failed.\n'],
    ['echo one\nno 3\n', 'one\n', 3, 'It failed.\n'],
  ])('%j: %j, status %i, errors %s', async (text, out, status, error) => {
    const ran = await command(text)
    expect([ran.out, ran.status]).toEqual([out, status])
    if (typeof error === 'string') expect(ran.error).toBe(error)
    else expect(ran.error).toMatch(error)
  })

  it('interrupted by its user ends with 130; a client that goes leaves nothing behind', async () => {
    const child = spawn(OPENSSH, [...settings(port), '-tt', 'joe@127.0.0.1', 'hang'])
    const ended = left(child)
    await new Promise(resolve => child.stdout.once('data', resolve))
    child.stdin.write('\x03')
    expect(await ended).toMatchObject({ out: 'hanging\r\n^C\r\n', status: 130 })
    const other = spawn(OPENSSH, [...settings(port), 'joe@127.0.0.1', 'hang'])
    await new Promise(resolve => other.stdout.once('data', resolve))
    expect(server.sessions).toHaveLength(1)
    other.kill()
    while (server.sessions.length > 0) await new Promise(resolve => setImmediate(resolve))
  })

  it('gives the command what is piped into it, while it comes and to its end', async () => {
    expect(await command('upper', 'one\ntwo\nthree')).toEqual({ out: 'ONE\nTWO\nTHREE\n', error: '', status: 0 })
    const child = spawn(OPENSSH, [...settings(port), 'joe@127.0.0.1', 'upper'])
    const ended = left(child)
    for (const word of ['first', 'second']) {
      child.stdin.write(`${word}\n`)
      const [answer] = await new Promise<string[]>(resolve => child.stdout.once('data', (...data) => resolve(data)))
      expect(String(answer)).toBe(`${word.toUpperCase()}\n`)
    }
    child.stdin.end()
    expect((await ended).status).toBe(0)
  })

  it('takes ten megabytes, more than any window', async () => {
    const input = `${'x'.repeat(1023)}\n`.repeat(10_240)
    expect((await command('count', input)).out).toBe(`${1023 * 10_240}\n`)
  }, 20_000)

  it('has no terminal: no welcome, no prompt, no escape sequences; with -t it has one, and still no welcome', async () => {
    expect((await command('size')).out).toBe('80x24\n')
    expect((await openssh(['-tt', 'joe@127.0.0.1', 'size'])).out).toBe('\x1b[32m80x24\x1b[m\r\n')
  })

  it('has the colours of its voices where a terminal is, and nowhere else', async () => {
    expect((await openssh(['-tt', 'joe@127.0.0.1', 'no 1'])).out).toBe('\x1b[31mIt failed.\x1b[m\r\n')
    expect(await command('no 1')).toMatchObject({ out: '', error: 'It failed.\n' })
    expect(await command('size')).toMatchObject({ out: '80x24\n', error: '' })
  })

  it('-T reads commands from its input, to its end, and leaves with the last status', async () => {
    const ran = await openssh(['-T', 'joe@127.0.0.1'], 'echo one\nnope\nno 7\n')
    expect([ran.out, ran.status]).toEqual(['one\n', 7])
    expect(ran.error).toMatch(/^Unknown command 'nope'[^]*It failed\.\n$/)
  })
})

const tmux = peer('tmux')
describe.skipIf(OPENSSH === '' || tmux === undefined)('S18, S19: ssh in a window', () => {
  async function inWindow(text: string, use: (window: TmuxWindow) => Promise<void>): Promise<void> {
    const window = await TmuxWindow.open(text)
    try {
      await use(window)
    } finally {
      await window.close()
    }
  }
  const fingerprint = (): string => hostKeyFingerprints(at('host_key'))[0]?.split(' ')[1] ?? ''
  const client = (...args: readonly string[]): string =>
    [OPENSSH, ...settings(port), ...args, 'joe@127.0.0.1'].map(word => `'${word}'`).join(' ')

  it('greets, knows the size of its window and each new one, and leaves', async () => {
    await inWindow(client(), async window => {
      await window.until('Welcome.', 'tools>')
      await window.enter('size')
      await window.until('80x24', 'tools>')
      await window.resize(132, 43)
      await window.type('size')
      await window.until('tools> size')
      await window.press('Enter')
      await window.until('132x43', 'tools>')
      await window.press('C-d')
      await window.until('[left]')
    })
  }, 30_000)

  const OTHERS: readonly (readonly [name: PeerName, command: (path: string) => string])[] = [
    ['plink', path => `HOME=${folder} ${path} -ssh -P ${port} -hostkey ${fingerprint()} joe@127.0.0.1`],
    ['dbclient', path => `HOME=${folder} ${path} -y -y -p ${port} joe@127.0.0.1`],
  ]
  for (const [name, others] of OTHERS) {
    const path = peer(name) ?? ''
    it.skipIf(path === '')(
      `so does ${name}, and it interrupts`,
      () =>
        inWindow(others(path), async window => {
          await window.press('Enter')
          await window.until('tools>')
          await window.enter('hang')
          await window.until('hanging')
          await window.press('C-c')
          await window.until('tools>')
          await window.resize(100, 30)
          await window.type('size')
          await window.until('tools> size')
          await window.press('Enter')
          await window.until('100x30', 'tools>')
          await window.press('C-d')
          await window.until('[left]')
        }),
      30_000,
    )
  }

  it('interrupts a command by Ctrl-C, and by a break (~B)', async () => {
    await inWindow(client(), async window => {
      await window.until('tools>')
      for (const keys of [['C-c'], ['Enter', '~', 'B']]) {
        await window.enter('hang')
        await window.until('hanging')
        await window.press(...keys)
        await window.until('tools>')
        await window.enter('echo on')
        await window.until('on', 'tools>')
      }
    })
  }, 30_000)

  it('shares a connection with others, each resized for itself, and has new keys in between (~R)', async () => {
    const control = ['-S', at('control'), '-o', 'ControlMaster=auto']
    await inWindow(client(...control), async master => {
      await master.until('tools>')
      await inWindow(client(...control), async second => {
        await second.until('tools>')
        expect(server.sessions).toHaveLength(2)
        await second.resize(100, 30)
        await second.type('size')
        await second.until('tools> size')
        await second.press('Enter')
        await second.until('100x30', 'tools>')
        await master.press('Enter', '~', 'R')
        await master.enter('size')
        await master.until('80x24', 'tools>')
        await second.enter('echo as before')
        await second.until('as before', 'tools>')
        await second.press('C-d')
        await second.until('[left]')
      })
      expect((await openssh([...control, 'joe@127.0.0.1', 'echo', 'third'])).out).toBe('third\n')
      await master.enter('echo still')
      await master.until('still', 'tools>')
      await master.press('C-d')
      await master.until('[left]')
    })
  }, 40_000)
})
