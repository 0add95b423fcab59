/**
 * A property of anybody's object. Never throws: where a getter does, the value is a text that says
 * so.
 */
export function readProperty(object: object, name: string): unknown {
  try {
    return (object as Record<string, unknown>)[name]
  } catch (error) {
    return unreadable(error)
  }
}

/** What stands for a value that cannot be read. */
export function unreadable(error: unknown): string {
  return `[unreadable${error instanceof Error ? `: ${error.message}` : ''}]`
}
