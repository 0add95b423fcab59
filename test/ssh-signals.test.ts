import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createShell, serve, type Server } from '../src/index.ts'
import { ssh } from '../src/transport/ssh/ssh.ts'
import { peer } from './peers.ts'
import { run } from './ssh-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-ssh-signals-'))
const fired: string[] = []
const shell = createShell({ auth: 'open' }).command('hang', 'Until it is told to stop.', async (_, session, call) => {
  await session.writeLine('hanging')
  await new Promise(resolve => call.signal.addEventListener('abort', resolve))
  fired.push(String(call.signal.reason))
})
const steps = createShell({ auth: 'open' }).command('step', 'Step.', () => 'stepped')

let server: Server<unknown>
let slow: Server<unknown>
beforeAll(async () => {
  const listen = [ssh({ port: 0, hostKey: join(folder, 'host_key') })]
  server = await serve<unknown>(shell, { listen, log: false })
  slow = await serve<unknown>(steps, { listen, log: false, limits: { maxCommandsPerSecond: 3 } })
})
afterAll(async () => {
  await server.close({ timeout: 0, message: '' })
  await slow.close({ timeout: 0, message: '' })
  rmSync(folder, { recursive: true })
})

/** Starts a command, sends each signal to one, and tells how it ended. */
const SIGNALS = `
import sys, asyncio, asyncssh
async def main():
    async with asyncssh.connect('127.0.0.1', int(sys.argv[1]), username='joe', known_hosts=None, config=None, client_keys=None) as client:
        for name in sys.argv[2:]:
            process = await client.create_process('hang')
            await process.stdout.readline()
            if name == 'terminate': process.terminate()
            elif name == 'kill': process.kill()
            else: process.send_signal(name)
            done = await process.wait()
            print(name, done.exit_status, done.exit_signal and done.exit_signal[0], done.returncode)
asyncio.run(main())
`

/** Starts a script, sends INT after its first line, and tells what came and how it ended. */
const SCRIPT = `
import sys, asyncio, asyncssh
async def main():
    async with asyncssh.connect('127.0.0.1', int(sys.argv[1]), username='joe', known_hosts=None, config=None, client_keys=None) as client:
        process = await client.create_process('\\n'.join(['step'] * 12))
        await process.stdout.readline()
        process.send_signal('INT')
        done = await process.wait()
        print(1 + done.stdout.count('stepped') < 12, done.exit_status)
asyncio.run(main())
`
const python = peer('asyncssh')

describe.skipIf(python === undefined)('S18: a command that asyncssh sends a signal', () => {
  it('fires the signal of the command, and ends by that signal, never as a success', async () => {
    const names = ['terminate', 'kill', 'HUP', 'QUIT', 'USR1']
    const { out } = await run(python ?? '', ['-c', SIGNALS, String(server.addresses[0]?.port), ...names])
    expect(out.trim().split('\n')).toEqual([
      'terminate -1 TERM -15',
      'kill -1 KILL -9',
      'HUP -1 HUP -1',
      'QUIT -1 QUIT -3',
      'USR1 -1 USR1 -10',
    ])
    expect(fired.map(reason => /signal \w+/.exec(reason)?.[0])).toEqual(
      ['TERM', 'KILL', 'HUP', 'QUIT', 'USR1'].map(name => `signal ${name}`),
    )
  })

  it('breaks off a script whose next line waits, never as a success', async () => {
    const { out } = await run(python ?? '', ['-c', SCRIPT, String(slow.addresses[0]?.port)])
    expect(out.trim()).toBe('True 130')
  })
})
