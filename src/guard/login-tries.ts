import type { LoginTries } from '../core/authenticator.ts'
import type { Peer } from '../core/connection.ts'
import { networksOf, SHARES } from './network.ts'
import { Recent } from './recent.ts'

/** Tries without delay: users mistype, and many may share an address. */
export const FREE_TRIES = { name: 3, address: 10 } as const
/** Milliseconds without a failure after which failures are forgotten. */
export const FORGET_AFTER_MS: number = 15 * 60 * 1000
/** The most names that are remembered, and the most addresses. */
export const TRIES_REMEMBERED = 10_000

/**
 * Slows guessing down, for each name and for each address. After the free tries, each try waits 1,
 * 2, 4, … seconds, up to `most` milliseconds. Every try counts as a failure until it has succeeded,
 * so that simultaneous tries wait like others.
 *
 * Names are kept as digests: passwords typed as names do not stay in memory, and long ones cost no
 * more.
 */
export class MemoryLoginTries implements LoginTries {
  readonly #most: number
  readonly #exempt: (address: string) => boolean
  readonly #now: () => number
  readonly #digest: (name: string) => string
  readonly #names: Recent<string, Failures> = new Recent(TRIES_REMEMBERED)
  /**
   * The part of a name's failures that came from one network: a login from there forgives only
   * that.
   */
  readonly #shares: Recent<string, Failures> = new Recent(TRIES_REMEMBERED)
  readonly #addresses: Recent<string, Failures> = new Recent(TRIES_REMEMBERED)

  /**
   * `digest` must be secret: with a known digest, an attacker could find a name that delays
   * another.
   */
  constructor(most: number, exempt: (address: string) => boolean, now: () => number, digest: (name: string) => string) {
    this.#most = most
    this.#exempt = exempt
    this.#now = now
    this.#digest = digest
  }

  attempt(name: string, { address }: Peer): number {
    if (address !== undefined && this.#exempt(address)) return 0
    const key = this.#keyOf(name)
    const byName = this.#delay(count(this.#names.use(key, none), this.#now()) - FREE_TRIES.name)
    count(this.#shares.use(shareOf(key, address), none), this.#now())
    if (address === undefined) return byName
    return Math.max(byName, this.#byAddress(networksOf(address)))
  }

  /**
   * Forgives what was counted for the name from that network, and no more. A guesser elsewhere
   * waits as long as before, and so does not learn of the login. The address has only one failure
   * less: otherwise a guesser with one good account would never wait.
   */
  accepted(name: string, { address }: Peer): void {
    const key = this.#keyOf(name)
    const share = shareOf(key, address)
    forgive(this.#names.known(key), this.#shares.known(share)?.count ?? 0)
    this.#shares.delete(share)
    if (address === undefined || this.#exempt(address)) return
    for (const network of networksOf(address)) forgive(this.#addresses.known(network), 1)
  }

  /**
   * Returns the key of a name. Spellings of a name may be one account: each of them would have free
   * tries of its own.
   */
  #keyOf(name: string): string {
    return this.#digest(name.normalize('NFKC').toLowerCase())
  }

  /**
   * Counts a try for its networks, from the narrowest to the first that has to wait: a machine that
   * waits already does not delay its whole site. If one waits, no new network is remembered:
   * otherwise one site could evict all others.
   */
  #byAddress(networks: readonly string[]): number {
    const now = this.#now()
    const delays = networks.map((network, level) => this.#delayOf(this.#addresses.known(network), level, now))
    let delay = Math.max(...delays)
    const waits = delay > 0
    for (const [level, network] of networks.entries()) {
      const failures = waits ? this.#addresses.known(network) : this.#addresses.use(network, none)
      if (failures === undefined) continue
      count(failures, now)
      const own = this.#delayOf(failures, level, now)
      delay = Math.max(delay, own)
      if (own > 0) break
    }
    return delay
  }

  #delayOf(failures: Failures | undefined, level: number, now: number): number {
    if (failures === undefined || now - failures.last >= FORGET_AFTER_MS) return 0
    return this.#delay(failures.count - FREE_TRIES.address * (SHARES[level] as number))
  }

  /** Returns the delay after `tries` beyond the free ones. */
  #delay(tries: number): number {
    return tries <= 0 ? 0 : Math.min(this.#most, 1000 * 2 ** Math.min(tries - 1, 40))
  }
}

interface Failures {
  count: number
  last: number
}

function none(): Failures {
  return { count: 0, last: 0 }
}

function shareOf(key: string, address: string | undefined): string {
  return `${key} ${address === undefined ? '' : networksOf(address)[0]}`
}

function forgive(failures: Failures | undefined, count: number): void {
  if (failures !== undefined) failures.count = Math.max(0, failures.count - count)
}

function count(failures: Failures, now: number): number {
  if (now - failures.last >= FORGET_AFTER_MS) failures.count = 0
  failures.last = now
  return (failures.count += 1)
}
