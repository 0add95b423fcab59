import type { Terminal } from '../../core/connection.ts'
import { sanitizeUnlessSafe } from '../../core/text/safe-text.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import type { Menu } from './menu.ts'
import { labelOf, MenuQuestion } from './menu.ts'
import type { Choice, ReadLineOptions, SelectOptions } from './options.ts'
import { drawingOf } from '../../terminal/type.ts'

/**
 * A question: what to ask, and how to parse the answer. `undefined` means that it is no answer: the
 * question is asked again.
 */
export interface PlainQuestion<Answer> {
  readonly prompt: string
  /** Shown before the question is asked again. */
  readonly hint: string
  read(line: string): Answer | undefined
}

/** What asks a question: a session, for example. */
interface Asker {
  readonly interactive: boolean
  readonly terminal: Terminal
  readLine(prompt: string | SafeText, options?: ReadLineOptions): Promise<string>
  writeError(text: string): Promise<void>
}

/** Asks until it has an answer. */
export async function answerOf<Answer>(asker: Asker, question: PlainQuestion<Answer>): Promise<Answer> {
  for (;;) {
    const line = await asker.readLine(question.prompt, { history: false })
    const answer = question.read(line.trim())
    if (answer !== undefined) return answer
    await asker.writeError(question.hint)
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

/** Runs `readLine` with a default, until `validate` accepts the answer. */
export async function readValid(asker: Asker, prompt: string | SafeText, options: ReadLineOptions): Promise<string> {
  const { default: byDefault, validate, ...plain } = options
  for (;;) {
    const line = (await asker.readLine(prompt, plain)) || (byDefault ?? '')
    const wrong = await validate?.(line)
    if (wrong === undefined || wrong === true) return line
    await asker.writeError(sanitizeUnlessSafe(wrong))
  }
}

/**
 * Asks by a menu if the terminal can draw one, else by a numbered list, which `list` writes where
 * questions go.
 */
export async function selectFrom<T>(
  asker: Asker,
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
  if (asker.interactive && drawingOf(asker.terminal) === 'cursor') {
    return values[await ask(new MenuQuestion(menu, () => asker.terminal.rows))] as T
  }
  await list(menu.labels.map((label, i) => `${i + 1}) ${label}`).join('\n'))
  return values[await answerOf(asker, numbered(menu))] as T
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
