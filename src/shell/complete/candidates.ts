import type { CompletionItem, Completion } from '../line/completion.ts'
import { cursorWord } from '../words/cursor.ts'
import type { CursorWord, LocatingReader } from '../words/cursor.ts'
import { lineStart } from '../usage/arguments.ts'
import { FlagReader } from '../usage/flags.ts'
import { flagRow, helpParts } from '../command/help.ts'
import type { CommandText } from '../command/help.ts'
import { inLowerCase, nameWords } from '../command/names.ts'
import type { Flag, UsageText, Value } from '../usage/text.ts'
import { WordReader } from '../words/reader.ts'

/**
 * Returns the candidates at the cursor, from the declarations alone: names and the words of names,
 * flags, choices. A candidate replaces the text from `start` to `end`, the cursor, and is quoted if
 * the rules of words need it. Only the first name of a command is offered: an alias appears when
 * the user begins to type it.
 */
export function candidatesFor(
  commands: readonly CommandText[],
  line: string,
  cursor: number,
  reader: LocatingReader = new WordReader(),
): Candidates {
  const at = cursorWord(line, cursor, reader)
  const span = { start: at.start, end: at.end, ...(!at.blankSeparates && { separator: '' }) }
  const names = nameCandidates(commands, at)
  const called = calledCommand(commands, at.words)
  const place = called && placeOf(called.command.usage, at, called.taken)
  if (called === undefined || place === undefined) return { ...span, candidates: names }
  const more = place.type === 'flag' ? flagCandidates(called.command, at, place.given) : valueCandidates(place)
  if (place.type === 'flag') return { ...span, candidates: [...names, ...more] }
  if (place.start !== at.start && names.length > 0) return { ...span, candidates: names }
  const completion = { ...span, start: place.start, candidates: [...names, ...more] }
  const { key, typed, write } = place
  return { ...completion, ask: { command: called.command, key, typed, words: at.words, write } }
}

export interface Candidates extends Completion {
  /** The argument being typed, whose own completer, if any, is to be called. */
  readonly ask?: CompleterRequest
}

/** What a completer may need, and what `withAnswers` needs. */
export interface CompleterRequest {
  readonly command: CommandText
  /** The argument's name: a parameter's, or a flag's key. */
  readonly key: string
  /** The typed part of it. */
  readonly typed: string
  /** The words before it, the command's name first. */
  readonly words: readonly string[]
  /** Returns a value as it is to be typed there; `undefined` if it cannot be given there. */
  readonly write: (value: string) => string | undefined
}

/**
 * Adds the values of an argument's own completer; those that do not begin with the typed part are
 * omitted.
 */
export function withAnswers(completion: Candidates, values: Iterable<string | CompletionItem>): Completion {
  const { ask, ...span } = completion
  if (ask === undefined) return completion
  const candidates = [...completion.candidates]
  for (const value of values) {
    const { text, description = '' } = typeof value === 'string' ? { text: value } : value
    if (begins(text, ask.typed)) candidates.push(...candidate(ask.write(text), description))
  }
  return { ...span, candidates }
}

/** Returns the next word of every visible name that begins with the words so far. */
function nameCandidates(commands: readonly CommandText[], at: CursorWord): CompletionItem[] {
  const { words, text } = at
  const found = new Map<string, CompletionItem>()
  const [before, typed] = [words.map(inLowerCase), inLowerCase(text)]
  for (const command of commands) {
    const name = command.hidden ? undefined : nameWords(command).find(({ lower }) => goesOn(lower, before, typed))
    if (name === undefined) continue
    const word = name.words[words.length] as string
    const whole = name.words.length === words.length + 1
    if (!whole && found.has(word)) continue
    for (const each of candidate(at.asTyped(word), whole ? helpParts(command).summary : '')) found.set(word, each)
  }
  return [...found.values()].sort((one, other) => (one.text < other.text ? -1 : 1))
}

function goesOn(name: readonly string[], before: readonly string[], typed: string): boolean {
  return name[before.length]?.startsWith(typed) === true && before.every((word, index) => word === name[index])
}

function begins(text: string, typed: string): boolean {
  return text.toLowerCase().startsWith(typed.toLowerCase())
}

/** Returns one candidate, or none if it cannot be typed. */
function candidate(text: string | undefined, description: string): CompletionItem[] {
  if (text === undefined) return []
  return [description === '' ? { text } : { text, description }]
}

/** Returns the command that the first words call, by its longest name. */
function calledCommand(commands: readonly CommandText[], words: readonly string[]): Called | undefined {
  if (words.length === 0) return undefined
  const typed = words.map(inLowerCase)
  let called: Called | undefined
  for (const command of commands) {
    const name = nameWords(command).find(({ lower }) => lower.every((word, index) => word === typed[index]))
    if (name !== undefined && name.words.length > (called?.taken ?? 0)) called = { command, taken: name.words.length }
  }
  return called
}

interface Called {
  readonly command: CommandText
  /** How many words its name took. */
  readonly taken: number
}

/** What the word at the cursor is to its command. */
type CursorPlace =
  | { readonly type: 'flag'; readonly given: ReadonlySet<string> }
  | {
      readonly type: 'value'
      readonly key: string
      readonly value: Value
      /** Where it begins: a `:line` may begin some words before. */
      readonly start: number
      /** The typed part of it. */
      readonly typed: string
      readonly write: CompleterRequest['write']
    }

