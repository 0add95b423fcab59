import { TelnetCommand, Option, type Verb } from './codes.ts'
import { step, type NegotiationEvent, type Side, type State } from './negotiation.ts'
import { stateIn, withState, type PackedStates } from './packed-states.ts'

/** What a negotiator asks and tells. */
export interface NegotiatorHost {
  /** Whether to agree when the peer proposes an option that is off. */
  willing(side: Side, option: number): boolean
  send(verb: Verb, option: number): void
}

/**
 * What a peer's word meant: `agreed` put the option in force; `refused` took it away, or said no to
 * our wish.
 */
export interface NegotiationOutcome {
  readonly side: Side
  readonly type: 'agreed' | 'refused' | 'none'
}

/**
 * The state of every option on both sides, moved by RFC 1143's table. One deviation: `presumeOff`.
 *
 * Never sends more than it hears, but for one request for each option that we ever wish for: each
 * verb that goes out either answers one that came, or is a wish, and the next wish for that option
 * waits until the last was answered.
 */
export class Negotiator {
  readonly #host: NegotiatorHost
  /** What was never set is off. An option that we do not know of never leaves that state. */
  #us: PackedStates = 0
  #him: PackedStates = 0

  /**
   * Options of ours whose WONT the peer has yet to confirm, though its silence was taken for
   * consent.
   */
  #unconfirmed: Set<number> | undefined

  constructor(host: NegotiatorHost) {
    this.#host = host
  }

  /** Takes over another's states, and says nothing. */
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

  /** Wishes for an option to be on or off; sends only what is news to the peer. */
  request(side: Side, option: number, on: boolean): void {
    this.#move(side, option, on ? 'enable' : 'disable')
  }

  /** Wishes for an option that has never been spoken of: once, whatever the peer says to it. */
  propose(side: Side, option: number): void {
    if (this.#known(side, option) === undefined) this.request(side, option, true)
  }

  /**
   * Takes a WONT of ours as settled though no DONT has confirmed it. A WONT needs no consent, and
   * tt++ answers none to WONT ECHO: RFC 1143 would wait for it for ever, and the second password of
   * a session would be seen. A confirmation that still comes is not taken for a refusal of what was
   * sent after it.
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

  /** The options in force on a side, in no particular order. */
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

/** In force, or asked for: here a WONT or DONT is a refusal. Elsewhere it only confirms. */
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
