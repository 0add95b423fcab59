import { createServer, isIPv4 } from 'node:net'
import type { Server, Socket } from 'node:net'
import { AnswerbackError } from '../../core/options/errors.ts'
import { aListOfVariables, variableNames } from '../../core/options/environment.ts'
import { oneOf } from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'
import type { Identity } from '../../core/connection.ts'
import type { TransportHost, Listening, SocketTransport } from '../../core/transport.ts'
import { aKeepAlive, keepAliveOf, keepSocketAlive } from '../net/keep-alive.ts'
import type { KeepAliveInterval } from '../net/keep-alive.ts'
import { listen } from '../net/listen.ts'
import { aListenerAuth, identityOf, LISTEN_OPTIONS, listenerOptions, placeOf } from '../net/listener-options.ts'
import type { ListenerAuth, ListenOptions } from '../net/listener-options.ts'
import { ifPresent, peerOf } from '../net/peer.ts'
import { behindProxy } from '../net/proxy-protocol.ts'
import { TelnetConnection } from './telnet-connection.ts'
import type { TelnetSettings } from './telnet-connection.ts'
import { turnAway } from '../net/turn-away.ts'

export type { KeepAliveInterval } from '../net/keep-alive.ts'
export type { ListenerAuth, ListenOptions, NamedUser } from '../net/listener-options.ts'
export type { ProxyOptions } from '../net/proxy-protocol.ts'

/** Where telnet listens, and how it serves. */
export interface TelnetOptions<U = never> extends ListenOptions {
  /**
   * What everybody who connects is.
   * @default the shell's own authentication
   */
  auth?: ListenerAuth<U>
  /**
   * `'always'`: what is typed is echoed even where the peer has refused that, or said nothing. For
   * programs that read the echo of what they send. People at a client that echoes by itself see
   * everything twice then.
   * @default as the protocol agrees
   */
  echo?: 'always'
  /**
   * Environment variables that a client may set; `*` matches any letters. The names that a MUD
   * client sends of itself are always accepted.
   * @default `LANG`, `LC_*`, `COLORTERM`, `NO_COLOR`, `TERM_PROGRAM`
   */
  environment?: readonly string[]
  /**
   * How long a connection is quiet before a sign of life goes out, in milliseconds: TCP's own, and
   * a NOP to peers that speak telnet. `false`: none does.
   * @default 60,000
   */
  keepAliveInterval?: KeepAliveInterval
}

/**
 * Telnet (RFC 854), in the clear: for loopback, for networks that are trusted, and inside TLS.
 * `telnet(8023)` listens on loopback; `telnet({ port: 23, host: '0.0.0.0' })` on every address.
 * Without a port it is for sockets that are accepted elsewhere: `accept(shell, telnet())`.
 *
 * @throws an `AnswerbackError` (`OPTION`) for an option that is wrong
 */
export function telnet<const U = never>(options?: number | TelnetOptions<U>): SocketTransport<Socket, U>
export function telnet(given: number | TelnetOptions<any> = {}, second?: unknown): SocketTransport<Socket, any> {
  return new TelnetTransport(listenerOptions('telnet', given, second, OPTIONS))
}

const OPTIONS: OptionTable<TelnetOptions> = {
  ...LISTEN_OPTIONS,
  auth: aListenerAuth,
  echo: oneOf('always'),
  environment: aListOfVariables,
  keepAliveInterval: aKeepAlive,
}

class TelnetTransport implements SocketTransport<Socket, any> {
  readonly name = 'telnet'
  readonly #at: ListenOptions
  readonly #auth: TelnetOptions<any>['auth']
  readonly #keepAliveInterval: number
  readonly #echo: 'always' | undefined
  readonly #environment: RegExp

  constructor(options: TelnetOptions<any>) {
    this.#at = options
    this.#auth = options.auth
    this.#keepAliveInterval = keepAliveOf(options.keepAliveInterval)
    this.#echo = options.echo
    this.#environment = variableNames(options.environment)
  }

  async listen(host: TransportHost): Promise<Listening> {
    const at = placeOf(this.#at, 'telnet()')
    const { proxy } = this.#at
    const accept = behindProxy(proxy, host, this.#accepting(host, proxy ? undefined : soleAddress(at.host)))
    const server: Server = createServer({ noDelay: true, allowHalfOpen: true }, accept)
    return listen(server, this.name, at)
  }

  attach(host: TransportHost): (socket: Socket) => void {
    return ifPresent(this.#accepting(host))
  }

  /** `localAddress`: our side's, where it is known to be the same for all sockets. */
  #accepting(host: TransportHost, localAddress?: string): (socket: Socket) => void {
    const identity = identityOf(this.#auth, host)
    checkMethods(host, identity)
    const settings: TelnetSettings = {
      host,
      identity,
      keepAliveInterval: this.#keepAliveInterval,
      peer: { now: () => host.clock.now(), environment: this.#environment, echo: this.#echo },
    }
    return socket => {
      // The accepting server may have left Nagle's algorithm on (44 ms for each command). It may
      // also close the socket at FIN, by default.
      socket.setNoDelay?.(true)
      socket.allowHalfOpen = true
      acceptPeer(socket, host, settings, localAddress)
    }
  }
}

function acceptPeer(
  socket: Socket,
  host: TransportHost,
  settings: TelnetSettings,
  localAddress: string | undefined,
): void {
  const secure = 'encrypted' in socket && socket.encrypted === true
  const peer = peerOf(socket, { transport: 'telnet', secure, localAddress })
  const admission = host.admit(peer)
  if (admission.type === 'refused') return turnAway(socket, admission.sentence, host.clock)
  keepSocketAlive(socket, settings.keepAliveInterval)
  host.open(new TelnetConnection(socket, peer, settings), admission)
}

/**
 * The one that a server listens on; `undefined` where it listens on several, or by a name. To ask
 * each socket is a call to the system and 80 bytes.
 */
function soleAddress(host: string): string | undefined {
  return isIPv4(host) && host !== '0.0.0.0' ? host : undefined
}

/** Telnet carries a dialogue on the screen: names, passwords, questions. Keys it cannot. */
function checkMethods(host: TransportHost, identity: Identity | undefined): void {
  const { policy, methods, required } = host.authenticator
  if (identity !== undefined || policy !== 'guarded') return
  const fits = required ? !required.includes('publicKey') : methods.some(method => method !== 'publicKey')
  if (fits) return
  throw new AnswerbackError('NO_METHOD', {
    transport: 'telnet',
    can: 'name, keyboardInteractive and password',
    has: (required ?? methods).join(', '),
  })
}
