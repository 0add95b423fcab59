let last = 0

/** A connection's id: unique within the process, short enough for a log line, and in order. */
export function connectionId(): string {
  last += 1
  return `c${last}`
}
