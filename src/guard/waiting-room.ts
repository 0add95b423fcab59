/**
 * Connections that have not logged in yet, which cost us something and have proved nothing. A network may hold only so many of
 * them; where all are full, the network that holds most gives up its oldest. So a flood from one place, or from many, does not keep
 * out a user who comes from another.
 */
export class WaitingRoom<Guest> {
  readonly #limits: WaitingLimits
  readonly #networks: Map<string, Set<Guest>> = new Map()
  #size = 0

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#size
  }

  /** How many wait from there. */
  from(network: string): number {
    return this.#networks.get(network)?.size ?? 0
  }

  /** Lets a guest wait. `refused`: its network holds all that it may. Else whom it replaces, if anybody: that one is to go, and has left. */
  admit(guest: Guest, network: string): 'refused' | { readonly instead: Guest | undefined } {
    if (this.from(network) >= this.#limits.perAddress) return 'refused'
    const instead = this.#size >= this.#limits.inAll ? this.#makeRoom() : undefined
    this.#networks.set(network, (this.#networks.get(network) ?? new Set()).add(guest))
    this.#size += 1
    return { instead }
  }

  /** The guest has logged in, or is gone. */
  leave(guest: Guest, network: string): void {
    const here = this.#networks.get(network)
    if (here?.delete(guest) !== true) return
    this.#size -= 1
    if (here.size === 0) this.#networks.delete(network)
  }

  #makeRoom(): Guest | undefined {
    let fullest: [network: string, guests: Set<Guest>] | undefined
    for (const entry of this.#networks) if (fullest === undefined || entry[1].size > fullest[1].size) fullest = entry
    if (fullest === undefined) return undefined
    const [network, guests] = fullest
    const [oldest] = guests
    if (oldest !== undefined) this.leave(oldest, network)
    return oldest
  }
}

export interface WaitingLimits {
  readonly inAll: number
  readonly perAddress: number
}
