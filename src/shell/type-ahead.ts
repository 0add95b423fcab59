/** How much may wait to be read, in UTF-16 units: enough for a hundred pasted commands, little enough for ten thousand sessions. */
export const TYPE_AHEAD_LIMIT: number = 64 * 1024

/** How much is read in one go, in UTF-16 units: a thousand keys can be a millisecond's work, and somebody may have to wait for it. */
const PIECE = 1024

/** Takes text from an index on; answers how far it came. */
export interface TextReader {
  feed(text: string, from: number): number
}

/** What the user has typed and nobody has read yet, in order. Reading from its front costs the same however much is waiting. */
export class TypeAhead {
  #text = ''
  /** Up to here it has been read. */
  #from = 0
  /** The part of it that is being read, and where that begins. */
  #piece = ''
  #start = 0

  get length(): number {
    return this.#text.length - this.#from
  }

  get full(): boolean {
    return this.length >= TYPE_AHEAD_LIMIT
  }

  /** Adds to the end. */
  add(text: string): void {
    this.#text = this.length === 0 ? text : this.#text.slice(this.#from) + text
    this.#piece = ''
    this.#from = this.#start = 0
  }

  /** Lets somebody read from the front: a piece of it. */
  feed(reader: TextReader): void {
    if (this.#from - this.#start >= this.#piece.length) this.#cut()
    this.#from = this.#start + reader.feed(this.#piece, this.#from - this.#start)
    if (this.#from === this.#text.length) this.clear()
  }

  /** Drops what is beyond the limit: the last that was typed. */
  trim(): void {
    this.#text = this.#text.slice(0, this.#from + TYPE_AHEAD_LIMIT)
  }

  clear(): void {
    this.#text = this.#piece = ''
    this.#from = this.#start = 0
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

  /** The next piece: whole code points, or an emoji might be read as two halves. */
  #cut(): void {
    const end = this.#from + PIECE
    const whole = HIGH_SURROGATE.test(this.#text.charAt(end - 1)) ? end - 1 : end
    this.#start = this.#from
    this.#piece = this.#text.slice(this.#from, whole)
  }
}

const HIGH_SURROGATE = /[\ud800-\udbff]/
