import { networksOf } from './network.ts'
import { Tally } from './tally.ts'

/**
 * Connections that have not logged in yet. A network may hold a limited number of them. At the
 * total limit, the oldest one of the fullest network of the fullest site is evicted. So a flood
 * from one site does not keep out a user who comes from another.
 */
export class PendingLogins<Entry> {
  readonly #limits: PendingLimits
  /** By the widest network, then by the narrowest: its pending logins, oldest first. */
  readonly #sites: Map<string, Map<string, Set<Entry>>> = new Map()
  readonly #networks: Map<Entry, readonly string[]> = new Map()
  readonly #tally: Tally = new Tally()

  constructor(limits: PendingLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#networks.size
  }

  /**
   * Adds a connection. Returns `refused` if one of its networks is full; else the connection that
   * was evicted for it, if any.
   */
  admit(entry: Entry, address: string): 'refused' | { readonly evicted: Entry | undefined } {
    const networks = networksOf(address)
    if (this.#tally.isFull(networks, this.#limits.perAddress)) return 'refused'
    const evicted = this.size >= this.#limits.inAll ? this.#evict() : undefined
    const [narrow, wide] = endsOf(networks)
    const site = this.#sites.get(wide) ?? new Map<string, Set<Entry>>()
    this.#sites.set(wide, site)
    site.set(narrow, (site.get(narrow) ?? new Set()).add(entry))
    this.#networks.set(entry, networks)
    this.#tally.add(networks, 1)
    return { evicted }
  }

  /** Removes a connection that has logged in, or is gone. */
  remove(entry: Entry): void {
    const networks = this.#networks.get(entry)
    if (networks === undefined) return
    const [narrow, wide] = endsOf(networks)
    const site = this.#sites.get(wide)
    const here = site?.get(narrow)
    here?.delete(entry)
    if (here?.size === 0) site?.delete(narrow)
    if (site?.size === 0) this.#sites.delete(wide)
    this.#networks.delete(entry)
    this.#tally.add(networks, -1)
  }

  #evict(): Entry | undefined {
    const site = fullest(this.#sites, wide => this.#tally.of(wide))
    const entries = site && fullest(site, narrow => this.#tally.of(narrow))
    const [oldest] = entries ?? []
    if (oldest !== undefined) this.remove(oldest)
    return oldest
  }
}

export interface PendingLimits {
  /** The total, and for one address. */
  readonly inAll: number
  readonly perAddress: number
}

function endsOf(networks: readonly string[]): readonly [narrow: string, wide: string] {
  return [networks[0] as string, networks.at(-1) as string]
}

function fullest<Value>(map: ReadonlyMap<string, Value>, sizeOf: (network: string) => number): Value | undefined {
  let [found, most]: [Value | undefined, number] = [undefined, 0]
  for (const [network, value] of map) {
    const size = sizeOf(network)
    if (size > most) [found, most] = [value, size]
  }
  return found
}
