import type { Terminal } from '../core/connection.ts'
import type { State } from './negotiation.ts'

/**
 * Decides which side echoes: the rules about ECHO and SGA, which no RFC joins, as three functions
 * of the facts.
 *
 * WILL ECHO means two things. To a terminal, together with SGA, it means "character mode": the
 * server echoes and edits. To a MUD client, and in line mode, it means "hide the input". A terminal
 * gets the first as soon as it has replied to DO TTYPE in any way. The second is sent around
 * secrets only.
 */
export interface EchoFacts {
  /** Whether the server always echoes, for programs that rely on an echo. */
  readonly always: boolean
  /** Whether the peer has replied to any negotiation: it is no netcat. */
  readonly answered: boolean
  /** Whether it has replied to DO TTYPE, or requested ECHO by itself. */
  readonly settled: boolean
  readonly mud: boolean
  /** Whether a secret is being typed. */
  readonly hidden: boolean
  /** Whether the peer has refused the server's ECHO, and has not requested it since. */
  readonly refused: boolean
  /** The server's side of ECHO. */
  readonly echo: State
  /** The server's side of SGA, which is requested at the very start: `no` means refused. */
  readonly suppressGoAhead: State
}

/** Returns whether the server should echo now. */
export function wantsEcho(facts: EchoFacts): boolean {
  return !facts.refused && ((facts.settled && allowsCharacterMode(facts)) || (facts.hidden && facts.answered))
}

export function inputMode(facts: EchoFacts): Terminal['input'] {
  const agreed = facts.settled && facts.echo === 'yes' && allowsCharacterMode(facts)
  return facts.always || agreed ? 'character' : 'line'
}

/** Returns the requested mode: character mode until the peer has replied. */
export function askedMode(facts: EchoFacts): Terminal['asked'] {
  return !facts.always && facts.settled && facts.echo === 'want-yes' && allowsCharacterMode(facts)
    ? 'character'
    : undefined
}

/**
 * Returns whether input can be hidden. In line mode the peer hides it on WILL ECHO: every peer that
 * negotiates does, unless it has refused.
 */
export function canHide(facts: EchoFacts): boolean {
  return inputMode(facts) === 'character' || (facts.answered && !facts.refused)
}

/**
 * Returns whether ECHO, requested by the peer itself, would be character mode rather than a blind
 * line.
 */
export function allowsCharacterMode(facts: Pick<EchoFacts, 'mud' | 'suppressGoAhead'>): boolean {
  return !facts.mud && facts.suppressGoAhead !== 'no'
}
