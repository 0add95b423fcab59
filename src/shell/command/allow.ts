import { Failure } from '../../core/failure.ts'
import type { Logger } from '../../core/log.ts'
import type { Session } from '../session/session.ts'
import { isThenable } from '../../core/thenable.ts'

/**
 * Decides whether a session may run a command, or the commands of a set. For whom it answers `false` there is no such command. One that throws has
 * not allowed: by `throw fail('Not on Sundays.')` it says why to whoever tries; anything else is logged.
 */
export type Allow<User, State> = (session: Session<User, State>) => boolean | Promise<boolean>

/** A command, as far as it is guarded. */
interface Guarded {
  readonly allow?: readonly Allow<any, any>[]
}

/** Whether a session may run a command: all who have a say must agree, in order. At once where they answer at once. Throws, or rejects with, a `Failure` alone. */
export function mayRun({ allow = [] }: Guarded, session: Session, log: Logger): boolean | Promise<boolean> {
  const refuse = (err: unknown): boolean => {
    if (err instanceof Failure) throw err
    log.error({ err, session: session.id }, 'allow has thrown, and so refused')
    return false
  }
  try {
    const agreed = allAgree(allow, session)
    return isThenable(agreed) ? agreed.then(undefined, refuse) : agreed
  } catch (error) {
    return refuse(error)
  }
}

function allAgree(allow: readonly Allow<any, any>[], session: Session, from: number = 0): boolean | Promise<boolean> {
  for (const [i, each] of allow.entries()) {
    const allowed = i < from || each(session)
    if (isThenable(allowed)) return Promise.resolve(allowed).then(yes => yes && allAgree(allow, session, i + 1))
    if (!allowed) return false
  }
  return true
}

/** Those of a list that a session may run, in the same order. At once where all answer at once. */
export function permitted<C extends Guarded>(
  commands: readonly C[],
  session: Session,
  log: Logger,
): readonly C[] | Promise<readonly C[]> {
  if (commands.every(({ allow }) => allow === undefined)) return commands
  const verdicts = commands.map(command => command.allow === undefined || isListed(command, session, log))
  if (verdicts.some(isThenable))
    return Promise.all(verdicts.map(async verdict => verdict)).then(all => chosen(commands, all))
  return chosen(commands, verdicts)
}

/** Where nobody tries to run it, nobody is told why not. */
function isListed(command: Guarded, session: Session, log: Logger): boolean | Promise<boolean> {
  try {
    const allowed = mayRun(command, session, log)
    return isThenable(allowed) ? allowed.catch(() => false) : allowed
  } catch {
    return false
  }
}

function chosen<C>(commands: readonly C[], verdicts: readonly unknown[]): C[] {
  return commands.filter((_, i) => verdicts[i] === true)
}
