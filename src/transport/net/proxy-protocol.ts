import type { Socket } from 'node:net'
import { AnswerbackError } from '../../core/errors.ts'
import type { TransportHost } from '../../core/transport.ts'
import { AddressRanges, isRange } from '../../platform/address-ranges.ts'
import { peerOf } from './peer.ts'
import { readProxyHeader } from './proxy-header.ts'
import type { Proxied } from './proxy-header.ts'

/** The PROXY protocol: a proxy in front says where each connection really comes from. */
export interface ProxyOptions {
  /** The proxies: addresses and ranges, `['127.0.0.1']`. Their connections must begin with a header; what others send is no header, whatever it looks like. */
  from: readonly string[]
}

/** How long a proxy may take to send its header, in milliseconds. */
export const HEADER_WITHIN = 5000

/**
 * Has sockets accepted as they are, or, where they come from a proxy, with the addresses that it names. Throws `OPTION` for what is no range.
 *
 * Whoever was gone before they were accepted has no address any more, and would be counted for none: they are not accepted. A check of the port by TCP alone does so.
 */
export function behindProxy(
  proxy: ProxyOptions | undefined,
  host: Pick<TransportHost, 'clock' | 'limitedLog'>,
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

/** Reads by hand, so that what follows the header is still there for whoever listens next. */
function readHeader(
  socket: Socket,
  { clock, limitedLog }: Pick<TransportHost, 'clock' | 'limitedLog'>,
  accept: (socket: Socket) => void,
): void {
  let held: Buffer = Buffer.alloc(0)
  const stop = (): void => {
    cancel()
    socket.off('readable', read).off('end', leave).off('close', stop)
  }
  const refuse = (reason: string): void => {
    stop()
    limitedLog.warn(
      { peer: peerOf(socket, { transport: 'proxy', secure: false }), reason },
      'a proxy is not understood',
    )
    socket.destroy()
  }
  const cancel = clock.after(HEADER_WITHIN, () => refuse('its header did not come in time'))
  /** A proxy that only looks whether somebody answers. */
  const leave = (): void => {
    stop()
    socket.destroy()
  }
  const read = (): void => {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) return
    held = Buffer.concat([held, chunk])
    const header = readProxyHeader(held)
    if (header.type === 'incomplete') return
    if (header.type === 'check') return leave()
    if (header.type === 'invalid') return refuse('what it sends is no PROXY header')
    stop()
    if (header.proxied) assume(socket, header.proxied)
    if (held.length > header.length) socket.unshift(held.subarray(header.length))
    accept(socket)
  }
  socket.on('error', () => {})
  socket.on('readable', read).on('end', leave).on('close', stop)
}

/** From here on the socket is where the proxy says: for limits, logs, and the check whether a shell is shown to the world. */
function assume(socket: Socket, { address, port, localAddress, localPort }: Proxied): void {
  Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: port },
    localAddress: { value: localAddress },
    localPort: { value: localPort },
  })
}
