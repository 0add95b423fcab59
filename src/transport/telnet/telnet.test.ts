import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AnswerbackError } from '../../core/options/errors.ts'
import type { Transport } from '../../core/transport.ts'
import { accept, serve } from '../../serve.ts'
import type { Server } from '../../serve.ts'
import { createShell } from '../../shell/shell.ts'
import type { Shell } from '../../shell/shell.ts'
import { telnet } from './telnet.ts'

const open: { close(options?: object): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(each => each.close({ timeout: 0 })))
})

/** A server for one test. */
async function served(
  shell: Shell<any, any>,
  transport: Transport<any> = telnet(0),
): Promise<{ server: Server<unknown>; port: number }> {
  const server = await serve(shell, { listen: [transport], log: false })
  open.push(server)
  return { server, port: server.addresses[0]!.port! }
}

/**
 * A peer that speaks no telnet, as netcat. `text` is all that came, without the server's
 * negotiation.
 */
class Netcat {
  readonly socket: Socket
  readonly closed: Promise<unknown>
  readonly #chunks: Buffer[] = []
  #changed: () => void = () => {}

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    this.socket.on('error', () => {})
    this.socket.on('data', bytes => {
      this.#chunks.push(bytes)
      this.#changed()
    })
    this.closed = once(this.socket, 'close')
    this.socket.on('end', () => this.socket.end())
  }

  get text(): string {
    return Buffer.concat(this.#chunks)
      .toString('latin1')
      .replaceAll(/\xff[\xfb-\xfe]./gs, '')
  }

  send(data: string | Uint8Array): this {
    this.socket.write(data)
    return this
  }

  async until(text: string): Promise<void> {
    while (!this.text.includes(text)) await new Promise<void>(resolve => (this.#changed = resolve))
  }
}

const echo = () => createShell({ prompt: '$ ' }).command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))

describe('telnet: the first bytes', () => {
  it('are the offers and the prompt, in one packet, without waiting for any answer', async () => {
    const { port } = await served(echo())
    const socket = connect(port, '127.0.0.1')
    const [first] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(first.toString('latin1')).toBe('\xff\xfb\x03\xff\xfd\x18\xff\xfd\x1f$ ')
  })
})

describe('telnet: line mode, to a peer that negotiates nothing', () => {
  it('answers every line of a pipe that is closed behind it: `printf … | nc`', async () => {
    const { port } = await served(echo())
    const nc = new Netcat(port)
    nc.socket.end('echo a\necho b\n')
    await nc.closed
    expect(nc.text).toBe('$ a\r\n$ b\r\n$ ')
  })

  it('runs a last line that has no end, and commands that take their time', async () => {
    const shell = echo().command('slow', 'Slow.', async (_, session) => {
      await new Promise<void>(resolve => session.after(5, resolve))
      return 'slow answer'
    })
    const { port } = await served(shell)
    const nc = new Netcat(port)
    nc.socket.end('slow\necho last')
    await nc.closed
    expect(nc.text).toBe('$ slow answer\r\n$ last\r\n$ ')
  })

  it('speaks UTF-8 both ways, and takes invalid bytes for one replacement character each', async () => {
    const { port } = await served(echo())
    const nc = new Netcat(port)
    nc.send(Buffer.concat([Buffer.from('echo é日👩‍👩‍👧 '), Buffer.from([0xc3, 0x28, 0xfe, 0x41]), Buffer.from('\r\n')]))
    await nc.until('\r\n$ ')
    expect(Buffer.from(nc.text, 'latin1').toString('utf8')).toBe('$ é日👩‍👩‍👧 \ufffd(\ufffdA\r\n$ ')
  })
})

