import { InputEnded, Interrupted } from '../../core/options/errors.ts'
import { Failure } from '../../core/options/failure.ts'
import { withoutSequences } from '../../core/text/escape-sequence.ts'
import { Editor } from '../../editor/editor.ts'
import { BoundaryCache } from '../../terminal/grapheme.ts'
import type { KeyMap } from '../../editor/keys/map.ts'
import type { LineEditor } from '../line/editor.ts'
import { isText, optionError } from '../../core/options/options.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import type { ReadLineOptions } from './options.ts'
import type { ReadRequest } from '../line/request.ts'
import { quoted } from '../../core/text/visible.ts'

/**
 * A question in progress: a request to the console that settles a promise. A second settlement has
 * no effect.
 */
export abstract class Question<Answer> implements ReadRequest {
  abstract readonly prompt: string
  abstract readonly editor: LineEditor
  readonly hidden: boolean = false
  readonly answer: Promise<Answer>
  /** The session that asks. */
  asker: AskingSession | undefined
  protected resolve: (answer: Answer) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.#reject = reject
    })
    void unawaited(this.answer)
  }

  abstract line(text: string): void

  /** A pipe's input is not asked for again. */
  tooLong(sentence: string): void {
    this.fail(new Failure(sentence))
  }

  interrupted(): void {
    this.fail(new Interrupted(this.#session))
  }

  /**
   * Settles in a later turn: a command that repeats its question after the end of input must not
   * block other sessions.
   */
  ended(forGood: boolean): void {
    const question = forGood ? withoutSequences(this.prompt).trim() : undefined
    const end = (): void => this.fail(new InputEnded(this.#session, question))
    if (this.asker === undefined) end()
    else this.asker.later.do(end)
  }

  fail(error: Error): void {
    this.#reject(error)
  }

  get #session(): string {
    return this.asker?.session ?? ''
  }
}

/** What questions see of the session that asks. */
export interface AskingSession {
  readonly session: string
  /** Runs something in a later turn. */
  readonly later: { do(run: () => void): void }
}

/**
 * Marks a question's rejection as handled. If the user leaves before the command awaits it, the
 * rejection must not end the process.
 */
export function unawaited<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => {})
  return answer
}

/** Returns the message for a question that can no longer be answered. */
export function unansweredText(question: string): string {
  const what = question === '' ? 'A line could not be read' : `The question ${quoted(question)} could not be answered`
  return `${what}, because the input has ended.`
}

/** What a line question needs besides its options. */
interface LineQuestionTools {
  readonly keyMap: KeyMap
  readonly maxInput: number
  /** Where the answer is stored and earlier ones are recalled, unless the options say otherwise. */
  readonly history?: AnswerHistory
}

interface AnswerHistory {
  readonly entries: string[]
  add(line: string): void
}

/** One `readLine`. */
export class LineQuestion extends Question<string> {
  /** An answer is one line: a paste of several lines answers several questions, as if typed. */
  readonly runsPaste = true
  readonly prompt: string
  override readonly hidden: boolean
  readonly editor: Editor
  readonly #history: AnswerHistory | undefined

  constructor(prompt: string | SafeText, options: ReadLineOptions, { keyMap, maxInput, history }: LineQuestionTools) {
    super()
    if (!isText(prompt)) throw optionError('prompt', prompt, 'it is a text, and stands before the options')
    this.prompt = String(prompt)
    this.hidden = options.echo === false
    // Hidden input is not stored, unless the options ask for it.
    this.#history = (options.history ?? !this.hidden) ? history : undefined
    // An editor of its own, so that text killed in a secret cannot be yanked into a command.
    this.editor = new Editor({
      maxLength: maxInput,
      keyMap: options.keys === undefined ? keyMap : keyMap.bind(options.keys),
      ...(this.#history && { history: this.#history.entries }),
      ...(!this.hidden && { boundaries: new BoundaryCache() }),
    })
  }

  line(text: string): void {
    this.#history?.add(text)
    this.resolve(text)
  }
}
