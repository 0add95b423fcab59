import type { Logger } from '../core/log.ts'
import type { Command } from './command.ts'
import type { Session } from './session.ts'
import { isThenable } from './timers.ts'

/** Decides whether a session may run a command, or the commands of a set. One that throws, or rejects, has not allowed. */
export type Allow<User, State> = (session: Session<User, State>) => boolean | Promise<boolean>

type Guarded = Pick<Command, 'allow'>

/** Whether a session may run a command: all who have a say must agree, in order. At once where they answer at once. Never throws, never rejects. */
export function mayRun(
  { allow = [] }: Guarded,
  session: Session,
  log: Logger,
  from: number = 0,
): boolean | Promise<boolean> {
  const refuse = (err: unknown): boolean => {
    log.error({ err, session: session.id }, 'allow has thrown, and so refused')
    return false
  }
  try {
    for (let i = from; i < allow.length; i++) {
      const allowed = (allow[i] as Allow<any, any>)(session)
      if (isThenable(allowed))
        return Promise.resolve(allowed).then(yes => yes && mayRun({ allow }, session, log, i + 1), refuse)
      if (!allowed) return false
    }
    return true
  } catch (error) {
    return refuse(error)
  }
}

/** Those of a list that a session may run, in the same order. At once where all answer at once. */
export function permitted<C extends Guarded>(
  commands: readonly C[],
  session: Session,
  log: Logger,
): readonly C[] | Promise<readonly C[]> {
  if (commands.every(({ allow }) => allow === undefined)) return commands
  const verdicts = commands.map(command => command.allow === undefined || mayRun(command, session, log))
  if (verdicts.some(isThenable))
    return Promise.all(verdicts.map(async verdict => verdict)).then(all => chosen(commands, all))
  return chosen(commands, verdicts)
}

function chosen<C>(commands: readonly C[], verdicts: readonly unknown[]): C[] {
  return commands.filter((_, i) => verdicts[i] === true)
}
