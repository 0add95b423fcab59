import type { HandlerResult } from '../command/answer.ts'
import type { Invocation } from '../command/invocation.ts'
import type { Session } from '../session/session.ts'
import { andThen, isThenable } from '../../core/async/thenable.ts'

/**
 * Runs around every command:
 * `async (session, next) => { const begun = now(); await next(); count(now() - begun) }`. `next`
 * runs the rest, and returns its answer; it is called at most once. What the middleware itself
 * returns replaces that answer, unless it is `undefined`. A middleware that does not call `next`
 * refuses the command, best with `throw fail(…)`. Arguments are read and checked before it runs;
 * the answer is shown afterwards.
 */
export type Middleware<User, State> = (
  session: Session<User, State>,
  next: NextFunction,
  invocation: Invocation,
) => HandlerResult

/** Runs what is within a middleware: those that were added later, then the command. */
export type NextFunction = () => HandlerResult

/**
 * Runs middleware around a handler, in reading order, the first outermost. Synchronous if all of
 * them are.
 */
export function runAround(
  middleware: readonly Middleware<any, any>[],
  handler: NextFunction,
  session: Session,
  call: Invocation,
): HandlerResult {
  const run = (index: number): HandlerResult => {
    const each = middleware[index]
    if (each === undefined) return handler()
    let answer: HandlerResult
    let called = false
    const next = (): HandlerResult => {
      if (called) throw new Error('A middleware has called next() twice.')
      called = true
      answer = run(index + 1)
      // Handles the rejection for a middleware that throws before it awaits the answer.
      if (isThenable(answer)) answer.then(undefined, () => {})
      return answer
    }
    return andThen(each(session, next, call), own => (own === undefined ? answer : own))
  }
  return run(0)
}
