import { Failure } from '../../core/options/failure.ts'
import { readableError } from '../../core/options/readable-error.ts'
import type { Logger } from '../../core/log.ts'
import type { Session } from '../session/session.ts'
import { allOf, andThen, attempt, firstOf } from '../../core/async/thenable.ts'
import type { Eventual } from '../../core/async/thenable.ts'

/**
 * Decides whether a session may run a command, or the commands of a set. If it returns `false`, the
 * command does not exist for that session. A check that throws does not allow. With
 * `throw fail('Not on Sundays.')` it tells the user who tries the reason; any other exception is
 * logged.
 */
export type AccessCheck<User, State> = (session: Session<User, State>) => boolean | Promise<boolean>

/** The checks of a command. */
interface Guarded {
  readonly allow?: readonly AccessCheck<any, any>[]
}

/**
 * Returns whether a session may run a command: all its checks must agree, in order. Synchronous if
 * all checks are. Throws, or rejects with, only a `Failure`.
 */
export function mayRun({ allow = [] }: Guarded, session: Session, log: Logger): Eventual<boolean> {
  return attempt(
    () => allAgree(allow, session),
    thrown => {
      const err = readableError(thrown)
      if (err instanceof Failure) throw err
      log.error({ err, session: session.id }, 'allow has thrown, and so refused')
      return false
    },
  )
}

function allAgree(allow: readonly AccessCheck<any, any>[], session: Session): Eventual<boolean> {
  const denial = firstOf(allow, each => andThen(each(session), allowed => (allowed ? undefined : DENIED)))
  return andThen(denial, denied => denied === undefined)
}

const DENIED = 'denied'

/**
 * Returns the commands of a list that a session may run, in the same order. Synchronous if all
 * checks are.
 */
export function permitted<C extends Guarded>(
  commands: readonly C[],
  session: Session,
  log: Logger,
): Eventual<readonly C[]> {
  if (commands.every(({ allow }) => allow === undefined)) return commands
  const verdicts = commands.map(command => command.allow === undefined || isListed(command, session, log))
  return andThen(allOf(verdicts), all => commands.filter((_, i) => all[i]))
}

/**
 * Returns whether a list shows a command. A `Failure` hides it, since its reason is only for a user
 * who runs the command.
 */
function isListed(command: Guarded, session: Session, log: Logger): Eventual<boolean> {
  return attempt(
    () => mayRun(command, session, log),
    () => false,
  )
}
