/**
 * A promise that begins to settle when somebody awaits it, each time that somebody does. One that
 * nobody awaits costs nothing, and rejects for nobody.
 */
export class Awaited<T> extends Promise<T> {
  readonly #begin: Begin<T>

  /** What `then` makes are plain promises. */
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
        // Where there is no callback, `A` is `T`.
        settling(fulfilled ?? (value => value as unknown as A), resolve, reject),
        rejected ? settling(rejected, resolve, reject) : reject,
      ),
    )
  }
}

/** Called for each who awaits. It settles later, and never within the call. */
type Begin<T> = (resolve: (value: T) => void, reject: (reason: unknown) => void) => void

/**
 * Calls back when it is settled, and not in a job behind that: who awaits each piece of long output
 * writes the next one before the turn is over.
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
