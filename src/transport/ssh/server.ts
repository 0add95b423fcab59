import type { Socket } from 'node:net'
import { variableNames } from '../../core/options/environment.ts'
import type { Peer } from '../../core/connection.ts'
import type { TransportHost, Admission } from '../../core/transport.ts'
import { keepAliveOf } from '../net/keep-alive.ts'
import { peerOf } from '../net/peer.ts'
import { turnAway } from '../net/turn-away.ts'
import { bySignature, chooseAlgorithms, chooseAvailable, offerOf, type SshAlgorithms } from './protocol/algorithms.ts'
import { SshConnection } from './connection.ts'
import type { ConnectionSettings } from './connection-settings.ts'
import { describeKey, readHostKeys } from './keys/host-key.ts'
import { findEncapsulate, HYBRID, type Encapsulate } from './protocol/hybrid.ts'
import { chooseSshLimits, type SshLimits } from './limits.ts'
import { identityOf } from '../net/listener-options.ts'
import type { SshOptions } from './options.ts'
import type { PacketSettings } from './protocol/packets.ts'
import { SIGNATURE_ALGORITHMS } from './protocol/signature-algorithms.ts'
import { isInRuntime } from './protocol/runtime.ts'
import { makeOffer, ssh2Ready } from './protocol/ssh2/transport-layer.ts'
import { TrustedKeys } from './keys/trusted-keys.ts'

/**
 * The connections of one listener, from their sockets on, and their shared state. Throws an
 * `AnswerbackError` for invalid options.
 */
export class SshServer {
  readonly #host: TransportHost
  readonly #settings: ConnectionSettings
  readonly #fingerprints: readonly string[]
  readonly #ready: Promise<unknown>
  readonly #all = new Set<SshConnection>()
  readonly #forget = (connection: SshConnection): void => void this.#all.delete(connection)

  constructor(host: TransportHost, options: SshOptions<any>) {
    const limits = chooseSshLimits(options.limits)
    const { authenticator, log } = host
    this.#host = host
    const hostKeys = readHostKeys(options.hostKey)
    this.#fingerprints = hostKeys.map(key => describeKey(key))
    this.#ready = ssh2Ready()
    this.#settings = {
      host,
      authenticator,
      everybody: identityOf(options.auth, host),
      keys: new TrustedKeys(authenticator.keys, log),
      packets: packetSettings(host, options, limits, hostKeys),
      limits,
      keepAliveInterval: keepAliveOf(options.keepAliveInterval),
      environment: variableNames(options.environment),
    }
  }

  /** Logs the host keys, once clients can connect. */
  announce(): void {
    for (const fingerprint of this.#fingerprints) this.#host.log.info({ fingerprint }, 'SSH host key')
  }

  accept(socket: Socket): void {
    const peer = peerOf(socket, { transport: 'ssh', secure: true })
    const admission = this.#host.admit(peer)
    if (admission.type === 'refused') return turnAway(socket, admission.sentence, this.#host.clock)
    admission.evictable = { abort: () => socket.destroy(new Error('others wait to log in')) }
    socket.on('error', ignore)
    void this.#ready.then(() => this.#begin(socket, peer, admission))
  }

  /** Closes connections without a session, and each other one when its last session ends. */
  drain(): void {
    for (const connection of this.#all) connection.drain()
  }

  #begin(socket: Socket, peer: Peer, admission: Admission): void {
    if (socket.destroyed) return admission.release()
    this.#all.add(new SshConnection(socket, peer, this.#settings, admission, this.#forget))
  }
}

/** Ignores errors until a connection listens to them itself. */
function ignore(): void {}

function packetSettings(
  host: TransportHost,
  options: SshOptions<any>,
  limits: Required<SshLimits>,
  hostKeys: ReturnType<typeof readHostKeys>,
): PacketSettings {
  const chosen = chooseAlgorithms(options.algorithms)
  const encapsulate = chosen.keyExchange.includes(HYBRID) ? hybrid(host) : undefined
  const algorithms = available(host, chosen, encapsulate !== undefined)
  return {
    clock: host.clock,
    hostKeys: bySignature(hostKeys),
    offer: makeOffer(offerOf(algorithms, hostKeys)),
    encapsulate,
    rekeyBytes: limits.rekeyBytes,
    rekeyInterval: limits.rekeyInterval,
  }
}

/** Returns the available algorithms. A missing hybrid has a log line of its own. */
function available(host: TransportHost, chosen: Required<SshAlgorithms>, hybrid: boolean): Required<SshAlgorithms> {
  const has = (name: string): boolean => (name === HYBRID ? hybrid : isInRuntime(name))
  const { algorithms, missing } = chooseAvailable(chosen, has)
  const others = [
    ...missing.filter(name => name !== HYBRID),
    ...SIGNATURE_ALGORITHMS.filter(name => !isInRuntime(name)),
  ]
  if (others.length > 0) host.log.info({ algorithms: others }, 'SSH goes without algorithms that this runtime has not')
  return algorithms
}

/**
 * Returns the hybrid's implementation. Without it clients still negotiate curve25519, and newer
 * ones warn their users.
 */
function hybrid(host: TransportHost): Encapsulate | undefined {
  const found = findEncapsulate()
  if (typeof found !== 'string') return found
  host.log.warn({ reason: found }, `SSH goes without the post-quantum key exchange ${HYBRID}`)
  return undefined
}
