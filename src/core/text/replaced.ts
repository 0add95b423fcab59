/**
 * Replaces all occurrences, and returns one flat string, for long or often written text.
 * `replaceAll`, and `replace` by an expression, return a chain of pieces. That is twice the
 * garbage, and costs as much again to flatten.
 */
export function replaced(text: string, what: string, by: string): string {
  return text.includes(what) ? text.split(what).join(by) : text
}

/** CR LF and CR become LF. */
export function withLineFeeds(text: string): string {
  return replaced(replaced(text, '\r\n', '\n'), '\r', '\n')
}
