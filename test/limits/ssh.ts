import { connect } from 'node:net'
import { MESSAGE } from '../../src/transport/ssh/protocol/codes.ts'
import {
  channelData,
  channelRequest,
  openSession,
  RawClient,
  userAuth,
} from '../../src/transport/ssh/raw-client.suite.ts'
import { HOST_KEY } from '../../src/transport/ssh/server.suite.ts'
import { WireReader, WireWriter } from '../../src/transport/ssh/protocol/wire.ts'
import { ssh } from '../../src/transport/ssh/ssh.ts'
import type { Caller, Way } from './way.ts'

export const SSH: Way = {
  name: 'ssh',
  open: () => ({
    transport: ssh({ port: 0, hostKey: HOST_KEY }),
    async come(server, localAddress = '127.0.0.1'): Promise<Caller> {
      return new SshCaller(server.addresses[0]?.port ?? 0, localAddress)
    },
  }),
}

/** A client with one session, which has a terminal. */
export class SshCaller implements Caller {
  readonly #client: RawClient
  readonly #exchanged: Promise<void>
  #seen = ''
  #closed = false
  #isIn = false
  #stalled = false
  /** What has come since, and is not said to have been read. */
  #unread = 0
  #ahead = ''

  constructor(port: number, localAddress: string, before?: Uint8Array) {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    if (before !== undefined) socket.write(before)
    socket.once('data', (line: Buffer) => this.#readLine(line.toString('latin1')))
    this.#client = new RawClient(socket, {})
    this.#exchanged = this.#client.until(() => this.#client.exchanges > 0)
    void this.#hear().catch(() => (this.#closed = true))
  }

  get seen(): string {
    return this.#seen
  }

  get arrived(): boolean {
    return this.#client.exchanges > 0
  }

  get closed(): boolean {
    return this.#closed
  }

  login(name = 'joe', password?: string): void {
    const secret = new WireWriter().boolean(false).string(password ?? '')
    void this.#exchanged.then(
      () =>
        this.#client.send(password === undefined ? userAuth(name, 'none') : userAuth(name, 'password', secret.bytes())),
      () => {},
    )
  }

  enter(...lines: readonly string[]): void {
    this.#ahead += lines.map(line => `${line}\r`).join('')
    if (this.#isIn) this.#client.send(channelData(0, this.#ahead))
    if (this.#isIn) this.#ahead = ''
  }

  stall(): void {
    this.#stalled = true
  }

  flow(): void {
    this.#stalled = false
    this.#widen()
  }

  leave(): void {
    this.#client.destroy()
  }

  /** Those who are refused are told in a line before the protocol. */
  #readLine(line: string): void {
    if (!line.startsWith('SSH-')) this.#seen += line
  }

  async #hear(): Promise<void> {
    await this.#exchanged
    this.#client.requestService()
    for (;;) this.#take(await this.#client.next(...HEARD))
  }

  #take(message: Buffer): void {
    const { CHANNEL_OPEN_CONFIRMATION, USERAUTH_SUCCESS, CHANNEL_SUCCESS, CHANNEL_DATA, CHANNEL_CLOSE } = MESSAGE
    const [type] = message
    if (type === USERAUTH_SUCCESS) this.#client.send(openSession(0, WINDOW))
    else if (type === CHANNEL_OPEN_CONFIRMATION) this.#start()
    else if (type === CHANNEL_SUCCESS) this.#begun()
    else if (type === CHANNEL_DATA) this.#show(new WireReader(message, 5).string())
    else if (type === CHANNEL_CLOSE) this.#ended()
  }

  #start(): void {
    const size = new WireWriter().string('xterm').uint32(80).uint32(24).uint32(0).uint32(0).string('')
    this.#client.send(channelRequest(0, 'pty-req', false, size.bytes()))
    this.#client.send(channelRequest(0, 'shell', true))
  }

  #begun(): void {
    this.#isIn = true
    if (this.#ahead !== '') this.enter()
  }

  #ended(): void {
    this.#closed = true
    this.#client.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
  }

  #show(data: Uint8Array): void {
    this.#seen += Buffer.from(data).toString('latin1')
    this.#unread += data.length
    if (!this.#stalled) this.#widen()
  }

  #widen(): void {
    const more = new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(0).uint32(this.#unread)
    this.#unread = 0
    this.#client.send(more.bytes())
  }
}

const WINDOW = 16 * 1024
const HEARD = [
  MESSAGE.USERAUTH_SUCCESS,
  MESSAGE.CHANNEL_OPEN_CONFIRMATION,
  MESSAGE.CHANNEL_SUCCESS,
  MESSAGE.CHANNEL_DATA,
  MESSAGE.CHANNEL_CLOSE,
]
