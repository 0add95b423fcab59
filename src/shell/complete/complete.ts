import type { Logger } from '../../core/log.ts'
import { permitted } from '../command/allow.ts'
import { candidatesFor, withAnswers } from './candidates.ts'
import type { CompleterRequest } from './candidates.ts'
import type { CompletionItems } from '../command/completer.ts'
import type { Completion } from '../line/completion.ts'
import type { LocatedInput } from '../words/cursor.ts'
import type { ListedCommand } from '../command/registry.ts'
import type { Session } from '../session/session.ts'
import { andThen, attempt } from '../../core/async/thenable.ts'
import type { Eventual } from '../../core/async/thenable.ts'

/** Who completes, and until when. */
interface CompletionContext {
  readonly session: Session
  readonly signal: AbortSignal
}

/**
 * Returns the candidates at the cursor, for one session: names, flags, choices, and values of the
 * arguments' own completers. Synchronous if all completers are. Never throws, never rejects: a
 * completer that does is logged, and offers nothing.
 */
export function complete(
  commands: readonly ListedCommand[],
  input: LocatedInput,
  context: CompletionContext,
  log: Logger,
): Eventual<Completion> {
  return andThen(permitted(commands, context.session, log), known => candidatesAmong(known, input, context, log))
}

function candidatesAmong(
  commands: readonly ListedCommand[],
  { line, cursor, reader }: LocatedInput,
  context: CompletionContext,
  log: Logger,
): Eventual<Completion> {
  const completion = candidatesFor(commands, line, cursor, reader)
  return attempt(
    () => andThen(offerOf(completion.ask, context), values => withAnswers(completion, values)),
    err => {
      if (!context.signal.aborted) log.error({ err, session: context.session.id }, 'a completer has thrown')
      return completion
    },
  )
}

function offerOf(
  ask: CompleterRequest | undefined,
  context: CompletionContext,
): CompletionItems | Promise<CompletionItems> {
  if (ask === undefined) return NOTHING
  const { complete = {} } = ask.command as ListedCommand
  const completer = Object.hasOwn(complete, ask.key) ? complete[ask.key] : undefined
  return typeof completer === 'function'
    ? completer(ask.typed, context.session, context.signal)
    : (completer ?? NOTHING)
}

const NOTHING: CompletionItems = []
