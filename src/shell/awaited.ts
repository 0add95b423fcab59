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
    return new Promise<T>(this.#begin).then(fulfilled, rejected)
  }
}

/** Called for each who awaits. */
type Begin<T> = (resolve: (value: T) => void, reject: (reason: unknown) => void) => void
