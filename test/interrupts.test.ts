import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createShell, serve, type Server } from '../src/index.ts'
import { House } from '../src/serve/sessions.suite.ts'
import { connect as visit } from '../src/testing/index.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'
import { until } from './limits/way.ts'

const LIMITS = { maxCommandsPerSecond: 3 }
const shell = () =>
  createShell({ auth: 'open', prompt: '> ' })
    .command('step', 'Step.', () => 'stepped')
    .command('ask', 'Ask.', (_, session) => session.readLine('Sure? '))
    .command('wait', 'Wait.', async (_, session, { signal }) => {
      await session.writeLine('waiting')
      await new Promise(resolve => signal.addEventListener('abort', resolve))
    })
const script = (lines: number): string => Array<string>(lines).fill('step').join('\n')
const pasted = (text: string): string => `\x1b[200~${text}\x1b[201~\r`
const steps = (output: string): number => output.split(/stepped\r?\n/).length - 1

/** Somebody at a terminal over telnet, and all that they have seen. */
async function terminal(server: Server<unknown>): Promise<{ socket: Socket; seen: () => string }> {
  const socket = connect(server.addresses[0]!.port!, '127.0.0.1').setEncoding('latin1')
  let seen = ''
  socket.on('data', (text: string) => (seen += text))
  socket.write('\xff\xfb\x18\xff\xfa\x18\x00XTERM\xff\xf0\xff\xfd\x01\xff\xfd\x03', 'latin1')
  await until(() => seen.includes('\x1b[?2004h'))
  return { socket, seen: () => seen }
}

describe('Ctrl-C between the lines of one input', () => {
  it('drops those that wait for the rate limit', async () => {
    const house = await House.open(shell(), { limits: LIMITS })
    const guest = house.guest()
    await house.type(guest, pasted(script(12)))
    expect(steps(guest.output)).toBe(3)
    guest.text('\x03')
    await house.seconds(5)
    expect(steps(guest.output)).toBe(3)
    expect(guest.output).toMatch(/\^C\n\S*> $/)
    await house.type(guest, 'step\r')
    expect(steps(guest.output)).toBe(4)
  })

  it('drops those that wait for a later turn', () => {
    const user = visit(shell())
    const turns: (() => void)[] = []
    let [now, pace] = [0, 1]
    user.clock.now = () => (now += pace)
    user.clock.defer = run => void turns.push(run)
    user.type(pasted(script(500)))
    while (steps(user.output) === 0) turns.shift()?.()
    const ran = steps(user.output)
    pace = 0
    user.press('C-c')
    while (turns.length > 0) turns.shift()?.()
    expect([ran < 100, steps(user.output)]).toEqual([true, ran])
    expect(user.output.endsWith('^C\n> ')).toBe(true)
  })

  it('drops what was to follow a question that it ends', async () => {
    const user = visit(shell()).type(pasted('ask\nstep\nstep'))
    await user.press('C-c').settled()
    expect(user.output.endsWith('Sure? ^C\n> ')).toBe(true)
  })

  it('over telnet, overtakes lines that were typed ahead', async () => {
    const server = await serve<unknown>(shell(), { listen: [telnet(0)], log: false })
    const { socket, seen } = await terminal(server)
    socket.write('step\r'.repeat(5000))
    await until(() => steps(seen()) > 0)
    socket.write('\x03')
    await until(() => seen().includes('^C'))
    socket.write('exit\r')
    await new Promise(resolve => socket.once('close', resolve))
    expect(steps(seen())).toBeLessThan(5000)
    await server.close()
  })

  it('over telnet, drops those that wait', async () => {
    const server = await serve<unknown>(shell(), { listen: [telnet(0)], log: false, limits: LIMITS })
    const { socket, seen } = await terminal(server)
    socket.write(pasted(script(12)))
    await until(() => steps(seen()) === 3)
    socket.write('\x03')
    await until(() => seen().includes('^C'))
    socket.write('exit\r')
    await new Promise(resolve => socket.once('close', resolve))
    expect(steps(seen())).toBe(3)
    await server.close()
  })
})

describe('INT to commands that were given whole', () => {
  it('breaks them off where the next one waits, which is no success', async () => {
    const house = await House.open(shell(), { limits: LIMITS })
    const guest = house.guest({ exec: script(12), terminal: false })
    await house.seconds(0)
    expect(steps(guest.output)).toBe(3)
    guest.event({ type: 'signal', name: 'INT' })
    await house.seconds(5)
    expect([steps(guest.output), guest.ended]).toEqual([3, { reason: 'exit', status: 130 }])
  })

  it('is no success where a command that heeds it was not the last', async () => {
    const user = visit(shell(), { exec: 'wait\nstep', terminal: false })
    await user.expect('waiting\n')
    user.connection.event({ type: 'signal', name: 'INT' })
    await user.ended
    expect([user.output, user.connection.ended]).toEqual(['waiting\n', { reason: 'exit', status: 130 }])
  })

  it('leaves its status to a command that heeds it and was the last', async () => {
    const user = visit(shell(), { exec: 'step\nwait', terminal: false })
    await user.expect('waiting\n')
    user.connection.event({ type: 'signal', name: 'INT' })
    await user.ended
    expect(user.connection.ended).toEqual({ reason: 'exit', status: 0 })
  })

  it('is heard before the first of them runs', async () => {
    let go = (): void => {}
    const slow = shell().onStart(() => new Promise<void>(resolve => (go = resolve)))
    const user = visit(slow, { exec: 'step', terminal: false })
    user.connection.event({ type: 'signal', name: 'INT' })
    go()
    await user.ended
    expect([user.output, user.connection.ended]).toEqual(['', { reason: 'exit', status: 130 }])
  })
})

it('INT on a pipe drops what it held, which is no success', async () => {
  const user = visit(shell(), { terminal: false }).type('step\nste')
  user.connection.event({ type: 'interrupt' })
  user.endInput()
  await user.ended
  expect([user.output, user.connection.ended?.status]).toEqual(['stepped\n', 130])
})
