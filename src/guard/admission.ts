import type { Evictable, Admission } from '../core/transport.ts'
import { networksOf, SHARES } from './network.ts'
import { Recent } from './recent.ts'
import type { ChosenLimits } from './limits.ts'
import { Tally } from './tally.ts'
import { PendingLogins } from './pending-logins.ts'

/** Why a peer is refused, and what it reads. */
export const REFUSALS = {
  denied: 'Connections from your address are not accepted.',
  maxConnections: 'Too many connections. Try again later.',
  maxConnectsPerSecond: 'You connect too often. Wait a moment, and try again.',
  maxConnectionsPerAddress: 'Too many connections from your address. Close one, or try again later.',
  maxUnauthenticatedPerAddress: 'Too many connections from your address wait to log in. Try again later.',
  shutdown: 'The server is shutting down.',
} as const

/** The limit for which a peer was refused. */
export type RefusalReason = keyof typeof REFUSALS

export type AdmissionLimits = Pick<
  ChosenLimits,
  | 'maxConnections'
  | 'maxConnectionsPerAddress'
  | 'maxConnectsPerSecond'
  | 'maxUnauthenticated'
  | 'maxUnauthenticatedPerAddress'
>

/** Rules that need knowledge of addresses. */
export interface AddressRules {
  allowed(address: string): boolean
  /** Returns whether an address is exempt from counting. */
  exempt(address: string): boolean
}

/** The most addresses whose connects are remembered, for a second each. */
export const ADDRESSES_REMEMBERED = 10_000

/**
 * Decides which connections are admitted, and counts them. Before its admission, a connection costs
 * nothing else. Every decision costs the same, however many connections are open.
 */
export class AdmissionControl {
  readonly #limits: AdmissionLimits
  readonly #rules: AddressRules
  readonly #now: () => number
  readonly #present: Tally = new Tally()
  readonly #connects: Recent<string, Second> = new Recent(ADDRESSES_REMEMBERED)
  readonly #pending: PendingLogins<AdmissionSlot>
  #size = 0

  /** `now` returns milliseconds from any start, never going back. */
  constructor(limits: AdmissionLimits, rules: AddressRules, now: () => number) {
    this.#limits = limits
    this.#rules = rules
    this.#now = now
    this.#pending = new PendingLogins({
      inAll: limits.maxUnauthenticated,
      perAddress: limits.maxUnauthenticatedPerAddress,
    })
  }

  /** The number of admitted connections. */
  get size(): number {
    return this.#size
  }

  /** The number of admitted connections without a login. */
  get unauthenticated(): number {
    return this.#pending.size
  }

  /**
   * Admits a connection, or returns the reason for a refusal. `address` is absent if a peer has
   * none: this machine's own terminal.
   */
  admit(address: string | undefined): Admission | RefusalReason {
    if (address !== undefined && !this.#rules.allowed(address)) return 'denied'
    if (this.#size >= this.#limits.maxConnections) return 'maxConnections'
    const counted = address === undefined || this.#rules.exempt(address) ? undefined : address
    const place = new AdmissionSlot(this, counted)
    const refusal = counted === undefined ? undefined : this.#refuse(place, counted)
    if (refusal !== undefined) return refusal
    this.#size += 1
    return place
  }

  #refuse(place: AdmissionSlot, address: string): RefusalReason | undefined {
    const networks = networksOf(address)
    if (!this.#mayConnect(networks)) return 'maxConnectsPerSecond'
    if (this.#present.isFull(networks, this.#limits.maxConnectionsPerAddress)) return 'maxConnectionsPerAddress'
    const admitted = this.#pending.admit(place, address)
    if (admitted === 'refused') return 'maxUnauthenticatedPerAddress'
    this.#present.add(networks, 1)
    admitted.evicted?.evictable?.abort('displaced')
    return undefined
  }

  /**
   * Counts a connect, unless one of its networks has used up its share of this second. A refused
   * connect counts for no network. So a machine cannot use up its site's share, and a site cannot
   * evict all others.
   */
  #mayConnect(networks: readonly string[]): boolean {
    const now = this.#now()
    if (networks.some((network, level) => this.#hadShare(network, level, now))) return false
    for (const network of networks) countIn(this.#connects.use(network, newSecond), now)
    return true
  }

  #hadShare(network: string, level: number, now: number): boolean {
    const second = this.#connects.known(network)
    const most = this.#limits.maxConnectsPerSecond * (SHARES[level] as number)
    return second !== undefined && now - second.begun < 1000 && second.count >= most
  }

  /** Records the login of a slot's connection. */
  loggedIn(place: AdmissionSlot): void {
    this.#pending.remove(place)
  }

  /** Releases a slot; call it once. `address` is absent if it is not counted. */
  release(place: AdmissionSlot, address: string | undefined): void {
    this.#size -= 1
    if (address === undefined) return
    this.#pending.remove(place)
    this.#present.add(networksOf(address), -1)
  }
}

/** A connection's slot: an object without functions of its own, because each connection has one. */
class AdmissionSlot implements Admission {
  readonly type = 'admitted'
  evictable: Evictable | undefined
  readonly #admission: AdmissionControl
  readonly #address: string | undefined
  #isIn = true

  constructor(admission: AdmissionControl, address: string | undefined) {
    this.#admission = admission
    this.#address = address
  }

  loggedIn(): void {
    this.#admission.loggedIn(this)
  }

  release(): void {
    if (!this.#isIn) return
    this.#isIn = false
    this.#admission.release(this, this.#address)
  }
}

/** The counts of the second that began at `start`. */
interface Second {
  begun: number
  count: number
}

function newSecond(): Second {
  return { begun: -Infinity, count: 0 }
}

function countIn(second: Second, now: number): void {
  if (now - second.begun >= 1000) {
    second.begun = now
    second.count = 0
  }
  second.count += 1
}