describe('telnet: known faults of the original', () => {
  it('CR and LF in two packets are one line', async () => {
    const lines = vi.fn()
    const { port } = await served(createShell({ prompt: '$ ' }).onUnknown((_, { raw }) => lines(raw)))
    const nc = new Netcat(port).send('a\r')
    await nc.until('$ $ ')
    nc.send('\nb\r')
    await nc.until('$ $ $ ')
    expect(lines.mock.calls).toEqual([['a\n'], ['b\n']])
  })

  it('NOP is not answered, and a window size that comes unasked harms nothing', async () => {
    const { port } = await served(
      echo().command('size', 'Size.', (_, { terminal }) => `${terminal.columns}x${terminal.rows}`),
    )
    const nc = new Netcat(port).send(Uint8Array.of(255, 241, 255, 250, 31, 0, 100, 0, 40, 255, 240)).send('size\r\n')
    await nc.until('100x40')
    expect(nc.text).toBe('$ 100x40\r\n$ ')
  })

  it('Nagle’s algorithm is off, whoever has accepted the socket', async () => {
    const noDelay = vi.fn()
    const acceptor = accept(echo(), telnet(), { log: false })
    const server = createServer(socket => {
      socket.setNoDelay = noDelay
      acceptor(socket)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const nc = new Netcat((server.address() as AddressInfo).port)
    await nc.until('$ ')
    expect(noDelay).toHaveBeenCalledWith(true)
    nc.socket.destroy()
    server.close()
  })

  it('a session whose peer is reset ends, and onEnd runs', async () => {
    const ended = vi.fn()
    const { port, server } = await served(createShell().onEnd((_, reason) => ended(reason)))
    const nc = new Netcat(port)
    await nc.until('> ')
    nc.socket.resetAndDestroy()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledWith('reset'), 20_000)
    expect(server.sessions).toEqual([])
  })

  it('a reset in the middle of the login ends it too', async () => {
    const { port, server } = await served(createShell({ auth: { password: () => true } }))
    const nc = new Netcat(port).send('joe\r\n')
    await nc.until('Password: ')
    nc.socket.resetAndDestroy()
    await vi.waitFor(() => expect(server.sessions).toEqual([]), 20_000)
  })
})

describe('telnet: peers that do not behave', () => {
  it('one that asks for much and reads nothing costs a bounded amount, and its command waits', async () => {
    let written = 0
    const piece = `${'x'.repeat(1023)}\n`.repeat(64)
    const shell = createShell().command('flood', 'Flood.', async (_, session, { signal }) => {
      while (!signal.aborted && written < 256) {
        await session.write(piece)
        written += 1
      }
    })
    const { port, server } = await served(shell)
    const nc = new Netcat(port)
    await nc.until('> ')
    nc.socket.pause()
    nc.send('flood\r\n')
    let before = -1
    while (written !== before) {
      before = written
      await new Promise(resolve => setTimeout(resolve, 200))
    }
    expect(written).toBeLessThan(200)
    nc.socket.resume()
    await vi.waitFor(() => expect(written).toBe(256), 20_000)
    expect(server.sessions).toHaveLength(1)
  })

  it('one that reads gets all that it is told in a turn that somebody else has used up', async () => {
    const shell = createShell({ prompt: '$ ' }).command('tell', 'Compute, then tell.', (_, session) => {
      const end = performance.now() + 20
      while (performance.now() < end);
      for (let i = 0; i < 9; i++) void session.writeMessage(`${i}`.repeat(20_000))
    })
    const { port } = await served(shell)
    const nc = new Netcat(port).send('tell\r\n')
    await nc.until('8888\r\n$ ')
    expect(nc.text).not.toContain('dropped')
    for (let i = 0; i < 9; i++) expect(nc.text.includes(`${i}`.repeat(20_000))).toBe(true)
  })

  it('one that types a line of 100 MB without an end is told once, and nothing of it is run or kept', async () => {
    const { port } = await served(echo())
    const nc = new Netcat(port)
    await nc.until('$ ')
    const piece = Buffer.alloc(1 << 20, 'x')
    const before = process.memoryUsage().rss
    for (let i = 0; i < 100; i++) if (!nc.socket.write(piece)) await once(nc.socket, 'drain')
    nc.send('\r\necho after\r\n')
    await nc.until('after')
    expect(nc.text.replaceAll('\x07', '')).toBe(
      '$ That line is longer than 65536 characters, and was not taken.\r\n$ after\r\n$ ',
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20)
  }, 30_000)

  it('one that negotiates in circles is answered with no more bytes than it sends, and can still work', async () => {
    const { port } = await served(echo())
    const nc = new Netcat(port)
    await nc.until('$ ')
    const storm = Buffer.from(
      Array.from({ length: 256 * 4 * 3 }, (_, i) => [255, 251 + (Math.floor(i / 256) % 4), i % 256]).flat(),
    )
    nc.send(storm).send('\r\necho still here\r\n')
    await nc.until('still here')
    expect(nc.socket.bytesRead).toBeLessThan(storm.length + 200)
  })

  it('one that never ends a subnegotiation is not listened to, and costs nothing', async () => {
    const { port, server } = await served(echo())
    const nc = new Netcat(port)
    await nc.until('$ ')
    nc.send(Uint8Array.of(255, 250, 24, 0))
    for (let i = 0; i < 10; i++) nc.send(Buffer.alloc(1 << 20, 'x'))
    nc.send(Uint8Array.of(255, 240)).send('echo back\r\n')
    await nc.until('back')
    expect(server.sessions).toHaveLength(1)
  })

  it('one that sends five thousand commands in one go, in character mode, has each of them answered, at the pace that is allowed', async () => {
    const { port } = await served(echo())
    const nc = new Netcat(port)
    await nc.until('$ ')
    nc.send(Uint8Array.of(255, 252, 24, 255, 253, 3, 255, 253, 1))
    nc.send('echo ready\r\n')
    await nc.until('ready\r\nready\r\n')
    nc.send(`${'echo xyzzy\r\n'.repeat(5_000)}echo the end\r\n`)
    await nc.until('\r\nthe end\r\n')
    expect(nc.text.match(/\r\nxyzzy\r\n/g)).toHaveLength(5_000)
  }, 30_000)

  it('AYT is answered on a line of its own', async () => {
    const { port } = await served(echo())
    const nc = new Netcat(port).send(Uint8Array.of(255, 246))
    await nc.until('[Yes]')
    expect(nc.text).toBe('$ \r\n[Yes]\r\n$ ')
  })
})

describe('S15: one’s own server', () => {
  it('takes any socket, closes it at the end, and counts its sessions', async () => {
    const acceptor = accept(echo(), telnet(), { log: false })
    const server = createServer(acceptor)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const nc = new Netcat((server.address() as AddressInfo).port).send('echo hi\r\n')
    await nc.until('hi')
    expect(acceptor.sessions).toHaveLength(1)
    nc.send('exit\r\n')
    await nc.closed
    expect(nc.text).toBe('$ hi\r\n$ Goodbye\r\n')
    expect(acceptor.sessions).toHaveLength(0)
    server.close()
  })
})

describe('serve', () => {
  it('says in one sentence that the port is taken, and listens nowhere then', async () => {
    const { port } = await served(echo())
    const error = await serve(echo(), { listen: [telnet(0), telnet(port)], log: false }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(AnswerbackError)
    expect((error as Error).message).toBe(
      `Cannot listen for telnet on 127.0.0.1:${port}: another program is already listening there. Stop it, or choose another port.`,
    )
  })

  it('refuses to show a shell without authentication to the world, unless it is declared open', async () => {
    const at = { port: 0, host: '0.0.0.0' }
    await expect(serve(createShell(), { listen: [telnet(at)] })).rejects.toMatchObject({ code: 'OPEN_TO_ALL' })
    await served(createShell({ auth: 'open' }), telnet(at))
    await served(createShell({ auth: { name: () => true } }), telnet(at))
  })

  it('refuses a transport that cannot carry any method of the shell', async () => {
    const shell = createShell({ auth: { publicKey: () => true } })
    await expect(serve(shell, { listen: [telnet(0)] })).rejects.toMatchObject({ code: 'NO_METHOD' })
    const both = createShell({
      auth: { publicKey: () => true, password: () => true, require: ['publicKey', 'password'] },
    })
    await expect(serve(both, { listen: [telnet(0)] })).rejects.toMatchObject({ code: 'NO_METHOD' })
    await served(shell, telnet({ port: 0, auth: { as: { name: 'local' } } }))
  })

  it('lets the compiler hold a listener’s identity to the shell’s users', async () => {
    const shell = createShell({ auth: { password: name => ({ name, role: 'admin' }) } })
    // @ts-expect-error A user here has a role.
    const wrong = serve(shell, { listen: [telnet({ port: 0, auth: { as: { name: 'local' } } })], log: false })
    const right = serve(shell, {
      listen: [telnet({ port: 0, auth: { as: { name: 'local', role: 'guest' } } })],
      log: false,
    })
    for (const server of await Promise.all([wrong, right])) await server.close()
  })

  it('gives everybody at a listener the identity that the listener names', async () => {
    const shell = createShell({ auth: { password: () => true } }).command(
      'who',
      'Who.',
      (_, session) => session.user.name,
    )
    const { port } = await served(shell, telnet({ port: 0, auth: { as: { name: 'local' } } }))
    const nc = new Netcat(port).send('who\r\n')
    await nc.until('local')
    expect(nc.text).toBe('> local\r\n> ')
  })

  it('freezes the shell', async () => {
    const shell = echo()
    await served(shell)
    expect(() => shell.command('late', 'Late.', () => {})).toThrow(/must come before serve/)
    expect(() => shell.onStart(() => {})).toThrow(/must come before serve/)
  })

  it('closes by telling users, letting commands finish, and delivering what they write', async () => {
    let finish: (() => void) | undefined
    const shell = createShell({ prompt: '$ ' }).command('work', 'Work.', async () => {
      await new Promise<void>(resolve => (finish = resolve))
      return 'done'
    })
    const { port, server } = await served(shell)
    const [idle, busy] = [new Netcat(port), new Netcat(port)]
    await idle.until('$ ')
    await busy.until('$ ')
    busy.send('work\r\n')
    await vi.waitFor(() => expect(finish).toBeDefined(), 20_000)
    const closing = server.close()
    await idle.closed
    expect(idle.text).toBe('$ \r\nThe server is shutting down.\r\n')
    await busy.until('shutting down')
    finish!()
    await Promise.all([busy.closed, closing])
    expect(busy.text).toBe('$ The server is shutting down.\r\ndone\r\n')
  })

  it('waits for commands no longer than it is told', async () => {
    const aborted = vi.fn()
    const shell = createShell().command('hang', 'Hang.', (_, _session, { signal }) => {
      signal.addEventListener('abort', aborted)
      return new Promise<void>(() => {})
    })
    const { port, server } = await served(shell)
    const nc = new Netcat(port).send('hang\r\n')
    await vi.waitFor(() => expect(server.sessions).toHaveLength(1), 20_000)
    await server.close({ timeout: 50, message: '' })
    await nc.closed
    expect(server.sessions).toEqual([])
  })
})
