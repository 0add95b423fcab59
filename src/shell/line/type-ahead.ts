/**
 * The most input that may wait, in UTF-16 units: enough for a hundred pasted commands, little
 * enough for ten thousand sessions.
 */
export const TYPE_AHEAD_LIMIT: number = 64 * 1024

/**
 * How much is read at once, in UTF-16 units. A thousand keys can take a millisecond, while other
 * sessions wait.
 */
const PIECE = 1024

/** Takes text from an index on, and returns how far it came. */
export interface TextReader {
  feed(text: string, from: number): number
}

/**
 * What was typed and is not read yet, in order. Reading from its front costs the same however much
 * input waits.
 */
export class TypeAhead {
  /** The number of unread units. */
  length = 0
  #text = ''
  /** The index up to which the text has been read. */
  #from = 0
  /**
   * What arrived when the text was full. Joining and cutting the two would copy both for each key.
   */
  #beyond = ''
  /** The piece of the text that is being read, and the index where it begins. */
  #piece = ''
  #start = 0

  get full(): boolean {
    return this.length >= TYPE_AHEAD_LIMIT
  }

  /** Adds text to the end. */
  add(text: string): void {
    if (this.length === 0) {
      this.#text = text
      this.#piece = text.length <= PIECE ? text : ''
    } else if (this.#text.length - this.#from < TYPE_AHEAD_LIMIT) {
      return this.#begin(this.#rest + text)
    } else {
      this.#beyond += text
    }
    this.length += text.length
  }

  /** Lets a reader take a piece from the front. */
  feed(reader: TextReader): void {
    if (this.#from - this.#start >= this.#piece.length) this.#cut()
    const from = this.#start + reader.feed(this.#piece, this.#from - this.#start)
    this.length -= from - this.#from
    this.#from = from
    if (from === this.#text.length) this.#begin(this.#beyond)
  }

  /** Drops what is beyond the limit: the text that was typed last. */
  trim(): void {
    const most = this.#from + TYPE_AHEAD_LIMIT
    this.#beyond = this.#beyond.slice(0, Math.max(0, most - this.#text.length))
    if (this.#text.length > most) this.#text = this.#text.slice(0, most)
    this.length = this.#text.length - this.#from + this.#beyond.length
  }

  clear(): void {
    this.#begin('')
  }

  /** Whether the beginning of a paste is unread. */
  get holdsPaste(): boolean {
    return this.#rest.includes(PASTE_BEGINS)
  }

  /** Drops all that was typed before the last interrupt character, which is still to be read. */
  dropBefore(interrupt: string): void {
    const rest = this.#rest
    this.#begin(rest.slice(Math.max(0, rest.lastIndexOf(interrupt))))
  }

  /**
   * Drops all that was typed up to and with the last interrupt character, as a terminal's driver
   * does (termios, NOFLSH off). Returns whether there was one.
   */
  dropInterrupted(interrupt: string): boolean {
    const rest = this.#rest
    const at = rest.lastIndexOf(interrupt)
    if (at < 0) return false
    this.#begin(rest.slice(at + interrupt.length))
    return true
  }

  /** All unread text. */
  get #rest(): string {
    return this.#text.slice(this.#from) + this.#beyond
  }

  #begin(text: string): void {
    this.#text = text
    this.length = text.length
    this.#piece = this.#beyond = ''
    this.#from = this.#start = 0
  }

  /** Cuts the next piece into whole code points; otherwise an emoji might be read as two halves. */
  #cut(): void {
    const end = this.#from + PIECE
    const whole = HIGH_SURROGATE.test(this.#text.charAt(end - 1)) ? end - 1 : end
    this.#start = this.#from
    this.#piece = this.#text.slice(this.#from, whole)
  }
}

const PASTE_BEGINS = '\x1b[200~'
const HIGH_SURROGATE = /[\ud800-\udbff]/
