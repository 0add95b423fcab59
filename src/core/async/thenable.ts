/** A value, or a promise of it. */
export type Eventual<T> = T | Promise<T>

/** Returns whether a value is a promise, or can be awaited like one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/**
 * Calls `use` with a value: at once if it is there, else when it resolves. An error of `use` is
 * thrown in the first case, and rejects in the second.
 */
export function andThen<T, R>(value: T | PromiseLike<T>, use: (value: T) => Eventual<R>): Eventual<R> {
  return isThenable(value) ? Promise.resolve(value).then(use) : use(value)
}

/** Returns the result of `run`; if it throws or rejects, the result of `failed`. */
export function attempt<T>(run: () => T | PromiseLike<T>, failed: (error: unknown) => Eventual<T>): Eventual<T> {
  let value: T | PromiseLike<T>
  try {
    value = run()
  } catch (error) {
    return failed(error)
  }
  return isThenable(value) ? Promise.resolve(value).catch(failed) : value
}

/**
 * Calls `step` with one item after the other, and returns the first result that is not `undefined`.
 * An asynchronous step delays the next item; none begins after the result.
 */
export function firstOf<T, R>(
  items: readonly T[],
  step: (item: T) => R | undefined | PromiseLike<R | undefined>,
  from: number = 0,
): Eventual<R | undefined> {
  for (let i = from; i < items.length; i++) {
    const result = step(items[i] as T)
    const rest = (found: R | undefined): Eventual<R | undefined> =>
      found === undefined ? firstOf(items, step, i + 1) : found
    if (isThenable(result)) return Promise.resolve(result).then(rest)
    if (result !== undefined) return result
  }
  return undefined
}

/** Returns all values, in order: at once if all of them are there. */
export function allOf<T>(values: readonly (T | PromiseLike<T>)[]): Eventual<readonly T[]> {
  return values.some(isThenable) ? Promise.all(values) : (values as readonly T[])
}
