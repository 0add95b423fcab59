import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectTo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createShell, serve, type Server } from '../src/index.ts'
import { connect } from '../src/testing/index.ts'
import { hostKeyFingerprints, ssh } from '../src/transport/ssh/ssh.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'
import { peer } from './peers.ts'
import { OPENSSH, run, settings } from './ssh-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-banner-'))
const hostKey = join(folder, 'host_key')
const house = createShell({
  auth: 'open',
  banner: '\x1b[1mPrivate.\x1b[0m',
  welcome: 'Come in.',
  prompt: '> ',
}).command('hi', 'Say hi.', () => 'hi')

let server: Server<unknown>
let [sshPort, telnetPort] = [0, 0]
beforeAll(async () => {
  const listen = [ssh({ port: 0, hostKey }), telnet(0)]
  server = await serve<unknown>(house, { listen, log: false, limits: { maxConnectsPerSecond: Infinity } })
  ;[sshPort, telnetPort] = server.addresses.map(({ port = 0 }) => port) as [number, number]
})
afterAll(async () => {
  await server.close({ timeout: 0, message: '' })
  rmSync(folder, { recursive: true })
})

const timesIn = (text: string, part: string): number => text.split(part).length - 1

describe.skipIf(OPENSSH === '')('S11: the banner that OpenSSH shows', () => {
  it.each<[string, readonly string[], string, string]>([
    ['a command', ['joe@127.0.0.1', 'hi'], '', 'hi\n'],
    ['a shell without a terminal', ['-T', 'joe@127.0.0.1'], 'hi\n', 'hi\n'],
  ])('before %s is on its stderr, once, without codes', async (_, args, input, out) => {
    const ran = await run(OPENSSH, ['-o', 'LogLevel=INFO', ...settings(sshPort), ...args], input)
    expect([ran.out, ran.status, timesIn(ran.error, 'Private.')]).toEqual([out, 0, 1])
    expect(ran.error).toMatch(/(?:^|\n)Private\.\r?\n/)
    expect(ran.error).not.toContain('[1m')
  })

  it('before a shell on a terminal comes once, and the welcome after it', async () => {
    const args = ['-tt', '-o', 'LogLevel=INFO', ...settings(sshPort), 'joe@127.0.0.1']
    const { out, error } = await run(OPENSSH, args, 'exit\r')
    expect([timesIn(out + error, 'Private.'), timesIn(error, 'Private.'), timesIn(out, 'Come in.')]).toEqual([1, 1, 1])
  })
})

describe.skipIf(!peer('plink'))('S11: the banner that plink shows', () => {
  it('comes before a shell, once', async () => {
    const fingerprint = hostKeyFingerprints(hostKey)[0]?.split(' ')[1] ?? ''
    const args = ['-batch', '-T', '-P', String(sshPort), '-hostkey', fingerprint, 'joe@127.0.0.1']
    const { out, error } = await run(peer('plink') ?? '', args, 'hi\n')
    expect([timesIn(out, 'hi\n'), timesIn(out + error, 'Private.')]).toEqual([1, 1])
  })
})

describe('S11: the banner where the dialogue is ours', () => {
  it('comes once over telnet, as it is, before the welcome', async () => {
    const socket = connectTo(telnetPort, '127.0.0.1')
    let all = ''
    socket.on('data', data => (all += data.toString('latin1')))
    const ended = new Promise(resolve => socket.once('close', resolve))
    socket.write('exit\r\n')
    await ended
    expect(timesIn(all, 'Private.')).toBe(1)
    expect(all.indexOf('\x1b[1mPrivate.')).toBeLessThan(all.indexOf('Come in.'))
  })

  it('comes where the transport knows who is there, and has shown nothing', () => {
    const user = connect(house, { identity: { name: 'joe', user: undefined } })
    expect(user.output).toBe('\x1b[1mPrivate.\x1b[0m\nCome in.\n> ')
  })
})

it('S11: a banner that no packet holds is refused', () => {
  expect(() => createShell({ banner: 'x'.repeat(10_001) })).toThrow(/banner.*10001 characters.*at most 10000/)
  expect(() => createShell({ banner: 'x'.repeat(10_000) })).not.toThrow()
})
