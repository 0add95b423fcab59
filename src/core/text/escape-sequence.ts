/** Returns a text without its escape sequences (ECMA-48). Of an incomplete one the letters stay. */
export function withoutSequences(text: string): string {
  return text.replaceAll(SEQUENCE, '')
}

/** Returns a text without its styles (SGR). Other sequences stay. */
export function withoutStyles(text: string): string {
  return text.replaceAll(SGR, '')
}

/**
 * CSI, a control string such as OSC, or another; introduced by ESC or by one character (C1). A
 * string ends where another sequence begins. A search for the end from each of many introducers
 * would cost the square of their number.
 */
const SEQUENCE =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]/g
const SGR = /\x1b\[[\d;:]*m/g
