import { fail } from '../../core/options/failure.ts'
import type { HandlerResult } from './answer.ts'
import type { Command } from './command.ts'
import { newCommand } from './set.ts'
import { helpFor, helpList } from './help.ts'
import type { CommandText } from './help.ts'
import type { Session } from '../session/session.ts'
import { andThen } from '../../core/async/thenable.ts'
import { unknownText } from './unknown.ts'
import { visible } from '../../core/text/visible.ts'

/**
 * Returns the commands that a session may run; if a word is given, only those with a name whose
 * first word it is.
 */
export type PermittedTexts = (
  session: Session,
  word?: string,
) => readonly CommandText[] | Promise<readonly CommandText[]>

/** Returns the commands that every shell has, until it replaces or removes them. */
export function builtIns(texts: PermittedTexts): Command[] {
  return [
    newCommand('help|? [command...]', { summary: 'Display help.' }, helpFrom(texts), true),
    newCommand('exit|quit|bye|logout [status:integer]', { summary: 'Leave the shell.' }, leave, true),
    newCommand(
      'history',
      { summary: 'Show earlier inputs.' },
      (_: object, session: Session) => numberedLines(session.history),
      true,
    ),
  ]
}

function helpFrom(texts: PermittedTexts): (args: { command: string[] }, session: Session) => HandlerResult {
  return ({ command }, session) => {
    const name = command.join(' ')
    if (name === '') return andThen(texts(session), listOf)
    const found = andThen(texts(session, name.split(' ', 1)[0]), commands => helpFor(commands, name))
    return andThen(found, text => text ?? andThen(texts(session), commands => unknown(commands, name)))
  }
}

/**
 * Returns the list of commands, cached by the array of commands. The array stays the same until the
 * registry changes, except if a command has `allow`. The layout of 2,000 commands takes half a
 * millisecond.
 */
function listOf(commands: readonly CommandText[]): string {
  let list = LISTS.get(commands)
  if (list === undefined) LISTS.set(commands, (list = helpList(commands)))
  return list
}

const LISTS: WeakMap<readonly CommandText[], string> = new WeakMap()

function unknown(commands: readonly CommandText[], name: string): never {
  throw fail(unknownText(commands, name.split(' ')))
}

function leave({ status }: { status?: number }, session: Session): void {
  if (session.interactive) void session.writeResponse('Goodbye')
  session.end(status ?? 0)
}

function numberedLines(lines: readonly string[]): string | undefined {
  const digits = Math.max(5, String(lines.length).length)
  if (lines.length === 0) return undefined
  return lines.map((line, i) => `${String(i + 1).padStart(digits)}  ${inLines(line)}`).join('\n')
}

/**
 * Returns an input with its lines kept. Other control characters may have been pasted, and are made
 * visible.
 */
function inLines(input: string): string {
  return input
    .split('\n')
    .map(line => visible(line))
    .join('\n')
}
