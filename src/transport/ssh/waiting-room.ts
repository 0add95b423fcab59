/**
 * Connections that have not logged in yet, which cost us something and have proved nothing. A network may hold only so many of
 * them; where all are full, the network that holds most gives up its oldest. So a flood from one place, or from many, does not keep
 * out a user who comes from another.
 *
 * A network is an IPv4 address or an IPv6 /64, since whoever has one address there has them all.
 */
export class WaitingRoom<Guest> {
  readonly #limits: WaitingLimits
  readonly #networks = new Map<string, Set<Guest>>()
  #size = 0

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#size
  }

  /** Lets a guest wait. `refused`: its network holds all that it may. Else whom it replaces, if anybody: that one is to go, and has left. */
  admit(guest: Guest, address: string): 'refused' | { readonly instead: Guest | undefined } {
    const network = networkOf(address)
    const here = this.#networks.get(network) ?? new Set()
    if (here.size >= this.#limits.perAddress) return 'refused'
    const instead = this.#size >= this.#limits.inAll ? this.#makeRoom() : undefined
    this.#networks.set(network, here.add(guest))
    this.#size += 1
    return { instead }
  }

  /** The guest has logged in, or is gone. */
  leave(guest: Guest, address: string): void {
    const network = networkOf(address)
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
    if (oldest !== undefined && guests.delete(oldest)) this.#size -= 1
    if (guests.size === 0) this.#networks.delete(network)
    return oldest
  }
}

export interface WaitingLimits {
  readonly inAll: number
  readonly perAddress: number
}

/** The part of an address that its holder cannot change at will. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  return mapped?.[1] ?? groupsOf(address).slice(0, 4).join(':')
}

/** All eight groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after]
}
