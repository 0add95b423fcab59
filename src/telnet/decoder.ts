import { TelnetCommand, LOWEST_COMMAND, type Verb } from './codes.ts'

/** Receives what the decoder finds, in the order of the wire. */
export interface DecoderReceiver {
  /**
   * Receives bytes that are no protocol. They belong to the chunk that was fed: read them now, or
   * copy them.
   */
  data(bytes: Uint8Array): void
  /** IAC and a byte from EOF (236) to GA (249); SE outside a subnegotiation too. */
  command(code: number): void
  negotiation(verb: Verb, option: number): void
  /**
   * Receives a whole subnegotiation, with single IACs. The payload may belong to the chunk that was
   * fed: read it now, or copy it. It never exceeds `LONGEST_SUBNEGOTIATION_BYTES`.
   */
  subnegotiation(option: number, payload: Uint8Array): void
}

/**
 * The most bytes kept of a subnegotiation. A longer one is skipped to its end and ignored as a
 * whole.
 */
export const LONGEST_SUBNEGOTIATION_BYTES = 1024

/** Holds nearly every subnegotiation, and is small enough to be allocated cheaply. */
const COMMON_SUBNEGOTIATION_BYTES = 64

/**
 * Decodes Telnet: bytes in any pieces become data, commands, negotiations and subnegotiations. RFC
 * 854, RFC 855.
 *
 * States: data · iac (after IAC) · verb (after IAC WILL and its like) · begin (after IAC SB) ·
 * inside (a subnegotiation) · inside-iac (an IAC in it).
 *
 * The RFCs leave these cases open:
 *
 * - IAC and a byte below 236, which is no command: the IAC is dropped and the byte is data. It is
 *   the rest of a Synch whose urgent byte the system has removed.
 * - The same within a subnegotiation: the peer did not double a 255, as in a window of 255 columns.
 *   Both bytes are payload.
 * - Within a subnegotiation, IAC and a command other than SE: the end is missing. The payload so
 *   far is ignored, and the command counts, so that only the broken piece is lost.
 */
export class Decoder {
  readonly #receiver: DecoderReceiver
  #state: 'data' | 'iac' | 'verb' | 'begin' | 'inside' | 'inside-iac' = 'data'
  #verb: Verb = TelnetCommand.WILL
  #option = 0
  /**
   * The payload of a subnegotiation that came in pieces, or has an IAC in it; held only during a
   * subnegotiation.
   */
  #payload: Uint8Array | undefined
  /** Counts beyond the cap, so that an oversize payload is known. */
  #length = 0

  constructor(receiver: DecoderReceiver) {
    this.#receiver = receiver
  }

  /** Decodes bytes in any pieces. Nearly every chunk is data from end to end. */
  feed(bytes: Uint8Array): void {
    if (this.#state === 'data' && !bytes.includes(TelnetCommand.IAC)) return this.#receiver.data(bytes)
    let at = 0
    while (at < bytes.length) at = this.#step(bytes, at)
  }

  /** Consumes at least one byte, and returns where the next step begins. */
  #step(bytes: Uint8Array, at: number): number {
    if (this.#state === 'data') return this.#data(bytes, at)
    if (this.#state === 'inside') return this.#inside(bytes, at)
    const byte = bytes[at] as number
    if (this.#state === 'verb') this.#negotiation(byte)
    else if (this.#state === 'begin') this.#begin(byte)
    else if (this.#state === 'inside-iac') this.#insideCommand(byte)
    else this.#command(byte)
    return at + 1
  }

  /**
   * Emits data up to the next IAC; of a doubled IAC in the same chunk, the first represents both.
   */
  #data(bytes: Uint8Array, from: number): number {
    const iac = bytes.indexOf(TelnetCommand.IAC, from)
    if (iac < 0) {
      this.#receiver.data(bytes.subarray(from))
      return bytes.length
    }
    const doubled = bytes[iac + 1] === TelnetCommand.IAC
    const end = doubled ? iac + 1 : iac
    if (end > from) this.#receiver.data(bytes.subarray(from, end))
    if (doubled) return iac + 2
    this.#state = 'iac'
    return iac + 1
  }

  #command(byte: number): void {
    this.#state = 'data'
    if (byte === TelnetCommand.SB) this.#state = 'begin'
    else if (byte === TelnetCommand.IAC || byte < LOWEST_COMMAND) this.#receiver.data(Uint8Array.of(byte))
    else if (byte < TelnetCommand.SB) this.#receiver.command(byte)
    else {
      this.#verb = byte as Verb
      this.#state = 'verb'
    }
  }

  #negotiation(option: number): void {
    this.#state = 'data'
    this.#receiver.negotiation(this.#verb, option)
  }

  #begin(option: number): void {
    this.#option = option
    this.#payload = undefined
    this.#length = 0
    this.#state = option === TelnetCommand.IAC ? 'inside-iac' : 'inside'
  }

  #inside(bytes: Uint8Array, from: number): number {
    const iac = bytes.indexOf(TelnetCommand.IAC, from)
    const end = iac < 0 ? bytes.length : iac
    if (this.#length === 0 && bytes[end + 1] === TelnetCommand.SE) return this.#whole(bytes, from, end)
    this.#keep(bytes, from, end)
    if (iac >= 0) this.#state = 'inside-iac'
    return iac < 0 ? end : iac + 1
  }

  /** Emits a subnegotiation that is complete in the chunk, as nearly always. */
  #whole(bytes: Uint8Array, from: number, end: number): number {
    this.#state = 'data'
    if (end - from <= LONGEST_SUBNEGOTIATION_BYTES)
      this.#receiver.subnegotiation(this.#option, bytes.subarray(from, end))
    return end + 2
  }

  #insideCommand(byte: number): void {
    this.#state = 'inside'
    if (byte === TelnetCommand.SE) this.#end()
    else if (byte === TelnetCommand.IAC) this.#keep(Uint8Array.of(byte), 0, 1)
    else if (byte < LOWEST_COMMAND) this.#keep(Uint8Array.of(TelnetCommand.IAC, byte), 0, 2)
    else this.#command(byte)
  }

  #keep(bytes: Uint8Array, from: number, end: number): void {
    const length = this.#length + end - from
    if (length <= LONGEST_SUBNEGOTIATION_BYTES) this.#room(length).set(bytes.subarray(from, end), this.#length)
    this.#length = length
  }

  #room(length: number): Uint8Array {
    const old = this.#payload
    if (old !== undefined && length <= old.length) return old
    const room = new Uint8Array(
      length <= COMMON_SUBNEGOTIATION_BYTES ? COMMON_SUBNEGOTIATION_BYTES : LONGEST_SUBNEGOTIATION_BYTES,
    )
    if (old !== undefined) room.set(old)
    return (this.#payload = room)
  }

  #end(): void {
    this.#state = 'data'
    const payload = this.#payload?.subarray(0, this.#length) ?? new Uint8Array()
    this.#payload = undefined
    if (this.#length <= LONGEST_SUBNEGOTIATION_BYTES) this.#receiver.subnegotiation(this.#option, payload)
  }
}
