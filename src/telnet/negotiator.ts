import { TelnetCommand, Option, type Verb } from './codes.ts'
import { step, type NegotiationEvent, type Side, type State } from './negotiation.ts'
import { stateIn, withState, type PackedStates } from './packed-states.ts'

/** What a negotiator requests and reports. */
export interface NegotiatorHost {
  /** Returns whether to agree when the peer proposes an option that is off. */
  willing(side: Side, option: number): boolean
  send(verb: Verb, option: number): void
}

/**
 * The outcome of a peer's message: `agreed` put the option in force; `refused` switched it off, or
 * refused the request.
 */
export interface NegotiationOutcome {
  readonly side: Side
  readonly type: 'agreed' | 'refused' | 'none'
}

/**
 * The state of every option on both sides, by RFC 1143's table. One deviation: `presumeOff`.
 *
 * It never sends more than it receives, except one request for each option that it ever wishes for.
 * Each verb sent is a reply or a wish, and the next wish for that option waits for the reply to the
 * last.
 */
export class Negotiator {
  readonly #host: NegotiatorHost
  /** Options that were never set are off. An unsupported option always stays off. */
  #us: PackedStates = 0
  #him: PackedStates = 0

  /**
   * The server's options whose WONT the peer has yet to confirm, though its silence was taken for
   * consent.
   */
  #unconfirmed: Set<number> | undefined

  constructor(host: NegotiatorHost) {
    this.#host = host
  }

  /** Takes over another's states, and sends nothing. */
  adopt(other: Negotiator): void {
    this.#us = other.#us
    this.#him = other.#him
  }

  state(side: Side, option: number): State {
    return this.#known(side, option) ?? 'no'
  }

  inForce(side: Side, option: number): boolean {
    return this.state(side, option) === 'yes'
  }

  /** Requests an option to be on or off; sends only what is new to the peer. */
  request(side: Side, option: number, on: boolean): void {
    this.#move(side, option, on ? 'enable' : 'disable')
  }

  /** Requests an option that was never negotiated: once, whatever the peer replies. */
  propose(side: Side, option: number): void {
    if (this.#known(side, option) === undefined) this.request(side, option, true)
  }

  /**
   * Counts a WONT of the server as settled without a DONT. A WONT needs no consent, and tt++ does
   * not confirm WONT ECHO. RFC 1143 would wait for it for ever, and the second password of a
   * session would be visible. A late confirmation does not count as a refusal of what was sent
   * after it.
   */
  presumeOff(option: number): void {
    if (this.state('us', option) !== 'want-no') return
    this.#set('us', option, 'no')
    this.#unconfirmed = (this.#unconfirmed ?? new Set()).add(option)
  }

  receive(verb: Verb, option: number): NegotiationOutcome {
    const { side, event } = HEARD[verb]
    if (side === 'us' && this.#unconfirmed?.delete(option) && event === 'negative') return OUTCOMES.us.none
    const before = this.state(side, option)
    const after = this.#move(side, option, event)
    if (after === 'yes' && before !== 'yes') return OUTCOMES[side].agreed
    return event === 'negative' && HOPEFUL.has(before) ? OUTCOMES[side].refused : OUTCOMES[side].none
  }

  /** Returns the options in force on a side, in no particular order. */
  options(side: Side): number[] {
    return Object.values(Option).filter(option => this.inForce(side, option))
  }

  #move(side: Side, option: number, event: NegotiationEvent): State {
    const before = this.state(side, option)
    const { state, send } = step(before, event, this.#host.willing(side, option))
    if (state !== before) this.#set(side, option, state)
    if (send !== undefined) this.#host.send(SAID[side][send], option)
    return state
  }

  #known(side: Side, option: number): State | undefined {
    return stateIn(side === 'us' ? this.#us : this.#him, option)
  }

  #set(side: Side, option: number, state: State): void {
    if (side === 'us') this.#us = withState(this.#us, option, state)
    else this.#him = withState(this.#him, option, state)
  }
}

/** In force, or requested: here a WONT or DONT is a refusal. Elsewhere it only confirms. */
const HOPEFUL: ReadonlySet<State> = new Set(['yes', 'want-yes', 'want-yes-opposite'])

const HEARD: Readonly<Record<Verb, { readonly side: Side; readonly event: 'positive' | 'negative' }>> = {
  [TelnetCommand.WILL]: { side: 'him', event: 'positive' },
  [TelnetCommand.WONT]: { side: 'him', event: 'negative' },
  [TelnetCommand.DO]: { side: 'us', event: 'positive' },
  [TelnetCommand.DONT]: { side: 'us', event: 'negative' },
}

const SAID: Readonly<Record<Side, Readonly<Record<'positive' | 'negative', Verb>>>> = {
  us: { positive: TelnetCommand.WILL, negative: TelnetCommand.WONT },
  him: { positive: TelnetCommand.DO, negative: TelnetCommand.DONT },
}

const OUTCOMES: Readonly<Record<Side, Readonly<Record<NegotiationOutcome['type'], NegotiationOutcome>>>> = {
  us: {
    agreed: { side: 'us', type: 'agreed' },
    refused: { side: 'us', type: 'refused' },
    none: { side: 'us', type: 'none' },
  },
  him: {
    agreed: { side: 'him', type: 'agreed' },
    refused: { side: 'him', type: 'refused' },
    none: { side: 'him', type: 'none' },
  },
}
