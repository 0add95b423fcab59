import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDemo } from '../src/cli/demo.ts'
import { commandSet, createShell } from '../src/index.ts'
import { serve, type Server } from '../src/serve.ts'
import { hostKeyFingerprints, ssh } from '../src/transport/ssh/ssh.ts'
import { SshDriver } from './drivers/ssh-driver.ts'
import { oneScript } from './one-script.suite.ts'
import { peer, type PeerName } from './peers.ts'
import { answering, run, settings, type Ran } from './ssh-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-ssh-clients-'))
const at = (name: string): string => join(folder, name)

const lobby = commandSet()
  .command('echo <text...>', 'Echo text.', ({ text }) => text.join(' '))
  .command('bulk <lines:integer>', 'Write much.', function* ({ lines }) {
    for (let i = 0; i < lines; i += 1024) yield `${'x'.repeat(63)}\n`.repeat(1024)
  })

/** For clients that would ask their user whatever else they are offered. */
const byPassword = createShell({ auth: { password: (_, password) => password === 'secret', maxTries: 2 } }).use(lobby)

/** Questions and keys: whoever signs is let in. */
const byOthers = createShell({
  auth: { keyboardInteractive: async (_, ask) => (await ask('Code: '))[0] === '42', publicKey: () => true },
}).use(lobby)

let servers: Server<unknown>[] = []
let port = 0
let otherPort = 0
let fingerprint = ''
beforeAll(async () => {
  for (const shell of [byPassword, byOthers]) {
    servers.push(await serve<unknown>(shell, { listen: [ssh({ port: 0, hostKey: at('host_key') })], log: false }))
  }
  ;[port = 0, otherPort = 0] = servers.map(({ addresses }) => addresses[0]?.port)
  fingerprint = hostKeyFingerprints(at('host_key'))[0]?.split(' ')[1] ?? ''
  for (const type of ['ed25519', 'ecdsa', 'rsa']) {
    if (peer('ssh-keygen')) await run(peer('ssh-keygen') ?? '', ['-q', '-t', type, '-N', '', '-f', at(type)])
  }
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.close({ timeout: 0, message: '' })))
  rmSync(folder, { recursive: true })
})

const asked = (): Record<string, string> => answering(at('answer'))

/** Each client's way to run a command as joe, by password. */
const CLIENTS: readonly { name: PeerName; run: (path: string, command: string, input?: string) => Promise<Ran> }[] = [
  {
    name: 'ssh',
    run: (path, command, input) =>
      run(
        path,
        [...settings(port), '-o', 'PreferredAuthentications=password', 'joe@127.0.0.1', command],
        input,
        asked(),
      ),
  },
  {
    name: 'plink',
    run: (path, command, input) =>
      run(
        path,
        ['-ssh', '-batch', '-P', String(port), '-hostkey', fingerprint, '-pw', 'secret', 'joe@127.0.0.1', command],
        input,
      ),
  },
  {
    name: 'dbclient',
    run: (path, command, input) =>
      run(path, ['-y', '-y', '-T', '-p', String(port), 'joe@127.0.0.1', command], input, {
        DROPBEAR_PASSWORD: 'secret',
        HOME: folder,
      }),
  },
  { name: 'paramiko', run: (path, command) => run(path, ['-c', PARAMIKO, String(port), command]) },
  { name: 'asyncssh', run: (path, command) => run(path, ['-c', ASYNCSSH, String(port), command]) },
]

const PARAMIKO = `
import sys, paramiko
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect('127.0.0.1', int(sys.argv[1]), 'joe', 'secret', allow_agent=False, look_for_keys=False)
_, out, error = client.exec_command(sys.argv[2])
sys.stdout.write(out.read().decode()); sys.stderr.write(error.read().decode())
sys.exit(out.channel.recv_exit_status())
`
const ASYNCSSH = `
import sys, asyncio, asyncssh
async def main():
    async with asyncssh.connect('127.0.0.1', int(sys.argv[1]), username='joe', password='secret', known_hosts=None, config=None, client_keys=None) as client:
        result = await client.run(sys.argv[2])
        sys.stdout.write(result.stdout); sys.stderr.write(result.stderr)
        sys.exit(result.exit_status)
asyncio.run(main())
`

oneScript('SSH', async () => {
  const demo = await serve(createDemo(), { listen: [ssh({ port: 0, hostKey: at('demo_key') })], log: false })
  const driver = await SshDriver.connect(demo.addresses[0]?.port ?? 0)
  void driver.closed.then(() => demo.close({ timeout: 0 }))
  return driver
})

