import { flagLabel, parameterLabel } from '../usage/labels.ts'
import { TYPE_NAMES } from '../usage/sentences.ts'
import type { Flag, UsageText, Value } from '../usage/text.ts'

/** The texts of a command, from which help, completion and the reference are made. */
export interface CommandText {
  readonly usage: UsageText
  /**
   * Every full name (`user add`), as declared: the name first, then the aliases. `namesOf(usage)`
   * if nothing was added.
   */
  readonly names: readonly string[]
  /**
   * The parameters. Help has three parts: the parameters, one line, a long text. As fields, they
   * are `parameters` (made from the usage text unless given), `summary` and `help`. Otherwise
   * `help` alone has all three as lines: parameters, then the summary, then the long text.
   */
  readonly parameters?: string
  readonly summary?: string
  readonly help?: string
  /** One line about a parameter or flag, by its name among the arguments. */
  readonly notes?: Readonly<Record<string, string>>
  /** Whether the command is left out of lists and of completion. `help NAME` still shows it. */
  readonly hidden?: boolean
}

/** The three parts of help, from either way to write them. */
export interface HelpParts {
  readonly parameters: string
  /** One line, which may be empty. */
  readonly summary: string
  /** The long text, which may be empty, without the indentation that all its lines share. */
  readonly details: string
}

/**
 * Returns the text of `help`: a row for each visible command, sorted by name. A row is
 * `NAME <params> - short`, then its other names, in columns. The other names of a command of
 * several words are only in its own help.
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
  /** The key by which rows are sorted. */
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

/**
 * The widest text that widens its column; a wider one does not push the column away from all
 * others.
 */
const WIDEST_COLUMN = 48

function columnWidth(texts: readonly string[]): number {
  return texts.reduce((widest, { length }) => (length > WIDEST_COLUMN ? widest : Math.max(widest, length)), 0)
}

/**
 * Returns the text of `help NAME`: the help of the command of that name or alias. For a group
 * (`help user`) it is that of the commands whose names begin so; if both exist, it is both. Case
 * does not matter. Returns `undefined` if there is no such name.
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
 * Returns the help of one command: `NAME <params>`, a blank line, and the long text or else the
 * short one. What its parameters take follows, then its other names.
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

/** Returns `NAME <params>`, by the first name unless another is given. */
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
 * Returns all names that the words of a usage text make: `user|users add|create` makes four. The
 * first is the name.
 */
export function namesOf(usage: UsageText): string[] {
  return usage.words.reduce<string[]>(
    (names, word) => names.flatMap(name => word.map(each => (name === '' ? each : `${name} ${each}`))),
    [''],
  )
}

/** What help shows of a parameter or a flag. */
export interface ParameterRow {
  /** The name as help shows it: `<seconds>`, or `[-n, --count <n>]` without its brackets. */
  readonly label: string
  readonly text: string
}

/** Returns a row for each flag, and for each parameter with more to show than its name. */
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
 * Removes the indentation that all lines share, and blank lines around them, so that a template
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
