import type { Socket } from 'node:net'
import type { Authenticator } from '../core/authenticator.ts'
import { AnswerbackError } from '../core/errors.ts'
import type { Gate, Listening, SocketTransport } from '../core/transport.ts'
import { bySignature, chooseAlgorithms, offerOf, type Algorithms } from './ssh/algorithms.ts'
import { SshClient, type ClientSettings } from './ssh/client.ts'
import { describeKey, readHostKeys, type HostKey } from './ssh/host-key.ts'
import { findEncapsulate, HYBRID } from './ssh/key-exchange.ts'
import { chooseLimits, type SshLimits } from './ssh/limits.ts'
import { isLoopback, listen, portOf, stop } from './ssh/listen.ts'
import { DEFAULT_ENVIRONMENT, variableNames } from './ssh/session-setup.ts'
import { loadSsh2 } from './ssh/ssh2.ts'
import { TrustedKeys } from './ssh/trusted-keys.ts'
import { WaitingRoom } from './ssh/waiting-room.ts'

export type { Algorithms } from './ssh/algorithms.ts'
export { hostKeyFingerprints, type HostKey, type HostKeyFile, type HostKeyText, type HostKeyType } from './ssh/host-key.ts'
export type { SshLimits } from './ssh/limits.ts'

/**
 * SSH: `serve(lobby, { listen: [ssh(8022, { hostKey: 'host_key' })] })`. A shell with and without a terminal, and single commands
 * (`ssh host command`). Needs the package `ssh2`, in the one version that it was made for.
 *
 * Not here, and refused by name: forwarding of any kind, agents, X11, SFTP and other subsystems.
 */
export function ssh(where: number | SshAddress, options: SshOptions): SocketTransport<Socket>
/** SSH over sockets that somebody else accepts: `net.createServer(accept(lobby, ssh({ hostKey: 'host_key' })))`. */
export function ssh(options: SshOptions): SocketTransport<Socket>
export function ssh(first: number | SshAddress | SshOptions, second?: SshOptions): SocketTransport<Socket> {
  if (second === undefined) return new SshTransport(undefined, first as SshOptions)
  return new SshTransport(typeof first === 'number' ? { port: first } : (first as SshAddress), second)
}

export interface SshAddress {
  /** 0: one that is free. */
  readonly port: number
  /** Default `127.0.0.1`: only this machine. `0.0.0.0` or `::` for all networks. */
  readonly host?: string
}

export interface SshOptions {
  /** By what clients know this server: the path of a private key, which is made where there is none, or the key itself. Or several. */
  readonly hostKey: HostKey | readonly HostKey[]
  /** Lists that replace the default ones; what is there for those who have no choice is weaker. */
  readonly algorithms?: Algorithms
  /** Environment variables that a client may set; `*` stands for any letters. Default `LANG`, `LC_*`, `COLORTERM`, `TERM_PROGRAM`. */
  readonly environment?: readonly string[]
  /** Whoever comes in here is this user, and nobody is asked: for loopback, beside a guarded listener. */
  readonly auth?: { readonly as: unknown }
  readonly limits?: SshLimits
}

class SshTransport implements SocketTransport<Socket> {
  readonly name: string = 'ssh'
  readonly #where: SshAddress | undefined
  readonly #options: SshOptions

  constructor(where: SshAddress | undefined, options: SshOptions) {
    this.#where = where
    this.#options = options
  }

  async listen(gate: Gate): Promise<Listening> {
    const { port, host = '127.0.0.1' } = this.#where ?? { port: 0 }
    if (this.#isUnguarded(gate) && !isLoopback(host)) throw new AnswerbackError('OPEN_TO_ALL', { address: `${host}:${port}` })
    const clients = new SshClients(this.#settings(gate), this.#isUnguarded(gate))
    await loadSsh2().ready
    const server = await listen({ port, host }, socket => clients.accept(socket))
    return {
      address: { transport: this.name, host, port: portOf(server) },
      close: async () => {
        const stopped = stop(server)
        clients.drain()
        await stopped
      },
    }
  }

  attach(gate: Gate): (socket: Socket) => void {
    const clients = new SshClients(this.#settings(gate), this.#isUnguarded(gate))
    return socket => clients.accept(socket)
  }
}
