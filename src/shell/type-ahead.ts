/** How much may wait to be read, in UTF-16 units: enough for a hundred pasted commands, little enough for ten thousand sessions. */
export const TYPE_AHEAD_LIMIT: number = 64 * 1024

/** Takes text from an index on; answers how far it came. */
export interface TextReader {
  feed(text: string, from: number): number
}

/** What the user has typed and nobody has read yet, in order. Reading from its front costs the same however much is waiting. */
export class TypeAhead {
  #text = ''
  /** Up to here it has been read. */
  #from = 0

  get length(): number {
    return this.#text.length - this.#from
  }

  get full(): boolean {
    return this.length >= TYPE_AHEAD_LIMIT
  }

  /** Adds to the end. */
  add(text: string): void {
    this.#text = this.length === 0 ? text : this.#text.slice(this.#from) + text
    this.#from = 0
  }

  /** Lets somebody read from the front. */
  feed(reader: TextReader): void {
    this.#from = reader.feed(this.#text, this.#from)
    if (this.#from === this.#text.length) this.clear()
  }

  /** Drops what is beyond the limit: the last that was typed. */
  trim(): void {
    this.#text = this.#text.slice(0, this.#from + TYPE_AHEAD_LIMIT)
  }

  clear(): void {
    this.#text = ''
    this.#from = 0
  }

  /**
   * Drops all that was typed up to and with the last interrupt character, as a terminal's driver does (termios, NOFLSH off).
   * Answers whether there was one.
   */
  dropInterrupted(interrupt: string): boolean {
    const at = this.#text.lastIndexOf(interrupt)
    if (at < this.#from) return false
    this.#from = at + interrupt.length
    if (this.length === 0) this.clear()
    return true
  }
}
