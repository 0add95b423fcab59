import type { ConnectionRequest } from '../../../core/connection.ts'
import { Channel, IN_PACKET_BYTES, IN_WINDOW_BYTES, message } from './channel.ts'
import type { ChannelCarrier } from './channel-writer.ts'
import { MESSAGE, OPEN_FAILURE } from '../protocol/codes.ts'
import type { SessionConnection } from './session-connection.ts'
import { SessionSetup, type SetupRules } from './session-setup.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

/**
 * The connection protocol (RFC 4254). Session channels are each set up, started and closed
 * separately; everything else is refused by name. Every request that wants a reply gets one, in
 * order. A violation of the protocol ends the connection.
 */
export class Channels {
  readonly #host: ChannelsHost
  readonly #rules: SetupRules
  readonly #open = new Map<number, OpenChannel>()
  #next = 0
  #noMore = false

  constructor(host: ChannelsHost, rules: SetupRules) {
    this.#host = host
    this.#rules = rules
  }

  /** The number of sessions that have started, and are not over. */
  get running(): number {
    let count = 0
    for (const { connection } of this.#open.values()) if (connection?.over === false) count += 1
    return count
  }

  /** Returns whether another session goes on. The given one may not be registered yet. */
  runsBeside(session: SessionConnection): boolean {
    return [...this.#open.values()].some(({ connection }) => connection?.over === false && connection !== session)
  }

  /** Takes one message. Returns `false` if its number is not of this protocol. */
  message(type: number, payload: Buffer): boolean {
    const reader = new WireReader(payload, 1)
    switch (type) {
      case MESSAGE.GLOBAL_REQUEST:
        this.#globalRequest(reader.text(), reader.boolean())
        break
      case MESSAGE.REQUEST_SUCCESS:
      case MESSAGE.REQUEST_FAILURE:
      case MESSAGE.CHANNEL_SUCCESS:
      case MESSAGE.CHANNEL_FAILURE:
        return true
      case MESSAGE.CHANNEL_OPEN:
        this.#openRequest(reader)
        break
      default:
        if (type < MESSAGE.CHANNEL_WINDOW_ADJUST || type > MESSAGE.CHANNEL_REQUEST) return false
        this.#forChannel(type, reader)
    }
    if (!reader.ok) this.#host.violation('a message of channels is cut short')
    return true
  }

  /** Resumes waiting output: there is room again. */
  resume(): void {
    for (const { channel } of this.#open.values()) channel.resume()
  }

  /** Ends all channels: the connection is closed. */
  close(reason: string): void {
    const sessions = [...this.#open.values()]
    this.#open.clear()
    for (const { channel, connection } of sessions) {
      channel.drop()
      connection?.closed(reason)
    }
  }

  /** Refuses forwarding. It refuses the keep-alive of clients, too, which accept any answer. */
  #globalRequest(name: string, wantsReply: boolean): void {
    if (name === 'no-more-sessions@openssh.com') this.#noMore = true
    if (wantsReply) this.#host.send(Uint8Array.of(MESSAGE.REQUEST_FAILURE))
  }

  #openRequest(reader: WireReader): void {
    const type = reader.text()
    const id = reader.uint32()
    const window = reader.uint32()
    const packetSize = Math.min(reader.uint32(), IN_PACKET_BYTES)
    if (!reader.ok) return
    const refusal = this.#refusal(type, packetSize)
    if (refusal !== undefined) return this.#host.send(openFailure(id, refusal))
    const local = this.#next
    this.#next = (this.#next + 1) >>> 0
    this.#open.set(local, {
      channel: new Channel(this.#host, { id, window, packetSize }),
      setup: new SessionSetup(this.#rules),
      connection: undefined,
      ended: false,
    })
    const confirmation = new WireWriter().byte(MESSAGE.CHANNEL_OPEN_CONFIRMATION).uint32(id).uint32(local)
    this.#host.send(confirmation.uint32(IN_WINDOW_BYTES).uint32(IN_PACKET_BYTES).bytes())
  }

  #refusal(type: string, packetSize: number): ChannelRefusal | undefined {
    if (FORWARDING.has(type)) return [OPEN_FAILURE.ADMINISTRATIVELY_PROHIBITED, 'nothing is forwarded here']
    if (type !== 'session') return [OPEN_FAILURE.UNKNOWN_CHANNEL_TYPE, 'there are only sessions here']
    if (this.#noMore) return [OPEN_FAILURE.ADMINISTRATIVELY_PROHIBITED, 'no more sessions were wanted']
    if (packetSize === 0) return [OPEN_FAILURE.RESOURCE_SHORTAGE, 'a packet must hold a byte']
    return this.#open.size < this.#host.mostSessions
      ? undefined
      : [OPEN_FAILURE.RESOURCE_SHORTAGE, 'too many sessions on one connection']
  }

  #forChannel(type: number, reader: WireReader): void {
    const local = reader.uint32()
    const session = this.#open.get(local)
    if (session === undefined) {
      if (reader.ok) this.#host.violation('a message for a channel that is not open')
      return
    }
    if (type === MESSAGE.CHANNEL_WINDOW_ADJUST) return this.#widen(session, reader.uint32())
    session.channel.prioritize()
    switch (type) {
      case MESSAGE.CHANNEL_DATA:
        return this.#data(session, reader.string())
      case MESSAGE.CHANNEL_EXTENDED_DATA:
        reader.uint32()
        return this.#data(session, reader.string(), true)
      case MESSAGE.CHANNEL_EOF:
        return this.#endInput(session)
      case MESSAGE.CHANNEL_CLOSE:
        return this.#closed(local, session)
      default:
        this.#request(session, reader.text(), reader.boolean(), reader)
    }
  }

  #widen({ channel }: OpenChannel, bytes: number): void {
    if (!channel.widen(bytes)) this.#host.violation('a window beyond 2^32')
  }

