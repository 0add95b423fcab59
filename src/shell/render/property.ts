/**
 * Returns a property of an untrusted object. Never throws: if a getter does, the value is a text
 * that says so.
 */
export function readProperty(object: object, name: string): unknown {
  try {
    return (object as Record<string, unknown>)[name]
  } catch (error) {
    return unreadable(error)
  }
}

/** Returns the text for a value that cannot be read. */
export function unreadable(error: unknown): string {
  return `[unreadable${error instanceof Error ? `: ${error.message}` : ''}]`
}
