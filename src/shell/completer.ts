import type { Logger } from '../core/log.ts'
import { permitted } from './allow.ts'
import { candidatesFor, withAnswers } from './candidates.ts'
import type { CompleterRequest } from './candidates.ts'
import type { Candidate, Completion } from './completion.ts'
import type { LocatedInput } from './cursor-word.ts'
import type { ListedCommand } from './registry.ts'
import type { Session } from './session.ts'
import { isThenable } from './thenable.ts'

/**
 * What Tab offers for an argument: the values, or a function that is given what is typed of the word so far. Values that do not begin with that are
 * left out. What a function answers later is dropped if the user has typed on meanwhile; the signal tells it so.
 */
export type Completer<User, State> =
  | Offer
  | ((typed: string, session: Session<User, State>, signal: AbortSignal) => Offer | Promise<Offer>)

/** Values, with a description where one helps. They are quoted where the words need it. */
export type Offer = Iterable<string | Candidate>

/** Who wants to know, and until when. */
export interface Asker {
  readonly session: Session
  readonly signal: AbortSignal
}

/**
 * What may stand at the cursor, for one session: names, flags, choices, and what the arguments' own completers know. At once where all that is asked
 * answers at once. Never throws, never rejects: a completer that does is logged, and offers nothing.
 */
export function complete(
  commands: readonly ListedCommand[],
  input: LocatedInput,
  asker: Asker,
  log: Logger,
): Completion | Promise<Completion> {
  const known = permitted(commands, asker.session, log)
  if (isThenable(known)) return known.then(list => candidatesAmong(list, input, asker, log))
  return candidatesAmong(known, input, asker, log)
}

function candidatesAmong(
  commands: readonly ListedCommand[],
  { line, cursor, reader }: LocatedInput,
  asker: Asker,
  log: Logger,
): Completion | Promise<Completion> {
  const completion = candidatesFor(commands, line, cursor, reader)
  const failed = (err: unknown): Completion => {
    if (!asker.signal.aborted) log.error({ err, session: asker.session.id }, 'a completer has thrown')
    return completion
  }
  try {
    const offer = offerOf(completion.ask, asker)
    if (offer === undefined) return completion
    if (isThenable(offer))
      return Promise.resolve(offer)
        .then(values => withAnswers(completion, values))
        .catch(failed)
    return withAnswers(completion, offer)
  } catch (error) {
    return failed(error)
  }
}

function offerOf(ask: CompleterRequest | undefined, asker: Asker): Offer | Promise<Offer> | undefined {
  if (ask === undefined) return undefined
  const { complete = {} } = ask.command as ListedCommand
  const completer = Object.hasOwn(complete, ask.key) ? complete[ask.key] : undefined
  return typeof completer === 'function' ? completer(ask.typed, asker.session, asker.signal) : completer
}
