import { InputEnded, Interrupted } from '../core/errors.ts'
import { Editor } from '../editor/editor.ts'
import type { LineEditor, ReadRequest } from './line-reader.ts'
import type { ReadLineOptions } from './session.ts'

/** A question under way: a request to the console that settles a promise. Settling it twice does nothing. */
export abstract class Question<Answer> implements ReadRequest {
  abstract readonly prompt: string
  abstract readonly editor: LineEditor
  readonly hidden: boolean = false
  readonly answer: Promise<Answer>
  protected resolve: (answer: Answer) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.#reject = reject
    })
    // A question that nobody awaits any more is no accident.
    this.answer.catch(() => {})
  }

  abstract line(text: string): void

  interrupted(): void {
    this.fail(new Interrupted())
  }

  ended(): void {
    this.fail(new InputEnded())
  }

  fail(error: Error): void {
    this.#reject(error)
  }
}

/** One `readLine`. */
export class LineQuestion extends Question<string> {
  readonly prompt: string
  override readonly hidden: boolean
  readonly editor: Editor

  constructor(options: ReadLineOptions, history: string[], maxLength: number) {
    super()
    this.prompt = options.prompt ?? ''
    this.hidden = options.echo === false
    // An editor of its own: what is killed in a secret is not to be yanked into a command.
    this.editor = new Editor({ maxLength, ...(keepsHistory(options) && { history }) })
  }

  line(text: string): void {
    this.resolve(text)
  }
}

/** Whether the answer is stored, and earlier ones can be recalled: never for what does not show. */
export function keepsHistory(options: ReadLineOptions): boolean {
  return options.history ?? options.echo !== false
}
