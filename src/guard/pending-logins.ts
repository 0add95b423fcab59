import { networksOf } from './network.ts'
import { Tally } from './tally.ts'

/**
 * Connections that have not logged in yet, which cost us something and have proved nothing. A
 * network may hold only so many of them. Where all are full, the site that holds most gives up the
 * oldest of its fullest network. So a flood from one site does not keep out a user who comes from
 * another.
 */
export class WaitingRoom<Guest> {
  readonly #limits: WaitingLimits
  /** By the widest network, then by the narrowest: those who wait, oldest first. */
  readonly #sites: Map<string, Map<string, Set<Guest>>> = new Map()
  readonly #networks: Map<Guest, readonly string[]> = new Map()
  readonly #tally: Tally = new Tally()

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#networks.size
  }

  /**
   * Lets a guest wait. `refused`: a network of theirs holds all that it may. Else whom they
   * replace, if anybody: that one is to go, and has left.
   */
  admit(guest: Guest, address: string): 'refused' | { readonly instead: Guest | undefined } {
    const networks = networksOf(address)
    if (this.#tally.isFull(networks, this.#limits.perAddress)) return 'refused'
    const instead = this.size >= this.#limits.inAll ? this.#makeRoom() : undefined
    const [narrow, wide] = endsOf(networks)
    const site = this.#sites.get(wide) ?? new Map<string, Set<Guest>>()
    this.#sites.set(wide, site)
    site.set(narrow, (site.get(narrow) ?? new Set()).add(guest))
    this.#networks.set(guest, networks)
    this.#tally.add(networks, 1)
    return { instead }
  }

  /** The guest has logged in, or is gone. */
  leave(guest: Guest): void {
    const networks = this.#networks.get(guest)
    if (networks === undefined) return
    const [narrow, wide] = endsOf(networks)
    const site = this.#sites.get(wide)
    const here = site?.get(narrow)
    here?.delete(guest)
    if (here?.size === 0) site?.delete(narrow)
    if (site?.size === 0) this.#sites.delete(wide)
    this.#networks.delete(guest)
    this.#tally.add(networks, -1)
  }

  #makeRoom(): Guest | undefined {
    const site = fullest(this.#sites, wide => this.#tally.of(wide))
    const guests = site && fullest(site, narrow => this.#tally.of(narrow))
    const [oldest] = guests ?? []
    if (oldest !== undefined) this.leave(oldest)
    return oldest
  }
}

export interface WaitingLimits {
  /** In all, and from one address. */
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
