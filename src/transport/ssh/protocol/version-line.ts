/**
 * The client's first line (RFC 4253 §4.2), collected from any number of segments until it is
 * complete. ssh2 keeps only the first two.
 */
export class VersionLine {
  #gathered: Buffer = Buffer.alloc(0)

  /**
   * Takes a segment. Returns the line and all bytes after it, or `undefined` while it is
   * incomplete. Throws for a line that is not SSH's.
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
/** Including CR and LF. */
const LONGEST = 255
const LINE_FEED = 10
