import { SHARES } from './network.ts'

/** Counts connections in each of their networks. */
export class Tally {
  readonly #counts: Map<string, number> = new Map()

  of(network: string): number {
    return this.#counts.get(network) ?? 0
  }

  /**
   * Returns whether one of these networks, narrowest first, holds its share of the limit per
   * address.
   */
  isFull(networks: readonly string[], perAddress: number): boolean {
    return networks.some((network, level) => this.of(network) >= perAddress * (SHARES[level] as number))
  }

  add(networks: readonly string[], change: 1 | -1): void {
    for (const network of networks) {
      const count = this.of(network) + change
      if (count > 0) this.#counts.set(network, count)
      else this.#counts.delete(network)
    }
  }
}
