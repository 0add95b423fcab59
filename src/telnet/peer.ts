import {
  UNKNOWN_TERMINAL,
  windowSize,
  type ConnectionEvent,
  type Environment,
  type Terminal,
} from '../core/connection.ts'
import { Client } from './client.ts'
import { Command, Option, type Verb } from './codes.ts'
import { Decoder } from './decoder.ts'
import { allowsCharacterMode, canHide, inputMode, wantsEcho, type EchoFacts } from './echo.ts'
import { encodeBytes, encodeCommand, encodeNegotiation, encodeSubnegotiation, encodeText } from './encoder.ts'
import { Input } from './input.ts'
import type { Side } from './negotiation.ts'
import { Negotiator, type Outcome } from './negotiator.ts'
import { CHARSET_REQUEST, charsetAnswer, settlesCharset } from './options/charset.ts'
import { ENVIRONMENT_SEND, readEnvironment, updateEnvironment } from './options/environ.ts'
import { readWindowSize } from './options/naws.ts'
import { asksStatus, statusReport } from './options/status.ts'
import { readTerminalType, TERMINAL_TYPE_SEND } from './options/terminal-type.ts'
import { RateLimit, type Rate } from './rate.ts'

/** Takes what a peer's bytes mean. Called while they are received, in their order. It may call the peer back. */
export interface TelnetHost {
  /** What the user typed; Enter is `\r`. Whole characters. */
  text(text: string): void
  event(event: ConnectionEvent): void
  /** Protocol bytes, to be sent in order with what has been written so far. They are the host's. */
  send(bytes: Uint8Array): void
}

export interface TelnetPeerOptions {
  /** Milliseconds from any start, never going back: `clock.now`. Some answers are limited in rate by it. */
  readonly now: () => number
}

/** What a peer may make us do beyond answering byte for byte. More is ignored. */
export const TELNET_RATES = {
  /** AYT: each is a line on the user's screen. */
  areYouThere: { burst: 4, perSecond: 1 },
  /** STATUS: the answer is longer than the question. */
  status: { burst: 4, perSecond: 1 },
  /** DO TIMING-MARK and AO: clients wait for each answer, so this is beyond anything that is no attack. */
  marks: { burst: 4096, perSecond: 1024 },
} as const satisfies Record<string, Rate>

/**
 * One Telnet peer, server's side, without any input or output of its own: bytes in, text and events out; text in, wire text out.
 * RFC 854, 855 and 1143, and the options of `Option`.
 *
 * It asks and never waits: until the peer has said otherwise, the peer is a line-mode terminal of 80 by 24 that is given plain
 * text. What it says later takes effect then, as a `terminal` event in order with the text.
 *
 * - At once go out WILL SGA, DO TTYPE, DO NAWS; ECHO by the rules of `echo.ts`; DO NEW-ENVIRON and WILL CHARSET when the terminal's
 *   name is known, WILL EOR when it is a MUD client's. BINARY is agreed to, not offered: UTF-8 passes without it, and some
 *   clients change what Enter sends.
 * - AO is answered DM: there is no output here that could still be thrown away. (The Synch of RFC 854 is not to be had: urgent data
 *   are beyond the reach of Node.)
 * - GA, NOP, DM, SE, EOR and commands that nobody knows are ignored. So is the payload of an option that is not in force, except a
 *   window size, which some clients send unasked.
 */
export class TelnetPeer {
  readonly #host: TelnetHost
  readonly #input: Input = new Input()
  readonly #client: Client = new Client()
  readonly #decoder: Decoder
  readonly #negotiator: Negotiator
  readonly #limits: Readonly<Record<keyof typeof TELNET_RATES, RateLimit>>
  readonly #variables: Map<string, string> = new Map()

  #terminal: Terminal = UNKNOWN_TERMINAL
  #environment: Environment = {}
  /** Text that was received and not yet handed on; never held longer than `receive` runs. */
  #text = ''
  /** The host has yet to hear of the terminal. Text and this are never both waiting. */
  #changed = false

  #answered = false
  #settled = false
  #hidden = false
  #echoRefused = false
  #environmentAsked = false
  #charset: 'unasked' | 'asking' | 'settled' = 'unasked'

