import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type Server } from '../src/index.ts'
import { ssh } from '../src/transport/ssh/ssh.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'
import { createDevice, runningConfig, VERSION } from './automation/device.ts'
import { peer, type PeerName } from './peers.ts'
import { run, settings, type Ran } from './ssh-client.ts'

/** What every driver reads, to the character. */
const ANSWERS = {
  version: VERSION,
  config: runningConfig(new Map()),
  wide: `1 ${'x'.repeat(90)}`,
  wider: `1 ${'y'.repeat(300)}`,
  wrong: "% Invalid input detected at '^' marker.",
  after: '2 after that',
}

const CONFIGURED = {
  configured: runningConfig(new Map([['Gi0/1', [' ip address 192.0.2.1 255.255.255.0', ' description up to date']]])),
}

/** How Netmiko shows a set: all that passed, echo and prompts. */
const SET = [
  'config term',
  'Enter configuration commands, one per line.  End with CNTL/Z.',
  'R1(config)#interface Gi0/1',
  'R1(config-if)#ip address 192.0.2.1 255.255.255.0',
  'R1(config-if)#description up  to date',
  'R1(config-if)#end',
  'R1#',
].join('\n')

const STATUSES = Object.fromEntries(Object.keys(ANSWERS).map(name => [`${name} status`, name === 'wrong' ? 127 : 0]))

interface Driver {
  readonly name: string
  /** The Python that it needs, and the client. */
  readonly peers: readonly [PeerName, ...PeerName[]]
  readonly reads: Readonly<Record<string, unknown>>
}

const DRIVERS: readonly Driver[] = [
  {
    name: 'netmiko cisco_ios',
    peers: ['netmiko'],
    reads: { ...ANSWERS, prompt: 'R1>', enabled: 'R1#', set: SET, ...CONFIGURED },
  },
  {
    name: 'netmiko cisco_ios_telnet',
    peers: ['netmiko'],
    reads: { ...ANSWERS, prompt: 'R1>', enabled: 'R1#', set: SET, ...CONFIGURED },
  },
  { name: 'netmiko generic_termserver', peers: ['netmiko'], reads: { ...ANSWERS, prompt: 'R1#', enabled: 'R1#' } },
  { name: 'netmiko linux', peers: ['netmiko'], reads: { ...ANSWERS, prompt: 'R1#', enabled: 'R1#' } },
  { name: 'pexpect ssh', peers: ['pexpect', 'ssh'], reads: { ...ANSWERS, enabled: 'R1#', ...CONFIGURED } },
  { name: 'pexpect telnet', peers: ['pexpect', 'telnet'], reads: { ...ANSWERS, enabled: 'R1#', ...CONFIGURED } },
  { name: 'paramiko exec', peers: ['paramiko'], reads: { ...ANSWERS, ...STATUSES } },
  { name: 'paramiko shell', peers: ['paramiko'], reads: { ...ANSWERS, greeting: '', status: 0 } },
  {
    name: 'asyncssh',
    peers: ['asyncssh'],
    reads: { ...ANSWERS, ...STATUSES, shell: `show version\n${VERSION}\nR1#exit\n`, status: 0 },
  },
]

/** The library that a recipe shows. */
const LIBRARY = /\b(?:netmiko|pexpect|paramiko|asyncssh)\b/

const isThere = ({ peers }: Driver): boolean => peers.every(name => peer(name) !== undefined)

describe('a device is driven by programs as they drive others: no answer gains or loses a character', () => {
  const folder = mkdtempSync(join(tmpdir(), 'answerback-automation-'))
  /** What the page shows, by the library that it imports. */
  const recipes = [...readFileSync('docs/AUTOMATION.md', 'utf8').matchAll(/^```python\n([^]*?)^```$/gm)].map(
    ([, code = '']) => ({ library: LIBRARY.exec(code)?.[0] as PeerName, code }),
  )
  /** All at once: each of them waits most of its time. */
  const runs = new Map<string, Promise<Ran>>()
  let server: Server<unknown>

  beforeAll(async () => {
    server = await serve<unknown>(createDevice(), {
      listen: [ssh({ port: 0, hostKey: join(folder, 'host_key') }), telnet(0), telnet({ port: 0, echo: 'always' })],
      limits: { maxConnectsPerSecond: Infinity },
      log: false,
    })
    const ports = server.addresses.map(({ port }) => String(port))
    for (const driver of DRIVERS.filter(isThere)) {
      const python = peer(driver.peers[0]) ?? ''
      runs.set(driver.name, run(python, ['-W', 'ignore', 'test/automation/drive.py', driver.name, ...ports]))
    }
    const [port = ''] = ports
    for (const { library, code } of recipes.filter(recipe => peer(recipe.library))) {
      const here = code.replace('ssh -p 8022', `ssh ${settings(Number(port)).join(' ')}`).replaceAll('8022', port)
      runs.set(`recipe ${library}`, run(peer(library) ?? '', ['-W', 'ignore', '-c', here]))
    }
  })
  afterAll(async () => {
    await server.close({ timeout: 0, message: '' })
    rmSync(folder, { recursive: true })
  })

  for (const driver of DRIVERS) {
    const { name, reads } = driver
    it.skipIf(!isThere(driver))(
      `by ${name}`,
      async () => {
        const { out, error, status } = (await runs.get(name)) as Ran
        expect({ error, status }).toEqual({ error: '', status: 0 })
        expect(JSON.parse(out)).toEqual(reads)
      },
      120_000,
    )
  }

  it('by the recipes of docs/AUTOMATION.md as they stand', async () => {
    expect(recipes.map(({ library }) => library)).toEqual(['netmiko', 'pexpect', 'paramiko', 'asyncssh'])
    for (const { library } of recipes.filter(recipe => peer(recipe.library))) {
      const { out, error, status } = (await runs.get(`recipe ${library}`)) as Ran
      expect({ library, error, status }).toEqual({ library, error: '', status: 0 })
      expect(out.replaceAll('\r\n', '\n')).toContain(library === 'netmiko' ? 'R1(config-if)#end\nR1#' : VERSION)
    }
  }, 120_000)

  it('and all of them have left', async () => {
    await Promise.all(runs.values())
    while (server.sessions.length > 0) await new Promise(resolve => setImmediate(resolve))
  }, 120_000)
})
