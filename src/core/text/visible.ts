/**
 * Returns a foreign text for one line of a terminal. Control characters, line ends and
 * bidirectional controls are shown as JavaScript writes them (`\x1b`, `\n`, `\u202e`), so that they
 * do nothing. A text longer than `limit` characters (UTF-16) ends in `…`.
 */
export function visible(text: string, limit: number = Infinity): string {
  const short = text.length > limit ? `${text.slice(0, Math.max(0, limit - 1)).replace(HALF_PAIR, '')}…` : text
  return HARMFUL.test(short) || !short.isWellFormed()
    ? short.replaceAll(EACH_HARMFUL, character => escapeOf(character))
    : short
}

/**
 * Returns text of several lines, each made visible and cut. Further lines are indented, so that
 * none passes for the beginning of another text. For logs: an error's stack may hold input of
 * users.
 */
export function visibleLines(text: string): string {
  const lines = text.split(/\r?\n/, MOST_LINES + 1).map(line => visible(line, LONGEST_LINE_CHARS))
  if (lines.length > MOST_LINES) lines[MOST_LINES] = '…'
  return lines.join('\n  ')
}

const MOST_LINES = 100
const LONGEST_LINE_CHARS = 1024

/** Returns a word in quotes for a message, cut to a bearable length. */
export function quoted(word: string): string {
  return `'${visible(word, 40)}'`
}

const HARMFUL = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/
/** Includes lone halves of a surrogate pair, which are no characters. */
const EACH_HARMFUL: RegExp = new RegExp(`${HARMFUL.source}|\\p{Cs}`, 'gu')
const HALF_PAIR = /[\ud800-\udbff]$/
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(character: string): string {
  const code = character.charCodeAt(0)
  return NAMED[character] ?? (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`)
}
