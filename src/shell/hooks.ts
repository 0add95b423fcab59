import type { Returned } from './answer.ts'
import type { Invocation } from './invocation.ts'
import type { Session } from './session.ts'

/** Runs when a session begins, after the login and the welcome, before the first prompt. */
export type StartHook<User, State> = (session: Session<User, State>) => unknown
/** Runs once when a session ends, however it does, if `onStart` had begun. `reason` is a word or two. */
export type EndHook<User, State> = (session: Session<User, State>, reason: string) => unknown
/** Is given what a command, a hook or a timer has thrown, `fail` aside. `false` ends the session. */
export type ErrorHook<User, State> = (error: unknown, session: Session<User, State>, invocation?: Invocation) => unknown
/** Answers an input that names no command. */
export type UnknownHook<User, State> = (invocation: Invocation, session: Session<User, State>) => Returned

/** The hooks of a shell. */
export interface Hooks {
  readonly start: StartHook<any, any>[]
  readonly end: EndHook<any, any>[]
  error?: ErrorHook<any, any>
  unknown?: UnknownHook<any, any>
}