  constructor(host: TelnetHost, options: TelnetPeerOptions) {
    this.#host = host
    this.#limits = {
      areYouThere: new RateLimit(TELNET_RATES.areYouThere, options.now),
      status: new RateLimit(TELNET_RATES.status, options.now),
      marks: new RateLimit(TELNET_RATES.marks, options.now),
    }
    this.#negotiator = new Negotiator({
      willing: (side, option) => this.#willing(side, option),
      send: (verb, option) => host.send(encodeNegotiation(verb, option)),
    })
    this.#decoder = new Decoder({
      data: (bytes) => this.#data(bytes),
      command: (code) => this.#command(code),
      negotiation: (verb, option) => this.#negotiation(verb, option),
      subnegotiation: (option, payload) => this.#subnegotiation(option, payload),
    })
  }

  /** The terminal as it is known now. A new object whenever it changes. */
  get terminal(): Terminal {
    return this.#terminal
  }

  /** What the peer says of its environment: bounded, untrusted. `CLIENT_NAME` and `MTTS` are there for MUD clients. */
  get environment(): Environment {
    return this.#environment
  }

  /** Asks for what every session wants to know. Called once, before anything is received. */
  start(): void {
    this.#negotiator.request('us', Option.SGA, true)
    this.#negotiator.request('him', Option.TTYPE, true)
    this.#negotiator.request('him', Option.NAWS, true)
  }

  /** Takes bytes from the wire, in any pieces. */
  receive(bytes: Uint8Array): void {
    this.#decoder.feed(bytes)
    this.#flush()
  }

  /** No more will come. An unfinished character becomes U+FFFD; an unfinished sequence is dropped. */
  finish(): void {
    this.#type(this.#input.finish())
    this.#flush()
  }

  /** Text for the wire: `\n` ends a line. Still to be encoded as UTF-8, which needs no IAC doubled. */
  encodeText(text: string): string {
    return encodeText(text, this.#negotiator.inForce('us', Option.BINARY))
  }

  /** Bytes for the wire. The same array where nothing needs doubling. */
  encodeBytes(bytes: Uint8Array): Uint8Array {
    return encodeBytes(bytes)
  }

  /**
   * Something secret is about to be typed, or no longer. In line mode the peer is asked not to show it (WILL ECHO, and WONT ECHO
   * after it); in character mode it is the caller who shows, and nothing is sent. A peer that has not answered anything yet is
   * asked as soon as it does.
   */
  hideInput(hidden: boolean): void {
    this.#hidden = hidden
    this.#settle()
    this.#flush()
  }

  /** Marks the end of a prompt: EOR where that is agreed; GA where the peer has refused to do without; else nothing. */
  promptEnd(): void {
    if (this.#negotiator.inForce('us', Option.EOR)) this.#host.send(encodeCommand(Command.EOR))
    else if (this.#negotiator.state('us', Option.SGA) === 'no') this.#host.send(encodeCommand(Command.GA))
  }

  // What comes in

  #data(bytes: Uint8Array): void {
    this.#type(this.#input.feed(bytes))
  }

  #type(text: string): void {
    if (text === '') return
    if (this.#changed) this.#flush()
    this.#text += text
  }

  #command(code: number): void {
    if (code === Command.AO) return this.#mark(encodeCommand(Command.DM))
    if (code === Command.AYT && !this.#limits.areYouThere.take()) return
    const event = EVENTS[code]
    if (event === undefined) return
    this.#flush()
    this.#host.event(event)
  }

  #negotiation(verb: Verb, option: number): void {
    if (option === Option.TIMING_MARK) {
      if (verb === Command.DO) this.#mark(encodeNegotiation(Command.WILL, Option.TIMING_MARK))
      return
    }
    const unasked = this.#negotiator.state('us', option) === 'no'
    const outcome = this.#negotiator.receive(verb, option)
    this.#answered = true
    this.#heed(option, outcome, unasked)
    this.#settle()
  }

  #subnegotiation(option: number, payload: Uint8Array): void {
    const him = this.#negotiator.inForce('him', option)
    const us = this.#negotiator.inForce('us', option)
    if (option === Option.NAWS) this.#resize(payload)
    else if (option === Option.TTYPE && him) this.#name(payload)
    else if (option === Option.NEW_ENVIRON && him) this.#learn(payload)
    else if (option === Option.CHARSET && (him || us)) this.#agreeCharset(payload)
    else if (option === Option.STATUS && us) this.#reportStatus(payload)
  }

  /** Marks stand in order with the output, so what was typed before one is acted on before its answer. */
  #mark(answer: Uint8Array): void {
    if (!this.#limits.marks.take()) return
    this.#flush()
    this.#host.send(answer)
  }

  // Negotiation

  #willing(side: Side, option: number): boolean {
    if (side === 'us' && option === Option.ECHO) return allowsCharacterMode(this.#echoFacts())
    return WILLING[side].has(option)
  }

  /** What becomes of an option that is agreed or refused. `unasked`: our side of it was off. */
  #heed(option: number, { side, type }: Outcome, unasked: boolean): void {
    if (type === 'none') return
    if (side === 'us' && option === Option.ECHO) {
      this.#echoRefused = type === 'refused'
      if (type === 'agreed' && unasked) this.#settled = true
    } else if (side === 'us' && option === Option.CHARSET) this.#requestCharset()
    else if (side === 'him' && option === Option.NEW_ENVIRON) this.#askEnvironment()
    else if (side === 'him' && option === Option.TTYPE) {
      if (type === 'refused') this.#settled = true
      else this.#askName()
    }
  }

  /** Brings ECHO, and what the host knows, into line with what is known now. */
  #settle(): void {
    this.#negotiator.request('us', Option.ECHO, wantsEcho(this.#echoFacts()))
    this.#change(() => ({ ...this.#terminal, ...this.#derived() }))
  }

  #echoFacts(): EchoFacts {
    return {
      answered: this.#answered,
      settled: this.#settled,
      mud: this.#client.mud,
      hidden: this.#hidden,
      refused: this.#echoRefused,
      echo: this.#negotiator.state('us', Option.ECHO),
      suppressGoAhead: this.#negotiator.state('us', Option.SGA),
    }
  }

  #derived(): Pick<Terminal, 'type' | 'input' | 'canHide' | 'screenReader'> {
    const facts = this.#echoFacts()
    const { type, screenReader } = this.#client
    return { type, input: inputMode(facts), canHide: canHide(facts), screenReader }
  }

  // Options

  #resize(payload: Uint8Array): void {
    const size = readWindowSize(payload)
    if (size === undefined) return
    this.#change(() => ({ ...this.#terminal, ...windowSize(size.columns, size.rows, this.#terminal) }))
  }

  #askName(): void {
    if (this.#client.ask()) this.#host.send(encodeSubnegotiation(Option.TTYPE, TERMINAL_TYPE_SEND))
  }

  #name(payload: Uint8Array): void {
    const name = readTerminalType(payload)
    if (name === undefined) return
    this.#client.name(name)
    this.#settled = true
    this.#askName()
    this.#settle()
    if (this.#client.mud) this.#negotiator.request('us', Option.EOR, true)
    this.#refreshEnvironment()
    this.#askEnvironment()
    this.#negotiator.request('us', Option.CHARSET, true)
  }

  #askEnvironment(): void {
    if (this.#environmentAsked || !this.#client.bearsEnvironment) return
    this.#negotiator.request('him', Option.NEW_ENVIRON, true)
    if (!this.#negotiator.inForce('him', Option.NEW_ENVIRON)) return
    this.#environmentAsked = true
    this.#host.send(encodeSubnegotiation(Option.NEW_ENVIRON, ENVIRONMENT_SEND))
  }

  #learn(payload: Uint8Array): void {
    const variables = readEnvironment(payload)
    if (variables === undefined) return
    updateEnvironment(this.#variables, variables)
    this.#refreshEnvironment()
  }

  #refreshEnvironment(): void {
    const entries = [...this.#client.environment, ...this.#variables]
    if (entries.length === 0 && Object.keys(this.#environment).length === 0) return
    this.#flushText()
    this.#environment = Object.fromEntries(entries)
    this.#changed = true
  }

  #requestCharset(): void {
    if (this.#charset !== 'unasked' || !this.#negotiator.inForce('us', Option.CHARSET)) return
    this.#charset = 'asking'
    this.#host.send(encodeSubnegotiation(Option.CHARSET, CHARSET_REQUEST))
  }

  #agreeCharset(payload: Uint8Array): void {
    const answer = charsetAnswer(payload, this.#charset === 'asking')
    if (settlesCharset(payload)) this.#charset = 'settled'
    if (answer !== undefined) this.#host.send(encodeSubnegotiation(Option.CHARSET, answer))
  }

  #reportStatus(payload: Uint8Array): void {
    if (!asksStatus(payload) || !this.#limits.status.take()) return
    const report = statusReport(this.#negotiator.options('us'), this.#negotiator.options('him'))
    this.#host.send(encodeSubnegotiation(Option.STATUS, report))
  }

  // What goes to the host

  /** Takes a new view of the terminal if it differs. Text from before it is handed on first, and may itself change things. */
  #change(next: () => Terminal): void {
    if (isSame(next(), this.#terminal)) return
    this.#flushText()
    this.#terminal = next()
    this.#changed = true
  }

  #flush(): void {
    this.#flushText()
    if (!this.#changed) return
    this.#changed = false
    this.#host.event({ type: 'terminal', terminal: this.#terminal, environment: this.#environment })
  }

  #flushText(): void {
    const text = this.#text
    if (text === '') return
    this.#text = ''
    this.#host.text(text)
  }
}

/** What we agree to when the peer proposes it. ECHO has rules of its own; TIMING-MARK is no state, and stands outside. */
const WILLING: Readonly<Record<Side, ReadonlySet<number>>> = {
  us: new Set([Option.BINARY, Option.SGA, Option.STATUS, Option.EOR, Option.CHARSET]),
  him: new Set([Option.BINARY, Option.SGA, Option.TTYPE, Option.NAWS, Option.NEW_ENVIRON, Option.CHARSET]),
}

const EVENTS: Readonly<Record<number, ConnectionEvent>> = {
  [Command.EOF]: { type: 'end-of-input' },
  [Command.SUSP]: { type: 'signal', name: 'TSTP' },
  [Command.ABORT]: { type: 'signal', name: 'QUIT' },
  [Command.BRK]: { type: 'break' },
  [Command.IP]: { type: 'interrupt' },
  [Command.AYT]: { type: 'are-you-there' },
  [Command.EC]: { type: 'erase-character' },
  [Command.EL]: { type: 'erase-line' },
}

function isSame(a: Terminal, b: Terminal): boolean {
  return (Object.keys(a) as (keyof Terminal)[]).every((key) => a[key] === b[key])
}
