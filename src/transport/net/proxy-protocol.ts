import type { Socket } from 'node:net'
import type { Cancel } from '../../core/time/clock.ts'
import { AnswerbackError } from '../../core/options/errors.ts'
import type { TransportHost } from '../../core/transport.ts'
import { AddressRanges, isRange } from '../../platform/address-ranges.ts'
import { peerOf } from './peer.ts'
import { readProxyHeader } from './proxy-header.ts'
import type { Proxied } from './proxy-header.ts'

/** The PROXY protocol: a proxy in front says where each connection really comes from. */
export interface ProxyOptions {
  /**
   * The proxies: addresses and ranges, `['127.0.0.1']`. Their connections must begin with a header.
   * Nothing that other peers send is a header.
   */
  from: readonly string[]
}

/** How long a proxy may take to send its header. */
export const HEADER_TIMEOUT_MS = 5000

/**
 * Has sockets accepted as they are, or, where they come from a proxy, with the addresses that it
 * names. Throws `OPTION` for what is no range.
 *
 * A socket whose peer has gone has no address any more, would be counted for none, and is not
 * accepted. A check of the port by TCP alone leaves such ones.
 */
export function behindProxy(
  proxy: ProxyOptions | undefined,
  host: ProxyHost,
  accept: (socket: Socket) => void,
): (socket: Socket) => void {
  const proxies = proxy && rangesOf(proxy)
  return socket => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined) socket.on('error', () => {}).destroy()
    else if (proxies?.has(remoteAddress)) readHeader(socket, host, accept)
    else accept(socket)
  }
}

function rangesOf({ from }: ProxyOptions): AddressRanges {
  const wrong = from.find(range => !isRange(range))
  if (wrong === undefined && from.length > 0) return new AddressRanges(from)
  const way = 'name the proxies whose word is taken, by addresses and ranges, as 192.0.2.0/24 is'
  throw new AnswerbackError('OPTION', { option: 'proxy.from', value: wrong ?? 'empty', way })
}

type ProxyHost = Pick<TransportHost, 'clock' | 'limitedLog'>

/** Reads the header by hand, so that what follows it is still there for the next listener. */
function readHeader(socket: Socket, host: ProxyHost, accept: (socket: Socket) => void): void {
  const reading = new HeaderReading(socket, host, accept)
  socket.on('error', () => {})
  socket.on('readable', reading.read).on('end', reading.leave).on('close', reading.stop)
}

/** One socket's header, until it is whole or refused. */
class HeaderReading {
  readonly #socket: Socket
  readonly #host: ProxyHost
  readonly #accept: (socket: Socket) => void
  readonly #cancel: Cancel
  #held: Buffer = Buffer.alloc(0)

  constructor(socket: Socket, host: ProxyHost, accept: (socket: Socket) => void) {
    this.#socket = socket
    this.#host = host
    this.#accept = accept
    this.#cancel = host.clock.after(HEADER_TIMEOUT_MS, () => this.#refuse('its header did not come in time'))
  }

  readonly read = (): void => {
    const chunk = this.#socket.read() as Buffer | null
    if (chunk === null) return
    this.#held = Buffer.concat([this.#held, chunk])
    const header = readProxyHeader(this.#held)
    if (header.type === 'incomplete') return
    // A proxy that only checks that the server answers.
    if (header.type === 'check') return this.leave()
    if (header.type === 'invalid') return this.#refuse('what it sends is no PROXY header')
    this.stop()
    if (header.proxied) assume(this.#socket, header.proxied)
    if (this.#held.length > header.length) this.#socket.unshift(this.#held.subarray(header.length))
    this.#accept(this.#socket)
  }

  readonly leave = (): void => {
    this.stop()
    this.#socket.destroy()
  }

  readonly stop = (): void => {
    this.#cancel()
    this.#socket.off('readable', this.read).off('end', this.leave).off('close', this.stop)
  }

  #refuse(reason: string): void {
    this.stop()
    const peer = peerOf(this.#socket, { transport: 'proxy', secure: false })
    this.#host.limitedLog.warn({ peer, reason }, 'a proxy is not understood')
    this.#socket.destroy()
  }
}

/**
 * From here on the socket is where the proxy says: for limits, logs, and the check whether a shell
 * is shown to the world.
 */
function assume(socket: Socket, { address, port, localAddress, localPort }: Proxied): void {
  Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: port },
    localAddress: { value: localAddress },
    localPort: { value: localPort },
  })
}
