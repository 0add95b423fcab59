import type { ConnectionEvent, ConnectionSink, Environment, Terminal } from '../core/connection.ts'
import type { TextEncoding } from '../core/text/text-encoding.ts'
import { TelnetCommand, Option, type Verb } from './codes.ts'
import { Decoder, type DecoderReceiver } from './decoder.ts'
import { OptionPolicy, type OptionHost } from './option-policy.ts'
import { BINARY_TEXT, encodeCommand, encodeNegotiation, NVT_TEXT } from './encoder.ts'
import { InputDecoder } from './input-decoder.ts'
import { TokenBucket, type Rate } from './token-bucket.ts'

/** What a peer is part of. Called in order while bytes are received. It may call the peer back. */
export interface TelnetHost {
  /**
   * Receives the decoded input: whole characters, in which Enter is `\r`, and events. `undefined`
   * ignores them.
   */
  readonly input: ConnectionSink | undefined
  /**
   * Sends protocol bytes, in order with all earlier output. The host may keep the array, but not
   * change it.
   */
  send(bytes: Uint8Array): void
  /** Sets the encoding of later text; initially `NVT_TEXT`. */
  encodeTextAs(encoding: TextEncoding): void
}

export interface TelnetPeerOptions {
  /** Returns milliseconds from any start, never going back. `TELNET_RATES` are measured by it. */
  now(): number
  /** Names of variables that are taken. Default: all. */
  readonly environment?: RegExp
  /** `always`: we echo whatever the peer says to it. Default: as ECHO is agreed on. */
  readonly echo?: 'always' | undefined
}

/**
 * How often a peer may cause replies that cost more than their requests. Further requests are
 * ignored.
 */
export const TELNET_RATES: Readonly<Record<'areYouThere' | 'status' | 'marks', Rate>> = {
  /** AYT: each is a line on the user's screen. */
  areYouThere: { burst: 4, perSecond: 1 },
  /** STATUS SEND: the reply is longer than the request. */
  status: { burst: 4, perSecond: 1 },
  /**
   * DO TIMING-MARK and AO: clients wait for each reply, so the bound is far beyond what a person
   * can cause.
   */
  marks: { burst: 4096, perSecond: 1024 },
}

/**
 * One Telnet peer, seen from the server, without any input or output of its own. Bytes in, text and
 * events out; text in, text for the wire out. RFC 854, 855, 1143 and the options of `codes.ts`.
 *
 * It never waits. Until the peer negotiates, it is a line-mode terminal of 80 by 24. Later facts
 * take effect as a `terminal` event, in order with the text.
 *
 * - DO TIMING-MARK is answered by WILL TIMING-MARK each time, in order with text and output; RFC
 *   860 makes it a question, not an option.
 * - AO is answered by DM, without a Synch: Node has no urgent data. No output is discarded, since
 *   bytes in the system's buffers cannot be called back, and no others wait.
 * - GA, NOP, DM, EOR, a stray SE and unknown commands are ignored.
 */
export class TelnetPeer implements DecoderReceiver, OptionHost {
  readonly #host: TelnetHost
  readonly #options: TelnetPeerOptions
  readonly #input: InputDecoder = new InputDecoder()
  readonly #decoder: Decoder = new Decoder(this)
  readonly #policy: OptionPolicy
  #limits: Partial<Record<keyof typeof TELNET_RATES, TokenBucket>> | undefined
  /**
   * Received text that is still to be passed on. Empty whenever `#changed` is set, and when
   * `receive` returns.
   */
  #text = ''
  /** Whether a new terminal or environment is still to be reported to the host. */
  #changed = false

  constructor(host: TelnetHost, options: TelnetPeerOptions) {
    this.#host = host
    this.#options = options
    this.#policy = new OptionPolicy(this, options.echo === 'always')
  }

  /** The terminal as it is known now. A new object whenever it changes. */
  get terminal(): Terminal {
    return this.#policy.terminal
  }

  /**
   * The environment that the peer sends: untrusted, bounded by `ENVIRONMENT_LIMITS`. MUD clients
   * have CLIENT_NAME and MTTS in it.
   */
  get environment(): Environment {
    return this.#policy.environment
  }

  /** Whether the peer speaks telnet: it has replied to a negotiation. */
  get answered(): boolean {
    return this.#policy.answered
  }

