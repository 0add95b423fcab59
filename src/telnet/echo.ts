import type { Terminal } from '../core/connection.ts'
import type { State } from './negotiation.ts'

/**
 * Who echoes: the rules about ECHO and SGA, which no RFC joins, as three functions of what is
 * known.
 *
 * WILL ECHO means two things. To a terminal it means, together with SGA, "character mode": the
 * server echoes and edits. To a MUD client, and to anybody in line mode, it means "do not show what
 * is typed". A terminal gets the first as soon as it has answered DO TTYPE, in whatever way; the
 * second is sent around secrets only.
 */
export interface EchoFacts {
  /** We echo whatever the peer says to it, for programs that count on an echo. */
  readonly always: boolean
  /** The peer has answered any negotiation: it is no netcat. */
  readonly answered: boolean
  /** It has answered DO TTYPE, or asked for ECHO by itself. */
  readonly settled: boolean
  readonly mud: boolean
  /** Something secret is being typed. */
  readonly hidden: boolean
  /** Our ECHO was refused, and the peer has not asked for it since. */
  readonly refused: boolean
  /** Our side of ECHO. */
  readonly echo: State
  /** Our side of SGA, which is asked for at the very start: `no` means refused. */
  readonly suppressGoAhead: State
}

/** Whether ECHO should be ours now. */
export function wantsEcho(facts: EchoFacts): boolean {
  return !facts.refused && ((facts.settled && allowsCharacterMode(facts)) || (facts.hidden && facts.answered))
}

export function inputMode(facts: EchoFacts): Terminal['input'] {
  const agreed = facts.settled && facts.echo === 'yes' && allowsCharacterMode(facts)
  return facts.always || agreed ? 'character' : 'line'
}

/** Character mode has been asked for, and nothing answered yet. */
export function askedMode(facts: EchoFacts): Terminal['asked'] {
  return !facts.always && facts.settled && facts.echo === 'want-yes' && allowsCharacterMode(facts)
    ? 'character'
    : undefined
}

/**
 * In line mode it is the peer that hides, on WILL ECHO: whoever negotiates at all does, unless it
 * has refused.
 */
export function canHide(facts: EchoFacts): boolean {
  return inputMode(facts) === 'character' || (facts.answered && !facts.refused)
}

/** Whether ECHO, asked for by the peer itself, would be character mode rather than a blind line. */
export function allowsCharacterMode(facts: Pick<EchoFacts, 'mud' | 'suppressGoAhead'>): boolean {
  return !facts.mud && facts.suppressGoAhead !== 'no'
}
