/**
 * The Q method of negotiation, RFC 1143: one state for each option and each side, and one table
 * that serves both sides. `us` is what the server does: it sends WILL and WONT, and receives DO and
 * DONT. `him` is what the peer does.
 *
 * There is no deviation from the RFC. Two of its "errors" are cells here: consent to the server's
 * refusal settles the option.
 */
export type Side = 'us' | 'him'

/** RFC 1143 §7. `-opposite` is the queue bit: after the reply, the opposite is requested. */
export type State = 'no' | 'yes' | 'want-no' | 'want-no-opposite' | 'want-yes' | 'want-yes-opposite'

/**
 * An event: received from the peer, `positive` (WILL or DO) or `negative` (WONT or DONT); or the
 * server's own wish, `enable` or `disable`.
 */
export type NegotiationEvent = 'positive' | 'negative' | 'enable' | 'disable'

export interface Step {
  readonly state: State
  /** What to send, if anything. */
  readonly send?: 'positive' | 'negative'
}

/**
 * Returns one step of one option on one side. `willing` is whether the server agrees when the peer
 * proposes what is off.
 */
export function step(state: State, event: NegotiationEvent, willing: boolean): Step {
  return state === 'no' && event === 'positive' && !willing ? REFUSAL : TABLE[state][event]
}

const REFUSAL: Step = { state: 'no', send: 'negative' }

const NO: Step = { state: 'no' }
const YES: Step = { state: 'yes' }
const WANT_NO: Step = { state: 'want-no' }
const WANT_NO_OPPOSITE: Step = { state: 'want-no-opposite' }
const WANT_YES: Step = { state: 'want-yes' }
const WANT_YES_OPPOSITE: Step = { state: 'want-yes-opposite' }
const AGREE: Step = { state: 'yes', send: 'positive' }
const GIVE_UP: Step = { state: 'no', send: 'negative' }
const ASK_FOR: Step = { state: 'want-yes', send: 'positive' }
const ASK_AGAINST: Step = { state: 'want-no', send: 'negative' }

const TABLE: Readonly<Record<State, Readonly<Record<NegotiationEvent, Step>>>> = {
  no: { positive: AGREE, negative: NO, enable: ASK_FOR, disable: NO },
  yes: { positive: YES, negative: GIVE_UP, enable: YES, disable: ASK_AGAINST },
  'want-no': { positive: NO, negative: NO, enable: WANT_NO_OPPOSITE, disable: WANT_NO },
  'want-no-opposite': { positive: YES, negative: ASK_FOR, enable: WANT_NO_OPPOSITE, disable: WANT_NO },
  'want-yes': { positive: YES, negative: NO, enable: WANT_YES, disable: WANT_YES_OPPOSITE },
  'want-yes-opposite': { positive: ASK_AGAINST, negative: NO, enable: WANT_YES, disable: WANT_YES_OPPOSITE },
}
