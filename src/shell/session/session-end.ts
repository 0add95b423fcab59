import { SessionEnded } from '../../core/options/errors.ts'
import { LazyAbort } from '../../core/async/lazy-abort.ts'

/**
 * The end of a session; its reason is a word or two. The error that tells of it is made when
 * somebody is there to be told: with its stack it costs 10 µs.
 */
export class SessionEnd extends LazyAbort<string> {
  readonly #session: string
  over = false
  /** The hooks of the start have begun. */
  hooksDue = false
  /** The hooks of the end run: what they write is not refused. */
  hooksRun = false
  #error: SessionEnded | undefined

  /** `session`: the `id` of the one that ends. */
  constructor(session: string) {
    super()
    this.#session = session
  }

  /** What rejects with it rejects with this; only where it is over. */
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
