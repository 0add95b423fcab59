/**
 * What a `\` does in an input.
 *
 * - `everywhere`: `\\` `\t` `\n` `\ ` `\"` `\'` mean backslash, tab, newline, blank and the quotes,
 *   inside quotes too. Any other `\x` stays, both characters.
 * - `bash`: outside quotes `\x` means `x`. Inside `"…"` only `\\` `\"` `\$` and ``
 *   \` `` are escapes; inside `'…'` none is.
 */
export type EscapeStyle = 'everywhere' | 'bash'

/** An open quote, or none. */
export type Quote = '' | '"' | "'"

/** One of the two, as a table. */
export interface EscapeRules {
  /** Returns whether a `\` is an escape inside that quote. */
  applyIn(quote: Quote): boolean
  /** Returns the meaning of a `\` and the character after it, where escapes apply. */
  meaning(character: string, quote: Quote): string
  /** Finds what ends a run of plain characters inside `'…'`. */
  readonly endsSingle: RegExp
  /**
   * Returns a word as it is typed, so that it is read unchanged: in quotes if it must be, or if a
   * quote is open.
   */
  quote(word: string, open: Quote): string
}

export const ESCAPE_RULES: Readonly<Record<EscapeStyle, EscapeRules>> = {
  everywhere: {
    applyIn: () => true,
    meaning: character => ESCAPES[character] ?? `\\${character}`,
    endsSingle: /['\\]/g,
    quote: (word, open) => {
      if (isPlain(word, open)) return word
      const around = open || '"'
      const escaped = (c: string): string => (c === '"' || c === "'" ? (c === around ? `\\${c}` : c) : (TYPED[c] ?? c))
      return around + word.replaceAll(/["'\\\t\n]/g, escaped) + around
    },
  },
  bash: {
    applyIn: quote => quote !== "'",
    meaning: (character, quote) => (quote === '' || '\\"$`'.includes(character) ? character : `\\${character}`),
    endsSingle: /'/g,
    quote: (word, open) => {
      if (isPlain(word, open)) return word
      // Nothing is an escape inside '…': a quote goes outside of them.
      return open === "'" ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word.replaceAll(/["\\]/g, '\\$&')}"`
    },
  },
}

function isPlain(word: string, open: Quote): boolean {
  return open === '' && word !== '' && !/[ \t\n"'\\]/.test(word)
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', ' ': ' ', '"': '"', "'": "'" }
const TYPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n' }
