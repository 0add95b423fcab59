/**
 * `replaceAll` for text that is long, or often written: one flat string. `replaceAll`, and `replace` by an expression, leave a chain of pieces, which is twice the garbage and costs as much
 * again to be put together.
 */
export function replaced(text: string, what: string, by: string): string {
  return text.includes(what) ? text.split(what).join(by) : text
}

/** CR LF and CR become LF. */
export function withLineFeeds(text: string): string {
  return replaced(replaced(text, '\r\n', '\n'), '\r', '\n')
}
