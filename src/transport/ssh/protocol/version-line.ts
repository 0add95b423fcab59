/**
 * The client's first line (RFC 4253 §4.2), gathered until it is whole: in how many segments it
 * comes is chance. ssh2 keeps only the first two.
 */
export class VersionLine {
  #gathered: Buffer = Buffer.alloc(0)

  /**
   * Takes what has come; returns the line and all behind it, or `undefined` while it is not whole.
   * Throws for what is no such line.
   */
  add(chunk: Buffer): Buffer | undefined {
    this.#gathered = this.#gathered.length === 0 ? chunk : Buffer.concat([this.#gathered, chunk])
    const beginning = this.#gathered.subarray(0, PREFIX.length)
    if (!beginning.equals(PREFIX.subarray(0, beginning.length))) throw new Error('the client does not begin with SSH-')
    const end = this.#gathered.subarray(0, LONGEST).indexOf(LINE_FEED)
    if (end >= 0) return this.#gathered
    if (this.#gathered.length >= LONGEST) throw new Error(`a version of more than ${LONGEST} bytes`)
    return undefined
  }
}

const PREFIX = Buffer.from('SSH-')
/** With CR and LF. */
const LONGEST = 255
const LINE_FEED = 10
