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
 * Returns the peer at the other end of a socket. Every transport over sockets calls it first, so
 * that each address has one spelling, however the system or a proxy has written it.
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
 * Returns a function that accepts sockets, except those whose peer has gone. Such a socket has no
 * address: no rule would match it, and no limit would count it. The socket of a path has none on
 * either side, and is accepted.
 */
export function ifPresent(accept: (socket: Socket) => void): (socket: Socket) => void {
  return socket => {
    const gone = socket.destroyed || (socket.remoteAddress === undefined && socket.localAddress !== undefined)
    if (gone) socket.on('error', () => {}).destroy()
    else accept(socket)
  }
}
