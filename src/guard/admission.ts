import type { Evictable, Admission } from '../core/transport.ts'
import { networksOf, SHARES } from './network.ts'
import { Recent } from './recent.ts'
import type { ChosenLimits } from './limits.ts'
import { Tally } from './tally.ts'
import { PendingLogins } from './pending-logins.ts'

/** Why a peer is turned away, and what it is told. */
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
export class AdmissionControl {
  readonly #limits: AdmissionLimits
  readonly #rules: AddressRules
  readonly #now: () => number
  readonly #present: Tally = new Tally()
  readonly #connects: Recent<string, Second> = new Recent(ADDRESSES_REMEMBERED)
  readonly #pending: PendingLogins<AdmissionSlot>
  #size = 0

  /** `now`: milliseconds from any start, never going back. */
  constructor(limits: AdmissionLimits, rules: AddressRules, now: () => number) {
    this.#limits = limits
    this.#rules = rules
    this.#now = now
    this.#pending = new PendingLogins({
      inAll: limits.maxUnauthenticated,
      perAddress: limits.maxUnauthenticatedPerAddress,
    })
  }

  /** Connections that are in. */
  get size(): number {
    return this.#size
  }

  /** Those of them that have not logged in. */
  get unauthenticated(): number {
    return this.#pending.size
  }

  /** Lets somebody in, or says why not. `address` is absent where a peer has none: this machine's own terminal. */
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
   * Counts a connect, unless one of its networks has had its share of this second. One that is
   * refused is counted for none: a machine does not use up its site's share, nor can a site have
   * all others forgotten.
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

  /** Whose place that is has logged in. */
  loggedIn(place: AdmissionSlot): void {
    this.#pending.remove(place)
  }

  /** They are gone; to be called once. `address` is absent where it is not counted. */
  release(place: AdmissionSlot, address: string | undefined): void {
    this.#size -= 1
    if (address === undefined) return
    this.#pending.remove(place)
    this.#present.add(networksOf(address), -1)
  }
}

/** A guest's place: an object without functions of its own, for there is one for each connection. */
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

/** What was counted in the second that began then. */
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
