import type { HandlerResult } from '../command/answer.ts'
import type { Invocation } from '../command/invocation.ts'
import type { Session } from '../session/session.ts'
import { andThen, isThenable } from '../../core/async/thenable.ts'

/**
 * Runs around every command: `async (session, next) => { const begun = now(); await next(); count(now() - begun) }`. `next` runs the rest, and answers
 * what it has answered; it is called once at most. What the middleware itself returns takes that answer's place, unless it is `undefined`; one that has not
 * called `next` has refused the command, best with `throw fail(…)`. Arguments have been read and checked before; the answer is shown afterwards.
 */
export type Middleware<User, State> = (
  session: Session<User, State>,
  next: NextFunction,
  invocation: Invocation,
) => HandlerResult

/** Runs what comes after a middleware: those that were listed later, then the command. */
export type NextFunction = () => HandlerResult

/** Runs middleware in reading order, the first outermost, around a handler. Synchronous as long as all of them are. */
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
      // A middleware that throws instead of awaiting it has left it alone.
      if (isThenable(answer)) answer.then(undefined, () => {})
      return answer
    }
    return andThen(each(session, next, call), own => (own === undefined ? answer : own))
  }
  return run(0)
}
