/**
 * Returns what was thrown, or an `Error` in its place where it cannot be read: a Proxy may throw
 * whenever it is inspected.
 */
export function readableError(thrown: unknown): unknown {
  try {
    if (typeof thrown !== 'function' && (typeof thrown !== 'object' || thrown === null)) return thrown
    const { name, message } = thrown as Partial<Error>
    void [thrown instanceof Error, name, message]
    return thrown
  } catch {
    return new Error('What was thrown cannot be read.')
  }
}
