import { AnswerbackError } from '../../core/options/errors.ts'
import { TYPE_NAMES, usageSentence } from './sentences.ts'
import type { UsageFault } from './sentences.ts'
import { flagUsage, parameterUsage } from './labels.ts'
import { readLiteral } from './literals.ts'
import type { Flag, Parameter, UsageText, Value, ValueType } from './text.ts'

/**
 * Reads a usage text at run time as `types.ts` does in the compiler: same order, same messages.
 * Throws an `AnswerbackError` (`USAGE`) for a text that cannot be read.
 */
export function readUsage(text: string): UsageText {
  return new UsageReader(text).read()
}

class UsageReader {
  readonly #text: string
  #rest: string
  #last: 'required' | 'optional' | 'many' = 'required'
  readonly #words: (readonly string[])[] = []
  readonly #parameters: Parameter[] = []
  readonly #flags: Flag[] = []
  readonly #shown: string[] = []

  constructor(text: string) {
    this.#text = text
    this.#rest = text
  }

  read(): UsageText {
    if (CONTROL.test(this.#text)) this.#fail('control', {})
    while (this.#skipBlanks() && !OPENING.test(this.#rest)) this.#name(this.#takeWord())
    if (this.#words.length === 0) this.#fail('noCommand', {})
    while (this.#skipBlanks()) this.#item()
    return {
      text: this.#text,
      words: this.#words,
      name: this.#words.map(names => names[0]).join(' '),
      parameters: this.#parameters,
      flags: this.#flags,
      shown: this.#shown.join(' '),
      secret: [...this.#parameters, ...this.#flags.map(({ value }) => value)].some(value => value?.type === 'secret'),
      takesLine: this.#parameters.at(-1)?.type === 'line',
      inherited: [...this.#parameters.map(({ name }) => name), ...this.#flags.map(({ key }) => key)].some(
        key => key in {},
      ),
    }
  }

  #name(word: string): void {
    if (BRACKET.test(word)) this.#fail('notWord', { it: word })
    const names = word.split('|')
    const seen = new Set<string>()
    for (const name of names) {
      if (name === '') this.#fail('emptyName', { it: word })
      if (name.startsWith('-')) this.#fail('wordDash', { it: name })
      if (seen.has(name.toLowerCase())) this.#fail('nameTwice', { it: word, name })
      seen.add(name.toLowerCase())
    }
    this.#words.push(names)
  }

  #item(): void {
    if (!OPENING.test(this.#rest)) this.#lateWord(this.#takeWord())
    const rest = this.#rest
    const end = rest.indexOf(rest.startsWith('<') ? '>' : ']')
    if (end < 0) this.#fail(rest.startsWith('<') ? 'unclosedAngle' : 'unclosedSquare', { it: rest })
    this.#rest = rest.slice(end + 1)
    if (rest.startsWith('[-')) this.#flag(rest.slice(1, end))
    else this.#positional(rest.slice(1, end), rest.slice(0, end + 1), rest.startsWith('<'))
  }

  #lateWord(word: string): never {
    this.#fail(BRACKET.test(word) ? 'notWord' : 'wordLate', { it: word })
  }

  #positional(text: string, it: string, required: boolean): void {
    const many = text.endsWith('...')
    const value = this.#value(many ? text.slice(0, -3) : text, many, text, it)
    const { name } = value
    if (this.#isNamed(name)) this.#fail('twice', { name })
    if (this.#last === 'many') this.#fail('unreachable', { name })
    if (value.type === 'line') this.#checkLine(many, it)
    if (required && value.default !== undefined) this.#fail('requiredDefault', { body: text })
    if (required && this.#last === 'optional') this.#fail('requiredLate', { name })
    this.#last = many ? 'many' : required ? 'required' : 'optional'
    const parameter = { ...value, required, many }
    this.#parameters.push(parameter)
    this.#shown.push(parameterUsage(parameter))
  }

  #checkLine(many: boolean, it: string): void {
    if (/[^ ]/.test(this.#rest)) this.#fail('lineLast', { it })
    if (many) this.#fail('lineMany', { it })
  }

  #flag(text: string): void {
    const [, names = text, inner, dots] = FLAG_WITH_VALUE.exec(text) ?? []
    const named = flagNames(names) ?? this.#fail('notFlag', { it: `[${text}]` })
    if (inner?.endsWith('...')) this.#fail('dotsInFlag', { it: `[${text}]` })
    this.#checkTwice(named)
    const many = dots === '...'
    const value = inner === undefined ? undefined : this.#value(inner, many, inner, `<${inner}>`)
    if (value?.type === 'line') this.#fail('lineFlag', { it: `<${inner}>` })
    const flag: Flag = value === undefined ? { ...named, many } : { ...named, many, value }
    this.#flags.push(flag)
    this.#shown.push(flagUsage(flag))
  }

  #checkTwice({ key, short }: Pick<Flag, 'key' | 'short'>): void {
    const shortTwice = short !== undefined && this.#flags.some(flag => flag.short === short)
    if (shortTwice) this.#fail('shortTwice', { name: short })
    if (this.#isNamed(key)) this.#fail('twice', { name: key })
  }

  #value(text: string, many: boolean, whole: string, it: string): Value {
    const [head, initial] = cut(text, '=')
    const [name, type = 'string'] = cut(head, ':')
    if (BRACKET.test(whole) || head.includes(' ')) this.#fail('notParameter', { it })
    if (name === '') this.#fail('noName', { it })
    if (name.startsWith('-')) this.#fail('notOptional', { name })
    if (name.includes('|')) this.#fail('choicesOnly', { it, name })
    const choices = type.includes('|') ? type.split('|') : []
    if (choices.length === 0 && !isSimpleType(type)) this.#fail('unknownType', { it, type })
    if (choices.includes('')) this.#fail('emptyChoice', { it })
    const value: Value = { name, type: isSimpleType(type) ? type : 'choice', choices }
    return initial === undefined ? value : { ...value, default: this.#default(value, many, initial, it) }
  }

  #default(declared: Value, many: boolean, text: string, it: string): { text: string; value: unknown } {
    if (many) this.#fail('manyDefault', { it })
    const value =
      declared.type === 'choice' && !declared.choices.includes(text) ? undefined : readLiteral(declared, text)
    if (value === undefined) this.#fail('misfit', { it, value: text, type: TYPE_NAMES[declared.type] })
    return { text, value }
  }

  #isNamed(name: string): boolean {
    return this.#parameters.some(parameter => parameter.name === name) || this.#flags.some(({ key }) => key === name)
  }

  #skipBlanks(): boolean {
    this.#rest = this.#rest.replace(/^ +/, '')
    return this.#rest !== ''
  }

  #takeWord(): string {
    const [word, rest = ''] = cut(this.#rest, ' ')
    this.#rest = rest
    return word
  }

  #fail(fault: UsageFault, values: Readonly<Record<string, string>>): never {
    throw new AnswerbackError('USAGE', { usage: this.#text, reason: usageSentence(fault, values) })
  }
}

const OPENING = /^[<[]/
const BRACKET = /[<>[\]]/
const CONTROL = /[\0-\x1f\x7f]/
/** Names, the value's body, and its dots: what the compiler's `${names} <${body}>...` matches. */
const FLAG_WITH_VALUE = /^(.*?) <(.*)>((?:\.\.\.)?)$/
const LONG_NAME = /^[^- ,=|:<>[\]][^ ,=|:<>[\]]*$/
const SHORT_NAME = /^[^- ,=|:<>[\]]$/

/** Returns the names in the text of a flag; `undefined` if it is no flag. */
function flagNames(text: string): { key: string; short?: string; long?: string } | undefined {
  const long = /(?:^|, )--(.*)$/.exec(text)?.[1]
  const short = text.startsWith('--') ? undefined : cut(text.slice(1), ', --')[0]
  if (long !== undefined && !LONG_NAME.test(long)) return undefined
  if (short !== undefined && !SHORT_NAME.test(short)) return undefined
  if (long === undefined) return short === undefined ? undefined : { key: short, short }
  return short === undefined ? { key: camelCase(long), long } : { key: camelCase(long), long, short }
}

function camelCase(name: string): string {
  return name.replaceAll(/-+([^-]?)/g, (_, letter: string) => letter.toUpperCase())
}

/** Returns the text before the first `mark`, and the text after it if there is a mark. */
function cut(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)]
}

function isSimpleType(type: string): type is Exclude<ValueType, 'choice'> {
  return Object.hasOwn(TYPE_NAMES, type) && type !== 'choice'
}
