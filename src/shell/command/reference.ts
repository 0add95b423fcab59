import type { Command } from './command.ts'
import { helpParts, parameterRows, usageLine } from './help.ts'
import type { CommandText } from './help.ts'

/**
 * Returns a reference of a shell's commands in Markdown, for the page that documents it. It
 * includes commands that not every session may run, but no hidden ones.
 */
export function reference(shell: { readonly commands: Iterable<Command> }, title: string = 'Commands'): string {
  return describeCommands(title, shell.commands as Iterable<Command & CommandText>)
}

/**
 * Returns a reference of all visible commands in Markdown (CommonMark with tables), sorted by name:
 * what `help` shows, for a page. `title` becomes the heading.
 */
export function describeCommands(title: string, commands: Iterable<CommandText>): string {
  const sections = [...commands]
    .filter(({ hidden }) => !hidden)
    .map(command => ({ name: nameOf(command).toLowerCase(), text: section(command) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  return [`# ${escaped(title)}`, ...sections.map(({ text }) => text)].join('\n\n') + '\n'
}

function section(command: CommandText): string {
  const { summary, details } = helpParts(command)
  const aliases = command.names.slice(1)
  const parts = [
    `## ${escaped(nameOf(command))}`,
    escaped(summary),
    fenced(usageLine(command)),
    details,
    table(command),
    aliases.length === 0 ? '' : `Also: ${aliases.map(code).join(', ')}`,
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

function nameOf({ names, usage }: CommandText): string {
  return names[0] ?? usage.name
}

function table(command: CommandText): string {
  const rows = parameterRows(command).map(({ label, text }) => `| ${code(label)} | ${escaped(text)} |`)
  return rows.length === 0 ? '' : ['| parameter | meaning |', '|---|---|', ...rows].join('\n')
}

function fenced(text: string): string {
  return ['```', text, '```'].join('\n')
}

/** Returns a text as code. In a table a bar ends a cell, even in code, so bars are escaped. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

/**
 * Returns plain text as Markdown. The long text of a command is already Markdown, and is not
 * escaped.
 */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|#]/g, '\\$&')
}
