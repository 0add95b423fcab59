import type { CompletionItem } from '../line/completion.ts'
import type { Session } from '../session/session.ts'

/**
 * What Tab offers for an argument: the values, or a function that is given what is typed of the word so far. Values that do not begin with that are
 * left out. What a function answers later is dropped if the user has typed on meanwhile; the signal tells it so.
 */
export type CompletionProvider<User, State> =
  | CompletionItems
  | ((typed: string, session: Session<User, State>, signal: AbortSignal) => CompletionItems | Promise<CompletionItems>)

/** Values, with a description where one helps. They are quoted where the words need it. */
export type CompletionItems = Iterable<string | CompletionItem>
