import type { Socket } from 'node:net'
import { plainAddress } from '../../core/address.ts'
import type { Peer } from '../../core/connection.ts'

/** What a transport says of a peer beside its addresses. */
export interface PeerSettings {
  readonly transport: string
  readonly secure: boolean
  /** Our side's, where it is known to be the same for all sockets. */
  readonly localAddress?: string | undefined
}

/**
 * Returns where the other end of a socket is. Every transport over sockets asks here, and nobody
 * sees an address before: each has one spelling, whatever the system or a proxy has written.
 */
export function peerOf(socket: Socket, { transport, secure, localAddress }: PeerSettings): Peer {
  const { remoteAddress, remotePort } = socket
  const ours = localAddress ?? socket.localAddress
  // One literal where all is known: what is spread into an object costs another one.
  if (remoteAddress !== undefined && remotePort !== undefined && ours !== undefined) {
    return {
      transport,
      secure,
      address: plainAddress(remoteAddress),
      port: remotePort,
      localAddress: plainAddress(ours),
    }
  }
  return {
    transport,
    secure,
    ...(remoteAddress !== undefined && { address: plainAddress(remoteAddress) }),
    ...(remotePort !== undefined && { port: remotePort }),
    ...(ours !== undefined && { localAddress: plainAddress(ours) }),
  }
}

/**
 * Returns a function that accepts sockets, but none whose peer has gone: it has no address any
 * more, and would be let in by no rule and counted for nobody. The socket of a path has none on
 * either side, and is accepted.
 */
export function ifPresent(accept: (socket: Socket) => void): (socket: Socket) => void {
  return socket => {
    const gone = socket.destroyed || (socket.remoteAddress === undefined && socket.localAddress !== undefined)
    if (gone) socket.on('error', () => {}).destroy()
    else accept(socket)
  }
}
