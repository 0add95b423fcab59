import { Failure } from '../../core/options/failure.ts'

/** The most output of a command that is captured, in UTF-16 units. */
export const MAX_CAPTURED_CHARS: number = 1024 * 1024

/** Takes the output of one command instead of its user's screen. */
export class Capture {
  readonly owner: object
  /** The capture within which this one began. */
  readonly outer: Capture | undefined
  text = ''
  value: unknown
  /** Why the capture takes no more output. */
  failure: Failure | undefined
  open = true
  /** Called once, when there is too much output. */
  onFull: (failure: Failure) => void = () => {}

  /** `owner` is the session whose output it takes. */
  constructor(owner: object, outer: Capture | undefined) {
    this.owner = owner
    this.outer = outer
  }

  /** Returns whether there is room, as a connection does: always `true`. */
  write(text: string): boolean {
    if (this.failure !== undefined) return true
    if (this.text.length + text.length <= MAX_CAPTURED_CHARS) this.text += text
    else this.#fill()
    return true
  }

  /** Writes whole lines: from column 0, with a line end. */
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

/** Returns the capture that takes the output of `owner`, of those within which the caller runs. */
export function captureOf(owner: object, innermost: unknown): Capture | undefined {
  let capture = innermost instanceof Capture ? innermost : undefined
  while (capture !== undefined && !(capture.owner === owner && capture.open)) capture = capture.outer
  return capture
}
