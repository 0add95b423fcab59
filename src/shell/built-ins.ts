import type { Command } from './command.ts'
import { newCommand } from './command-set.ts'
import { helpFor, helpList, unknownCommand } from './help.ts'
import type { CommandText } from './help.ts'
import type { Session } from './session.ts'

/** The commands that every shell has, until it replaces or removes them. `texts` gives all commands of the shell when help is asked for. */
export function builtIns(texts: () => readonly CommandText[]): Command[] {
  return [
    newCommand('help|? [command...]', { summary: 'Display help.' }, ({ command }: { command: string[] }) => help(texts(), command.join(' ')), true),
    newCommand('exit|quit|bye|logout [status:integer]', { summary: 'Leave the shell.' }, leave, true),
    newCommand('history', { summary: 'Show the inputs of this session.' }, (_: object, session: Session) => numbered(session.history), true),
  ]
}

function help(commands: readonly CommandText[], name: string): string {
  if (name === '') return helpList(commands)
  return helpFor(commands, name) ?? unknownCommand(commands, name)
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
