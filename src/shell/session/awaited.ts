/**
 * A promise that begins to settle at each `await` or `then`. Unawaited it costs nothing, and its
 * rejection is never reported.
 */
export class Awaited<T> extends Promise<T> {
  readonly #begin: Begin<T>

  /** `then` returns plain promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  constructor(begin: Begin<T>) {
    super(() => {})
    this.#begin = begin
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a promise is one
  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return new Promise((resolve, reject) =>
      this.#begin(
        // Without a callback, `A` is `T`.
        settling(fulfilled ?? (value => value as unknown as A), resolve, reject),
        rejected ? settling(rejected, resolve, reject) : reject,
      ),
    )
  }
}

/** Called at each `await` or `then`. It settles later, and never within the call. */
type Begin<T> = (resolve: (value: T) => void, reject: (reason: unknown) => void) => void

/**
 * Calls back at once when it settles, not in a later job. So a command that awaits each piece of
 * long output writes the next one in the same turn.
 */
function settling<V, R>(
  callback: (value: V) => R | PromiseLike<R>,
  resolve: (result: R | PromiseLike<R>) => void,
  reject: (reason: unknown) => void,
): (value: V) => void {
  return value => {
    try {
      resolve(callback(value))
    } catch (error) {
      reject(error)
    }
  }
}
