import type { CompletionItem } from '../line/completion.ts'
import type { Session } from '../session/session.ts'

/**
 * What Tab offers for an argument: values, or a function of what is typed of the word so far.
 * Values that do not begin with the typed text are left out. A later answer of the function is
 * dropped if the user has continued to type; its signal then fires.
 */
export type CompletionProvider<User, State> =
  | CompletionItems
  | ((typed: string, session: Session<User, State>, signal: AbortSignal) => CompletionItems | Promise<CompletionItems>)

/** Values, with a description where one helps. They are quoted where the rules of words need it. */
export type CompletionItems = Iterable<string | CompletionItem>
