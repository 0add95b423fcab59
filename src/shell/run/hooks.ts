import type { Logger } from '../../core/log.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import type { SessionServices } from '../../core/transport.ts'
import type { HandlerResult } from '../command/answer.ts'
import type { SessionEnd } from '../session/session-end.ts'
import type { Invocation } from '../command/invocation.ts'
import type { Session } from '../session/session.ts'
import { andThen, attempt, firstOf } from '../../core/async/thenable.ts'

/** Runs when a session begins: after the login and the welcome, before the first prompt. */
export type StartHook<User, State> = (session: Session<User, State>) => unknown
/**
 * Runs once when a session ends, for any reason, if `onStart` had begun. `reason` is a word or two.
 */
export type EndHook<User, State> = (session: Session<User, State>, reason: string) => unknown
/**
 * Receives what a command, a hook or a timer has thrown, except `fail`. What it returns decides
 * what the user sees:
 * - a text: that text in the error voice, or nothing if it is empty;
 * - `true`: nothing, because the hook has written to the user itself;
 * - `false`: nothing, and the session ends.
 *
 * If it returns nothing, or throws, the user sees one sentence without details. If the hook has
 * ended the session, the user sees nothing more.
 */
export type ErrorHook<User, State> = (
  error: unknown,
  session: Session<User, State>,
  invocation?: Invocation,
) => ErrorVerdict | Promise<ErrorVerdict>

type ErrorVerdict = string | SafeText | boolean | undefined | void

/** Answers an input that names no command. */
export type UnknownHook<User, State> = (session: Session<User, State>, invocation: Invocation) => HandlerResult

/** The hooks of a shell. */
export interface Hooks {
  readonly start: StartHook<any, any>[]
  readonly end: EndHook<any, any>[]
  error?: ErrorHook<any, any>
  unknown?: UnknownHook<any, any>
}

/**
 * Runs the `onStart` hooks, one after the other, then `then`. Waits only for asynchronous hooks.
 * The first that throws is the last, and its exception goes to `fault`. No hook begins after the
 * session is `over`.
 */
export function runStartHooks(
  hooks: Hooks,
  session: Session,
  over: () => boolean,
  then: () => void,
  fault: (error: unknown) => void,
): void {
  if (hooks.start.length === 0) return then()
  const stopped = attempt<unknown>(
    () => firstOf(hooks.start, hook => (over() ? STOPPED : andThen(hook(session), () => undefined))),
    error => (fault(error), STOPPED),
  )
  void andThen(stopped, reason => reason ?? then())
}

/** Stops the hooks: no later hook runs, and the session does not begin. */
const STOPPED = 'stopped'

/** How long `onEnd` may take, in milliseconds, before the connection is closed anyway. */
export const END_GRACE = 5000

/**
 * Runs all `onEnd` hooks, even if one fails, if `onStart` had begun. Resolves when they have ended,
 * or have taken too long; never rejects.
 */
export async function runEndHooks(
  hooks: Hooks,
  session: Session,
  ending: SessionEnd,
  tools: SessionServices,
): Promise<void> {
  if (!ending.hooksDue || hooks.end.length === 0) return
  ending.hooksRun = true
  await new Promise<void>(resolve => {
    const cancel = tools.clock.after(END_GRACE, resolve)
    void runEach(hooks.end, session, ending.reason as string, tools.log)
      .then(cancel)
      .then(resolve)
  })
  ending.hooksRun = false
}

/** Runs the hooks one after the other; one that throws is logged. */
async function runEach(hooks: Hooks['end'], session: Session, reason: string, log: Logger): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook(session, reason)
    } catch (err) {
      log.error({ err, session: session.id }, 'onEnd has thrown')
    }
  }
}
