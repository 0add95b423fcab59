/** Killed text, to be yanked: Readline's ring of ten. Consecutive kills make one entry. */
export class KillRing {
  readonly #limit: number
  #entries: string[] = []
  #index = -1
  #joins = false
  #killed = false

  /** `limit` is the most UTF-16 units of an entry; the excess is not kept. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** What `yank` inserts; `undefined` before the first kill. */
  get current(): string | undefined {
    return this.#entries[this.#index]
  }

  /**
   * Keeps a kill: after the text of the kill just before it (`forward`), before that text
   * (`backward`), or as a new entry.
   */
  push(text: string, direction: KillDirection): void {
    this.#killed = true
    const last = this.#joins ? this.current : undefined
    if (last !== undefined) this.#entries[this.#index] = this.#cut(direction === 'forward' ? last + text : text + last)
    else this.#add(this.#cut(text))
    this.#joins = true
  }

  /** Goes on to the entry that was killed before the current one, cyclically: `yank-pop`. */
  rotate(): void {
    this.#index = (this.#index || this.#entries.length) - 1
  }

  /**
   * Called after each action: a kill joins the one before it only if no other action came between
   * them.
   */
  settle(): void {
    this.#joins = this.#killed
    this.#killed = false
  }

  #add(text: string): void {
    this.#entries.push(text)
    if (this.#entries.length > MAX_KILLS) this.#entries.shift()
    this.#index = this.#entries.length - 1
  }

  #cut(text: string): string {
    return text.length > this.#limit ? text.slice(0, this.#limit) : text
  }
}

export type KillDirection = 'forward' | 'backward'

/** Readline's `DEFAULT_MAX_KILLS`. */
const MAX_KILLS = 10
