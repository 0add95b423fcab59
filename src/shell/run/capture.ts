import { Failure } from '../../core/options/failure.ts'

/** How much of a command's output is captured, in UTF-16 units. */
export const MAX_CAPTURED_CHARS: number = 1024 * 1024

/** Takes the output of one command in the place of its user's screen. */
export class Capture {
  readonly owner: object
  /** The capture within which this one began. */
  readonly outer: Capture | undefined
  text = ''
  value: unknown
  /** Why nothing more is taken. */
  failure: Failure | undefined
  open = true
  /** Called once, when there is too much. */
  onFull: (failure: Failure) => void = () => {}

  /** `owner`: the session whose output it takes. */
  constructor(owner: object, outer: Capture | undefined) {
    this.owner = owner
    this.outer = outer
  }

  /** Returns whether there is room, as a connection does. */
  write(text: string): boolean {
    if (this.failure !== undefined) return true
    if (this.text.length + text.length <= MAX_CAPTURED_CHARS) this.text += text
    else this.#fill()
    return true
  }

  /** Writes lines of their own: from column 0, and ended. */
  writeLines(text: string): boolean {
    const begin = this.text === '' || this.text.endsWith('\n') ? '' : '\n'
    return this.write(`${begin}${text}${text.endsWith('\n') ? '' : '\n'}`)
  }

  #fill(): void {
    const failure = new Failure(`The command has written more than ${MAX_CAPTURED_CHARS} characters, and was stopped.`)
    this.failure = failure
    this.onFull(failure)
  }
}

/** The capture that takes what `owner` writes, of those within which the caller runs. */
export function captureOf(owner: object, innermost: unknown): Capture | undefined {
  let capture = innermost instanceof Capture ? innermost : undefined
  while (capture !== undefined && !(capture.owner === owner && capture.open)) capture = capture.outer
  return capture
}
