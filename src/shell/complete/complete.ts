import type { Logger } from '../../core/log.ts'
import { permitted } from '../command/allow.ts'
import { candidatesFor, withAnswers } from './candidates.ts'
import type { CompleterRequest } from './candidates.ts'
import type { Offer } from '../command/completer.ts'
import type { Completion } from '../line/completion.ts'
import type { LocatedInput } from '../words/cursor.ts'
import type { ListedCommand } from '../command/registry.ts'
import type { Session } from '../session/session.ts'
import { isThenable } from '../../core/thenable.ts'

/** Who wants to know, and until when. */
interface CompletionContext {
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
  context: CompletionContext,
  log: Logger,
): Completion | Promise<Completion> {
  const known = permitted(commands, context.session, log)
  if (isThenable(known)) return known.then(list => candidatesAmong(list, input, context, log))
  return candidatesAmong(known, input, context, log)
}

function candidatesAmong(
  commands: readonly ListedCommand[],
  { line, cursor, reader }: LocatedInput,
  context: CompletionContext,
  log: Logger,
): Completion | Promise<Completion> {
  const completion = candidatesFor(commands, line, cursor, reader)
  const failed = (err: unknown): Completion => {
    if (!context.signal.aborted) log.error({ err, session: context.session.id }, 'a completer has thrown')
    return completion
  }
  try {
    const offer = offerOf(completion.ask, context)
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

function offerOf(ask: CompleterRequest | undefined, context: CompletionContext): Offer | Promise<Offer> | undefined {
  if (ask === undefined) return undefined
  const { complete = {} } = ask.command as ListedCommand
  const completer = Object.hasOwn(complete, ask.key) ? complete[ask.key] : undefined
  return typeof completer === 'function' ? completer(ask.typed, context.session, context.signal) : completer
}
