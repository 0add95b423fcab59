import { UNKNOWN_TERMINAL, type Environment, type Terminal } from '../core/connection.ts'
import { Client } from './client.ts'
import { Option, type Verb } from './codes.ts'
import { describedTerminal, resizedTerminal } from './described-terminal.ts'
import { allowsCharacterMode, wantsEcho, type EchoFacts } from './echo.ts'
import { encodeNegotiation, encodeSubnegotiation } from './encoder.ts'
import type { Side, State } from './negotiation.ts'
import { Negotiator, type NegotiatorHost, type NegotiationOutcome } from './negotiator.ts'
import { CHARSET_REQUEST, charsetAnswer, settlesCharset } from './options/charset.ts'
import { ENVIRONMENT_SEND, readEnvironment, updatedEnvironment, type Variable } from './options/environ.ts'
import { readWindowSize } from './options/naws.ts'
import { asksStatus, statusReport } from './options/status.ts'
import { readTerminalType, TERMINAL_TYPE_SEND } from './options/terminal-type.ts'

/** What the option policy needs of its peer. */
export interface OptionHost {
  send(bytes: Uint8Array): void
  /**
   * Announces a change of the terminal or the environment: earlier input belongs to the old one. It
   * may call back.
   */
  changing(): void
  /** Returns whether STATUS may be sent once more. */
  mayReport(): boolean
  /** Returns whether a variable of that name may be in the environment. */
  takesVariable(name: string): boolean
  /** Reports that the server's text goes out in BINARY from now on, or no longer. */
  binaryChanged(binary: boolean): void
}

/**
 * What server and peer negotiate by options, and what becomes known of the peer. It sends requests
 * and never waits.
 *
 * - At once it sends WILL SGA, DO TTYPE, DO NAWS.
 * - Each name of TTYPE is followed by the request for the next, if there may be one (`client.ts`).
 *   The first name identifies the client. Then it sends WILL ECHO (`echo.ts`), DO NEW-ENVIRON and
 *   WILL CHARSET, and to a MUD client WILL EOR.
 * - BINARY is agreed to and not offered. The tested clients (inetutils, PuTTY, busybox, C-Kermit)
 *   send UTF-8 without it, and in it they only change what Enter sends.
 * - The payload of an option that is not in force is ignored, except for a window size: some
 *   clients send it without a request.
 */
export class OptionPolicy implements NegotiatorHost, EchoFacts {
  readonly #host: OptionHost
  readonly #negotiator: Negotiator
  readonly #client: Client = new Client()

  #terminal: Terminal
  #environment: Environment = EMPTY
  #binary = false

  // `EchoFacts` documents these five.
  readonly always: boolean
  answered = false
  settled = false
  hidden = false
  refused = false

  #environmentAsked = false
  #charset: 'unasked' | 'asking' | 'settled' = 'unasked'

  /** `always`: the server echoes, whatever the peer requests. */
  constructor(host: OptionHost, always: boolean) {
    this.#host = host
    this.always = always
    this.#terminal = always ? ECHOED : UNKNOWN_TERMINAL
    this.#negotiator = new Negotiator(this)
  }

  /** A new object whenever it changes. */
  get terminal(): Terminal {
    return this.#terminal
  }

  /** A new object whenever it changes. */
  get environment(): Environment {
    return this.#environment
  }

  /**
   * How the end of a prompt is marked: EOR if agreed, GA if the peer has refused to suppress it.
   */
  get promptMark(): 'EOR' | 'GA' | undefined {
    if (this.#negotiator.inForce('us', Option.EOR)) return 'EOR'
    return this.#negotiator.state('us', Option.SGA) === 'no' ? 'GA' : undefined
  }

  get mud(): boolean {
    return this.#client.mud
  }

  get echo(): State {
    return this.#negotiator.state('us', Option.ECHO)
  }

  get suppressGoAhead(): State {
    return this.#negotiator.state('us', Option.SGA)
  }

  start(): void {
    this.#negotiator.adopt(OPENING.states)
    this.#host.send(OPENING.bytes)
  }

  hideInput(hidden: boolean): void {
    this.hidden = hidden
    if (hidden) this.#negotiator.presumeOff(Option.ECHO)
    this.#settle()
  }

  negotiation(verb: Verb, option: number): void {
    const unasked = this.#negotiator.state('us', option) === 'no'
    const outcome = this.#negotiator.receive(verb, option)
    const settles = !this.answered || ECHOES.has(option)
    this.answered = true
    this.#tellBinary(this.#negotiator.inForce('us', Option.BINARY))
    if (outcome.type !== 'none') this.#handle(option, outcome, unasked)
    if (settles) this.#settle()
  }

  subnegotiation(option: number, payload: Uint8Array): void {
    const him = this.#negotiator.inForce('him', option)
    const us = this.#negotiator.inForce('us', option)
    if (option === Option.NAWS) this.#resize(payload)
    else if (option === Option.TTYPE && him) this.#name(payload)
    else if (option === Option.NEW_ENVIRON && him) this.#learn(payload)
    else if (option === Option.CHARSET && (him || us)) this.#agreeCharset(payload)
    else if (option === Option.STATUS && us) this.#report(payload)
  }

  willing(side: Side, option: number): boolean {
    if (side === 'us' && option === Option.ECHO) return allowsCharacterMode(this)
    return WILLING[side].has(option)
  }

  send(verb: Verb, option: number): void {
    this.#host.send(encodeNegotiation(verb, option))
  }

  #tellBinary(binary: boolean): void {
    if (binary === this.#binary) return
    this.#binary = binary
    this.#host.binaryChanged(binary)
  }

  /**
   * Handles an option that the peer agrees to or refuses. `unasked`: on the server's side it was
   * off.
   */
  #handle(option: number, { side, type }: NegotiationOutcome, unasked: boolean): void {
    if (side === 'us' && option === Option.ECHO) this.#handleEcho(type === 'agreed', unasked)
    else if (side === 'us' && option === Option.CHARSET) this.#handleCharset(type === 'agreed')
    else if (side === 'him' && option === Option.NEW_ENVIRON) this.#requestEnvironment()
    else if (side === 'him' && option === Option.TTYPE) this.#handleTerminalType(type === 'agreed')
  }

