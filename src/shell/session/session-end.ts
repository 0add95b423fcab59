import { SessionEnded } from '../../core/options/errors.ts'
import { LazyAbort } from '../../core/async/lazy-abort.ts'

/**
 * The end of a session; its reason is a word or two. Its error is created on demand, because with
 * its stack it costs 10 µs.
 */
export class SessionEnd extends LazyAbort<string> {
  readonly #session: string
  over = false
  /** Whether the hooks of the start have begun. */
  hooksDue = false
  /** Whether the hooks of the end are running: their writes are not refused. */
  hooksRun = false
  #error: SessionEnded | undefined

  /** `session` is the `id` of the session. */
  constructor(session: string) {
    super()
    this.#session = session
  }

  /** The one error of all rejections; only after the end. */
  get error(): SessionEnded {
    return (this.#error ??= new SessionEnded(this.reason ?? '', this.#session))
  }

  override abort(reason: string): void {
    this.over = true
    super.abort(reason)
  }

  protected override thrown(): SessionEnded {
    return this.error
  }
}
