import type { Socket } from 'node:net'
import { variableNames } from '../../core/environment.ts'
import type { Gate, Pass } from '../../core/transport.ts'
import { keepAliveOf } from '../net/keep-alive.ts'
import { turnAway } from '../net/turn-away.ts'
import { bySignature, chooseAlgorithms, chooseAvailable, offerOf, type Algorithms } from './protocol/algorithms.ts'
import { SshClient, sshPeerOf, type ClientKeeper, type ClientSettings } from './client.ts'
import { describeKey, readHostKeys } from './keys/host-key.ts'
import { findEncapsulate, HYBRID, type Encapsulate } from './protocol/hybrid.ts'
import { chooseLimits, type SshLimits } from './limits.ts'
import { identityOf } from '../net/listener-options.ts'
import type { SshOptions } from './options.ts'
import type { PacketSettings } from './protocol/packets.ts'
import { SIGNATURE_ALGORITHMS } from './protocol/signature-algorithms.ts'
import { isInRuntime } from './protocol/runtime.ts'
import { loadSsh2 } from './protocol/ssh2.ts'
import { TrustedKeys } from './keys/trusted-keys.ts'

/** The clients of one listener, from their sockets on, and what they share. Throws an `AnswerbackError` for options that cannot be. */
export class SshClients implements ClientKeeper {
  readonly #gate: Gate
  readonly #settings: ClientSettings
  readonly #fingerprints: readonly string[]
  readonly #ready: Promise<unknown>
  readonly #all = new Set<SshClient>()

  constructor(gate: Gate, options: SshOptions<any>) {
    const limits = chooseLimits(options.limits)
    const { authenticator, log } = gate
    this.#gate = gate
    const hostKeys = readHostKeys(options.hostKey)
    this.#fingerprints = hostKeys.map(key => describeKey(key))
    this.#ready = loadSsh2().ready
    this.#settings = {
      gate,
      authenticator,
      everybody: identityOf(options.auth, gate),
      keys: new TrustedKeys(authenticator.keys, log),
      packets: packetSettings(gate, options, limits, hostKeys),
      limits,
      keepAliveInterval: keepAliveOf(options.keepAliveInterval),
      environment: variableNames(options.environment),
    }
  }

  /** Tells the host keys, once clients can come. */
  announce(): void {
    for (const fingerprint of this.#fingerprints) this.#gate.log.info({ fingerprint }, 'SSH host key')
  }

  accept(socket: Socket): void {
    const pass = this.#gate.admit(sshPeerOf(socket))
    if (pass.type === 'refused') return turnAway(socket, pass.sentence, this.#gate.clock)
    pass.guest = { abort: () => socket.destroy(new Error('others wait to log in')) }
    socket.on('error', ignore)
    void this.#ready.then(() => this.#begin(socket, pass))
  }

  left(client: SshClient): void {
    this.#all.delete(client)
  }

  /** Closes clients without a session, and each other one when its last session ends. */
  drain(): void {
    for (const client of this.#all) client.drain()
  }

  #begin(socket: Socket, pass: Pass): void {
    if (socket.destroyed) return pass.left()
    this.#all.add(new SshClient(socket, this.#settings, pass, this))
  }
}

/** Until it is a client's, which hears of errors itself. */
function ignore(): void {}

function packetSettings(
  gate: Gate,
  options: SshOptions<any>,
  limits: Required<SshLimits>,
  hostKeys: ReturnType<typeof readHostKeys>,
): PacketSettings {
  const ssh2 = loadSsh2()
  const chosen = chooseAlgorithms(options.algorithms)
  const encapsulate = chosen.keyExchange.includes(HYBRID) ? hybrid(gate) : undefined
  const algorithms = available(gate, chosen, encapsulate !== undefined)
  return {
    ssh2,
    clock: gate.clock,
    hostKeys: bySignature(hostKeys),
    offer: new ssh2.KexInit(offerOf(algorithms, hostKeys)),
    encapsulate,
    rekeyBytes: limits.rekeyBytes,
    rekeyInterval: limits.rekeyInterval,
  }
}

/** Of the hybrid a line of its own has told. */
function available(gate: Gate, chosen: Required<Algorithms>, hybrid: boolean): Required<Algorithms> {
  const has = (name: string): boolean => (name === HYBRID ? hybrid : isInRuntime(name))
  const { algorithms, missing } = chooseAvailable(chosen, has)
  const others = [
    ...missing.filter(name => name !== HYBRID),
    ...SIGNATURE_ALGORITHMS.filter(name => !isInRuntime(name)),
  ]
  if (others.length > 0) gate.log.info({ algorithms: others }, 'SSH goes without algorithms that this runtime has not')
  return algorithms
}

/** Without it clients still agree on curve25519, and newer ones warn their users. */
function hybrid(gate: Gate): Encapsulate | undefined {
  const found = findEncapsulate()
  if (typeof found !== 'string') return found
  gate.log.warn({ reason: found }, `SSH goes without the post-quantum key exchange ${HYBRID}`)
  return undefined
}