  #handleEcho(agreed: boolean, unasked: boolean): void {
    this.refused = !agreed
    if (agreed && unasked) this.settled = true
  }

  #handleTerminalType(agreed: boolean): void {
    if (agreed) this.#requestName()
    else this.settled = true
  }

  /** Updates ECHO and the terminal to the known facts. */
  #settle(): void {
    this.#negotiator.request('us', Option.ECHO, wantsEcho(this))
    if (this.#terminalNow() === this.#terminal) return
    this.#host.changing()
    // Computed again, since the update may have changed things.
    this.#terminal = this.#terminalNow()
  }

  #terminalNow(): Terminal {
    return describedTerminal(this.#terminal, this.#client, this)
  }

  #resize(payload: Uint8Array): void {
    const size = readWindowSize(payload)
    if (size === undefined || resizedTerminal(this.#terminal, size) === this.#terminal) return
    this.#host.changing()
    this.#terminal = resizedTerminal(this.#terminal, size)
  }

  #requestName(): void {
    if (this.#client.ask()) this.#host.send(ASK_TYPE)
  }

  #name(payload: Uint8Array): void {
    const name = readTerminalType(payload)
    if (name === undefined) return
    this.#client.name(name)
    this.settled = true
    this.#requestName()
    this.#settle()
    this.#update(this.#client.variables)
    if (this.#client.mud) this.#negotiator.propose('us', Option.EOR)
    if (this.#client.bearsEnvironment) this.#negotiator.propose('him', Option.NEW_ENVIRON)
    this.#negotiator.propose('us', Option.CHARSET)
    this.#requestEnvironment()
  }

  /**
   * Requests the environment once the option is in force and the peer is known to bear it: a client
   * may offer it before it has named itself.
   */
  #requestEnvironment(): void {
    const ready = this.#negotiator.inForce('him', Option.NEW_ENVIRON) && this.#client.bearsEnvironment
    if (!ready || this.#environmentAsked) return
    this.#environmentAsked = true
    this.#host.send(ASK_ENVIRONMENT)
  }

  #learn(payload: Uint8Array): void {
    const variables = readEnvironment(payload)
    if (variables !== undefined) this.#update(variables.filter(({ name }) => this.#host.takesVariable(name)))
  }

  #update(variables: readonly Variable[]): void {
    if (variables.length === 0) return
    const next = updatedEnvironment(this.#environment, variables)
    if (holds(this.#environment, next) && holds(next, this.#environment)) return
    this.#host.changing()
    this.#environment = next
  }

  #handleCharset(agreed: boolean): void {
    const ask = agreed && this.#charset === 'unasked'
    this.#charset = ask ? 'asking' : 'settled'
    if (ask) this.#host.send(ASK_CHARSET)
  }

  #agreeCharset(payload: Uint8Array): void {
    const answer = charsetAnswer(payload, this.#charset === 'asking')
    if (settlesCharset(payload)) this.#charset = 'settled'
    if (answer !== undefined) this.#host.send(encodeSubnegotiation(Option.CHARSET, answer))
  }

  #report(payload: Uint8Array): void {
    if (!asksStatus(payload) || !this.#host.mayReport()) return
    const report = statusReport(this.#negotiator.options('us'), this.#negotiator.options('him'))
    this.#host.send(encodeSubnegotiation(Option.STATUS, report))
  }
}

const EMPTY: Environment = {}
/** A terminal of which only the server's echo is known. */
const ECHOED: Terminal = { ...UNKNOWN_TERMINAL, input: 'character', canHide: true }

/** The first packet of every session, computed once. */
const OPENING = opening()

function opening(): { readonly states: Negotiator; readonly bytes: Uint8Array } {
  const bytes: number[] = []
  const send = (verb: Verb, option: number): void => void bytes.push(...encodeNegotiation(verb, option))
  const states = new Negotiator({ willing: () => false, send })
  states.propose('us', Option.SGA)
  states.propose('him', Option.TTYPE)
  states.propose('him', Option.NAWS)
  return { states, bytes: Uint8Array.from(bytes) }
}

const ASK_TYPE = encodeSubnegotiation(Option.TTYPE, TERMINAL_TYPE_SEND)
const ASK_ENVIRONMENT = encodeSubnegotiation(Option.NEW_ENVIRON, ENVIRONMENT_SEND)
const ASK_CHARSET = encodeSubnegotiation(Option.CHARSET, CHARSET_REQUEST)

/** The options that `EchoFacts` depend on. */
const ECHOES: ReadonlySet<number> = new Set([Option.ECHO, Option.SGA, Option.TTYPE])

/** What the server agrees to when the peer proposes it. ECHO has rules of its own. */
const WILLING: Readonly<Record<Side, ReadonlySet<number>>> = {
  us: new Set([Option.BINARY, Option.SGA, Option.STATUS, Option.EOR, Option.CHARSET]),
  him: new Set([Option.BINARY, Option.SGA, Option.TTYPE, Option.NAWS, Option.NEW_ENVIRON, Option.CHARSET]),
}

/** Returns whether an object has all these values. */
function holds<Facts extends object>(all: Facts, some: Partial<Facts>): boolean {
  return (Object.keys(some) as (keyof Facts)[]).every(key => all[key] === some[key])
}
