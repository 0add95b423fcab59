import { InputEnded, Interrupted } from '../core/errors.ts'
import { Editor } from '../editor/editor.ts'
import type { ReadRequest } from './line-reader.ts'
import type { ReadLineOptions } from './session.ts'

/** One `readLine` under way: a request to the console that settles a promise. */
export class LineQuestion implements ReadRequest {
  readonly prompt: string
  readonly hidden: boolean
  readonly editor: Editor
  readonly answer: Promise<string>
  readonly #settled: () => void
  #resolve: (line: string) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  /** `settled` is called first, whatever the answer. */
  constructor(options: ReadLineOptions, history: string[], maxLength: number, settled: () => void) {
    this.prompt = options.prompt ?? ''
    this.hidden = options.echo === false
    this.#settled = settled
    // An editor of its own: what is killed in a secret is not to be yanked into a command.
    this.editor = new Editor({ maxLength, ...(keepsHistory(options) && { history }) })
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // A question that nobody awaits any more is no accident.
    this.answer.catch(() => {})
  }

  line(text: string): void {
    this.#settled()
    this.#resolve(text)
  }

  interrupted(): void {
    this.fail(new Interrupted())
  }

  ended(): void {
    this.fail(new InputEnded())
  }

  fail(error: Error): void {
    this.#settled()
    this.#reject(error)
  }
}

/** Whether the answer is stored, and earlier ones can be recalled: never for what does not show. */
export function keepsHistory(options: ReadLineOptions): boolean {
  return options.history ?? options.echo !== false
}
