import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import type { TransportHost, Listening, SocketTransport } from '../../core/transport.ts'
import { listen } from '../net/listen.ts'
import { listenerOptions, placeOf } from '../net/listener-options.ts'
import { ifPresent } from '../net/peer.ts'
import { behindProxy } from '../net/proxy-protocol.ts'
import { SshServer } from './server.ts'
import { checkHostKey } from './keys/host-key.ts'
import { SSH_OPTIONS } from './options.ts'
import type { SshOptions } from './options.ts'

export type { SshAlgorithms } from './protocol/algorithms.ts'
export {
  hostKeyFingerprints,
  type HostKey,
  type HostKeyFile,
  type HostKeyText,
  type HostKeyType,
} from './keys/host-key.ts'
export type { KeepAliveInterval } from '../net/keep-alive.ts'
export type { ListenerAuth, ListenOptions, NamedUser } from '../net/listener-options.ts'
export type { ProxyOptions } from '../net/proxy-protocol.ts'
export type { SshLimits } from './limits.ts'
export type { SshOptions } from './options.ts'

/**
 * Serves SSH: `serve(lobby, { listen: [ssh({ port: 8022, hostKey: 'host_key' })] })`. It offers a
 * shell with and without a terminal, and single commands (`ssh host command`). It needs the exact
 * supported version of the package `ssh2`.
 *
 * Without a port it serves sockets that are accepted elsewhere:
 * `net.createServer(accept(lobby, ssh({ hostKey: 'host_key' })))`.
 *
 * It refuses by name: forwarding of any kind, agents, X11, SFTP and other subsystems.
 *
 * @throws an `AnswerbackError` (`OPTION`) for an option that is wrong, and without a host key
 */
export function ssh<const U = never>(options: SshOptions<U>): SocketTransport<Socket, U>
export function ssh(given: SshOptions<any>, second?: unknown): SocketTransport<Socket, any> {
  const options = listenerOptions('ssh', given, second, SSH_OPTIONS)
  checkHostKey(options.hostKey)
  return new SshTransport(options)
}

class SshTransport implements SocketTransport<Socket, any> {
  readonly name: string = 'ssh'
  readonly #options: SshOptions<any>

  constructor(options: SshOptions<any>) {
    this.#options = options
  }

  async listen(host: TransportHost): Promise<Listening> {
    const at = placeOf(this.#options, 'ssh(options)')
    const clients = new SshServer(host, this.#options)
    const accept = behindProxy(this.#options.proxy, host, socket => clients.accept(socket))
    const server = createServer({ noDelay: true, allowHalfOpen: true }, accept)
    const listening = await listen(server, this.name, at)
    clients.announce()
    return {
      address: listening.address,
      close: () => {
        clients.drain()
        return listening.close()
      },
    }
  }

  attach(host: TransportHost): (socket: Socket) => void {
    const clients = new SshServer(host, this.#options)
    clients.announce()
    return ifPresent(socket => clients.accept(socket))
  }
}
