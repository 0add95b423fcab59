/** A cache of the most recently used entries: one more entry evicts the least recently used. */
export class Recent<Key, Value> {
  readonly #most: number
  readonly #entries: Map<Key, Value> = new Map()

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#entries.size
  }

  /** Returns the value of a key, made if missing, and marks it as the most recently used. */
  use(key: Key, make: () => Value): Value {
    const value = this.#entries.get(key) ?? make()
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.#most) this.#dropOldest()
    return value
  }

  /** Returns the value of a key, if there is one, without marking it as used. */
  known(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  delete(key: Key): void {
    this.#entries.delete(key)
  }

  #dropOldest(): void {
    const [oldest] = this.#entries.keys()
    this.#entries.delete(oldest as Key)
  }
}