describe.each(CLIENTS)('S3, S18: $name', ({ name, run: client }) => {
  const path = peer(name) ?? ''

  it.skipIf(path === '')(
    'runs a command: its output, its errors, its status',
    async () => {
      expect(await client(path, 'echo 1  "2    3"')).toMatchObject({ out: '1 2    3\n', status: 0 })
      const unknown = await client(path, 'nope')
      expect([unknown.out, unknown.status]).toEqual(['', 127])
      expect(unknown.error).toContain("Unknown command 'nope'")
      expect((await client(path, 'echo')).status).toBe(2)
    },
    20_000,
  )

  it.skipIf(path === '')(
    'takes two megabytes whole',
    async () => {
      const { out, status } = await client(path, 'bulk 32768')
      expect([out.length, status]).toEqual([2 * 1024 * 1024, 0])
    },
    20_000,
  )
})

describe('S17: OpenSSH', () => {
  const path = peer('ssh') ?? ''
  const ssh = (...args: readonly string[]): Promise<Ran> => run(path, [...settings(otherPort), ...args])

  it.skipIf(path === '').each(['ed25519', 'ecdsa', 'rsa'])('logs in by its %s key', async type => {
    expect(await ssh('-i', at(type), '-o', 'BatchMode=yes', 'joe@127.0.0.1', 'echo hello')).toMatchObject({
      out: 'hello\n',
      status: 0,
    })
  })

  it.skipIf(path === '')('logs in by answering questions', async () => {
    const args = [
      ...settings(otherPort),
      '-o',
      'PreferredAuthentications=keyboard-interactive',
      'joe@127.0.0.1',
      'echo hello',
    ]
    expect(await run(path, args, '', asked())).toMatchObject({ out: 'hello\n', status: 0 })
  })

  it.skipIf(path === '')(
    'is refused with a wrong password, and told no more than that',
    async () => {
      const args = [...settings(port), '-o', 'PreferredAuthentications=password', 'joe@127.0.0.1', 'echo hello']
      const { out, error, status } = await run(path, args, '', answering(at('wrong'), 'guess'))
      expect([out, status]).toEqual(['', 255])
      expect(error).toMatch(/Permission denied|Too many|wrong tries/)
    },
    20_000,
  )

  it.skipIf(path === '')(
    'goes on through new keys',
    async () => {
      const { out } = await ssh('-i', at('ed25519'), '-o', 'RekeyLimit=1M', 'joe@127.0.0.1', 'bulk 131072')
      expect(out.length).toBe(8 * 1024 * 1024)
    },
    20_000,
  )

  it.skipIf(path === '')(
    'has several sessions on one connection',
    async () => {
      const control = ['-S', at('control'), '-i', at('ed25519')]
      const master = spawn(path, [...settings(otherPort), ...control, '-M', '-N', 'joe@127.0.0.1'])
      const left = new Promise(resolve => master.once('close', resolve))
      await new Promise(resolve => {
        const timer = setInterval(() => existsSync(at('control')) && resolve(clearInterval(timer)), 20)
      })
      const all = await Promise.all([1, 2, 3].map(n => ssh(...control, 'joe@127.0.0.1', `echo ${n}`)))
      expect(all.map(({ out }) => out)).toEqual(['1\n', '2\n', '3\n'])
      await ssh(...control, '-O', 'exit', 'joe@127.0.0.1')
      await left
    },
    20_000,
  )

  it.skipIf(path === '' || !peer('sftp'))('gets no SFTP', async () => {
    const { status, error } = await run(peer('sftp') ?? '', [
      '-F',
      '/dev/null',
      '-P',
      String(otherPort),
      ...settings(otherPort).slice(4),
      '-i',
      at('ed25519'),
      'joe@127.0.0.1',
    ])
    expect(status).not.toBe(0)
    expect(error).toMatch(/subsystem request failed|Connection closed/)
  })
})

describe('ssh-audit', () => {
  const path = peer('ssh-audit') ?? ''

  it.skipIf(path === '')(
    'finds no failure, and warns only of names that are younger than itself',
    async () => {
      const { stdout } = await new Promise<{ stdout: string }>(resolve => {
        execFile(path, ['-n', '-p', String(port), '127.0.0.1'], (_, stdout) => resolve({ stdout }))
      })
      expect(stdout).not.toContain('[fail]')
      const warned = stdout.split('\n').filter(line => line.includes('[warn]'))
      expect(warned.filter(line => !line.includes('unknown algorithm'))).toEqual([])
      expect(stdout).toContain('(kex) mlkem768x25519-sha256')
    },
    30_000,
  )
})

it('S16: the host key was made where there was none, for its owner alone', () => {
  expect(readFileSync(at('host_key'), 'utf8')).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/)
})