/**
 * Returns the place at the cursor; `undefined` if nothing fits there, or the words before are
 * wrong.
 */
function placeOf(usage: UsageText, at: CursorWord, taken: number): CursorPlace | undefined {
  const lineAt = lineStart(usage, at.words, taken)
  if (lineAt !== undefined) return linePlace(usage, at.from(lineAt))
  if (usage.flags.length === 0) return plainPlace(usage, at, taken)
  const args = {}
  const reader = new FlagReader(usage, at.words, args)
  const fault = reader.read(taken)
  if (reader.awaiting?.value) return awaitedPlace(reader, reader.awaiting.key, reader.awaiting.value, at)
  if (fault !== undefined) return undefined
  if (reader.ended) return parameterPlace(usage, at, reader.others.length)
  if (!at.text.startsWith('-'))
    return parameterPlace(usage, at, reader.others.length, word => word === '--' || reader.isFlag(word))
  return at.text.includes('=')
    ? attachedPlace(usage.flags, at)
    : { type: 'flag', given: givenFlags(usage.flags, reader, args) }
}

/**
 * Returns the place for a command without flags: a word that the shell itself reads, `--` included,
 * is a value only after `--`.
 */
function plainPlace(usage: UsageText, at: CursorWord, taken: number): CursorPlace | undefined {
  const ended = at.words.includes('--', taken)
  const index = at.words.length - taken - (ended ? 1 : 0)
  return ended ? parameterPlace(usage, at, index) : parameterPlace(usage, at, index, word => OURS.has(word))
}

const OURS: ReadonlySet<string> = new Set(['--', '--help', '--json'])

/** `isFlag` returns whether a word is a value only after `--`. */
function parameterPlace(
  usage: UsageText,
  at: CursorWord,
  index: number,
  isFlag: (word: string) => boolean = () => false,
): CursorPlace | undefined {
  const { parameters } = usage
  const last = parameters.at(-1)
  const value = parameters[index] ?? (last?.many ? last : undefined)
  if (value?.type === 'line') return linePlace(usage, at.from(at.words.length), at.blankSeparates, isFlag)
  const write = (word: string): string | undefined => {
    const typed = at.asTyped(word)
    if (typed === undefined || !isFlag(word)) return typed
    return at.blankSeparates ? `-- ${typed}` : undefined
  }
  return value && { type: 'value', key: value.name, value, start: at.start, typed: at.text, write }
}

/**
 * Returns the place of a `:line`, which replaces all that is typed of it, unquoted. A text that
 * begins or ends with a blank, or has a second line, cannot be typed.
 */
function linePlace(
  { parameters }: UsageText,
  { start, text }: ReturnType<CursorWord['from']>,
  blankSeparates: boolean = true,
  isFlag: (word: string) => boolean = () => false,
): CursorPlace | undefined {
  const write = (line: string): string | undefined => {
    if (line !== line.trim() || line === '' || /[\r\n]/.test(line)) return undefined
    if (!isFlag(line.split(' ', 1)[0] as string)) return line
    return blankSeparates ? `-- ${line}` : undefined
  }
  const value = parameters.at(-1)
  return value && { type: 'value', key: value.name, value, start, typed: text, write }
}

/** `--count …`, where a flag of the command is no value. */
function awaitedPlace(reader: FlagReader, key: string, value: Value, at: CursorWord): CursorPlace {
  // The last `--json` of an input is taken before flags are looked at.
  const write = (word: string): string | undefined =>
    word !== '--json' && reader.isValue(word) ? at.asTyped(word) : undefined
  return { type: 'value', key, value, start: at.start, typed: at.text, write }
}

/** `--count=…` */
function attachedPlace(flags: readonly Flag[], at: CursorWord): CursorPlace | undefined {
  const equals = at.text.indexOf('=') + 1
  const [name, typed] = [at.text.slice(0, equals), at.text.slice(equals)]
  const flag = flags.find(({ long }) => `--${long}=` === name)
  const write = (word: string): string | undefined => at.asTyped(name + word)
  return flag?.value && { type: 'value', key: flag.key, value: flag.value, start: at.start, typed, write }
}

/** The flags that cannot be given again. */
function givenFlags(flags: readonly Flag[], reader: FlagReader, args: Readonly<Record<string, unknown>>): Set<string> {
  const given = flags.filter(
    ({ key, many, value }) => !many && (value === undefined ? args[key] === true : reader.places.has(key)),
  )
  return new Set(given.map(({ key }) => key))
}

function flagCandidates(command: CommandText, at: CursorWord, given: ReadonlySet<string>): CompletionItem[] {
  return command.usage.flags.flatMap(flag => {
    const name = given.has(flag.key)
      ? undefined
      : [flag.long && `--${flag.long}`, flag.short && `-${flag.short}`].find(each => each?.startsWith(at.text))
    return name === undefined || name === '' ? [] : candidate(at.asTyped(name), flagRow(command, flag).text)
  })
}

function valueCandidates({ value, typed, write }: Extract<CursorPlace, { type: 'value' }>): CompletionItem[] {
  const values = value.type === 'boolean' ? ['yes', 'no'] : value.choices
  return values.filter(each => begins(each, typed)).flatMap(each => candidate(write(each), ''))
}
