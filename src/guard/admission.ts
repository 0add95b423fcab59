import type { Guest, Pass } from '../core/transport.ts'
import { networkOf } from './network.ts'
import { Recent } from './recent.ts'
import type { ChosenLimits } from './limits.ts'
import { WaitingRoom } from './waiting-room.ts'

/** Why a peer is turned away, and what it is told. */
export const REFUSALS = {
  denied: 'Connections from your address are not accepted.',
  connections: 'Too many connections. Try again later.',
  connectsPerSecond: 'You connect too often. Wait a moment, and try again.',
  connectionsPerAddress: 'Too many connections from your address. Close one, or try again later.',
  loggingInPerAddress: 'Too many connections from your address wait to log in. Try again later.',
  shutdown: 'The server is shutting down.',
} as const

export type RefusalReason = keyof typeof REFUSALS

export type AdmissionLimits = Pick<
  ChosenLimits,
  'connections' | 'connectionsPerAddress' | 'connectsPerSecond' | 'loggingIn' | 'loggingInPerAddress'
>

/** What only whoever knows addresses can say. */
export interface AddressRules {
  allowed(address: string): boolean
  /** Not to be counted by address. */
  exempt(address: string): boolean
}

/** How many addresses' connects are remembered, for a second each. */
export const ADDRESSES_REMEMBERED = 10_000

/**
 * Decides who may come in, and counts who is in. Before a connection is admitted nothing else is done with it; every decision costs the same however many
 * are in.
 */
export class Admission {
  readonly #limits: AdmissionLimits
  readonly #rules: AddressRules
  readonly #now: () => number
  readonly #perNetwork: Map<string, number> = new Map()
  readonly #connects: Recent<string, Second> = new Recent(ADDRESSES_REMEMBERED)
  readonly #waiting: WaitingRoom<Place>
  #size = 0

  /** `now`: milliseconds from any start, never going back. */
  constructor(limits: AdmissionLimits, rules: AddressRules, now: () => number) {
    this.#limits = limits
    this.#rules = rules
    this.#now = now
    this.#waiting = new WaitingRoom({ inAll: limits.loggingIn, perAddress: limits.loggingInPerAddress })
  }

  /** Connections that are in. */
  get size(): number {
    return this.#size
  }

  /** Those of them that have not logged in. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Lets somebody in, or says why not. `address` is absent where a peer has none: this machine's own terminal. */
  admit(address: string | undefined): Pass | RefusalReason {
    if (address !== undefined && !this.#rules.allowed(address)) return 'denied'
    if (this.#size >= this.#limits.connections) return 'connections'
    const network = address === undefined || this.#rules.exempt(address) ? undefined : networkOf(address)
    const place = new Place(this, network)
    const refusal = network === undefined ? undefined : this.#refuse(place, network)
    if (refusal !== undefined) return refusal
    this.#size += 1
    return place
  }

  #refuse(place: Place, network: string): RefusalReason | undefined {
    const second = this.#connects.use(network, () => ({ begun: -Infinity, count: 0 }))
    if (countIn(second, this.#now()) > this.#limits.connectsPerSecond) return 'connectsPerSecond'
    const here = this.#perNetwork.get(network) ?? 0
    if (here >= this.#limits.connectionsPerAddress) return 'connectionsPerAddress'
    const admitted = this.#waiting.admit(place, network)
    if (admitted === 'refused') return 'loggingInPerAddress'
    this.#perNetwork.set(network, here + 1)
    admitted.instead?.guest?.abort('displaced')
    return undefined
  }

  /** Whose place that is has logged in. `network` is absent where it is not counted by address. */
  loggedIn(place: Place, network: string | undefined): void {
    if (network !== undefined) this.#waiting.leave(place, network)
  }

  /** They are gone; to be called once. */
  left(place: Place, network: string | undefined): void {
    this.#size -= 1
    if (network === undefined) return
    this.#waiting.leave(place, network)
    const others = (this.#perNetwork.get(network) ?? 0) - 1
    if (others > 0) this.#perNetwork.set(network, others)
    else this.#perNetwork.delete(network)
  }
}

/** A guest's place: an object without functions of its own, for there is one for each connection. */
class Place implements Pass {
  readonly type = 'admitted'
  guest: Guest | undefined
  readonly #admission: Admission
  readonly #network: string | undefined
  #isIn = true

  constructor(admission: Admission, network: string | undefined) {
    this.#admission = admission
    this.#network = network
  }

  loggedIn(): void {
    this.#admission.loggedIn(this, this.#network)
  }

  left(): void {
    if (!this.#isIn) return
    this.#isIn = false
    this.#admission.left(this, this.#network)
  }
}

/** What was counted in the second that began then. */
interface Second {
  begun: number
  count: number
}

function countIn(second: Second, now: number): number {
  if (now - second.begun >= 1000) {
    second.begun = now
    second.count = 0
  }
  return (second.count += 1)
}