  /**
   * Passes data on. Data before the session's start, after its end, or of a kind that no client
   * sends, is dropped.
   */
  #data({ channel, connection, ended }: OpenChannel, data: Uint8Array, extended = false): void {
    if (!channel.admit(data.length)) return this.#host.violation('more data than the window allows')
    if (connection === undefined || ended || extended) channel.use(data.length)
    else connection.receive(Buffer.from(data.buffer, data.byteOffset, data.length))
  }

  /** Input ends once: an EOF after the first is ignored. */
  #endInput(session: OpenChannel): void {
    if (session.ended) return
    session.ended = true
    session.connection?.endOfInput()
  }

  #closed(local: number, { channel, connection }: OpenChannel): void {
    this.#open.delete(local)
    channel.close()
    connection?.closed('the client has closed the session')
  }

  #request(session: OpenChannel, type: string, wantsReply: boolean, body: WireReader): void {
    if (!body.ok) return
    const { channel, setup } = session
    if (setup === undefined) return this.#reply(channel, wantsReply, session.connection?.request(type, body) === true)
    const granted = channel.closing ? false : setup.request(type, body)
    this.#reply(channel, wantsReply, granted !== false)
    if (typeof granted === 'object') this.#start(session, setup, granted)
  }

  #start(session: OpenChannel, setup: SessionSetup, request: ConnectionRequest): void {
    session.connection = this.#host.start(session.channel, setup, request)
    session.setup = undefined
    if (session.ended) session.connection.endOfInput()
  }

  #reply({ id }: Channel, wanted: boolean, granted: boolean): void {
    if (wanted) this.#host.send(message(granted ? MESSAGE.CHANNEL_SUCCESS : MESSAGE.CHANNEL_FAILURE, id))
  }
}

export interface ChannelsHost extends ChannelCarrier {
  /** On one connection at a time. */
  readonly mostSessions: number
  /** Starts a session. */
  start(channel: Channel, setup: SessionSetup, request: ConnectionRequest): SessionConnection
  /** Ends the connection: the peer has violated the protocol. */
  violation(reason: string): void
}

interface OpenChannel {
  readonly channel: Channel
  /** Present until the session has started. */
  setup: SessionSetup | undefined
  connection: SessionConnection | undefined
  /** Whether the peer has sent its EOF. */
  ended: boolean
}

type ChannelRefusal = readonly [code: number, reason: string]

const FORWARDING: ReadonlySet<string> = new Set([
  'direct-tcpip',
  'forwarded-tcpip',
  'direct-streamlocal@openssh.com',
  'forwarded-streamlocal@openssh.com',
  'x11',
  'auth-agent@openssh.com',
  'tun@openssh.com',
])

function openFailure(id: number, [code, reason]: ChannelRefusal): Buffer {
  return new WireWriter().byte(MESSAGE.CHANNEL_OPEN_FAILURE).uint32(id).uint32(code).string(reason).string('').bytes()
}
