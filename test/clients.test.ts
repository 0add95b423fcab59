import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDemo } from '../src/cli/demo.ts'
import { serve } from '../src/serve.ts'
import type { Server } from '../src/serve.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'
import { peer } from './peers.ts'
import type { PeerName } from './peers.ts'
import { TmuxWindow } from './tmux.ts'

let server: Server<unknown>
let port = 0
beforeAll(async () => {
  server = await serve(createDemo(), { listen: [telnet(0)], log: false })
  port = server.addresses[0]!.port!
})
afterAll(() => server.close({ timeout: 0 }))

const PROMPT = 'TestServer>'

/** Terminal clients that leave echo and editing to the server; and whether they tell when their window has another size. */
const CHARACTER_MODE: readonly { name: PeerName; resizes: boolean; command: (path: string) => string }[] = [
  { name: 'telnet', resizes: true, command: path => `${path} 127.0.0.1 ${port}` },
  { name: 'plink', resizes: true, command: path => `${path} -telnet -P ${port} 127.0.0.1` },
  { name: 'busybox', resizes: false, command: path => `${path} telnet 127.0.0.1 ${port}` },
  {
    name: 'kermit',
    resizes: false,
    command: path =>
      `${path} -Y -C "set host 127.0.0.1 ${port} /telnet, set terminal character-set utf8 utf8, connect, exit"`,
  },
]

describe('S1, S6, S8, S9.2, S12, S19: real clients in tmux, in character mode', () => {
  for (const { name, resizes, command } of CHARACTER_MODE) {
    const path = peer(name)
    it.skipIf(!path || !peer('tmux'))(
      `${name} logs in, edits, is told something, resizes, and leaves`,
      async () => {
        const window = await TmuxWindow.open(command(path!))
        try {
          await walk(window, resizes)
        } finally {
          await window.close()
        }
      },
      40_000,
    )
  }
})

async function walk(window: TmuxWindow, resizes: boolean): Promise<void> {
  await window.until('Username:')
  await window.enter('joe')
  const greeted = await window.until(PROMPT)
  expect(greeted.rows.slice(-5).join('\n')).toMatch(
    /^You have connected to the test server.\nThis server is running telnet.\nHello joe!\n/,
  )

  await window.enter('help')
  await seen(window, '- Echo text back to the console.')
  await window.until(PROMPT)

  await window.enter('echo 1  "2    3"')
  await window.until(`${PROMPT} echo 1  "2    3"`, '1 2    3', PROMPT)

  for (const line of ['params 1 \\', '2 "3', '4"  "5\\', '6"']) await window.enter(line)
  await window.until('... 6"', '["1","2","3\\n4","56"]', PROMPT)

  // Recall, edit in mid-line, run.
  await window.press('Up')
  await window.until('... 6"')
  await window.press('Up')
  await window.until(`${PROMPT} echo 1  "2    3"`)
  await window.press('C-a', 'M-f')
  await window.type('X')
  await window.press('Left', 'BSpace', 'Right', 'BSpace')
  await window.until(`${PROMPT} ech 1  "2    3"`)
  await window.type('o')
  await window.press('Enter')
  await window.until('1 2    3', PROMPT)

  // A message while something is typed, the cursor in the middle of it.
  await window.enter('timer 1 "the kettle boils"')
  await window.type('half typed')
  await window.press('Left', 'Left', 'Left')
  const told = await window.until('the kettle boils', `${PROMPT} half typed`)
  expect(told.column).toBe(`${PROMPT} half ty`.length)
  await window.press('C-c')
  await window.until(`${PROMPT} half typed^C`, PROMPT)

  // Wide characters, typed and erased.
  await window.type('é日本👩‍👩‍👧')
  await window.until(`${PROMPT} é日本👩‍👩‍👧`)
  await window.press('BSpace', 'BSpace')
  expect((await window.until(`${PROMPT} é日`)).column).toBe(`${PROMPT} `.length + 3)
  await window.press('BSpace', 'BSpace')
  expect((await window.until(PROMPT)).column).toBe(`${PROMPT} `.length)

  // A window of another size, which the command sees.
  if (resizes) {
    await window.resize(100, 30)
    await untilInfo(window, 'Width: 100, height: 30')
  }

  await window.enter('exit')
  const left = await window.until('[left]')
  expect(left.rows.join('\n')).toContain(`${PROMPT} exit\nGoodbye`)
}

