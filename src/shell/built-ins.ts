import { fail } from '../core/errors.ts'
import type { Returned } from './answer.ts'
import type { Command } from './command.ts'
import { newCommand } from './command-set.ts'
import { helpFor, helpList, unknownCommand } from './help.ts'
import type { CommandText } from './help.ts'
import { sentence } from './sentence.ts'
import type { Session } from './session.ts'
import { isThenable } from './timers.ts'

/** Gives the commands that a session may run. */
export type PermittedTexts = (session: Session) => readonly CommandText[] | Promise<readonly CommandText[]>

/** The commands that every shell has, until it replaces or removes them. */
export function builtIns(texts: PermittedTexts): Command[] {
  return [
    newCommand('help|? [command...]', { summary: 'Display help.' }, helpFrom(texts), true),
    newCommand('exit|quit|bye|logout [status:integer]', { summary: 'Leave the shell.' }, leave, true),
    newCommand(
      'history',
      { summary: 'Show the inputs of this session.' },
      (_: object, session: Session) => numbered(session.history),
      true,
    ),
  ]
}

function helpFrom(texts: PermittedTexts): (args: { command: string[] }, session: Session) => Returned {
  return ({ command }, session) => {
    const commands = texts(session)
    const name = command.join(' ')
    return isThenable(commands) ? commands.then(list => help(list, name)) : help(commands, name)
  }
}

function help(commands: readonly CommandText[], name: string): string {
  if (name === '') return helpList(commands)
  const text = helpFor(commands, name)
  if (text === undefined) throw fail(sentence(unknownCommand(commands, name)))
  return text
}

function leave({ status }: { status?: number }, session: Session): void {
  if (session.interactive) void session.writeResponse('Goodbye')
  session.end(status ?? 0)
}

function numbered(lines: readonly string[]): string | undefined {
  const digits = Math.max(5, String(lines.length).length)
  if (lines.length === 0) return undefined
  return lines.map((line, i) => `${String(i + 1).padStart(digits)}  ${line}`).join('\n')
}
