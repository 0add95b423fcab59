import { SessionEnded } from '../../core/errors.ts'

/**
 * The end of a session: told once, and why. The error and the signal that tell it to others are
 * made when somebody is there to be told: with its stack an error costs 10 µs, and most sessions
 * end while nothing waits for them.
 */
export class Ending {
  readonly #session: string
  /** The hooks of the start have begun. */
  hooksDue = false
  /** The hooks of the end run: what they write is not refused. */
  hooksRun = false
  over = false
  /** Why, in a word or two; `undefined` while it is not over. */
  reason: string | undefined
  #error: SessionEnded | undefined
  #controller: AbortController | undefined

  /** `session`: the `id` of the one that ends. */
  constructor(session: string) {
    this.#session = session
  }

  /** What rejects with it rejects with this; only where it is over. */
  get error(): SessionEnded {
    return (this.#error ??= new SessionEnded(this.reason ?? '', this.#session))
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.over) this.#controller.abort(this.error)
    }
    return this.#controller.signal
  }

  /** The first reason is the reason. */
  now(reason: string): void {
    if (this.over) return
    this.over = true
    this.reason = reason
    this.#controller?.abort(this.error)
  }
}