/** The new size travels beside what is typed, so it may take a second look. */
async function untilInfo(window: TmuxWindow, line: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await window.press('C-l')
    await window.enter('info')
    const { rows } = await window.until('  "info"', PROMPT)
    if (rows.includes(line)) return
  }
  throw new Error(`info never said: ${line}`)
}

describe('S19: real clients in line mode', () => {
  const tintin = peer('tintin')
  it.skipIf(!tintin || !peer('tmux'))(
    'tintin++ edits its own lines, and hides a password',
    async () => {
      const window = await TmuxWindow.open(`${tintin!} -e "#session demo 127.0.0.1 ${port}"`)
      try {
        await window.until('Username:')
        await window.enter('joe')
        await seen(window, 'Hello joe!')
        await window.enter('echo 1  "2    3"')
        await seen(window, /^1 2 {4}3$/m)
        await window.enter('timer 0.2 kettle')
        await seen(window, /^kettle$/m)
        await window.enter('passwd')
        await seen(window, 'New Password:')
        await window.enter('hunter2')
        await seen(window, 'Retype New Password:')
        await window.enter('hunter2')
        const shown = await seen(window, 'Pretending to set a new password for joe.')
        expect(shown).not.toContain('hunter2')
        await window.enter('exit')
        await seen(window, 'Goodbye')
      } finally {
        await window.close()
      }
    },
    40_000,
  )

  const nc = peer('nc')
  it.skipIf(!nc)(
    'netcat gets every answer of a pipe',
    async () => {
      const child = spawn(nc!, ['-N', '127.0.0.1', String(port)])
      let output = ''
      child.stdout.setEncoding('latin1').on('data', (text: string) => (output += text))
      child.stdin.end('joe\necho a\necho b\n')
      await once(child, 'close')
      const text = output.replaceAll(/\xff[\xfb-\xfe]./gs, '')
      expect(text).toMatch(/TestServer> a\r\nTestServer> b\r\nTestServer> $/)
    },
    20_000,
  )

  it.skipIf(!nc || !peer('tmux'))(
    'netcat is told that its terminal shows what is typed',
    async () => {
      const window = await TmuxWindow.open(`${nc!} 127.0.0.1 ${port}`)
      try {
        await window.until('Username:')
        await window.enter('ann')
        await seen(window, 'Hello ann!')
        await window.enter('passwd')
        await seen(window, 'Your terminal will show what you type.')
      } finally {
        await window.close()
      }
    },
    20_000,
  )
})

async function seen(window: TmuxWindow, what: string | RegExp): Promise<string> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const text = (await window.screen()).rows.join('\n')
    if (typeof what === 'string' ? text.includes(what) : what.test(text)) return text
    if (Date.now() > deadline) throw new Error(`${what} was not to be seen in\n${text}`)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
}

describe('the line for netcat in the README', () => {
  it.skipIf(!peer('nc'))('has both answers from the demo, and returns by itself', async () => {
    const line = /`(printf .* \| nc 127\.0\.0\.1 8023)`/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? ''
    const nc = spawn('bash', ['-c', line.replace('8023', String(port))], { stdio: ['ignore', 'pipe', 'inherit'] })
    let shown = ''
    nc.stdout.on('data', data => (shown += data))
    const [status] = (await once(nc, 'close')) as [number]
    expect(shown).toMatch(/Hello joe!\r\n[^]*\ba\r\n[^]*\bb\r\n/)
    expect(shown).not.toMatch(/nknown command|Login incorrect/)
    expect(status).toBe(0)
  })
})
