import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import type { TransportHost, Listening, SocketTransport } from '../../core/transport.ts'
import { listen } from '../net/listen.ts'
import { checkedListener, placeOf } from '../net/listener-options.ts'
import type { ListenAt } from '../net/listener-options.ts'
import { ifPresent } from '../net/peer.ts'
import { behindProxy } from '../net/proxy-protocol.ts'
import { SshServer } from './server.ts'
import { checkHostKey } from './keys/host-key.ts'
import { SSH_OPTIONS } from './options.ts'
import type { SshOptions } from './options.ts'

export type { Algorithms } from './protocol/algorithms.ts'
export {
  hostKeyFingerprints,
  type HostKey,
  type HostKeyFile,
  type HostKeyText,
  type HostKeyType,
} from './keys/host-key.ts'
export type { KeepAliveInterval } from '../net/keep-alive.ts'
export type { SshLimits } from './limits.ts'
export type { SshOptions } from './options.ts'

/**
 * SSH: `serve(lobby, { listen: [ssh(8022, { hostKey: 'host_key' })] })`. A shell with and without a terminal, and single commands
 * (`ssh host command`). Needs the package `ssh2`, in the one version that it was made for.
 *
 * Not here, and refused by name: forwarding of any kind, agents, X11, SFTP and other subsystems.
 */
export function ssh<const U = never>(at: number | ListenAt, options: SshOptions<U>): SocketTransport<Socket, U>
/** SSH over sockets that somebody else accepts: `net.createServer(accept(lobby, ssh({ hostKey: 'host_key' })))`. */
export function ssh<const U = never>(options: SshOptions<U>): SocketTransport<Socket, U>
export function ssh(
  first: number | ListenAt | SshOptions<any>,
  second?: SshOptions<any>,
): SocketTransport<Socket, any> {
  const given = Object(first) as object
  const isPlace = typeof first !== 'object' || ('port' in given && !('hostKey' in given))
  const alone = second === undefined && !isPlace
  const options = (alone ? first : second) as SshOptions<any> | undefined
  const at = checkedListener('ssh', alone ? undefined : first, SSH_OPTIONS, options ?? {})
  checkHostKey(options?.hostKey)
  return new SshTransport(at, options as SshOptions<any>)
}

class SshTransport implements SocketTransport<Socket, any> {
  readonly name: string = 'ssh'
  readonly #at: ListenAt | undefined
  readonly #options: SshOptions<any>

  constructor(at: ListenAt | undefined, options: SshOptions<any>) {
    this.#at = at
    this.#options = options
  }

  async listen(host: TransportHost): Promise<Listening> {
    const at = placeOf(this.#at, 'ssh(options)')
    const clients = new SshServer(host, this.#options)
    const accept = behindProxy(this.#at?.proxy, host, socket => clients.accept(socket))
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
