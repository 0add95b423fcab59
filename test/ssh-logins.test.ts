import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createShell, serve, type AuthOptions, type Server } from '../src/index.ts'
import { ManualClock } from '../src/testing/index.ts'
import { hostKeyFingerprints, ssh } from '../src/transport/ssh/ssh.ts'
import { MESSAGE } from '../src/transport/ssh/protocol/codes.ts'
import { ed25519Key, type TestKey } from '../src/transport/ssh/keys/keys.suite.ts'
import { RawClient, userAuth } from '../src/transport/ssh/raw-client.suite.ts'
import { WireReader, WireWriter } from '../src/transport/ssh/protocol/wire.ts'
import { peer, type PeerName } from './peers.ts'
import { answering, OPENSSH, run, settings, type Ran } from './ssh-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-ssh-logins-'))
const at = (name: string): string => join(folder, name)
const keygen = peer('ssh-keygen') ?? ''
const KINDS = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa-3072']

const servers: Server<unknown>[] = []
const logged: string[] = []
const note = (fields: Record<string, unknown>): void => void logged.push(String(fields['reason'] ?? ''))
const log = { debug: note, info: note, warn: note, error: note }

beforeAll(async () => {
  if (keygen === '') return
  const make = (name: string, kind = 'ed25519'): Promise<Ran> => {
    const [type = '', bits] = kind.split('-')
    return run(keygen, [
      '-q',
      '-t',
      type,
      ...(bits ? ['-b', bits] : []),
      '-N',
      '',
      '-C',
      `${name} at home`,
      '-f',
      at(name),
    ])
  }
  await Promise.all([
    ...KINDS.map(kind => make(kind, kind)),
    ...['stranger', 'authority', 'other-authority'].map(name => make(name)),
  ])
}, 30_000)
afterEach(async () => {
  logged.length = 0
  await Promise.all(servers.splice(0).map(server => server.close({ timeout: 0, message: '' })))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A shell that these methods guard, on a port of its own. */
async function guardedBy(auth: AuthOptions, clock?: ManualClock): Promise<number> {
  const shell = createShell({ auth })
    .command('whoami', 'Who you are.', (_, { user }) => JSON.stringify(user))
    .command(
      'backup',
      'What a key may be for.',
      (_, { environment }) => `instead of ${environment['SSH_ORIGINAL_COMMAND']}`,
    )
  const server = await serve<unknown>(shell, {
    listen: [ssh({ port: 0, hostKey: at('host_key') })],
    log,
    ...(clock && { clock }),
  })
  servers.push(server)
  return server.addresses[0]?.port ?? 0
}

/** Logs in as joe with what `args` name, and runs `whoami`. */
function whoami(port: number, ...args: readonly string[]): Promise<Ran> {
  return run(OPENSSH, [...args, ...settings(port), '-o', 'BatchMode=yes', 'joe@127.0.0.1', 'whoami'])
}

const publicKey = (name: string): string => readFileSync(at(`${name}.pub`), 'utf8')
const JOE = { out: '{"name":"joe"}\n', status: 0 }
const REFUSED = { out: '', error: 'joe@127.0.0.1: Permission denied (publickey).\r\n', status: 255 }

describe.skipIf(OPENSSH === '' || keygen === '')('S17: OpenSSH and authorizedKeys', () => {
  it.each(KINDS)('%s is let in, and another key of no line is not', async kind => {
    const port = await guardedBy({ authorizedKeys: publicKey(kind) })
    expect(await whoami(port, '-i', at(kind))).toMatchObject(JOE)
    expect(await whoami(port, '-i', at('stranger'))).toMatchObject(REFUSED)
  })

  it('an RSA key signs by SHA-2 and never by SHA-1', async () => {
    const port = await guardedBy({ authorizedKeys: publicKey('rsa-3072') })
    const by = (algorithm: string): Promise<Ran> =>
      whoami(port, '-i', at('rsa-3072'), '-o', `PubkeyAcceptedAlgorithms=${algorithm}`)
    expect(await by('rsa-sha2-256')).toMatchObject(JOE)
    expect(await by('rsa-sha2-512')).toMatchObject(JOE)
    expect((await by('ssh-rsa')).status).toBe(255)
  })

  it('are a file that is read again when it changes', async () => {
    writeFileSync(at('keys'), publicKey('stranger'), { mode: 0o600 })
    const port = await guardedBy({ authorizedKeys: at('keys') })
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject(REFUSED)
    replace('keys', publicKey('stranger') + publicKey('ed25519'))
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject(JOE)
    replace('keys', `# ${publicKey('ed25519')}`)
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject(REFUSED)
    rmSync(at('keys'))
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject(REFUSED)
    expect(servers[0]?.sessions).toEqual([])
  })

  it.each([
    ['from="127.0.0.0/8"', JOE],
    ['from="192.0.2.0/24"', REFUSED],
    ['from="*,!127.0.0.1"', REFUSED],
    ['expiry-time="29991231"', JOE],
    ['expiry-time="20200101"', REFUSED],
    ['restrict,command="whoami"', JOE],
    ['command="backup"', { out: 'instead of whoami\n', status: 0 }],
    ['no-port-forwarding,no-X11-forwarding', JOE],
  ])('the options %s', async (options, result) => {
    const port = await guardedBy({ authorizedKeys: `${options} ${publicKey('ed25519')}` })
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject(result)
  })

  it('an option that is not known refuses its line, and not the others', async () => {
    const lines = `tunnel="0" ${publicKey('ed25519')}${publicKey('ecdsa-256')}`
    writeFileSync(at('mixed'), lines, { mode: 0o600 })
    const port = await guardedBy({ authorizedKeys: at('mixed') })
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject(REFUSED)
    expect(await whoami(port, '-i', at('ecdsa-256'))).toMatchObject(JOE)
    expect(logged).toContain('the option "tunnel" is not known here')
  })

  it('a key that may have no terminal gets none, and reads lines without', async () => {
    const port = await guardedBy({ authorizedKeys: `restrict ${publicKey('ed25519')}` })
    const { out, error } = await whoami(port, '-tt', '-i', at('ed25519'))
    expect([out, error]).toEqual(['', 'PTY allocation request failed on channel 0\r\n'])
    const lines = await run(OPENSSH, [...settings(port), '-T', '-i', at('ed25519'), 'joe@127.0.0.1'], 'whoami\n')
    expect(lines).toMatchObject(JOE)
  })

  it('publicKey makes the identity of a key that is declared, and is asked about no other', async () => {
    const asked: string[] = []
    const port = await guardedBy({
      authorizedKeys: publicKey('ed25519'),
      publicKey: (name, { comment, algorithm }) => {
        asked.push(algorithm)
        return { name, comment }
      },
    })
    expect(await whoami(port, '-i', at('ecdsa-256'))).toMatchObject(REFUSED)
    expect(asked).toEqual([])
    expect((await whoami(port, '-i', at('ed25519'))).out).toBe('{"name":"joe","comment":"ed25519 at home"}\n')
  })
})

describe.skipIf(OPENSSH === '' || keygen === '')('S17: OpenSSH and publicKey', () => {
  it('is asked what a key is worth that its holder has proved', async () => {
    const [, fingerprint] = (await run(keygen, ['-lf', at('ecdsa-521.pub')])).out.split(' ')
    const port = await guardedBy({
      publicKey: (name, key) => key.fingerprint === fingerprint && { name, role: 'admin' },
    })
    expect((await whoami(port, '-i', at('ecdsa-521'))).out).toBe('{"name":"joe","role":"admin"}\n')
    expect(await whoami(port, '-i', at('ecdsa-256'))).toMatchObject(REFUSED)
  })

  it('a key in an agent, which holds many and asks about each', async () => {
    const agent = spawn('ssh-agent', ['-D', '-a', at('agent')])
    await new Promise(resolve => agent.stdout.once('data', resolve))
    const environment = { SSH_AUTH_SOCK: at('agent') }
    for (const name of ['stranger', ...KINDS]) await run('ssh-add', ['-q', at(name)], '', environment)
    const port = await guardedBy({ authorizedKeys: publicKey('rsa-3072'), maxTries: 1 })
    const result = await whoami(port, '-o', 'IdentitiesOnly=no', '-o', `IdentityAgent=${at('agent')}`)
    agent.kill()
    expect(result).toMatchObject(JOE)
  })
})

describe.skipIf(OPENSSH === '' || keygen === '')('S17: OpenSSH and userCAs', () => {
  /** Has an authority certify a key, by `args` of `ssh-keygen -s`; and logs in by the certificate. */
  async function certified(
    key: string,
    args: readonly string[],
    auth: AuthOptions = {},
    authority = 'authority',
  ): Promise<Ran> {
    await run(keygen, ['-q', '-s', at(authority), '-I', 'joe of the team', ...args, at(`${key}.pub`)])
    const port = await guardedBy({ userCAs: publicKey('authority'), ...auth })
    return whoami(port, '-i', at(key), '-o', `CertificateFile=${at(key)}-cert.pub`)
  }

  it.each(KINDS)('a certificate for a key of the kind %s', async kind => {
    expect(await certified(kind, ['-n', 'joe', '-V', '-1m:+5m'])).toMatchObject(JOE)
  })

  it.each([
    ['for somebody else', ['-n', 'ann,bob'], 'it is for other names'],
    ['for nobody', [], 'it is for other names'],
    ['that has expired', ['-n', 'joe', '-V', '20200101:20200102'], 'it has expired'],
    ['that is not valid yet', ['-n', 'joe', '-V', '20990101:20990102'], 'it is not valid yet'],
    ['for other addresses', ['-n', 'joe', '-O', 'source-address=192.0.2.0/24'], 'it is for other addresses'],
    [
      'with a critical option that is not known',
      ['-n', 'joe', '-O', 'critical:strange@example.org=1'],
      'its critical option "strange@example.org" is not known here',
    ],
  ])('not one %s', async (_, args, reason) => {
    expect((await certified('ed25519', args)).status).toBe(255)
    expect(logged).toContain(`a key is refused: ${reason}`)
  })

  it('not one of an authority that is not trusted', async () => {
    expect((await certified('ed25519', ['-n', 'joe'], {}, 'other-authority')).status).toBe(255)
    expect(logged).toContain('a key is refused: its authority is not trusted')
  })

  it('with what it allows, and what publicKey makes of it', async () => {
    const forced = await certified('ed25519', ['-n', 'joe', '-O', 'force-command=backup'])
    expect(forced.out).toBe('instead of whoami\n')
    const made = await certified('ed25519', ['-n', 'joe'], { publicKey: (name, { comment }) => ({ name, comment }) })
    expect(made.out).toBe('{"name":"joe","comment":"joe of the team"}\n')
  })
})

describe.skipIf(OPENSSH === '' || keygen === '')('S17: OpenSSH and what is typed', () => {
  const asked = (port: number, answers: Record<string, string>, ...args: readonly string[]): Promise<Ran> =>
    run(OPENSSH, [...settings(port), ...args, 'joe@127.0.0.1', 'whoami'], '', answers)
  const code: AuthOptions['keyboardInteractive'] = async (_, ask) => (await ask('Code: '))[0] === '42'
  const password: AuthOptions['password'] = (name, word) => name === 'joe' && word === 'secret'

  it('all methods that are defined are tried, the password last', async () => {
    const port = await guardedBy({ password, keyboardInteractive: code, authorizedKeys: publicKey('ed25519') })
    const first = await asked(port, answering(at('both')), '-v', '-i', at('stranger'))
    expect(first.out).toBe(JOE.out)
    expect(first.error).toContain('Authentications that can continue: publickey,keyboard-interactive,password')
    expect(first.error).toContain('using "keyboard-interactive"')
    const second = await asked(port, answering(at('no-code'), 'secret', '41'), '-v', '-o', 'NumberOfPasswordPrompts=1')
    expect([second.out, second.error.includes('using "password"')]).toEqual([JOE.out, true])
  }, 20_000)

  it('key, then code: neither is enough, nor the one before the other', async () => {
    const require = ['publicKey', 'keyboardInteractive'] as const
    const port = await guardedBy({ authorizedKeys: publicKey('ed25519'), keyboardInteractive: code, require })
    const both = await asked(port, answering(at('code')), '-v', '-i', at('ed25519'))
    expect(both).toMatchObject(JOE)
    expect(both.error).toContain('Authenticated using "publickey" with partial success.')
    expect(await whoami(port, '-i', at('ed25519'))).toMatchObject({ status: 255 })
    expect(await asked(port, answering(at('code')), '-i', at('stranger'))).toMatchObject(REFUSED)
    const wrong = answering(at('wrong-code'), '', '41')
    const refused = await asked(port, wrong, '-i', at('ed25519'), '-o', 'NumberOfPasswordPrompts=1')
    expect(refused).toMatchObject({ out: '', status: 255 })
  }, 20_000)

  it('a wrong password and a name that nobody has are refused in the same words', async () => {
    const port = await guardedBy({ password })
    const once = ['-o', 'NumberOfPasswordPrompts=1']
    const wrong = await asked(port, answering(at('guess'), 'guess'), ...once)
    const unknown = await run(
      OPENSSH,
      [...settings(port), ...once, 'eve@127.0.0.1', 'whoami'],
      '',
      answering(at('right')),
    )
    expect(wrong.error).toContain('joe@127.0.0.1: Permission denied (password).')
    expect(unknown.error.replaceAll('eve', 'joe')).toBe(wrong.error)
  }, 20_000)
})

describe.skipIf(keygen === '')('S17: other clients', () => {
  /** What logs in as joe by the key that the file holds, and runs `whoami`. */
  const CLIENTS: readonly { name: PeerName; run: (path: string, port: string, key: string) => Promise<Ran> }[] = [
    {
      name: 'plink',
      run: async (path, port, key) => {
        await run('puttygen', [key, '-o', `${key}.ppk`])
        const known = hostKeyFingerprints(at('host_key'))[0]?.split(' ')[1] ?? ''
        const to = ['-ssh', '-batch', '-P', port, '-hostkey', known, '-i', `${key}.ppk`]
        return run(path, [...to, 'joe@127.0.0.1', 'whoami'])
      },
    },
    {
      name: 'dbclient',
      run: async (path, port, key) => {
        await run('dropbearconvert', ['openssh', 'dropbear', key, `${key}.dropbear`])
        const to = ['-y', '-y', '-T', '-p', port, '-i', `${key}.dropbear`, 'joe@127.0.0.1', 'whoami']
        return run(path, to, '', { HOME: folder })
      },
    },
    { name: 'paramiko', run: (path, port, key) => run(path, ['-c', PARAMIKO, port, key]) },
    { name: 'asyncssh', run: (path, port, key) => run(path, ['-c', ASYNCSSH, port, key]) },
  ]

  /** A key without a certificate beside it, which some clients would take instead. */
  function alone(name: string): string {
    copyFileSync(at(name), at(`${name}-alone`))
    return at(`${name}-alone`)
  }

  describe.each(CLIENTS)('$name', ({ name, run: client }) => {
    const path = peer(name) ?? ''
    it.skipIf(path === '').each(['ed25519', 'ecdsa-256', 'rsa-3072'])('logs in by its %s key', async kind => {
      const port = await guardedBy({ authorizedKeys: publicKey(kind) })
      expect(await client(path, String(port), alone(kind))).toMatchObject(JOE)
    })

    it.skipIf(path === '')('is refused with a key that nobody has named', async () => {
      const port = await guardedBy({ authorizedKeys: publicKey('ed25519') })
      const { out, status } = await client(path, String(port), alone('stranger'))
      expect([out, status === 0]).toEqual(['', false])
    })
  })
})

const PARAMIKO = `
import sys, paramiko
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect('127.0.0.1', int(sys.argv[1]), 'joe', key_filename=sys.argv[2], allow_agent=False, look_for_keys=False)
_, out, _ = client.exec_command('whoami')
sys.stdout.write(out.read().decode())
sys.exit(out.channel.recv_exit_status())
`
const ASYNCSSH = `
import sys, asyncio, asyncssh
async def main():
    async with asyncssh.connect('127.0.0.1', int(sys.argv[1]), username='joe', client_keys=[sys.argv[2]], known_hosts=None, config=None, agent_path=None) as client:
        result = await client.run('whoami')
        sys.stdout.write(result.stdout)
        sys.exit(result.exit_status)
asyncio.run(main())
`

describe('S17: forged signatures', () => {
  it('are guesses: each costs time, and after as many as passwords have tries the connection ends', async () => {
    const clock = new ManualClock()
    const key = ed25519Key()
    const authorizedKeys = `ssh-ed25519 ${key.blob.toString('base64')} joe`
    const client = await RawClient.connect(await guardedBy({ authorizedKeys, maxTries: 3 }, clock))
    client.requestService()
    await client.next(MESSAGE.SERVICE_ACCEPT)
    for (const floor of [1000, 2000, 3000]) {
      client.send(forged(client, key))
      await noticed(floor / 1000)
      await clock.advance(floor - 1)
      expect(client.arrived.map(([type]) => type)).not.toContain(MESSAGE.USERAUTH_FAILURE)
      await clock.advance(1)
      await client.next(MESSAGE.USERAUTH_FAILURE)
    }
    await client.gone()
    expect(logged.at(-1)).toBe('too many wrong tries to log in')
  })

  it('do not let in after a right one was seen elsewhere, and a right one still does', async () => {
    const clock = new ManualClock()
    const key = ed25519Key()
    const client = await RawClient.connect(
      await guardedBy({ authorizedKeys: `ssh-ed25519 ${key.blob.toString('base64')}` }, clock),
    )
    client.requestService()
    await client.next(MESSAGE.SERVICE_ACCEPT)
    client.send(forged(client, key))
    await noticed(1)
    await clock.advance(1000)
    await client.next(MESSAGE.USERAUTH_FAILURE)
    client.send(signed(client, key, client.sessionId))
    expect(new WireReader(await client.next(MESSAGE.USERAUTH_SUCCESS, MESSAGE.USERAUTH_FAILURE)).byte()).toBe(52)
    client.destroy()
  })

  function signed(client: RawClient, key: TestKey, sessionId: Uint8Array): Buffer {
    const request = userAuth(
      'joe',
      'publickey',
      new WireWriter().boolean(true).string(key.algorithm).string(key.blob).bytes(),
    )
    const data = new WireWriter().string(sessionId).raw(request).bytes()
    return new WireWriter().raw(request).string(key.sign(data)).bytes()
  }

  const forged = (client: RawClient, key: TestKey): Buffer =>
    signed(client, key, Buffer.alloc(client.sessionId.length, 1))

  /** Until the server has looked at so many of them. */
  async function noticed(count: number): Promise<void> {
    while (logged.filter(reason => reason === 'a key is refused: its signature is wrong').length < count) {
      await new Promise(resolve => setImmediate(resolve))
    }
  }
})

/** As an editor does: another file takes the place of the old one. */
function replace(name: string, text: string): void {
  writeFileSync(at('new'), text, { mode: 0o600 })
  renameSync(at('new'), at(name))
}