  /** Requests what every session needs. Called once, before any input. */
  start(): void {
    this.#policy.start()
  }

  /** Receives bytes from the wire, in any pieces. Keeps none of them. */
  receive(bytes: Uint8Array): void {
    this.#decoder.feed(bytes)
    this.#flush()
  }

  /** Ends the input. An unfinished character becomes U+FFFD; an unfinished sequence is dropped. */
  finish(): void {
    this.#typed(this.#input.finish())
    this.#flush()
  }

  /**
   * Hides or shows the input around a secret. In line mode the peer is asked to hide it (WILL ECHO,
   * then WONT ECHO). In character mode the caller shows the input, and nothing is sent. A peer
   * without any reply yet is asked after its first one.
   */
  hideInput(hidden: boolean): void {
    this.#policy.hideInput(hidden)
    this.#flush()
  }

  /**
   * Marks the end of a prompt: EOR if agreed, GA if the peer has refused to suppress it, else
   * nothing.
   */
  promptEnd(): void {
    const mark = this.#policy.promptMark
    if (mark !== undefined) this.#host.send(encodeCommand(TelnetCommand[mark]))
  }

  // Calls of the decoder.

  data(bytes: Uint8Array): void {
    this.#typed(this.#input.feed(bytes))
  }

  command(code: number): void {
    const key = KEYS[code]
    if (key !== undefined) return this.#typed(key)
    if (code === TelnetCommand.AO) return this.#mark(encodeCommand(TelnetCommand.DM))
    const event = EVENTS[code]
    if (event === undefined || (code === TelnetCommand.AYT && !this.#may('areYouThere'))) return
    this.#flush()
    this.#host.input?.event(event)
  }

  negotiation(verb: Verb, option: number): void {
    if (option !== Option.TIMING_MARK) this.#policy.negotiation(verb, option)
    else if (verb === TelnetCommand.DO) this.#mark(encodeNegotiation(TelnetCommand.WILL, Option.TIMING_MARK))
  }

  subnegotiation(option: number, payload: Uint8Array): void {
    this.#policy.subnegotiation(option, payload)
  }

  // Calls of the option policy.

  send(bytes: Uint8Array): void {
    this.#host.send(bytes)
  }

  changing(): void {
    if (this.#changed) return
    this.#flush()
    this.#changed = true
  }

  mayReport(): boolean {
    return this.#may('status')
  }

  takesVariable(name: string): boolean {
    return this.#options.environment?.test(name) ?? true
  }

  binaryChanged(binary: boolean): void {
    this.#host.encodeTextAs(binary ? BINARY_TEXT : NVT_TEXT)
  }

  #typed(text: string): void {
    if (text === '') return
    if (this.#changed) this.#flush()
    this.#text += text
  }

  /** Sends a mark in order with the output: earlier input is handled first. */
  #mark(answer: Uint8Array): void {
    if (!this.#may('marks')) return
    this.#flush()
    this.#host.send(answer)
  }

  #may(what: keyof typeof TELNET_RATES): boolean {
    const limits = (this.#limits ??= {})
    return (limits[what] ??= new TokenBucket(TELNET_RATES[what], () => this.#options.now())).take()
  }

  #flush(): void {
    const text = this.#text
    if (text !== '') {
      this.#text = ''
      this.#host.input?.text(text)
    }
    if (this.#changed) this.#tellChange()
  }

  #tellChange(): void {
    this.#changed = false
    const { terminal, environment } = this.#policy
    this.#host.input?.event({ type: 'terminal', terminal, environment })
  }
}

const EVENTS: Readonly<Record<number, ConnectionEvent>> = {
  [TelnetCommand.EOF]: { type: 'end-of-input' },
  [TelnetCommand.SUSP]: { type: 'signal', name: 'TSTP' },
  [TelnetCommand.ABORT]: { type: 'signal', name: 'QUIT' },
  [TelnetCommand.BRK]: { type: 'break' },
  [TelnetCommand.IP]: { type: 'interrupt' },
  [TelnetCommand.AYT]: { type: 'are-you-there' },
}

/** The equivalent terminal keys: they keep their order with the other input. */
const KEYS: Readonly<Record<number, string>> = { [TelnetCommand.EC]: '\x7f', [TelnetCommand.EL]: '\x15' }
