/**
 * The data types of SSH (RFC 4251 §5), read from and written to bytes.
 *
 * A reader does not throw. Past the end, or over a length that exceeds the bytes, it returns empty
 * values, and `ok` is `false` from then on. A message is read to its end, and checked once.
 */
export class WireReader {
  readonly #bytes: Uint8Array
  #at: number
  #ok = true

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  /** Whether every value so far was present. */
  get ok(): boolean {
    return this.#ok
  }

  /** Whether every value so far was present, and nothing is left. */
  get complete(): boolean {
    return this.#ok && this.#at === this.#bytes.length
  }

  get position(): number {
    return this.#at
  }

  byte(): number {
    return this.#take(1)[0] ?? 0
  }

  boolean(): boolean {
    return this.byte() !== 0
  }

  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#take(4)
    return a * 0x1000000 + (b << 16) + (c << 8) + d
  }

  uint64(): bigint {
    return (BigInt(this.uint32()) << 32n) | BigInt(this.uint32())
  }

  /** Returns a string as bytes: a view, not a copy. */
  string(): Uint8Array {
    return this.#take(this.uint32())
  }

  /** Returns a string of UTF-8; invalid bytes become U+FFFD. */
  text(): string {
    return UTF8.decode(this.string())
  }

  /** Returns a name-list: names separated by commas; empty without names. */
  names(): string[] {
    const text = this.text()
    return text === '' ? [] : text.split(',')
  }

  /** Returns all remaining bytes. */
  rest(): Uint8Array {
    return this.#take(this.#bytes.length - this.#at)
  }

  #take(length: number): Uint8Array {
    if (!this.#ok || length > this.#bytes.length - this.#at) {
      this.#ok = false
      return NOTHING
    }
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}

/** Builds one message: `new WireWriter().byte(51).string('password').boolean(false).bytes()`. */
export class WireWriter {
  #parts: Uint8Array[] = []

  byte(value: number): this {
    return this.raw(Uint8Array.of(value))
  }

  boolean(value: boolean): this {
    return this.byte(value ? 1 : 0)
  }

  uint32(value: number): this {
    return this.raw(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value))
  }

  string(value: string | Uint8Array): this {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    return this.uint32(bytes.length).raw(bytes)
  }

  names(names: readonly string[]): this {
    return this.string(names.join(','))
  }

  raw(bytes: Uint8Array): this {
    this.#parts.push(bytes)
    return this
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

/**
 * Returns a positive number in SSH's format (RFC 4251 §5, mpint), without its length. It has no
 * leading zeros, except one if it would be read as negative.
 */
export function mpint(number: Buffer): Buffer {
  const first = number.findIndex(byte => byte !== 0)
  const bytes = first < 0 ? number.subarray(0, 0) : number.subarray(first)
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Uint8Array.of(0), bytes])
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })
const NOTHING = new Uint8Array(0)
