import type { LoginTries } from '../core/authenticator.ts'
import type { Peer } from '../core/connection.ts'
import { networksOf, SHARES } from './network.ts'
import { Recent } from './recent.ts'

/** Tries that wait for nothing: users mistype, and many may share an address. */
export const FREE_TRIES = { name: 3, address: 10 } as const
/** Failures are forgotten when none has come for so long, in milliseconds. */
export const FORGET_AFTER_MS: number = 15 * 60 * 1000
/** How many names are remembered, and how many addresses. */
export const TRIES_REMEMBERED = 10_000

/**
 * Makes guessing slower, for a name from wherever it is tried, and for an address whatever names it
 * tries: when the free tries are used up each waits 1, 2, 4, … seconds, up to `most` milliseconds.
 * Every try counts as a failure until it has succeeded, so that tries made at the same time wait
 * like others.
 *
 * Names are kept as digests: passwords typed in their place do not stay in memory, and long ones
 * cost no more.
 */
export class MemoryLoginTries implements LoginTries {
  readonly #most: number
  readonly #exempt: (address: string) => boolean
  readonly #now: () => number
  readonly #digest: (name: string) => string
  readonly #names: Recent<string, Failures> = new Recent(TRIES_REMEMBERED)
  /** What of a name's failures came from one network: a login from there forgives that alone. */
  readonly #shares: Recent<string, Failures> = new Recent(TRIES_REMEMBERED)
  readonly #addresses: Recent<string, Failures> = new Recent(TRIES_REMEMBERED)

  /**
   * `digest` has to be secret: somebody who could find a name with the digest of another would make
   * that one wait.
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
   * Forgives what was counted for the name from that network, and no more: a guesser elsewhere
   * waits as long as before, and does not learn from it that the name has just come in. The address
   * only has one failure less, or a guesser with one good account would be free.
   */
  accepted(name: string, { address }: Peer): void {
    const key = this.#keyOf(name)
    const share = shareOf(key, address)
    forgive(this.#names.known(key), this.#shares.known(share)?.count ?? 0)
    this.#shares.delete(share)
    if (address === undefined || this.#exempt(address)) return
    for (const network of networksOf(address)) forgive(this.#addresses.known(network), 1)
  }

  /** Spellings of a name may be one account: each of them would have free tries of its own. */
  #keyOf(name: string): string {
    return this.#digest(name.normalize('NFKC').toLowerCase())
  }

  /**
   * Counts a try for its networks, from the narrowest to the first that has to wait: who waits
   * already does not make all of their site wait. Where one waits, none is remembered that was not:
   * or one site could have all others forgotten.
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

  /** After so many tries beyond the free ones. */
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
