import { flagLabel, parameterLabel } from '../usage/labels.ts'
import { TYPE_NAMES } from '../usage/sentences.ts'
import type { Flag, UsageText, Value } from '../usage/text.ts'

/** A command, as far as its texts go: what help, completion and the reference are made from. */
export interface CommandText {
  readonly usage: UsageText
  /**
   * Every full name (`user add`), as declared; the first is the name, the rest are aliases.
   * `namesOf(usage)` where nothing was added.
   */
  readonly names: readonly string[]
  /**
   * Three parts: the parameters, one line, a long text. As fields: `parameters` (made from the
   * usage text unless given), `summary` and `help`. Or all three as the lines of `help` alone:
   * parameters, then the summary, then the long text.
   */
  readonly parameters?: string
  readonly summary?: string
  readonly help?: string
  /** One line about a parameter or flag, by its name among the arguments. */
  readonly notes?: Readonly<Record<string, string>>
  /** Not in lists, and not completed; still in `help NAME`. */
  readonly hidden?: boolean
}

/** The three parts, whichever way they were written. */
export interface HelpParts {
  readonly parameters: string
  /** One line; may be empty. */
  readonly summary: string
  /** May be empty; indented no more than its least indented line was. */
  readonly details: string
}

/**
 * `help`: every visible command, sorted by its name, in a row: `NAME <params> - short`, then its
 * other names, in columns. Those of a command of several words are in its own help alone.
 */
export function helpList(commands: Iterable<CommandText>): string {
  const rows = Array.from(commands)
    .filter(({ hidden }) => !hidden)
    .map(listRow)
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)))
  const usage = columnWidth(rows.map(row => row.usage))
  const summary = columnWidth(rows.filter(row => row.others !== '').map(row => row.summary))
  const line = (row: ListRow): string =>
    row.usage.padEnd(usage) + (row.others === '' ? row.summary : row.summary.padEnd(summary) + row.others)
  return rows.map(row => line(row).trimEnd()).join('\n')
}

interface ListRow {
  /** By which it is sorted. */
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly others: string
}

function listRow(command: CommandText): ListRow {
  const { summary } = helpParts(command)
  const [name = command.usage.name, ...others] = command.names
  return {
    name: name.toLowerCase(),
    usage: usageLine(command),
    summary: summary === '' ? '' : ` - ${summary}`,
    others: others.length === 0 || name.includes(' ') ? '' : `  (${others.join(', ')})`,
  }
}

/** A text that is wider than this does not push a column away from all others. */
const WIDEST_COLUMN = 48

function columnWidth(texts: readonly string[]): number {
  return texts.reduce((widest, { length }) => (length > WIDEST_COLUMN ? widest : Math.max(widest, length)), 0)
}

/**
 * `help NAME`: the help of the command of that name or alias, of the group of commands that begin
 * so (`help user`), or of both. Case does not matter. `undefined`: there is no such name.
 */
export function helpFor(commands: Iterable<CommandText>, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const before = `${wanted} `
  const all = [...commands]
  const command = all.find(({ names }) => names.some(each => each.toLowerCase() === wanted))
  const group = helpList(all.filter(({ names }) => names.some(each => each.toLowerCase().startsWith(before))))
  const parts = [command === undefined ? '' : helpText(command), group].filter(part => part !== '')
  return parts.length === 0 ? undefined : parts.join('\n\n')
}

/**
 * The help of one command: `NAME <params>`, a blank line, the long text or else the short one; then
 * what its parameters take.
 */
export function helpText(command: CommandText): string {
  const { summary, details } = helpParts(command)
  const rows = parameterRows(command)
  const aliases = command.names.slice(1)
  const parts = [
    usageLine(command),
    details || summary,
    aligned(rows),
    aliases.length === 0 ? '' : `Also: ${aliases.join(', ')}`,
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

/** `NAME <params>`, by the first name unless another is given. */
export function usageLine(command: CommandText, name: string = command.names[0] ?? command.usage.name): string {
  const { parameters } = helpParts(command)
  return parameters === '' ? name : `${name} ${parameters}`
}

export function helpParts({ usage, parameters, summary, help = '' }: CommandText): HelpParts {
  const shown = parameters ?? usage.shown
  if (summary || !help.includes('\n')) return { parameters: shown, summary: summary ?? '', details: dedent(help) }
  const [first = '', second = '', ...rest] = help.split('\n')
  return { parameters: first.trim(), summary: second.trim(), details: dedent(rest.join('\n')) }
}

/**
 * All names that the words of a usage text make: `user|users add|create` makes four. The first is
 * the name.
 */
export function namesOf(usage: UsageText): string[] {
  return usage.words.reduce<string[]>(
    (names, word) => names.flatMap(name => word.map(each => (name === '' ? each : `${name} ${each}`))),
    [''],
  )
}

/** What help says of a parameter or a flag. */
export interface ParameterRow {
  /** `<seconds>`, `[-n, --count <n>]` without its brackets. */
  readonly label: string
  readonly text: string
}

/** A row for each flag, and for each parameter of which there is more to say than its name. */
export function parameterRows(command: CommandText): ParameterRow[] {
  const parameters = command.usage.parameters.map(parameter => ({
    label: parameterLabel(parameter),
    text: phrases(noteOf(command, parameter.name), ...valuePhrases(parameter)),
  }))
  const flags = command.usage.flags.map(flag => flagRow(command, flag))
  return [...parameters.filter(({ text }) => text !== ''), ...flags]
}

export function flagRow(command: CommandText, flag: Flag): ParameterRow {
  const value = flag.value ? valuePhrases(flag.value) : []
  return {
    label: flagLabel(flag),
    text: phrases(noteOf(command, flag.key), ...value, flag.many && 'may be given more than once'),
  }
}

function noteOf({ notes = {} }: CommandText, key: string): string | undefined {
  return Object.hasOwn(notes, key) ? notes[key] : undefined
}

function valuePhrases({ type, choices, default: initial }: Value): string[] {
  const kind = type === 'string' ? [] : [type === 'choice' ? choices.join(', ') : TYPE_NAMES[type]]
  return initial === undefined ? kind : [...kind, `default ${initial.text === '' ? 'empty' : initial.text}`]
}

function phrases(...each: (string | false | undefined)[]): string {
  return each.filter(Boolean).join('; ')
}

function aligned(rows: readonly ParameterRow[]): string {
  const width = Math.max(...rows.map(({ label }) => label.length))
  return rows.map(({ label, text }) => `  ${label.padEnd(width)}  ${text}`.trimEnd()).join('\n')
}

/**
 * Takes away the indentation that all lines share, and blank lines around them: so that a template
 * literal may be indented.
 */
function dedent(text: string): string {
  if (text === '') return ''
  const lines = text.split('\n')
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length)
  const indent = indents.length === 0 ? 0 : Math.min(...indents)
  return lines
    .map(line => line.slice(indent).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
}
