/** The most recently used of what is known, and no more than that: what would be one too many pushes out what was not used for longest. */
export class Recent<Key, Value> {
  readonly #most: number
  readonly #entries: Map<Key, Value> = new Map()

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#entries.size
  }

  /** The value of a key, made where there is none; it is the youngest now. */
  use(key: Key, make: () => Value): Value {
    const value = this.#entries.get(key) ?? make()
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.#most) this.#dropOldest()
    return value
  }

  /** The value of a key, where there is one; it becomes no younger. */
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
