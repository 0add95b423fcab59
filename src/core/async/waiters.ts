/**
 * Promises that wait for the same event. The list is created for the first, since most connections
 * close before anything waits.
 */
export class Waiters {
  #resolvers: (() => void)[] | undefined

  get empty(): boolean {
    return this.#resolvers === undefined
  }

  /** Returns a promise that resolves with the next `release`. */
  wait(): Promise<void> {
    return new Promise(resolve => (this.#resolvers ??= []).push(resolve))
  }

  /** Resolves all promises that wait now. */
  release(): void {
    const resolvers = this.#resolvers
    if (resolvers === undefined) return
    this.#resolvers = undefined
    for (const resolve of resolvers) resolve()
  }
}
