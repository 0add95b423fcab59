import { sanitizeUnlessSafe } from '../core/safe-text.ts'
import type { SafeText } from '../core/safe-text.ts'
import type { Menu } from './menu.ts'
import { labelOf, MenuQuestion } from './menu.ts'
import type { ReadLineOptions } from './read-line-options.ts'
import type { Session } from './session.ts'
import { drawingOf } from '../terminal/type.ts'

/** Judges an answer: a sentence says what is wrong with it; nothing, or `true`, takes it. */
export type Judge = (answer: string) => Judgement | Promise<Judgement>

type Judgement = string | SafeText | true | undefined | void

export interface SecretOptions {
  /** As for `readLine`. */
  validate?: Judge
}

export interface ConfirmOptions {
  /** What Enter alone means. Default: the question is asked again. */
  default?: boolean
}

export interface SelectOptions<T> {
  /** The value that Enter alone means. Default: in a menu the first one; in a numbered list the question is asked again. */
  default?: T
}

/** What can be chosen: a text, or a value under a label. */
export type Choice<T> = (T & string) | { readonly label: string; readonly value: T }

/** A question: what to ask, and what to make of the answer. `undefined`: it is no answer, ask again. */
export interface PlainQuestion<Answer> {
  readonly prompt: string
  /** Said before the question is asked again. */
  readonly hint: string
  read(line: string): Answer | undefined
}

/** Asks until there is an answer. */
export async function answerOf<Answer>(session: Session<any, any>, question: PlainQuestion<Answer>): Promise<Answer> {
  for (;;) {
    const line = await session.readLine({ prompt: question.prompt, history: false })
    const answer = question.read(line.trim())
    if (answer !== undefined) return answer
    await session.writeError(question.hint)
  }
}

export function yesOrNo(question: string | SafeText, byDefault?: boolean): PlainQuestion<boolean> {
  const choices = byDefault === undefined ? 'y/n' : byDefault ? 'Y/n' : 'y/N'
  return {
    prompt: `${String(question)} [${choices}] `,
    hint: 'Please answer yes or no.',
    read: line => (line === '' ? byDefault : YES_OR_NO[line.toLowerCase()]),
  }
}

const YES_OR_NO: Readonly<Record<string, boolean>> = Object.assign(Object.create(null) as object, {
  y: true,
  yes: true,
  n: false,
  no: false,
})

/** `readLine` with a default, until the answer is judged to be right. */
export async function readValid(session: Session<any, any>, options: ReadLineOptions): Promise<string> {
  const { default: byDefault, validate, ...plain } = options
  for (;;) {
    const line = (await session.readLine(plain)) || (byDefault ?? '')
    const wrong = await validate?.(line)
    if (wrong === undefined || wrong === true) return line
    await session.writeError(sanitizeUnlessSafe(wrong))
  }
}

/**
 * Asks by a menu where one can be drawn, else by a numbered list, which `list` writes where
 * questions go.
 */
export async function selectFrom<T>(
  session: Session<any, any>,
  question: string | SafeText,
  choices: readonly Choice<T>[],
  { default: byDefault }: SelectOptions<T>,
  ask: (menu: MenuQuestion) => Promise<number>,
  list: (text: string) => Promise<void>,
): Promise<T> {
  if (choices.length === 0) throw new RangeError('select() has nothing to choose from.')
  const values = choices.map(choice => (typeof choice === 'string' ? choice : choice.value))
  const chosen = byDefault === undefined ? -1 : values.indexOf(byDefault)
  const menu: Menu = { question: String(question), labels: choices.map(labelOf), chosen }
  if (session.interactive && drawingOf(session.terminal) === 'cursor') {
    return values[await ask(new MenuQuestion(menu, () => session.terminal.rows))] as T
  }
  await list(menu.labels.map((label, i) => `${i + 1}) ${label}`).join('\n'))
  return values[await answerOf(session, numbered(menu))] as T
}

function numbered({ question, labels, chosen }: Menu): PlainQuestion<number> {
  const hint = `Please choose a number from 1 to ${labels.length}.`
  return {
    prompt: `${question} [1-${labels.length}${chosen < 0 ? '' : `, default ${chosen + 1}`}] `,
    hint,
    read: line => {
      if (line === '') return chosen < 0 ? undefined : chosen
      const named = labels.findIndex(label => label.toLowerCase() === line.toLowerCase())
      const index = named >= 0 ? named : /^\d+$/.test(line) ? Number(line) - 1 : -1
      return index >= 0 && index < labels.length ? index : undefined
    },
  }
}
