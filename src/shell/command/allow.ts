import { Failure } from '../../core/options/failure.ts'
import type { Logger } from '../../core/log.ts'
import type { Session } from '../session/session.ts'
import { allOf, andThen, attempt, firstOf } from '../../core/async/thenable.ts'
import type { Eventual } from '../../core/async/thenable.ts'

/**
 * Decides whether a session may run a command, or the commands of a set. For whom it answers `false` there is no such command. One that throws has
 * not allowed: by `throw fail('Not on Sundays.')` it says why to whoever tries; anything else is logged.
 */
export type AccessCheck<User, State> = (session: Session<User, State>) => boolean | Promise<boolean>

/** A command, as far as it is guarded. */
interface Guarded {
  readonly allow?: readonly AccessCheck<any, any>[]
}

/** Whether a session may run a command: all who have a say must agree, in order. At once where they answer at once. Throws, or rejects with, a `Failure` alone. */
export function mayRun({ allow = [] }: Guarded, session: Session, log: Logger): Eventual<boolean> {
  return attempt(
    () => allAgree(allow, session),
    err => {
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

/** Those of a list that a session may run, in the same order. At once where all answer at once. */
export function permitted<C extends Guarded>(
  commands: readonly C[],
  session: Session,
  log: Logger,
): Eventual<readonly C[]> {
  if (commands.every(({ allow }) => allow === undefined)) return commands
  const verdicts = commands.map(command => command.allow === undefined || isListed(command, session, log))
  return andThen(allOf(verdicts), all => commands.filter((_, i) => all[i]))
}

/** Where nobody tries to run it, nobody is told why not. */
function isListed(command: Guarded, session: Session, log: Logger): Eventual<boolean> {
  return attempt(
    () => mayRun(command, session, log),
    () => false,
  )
}
