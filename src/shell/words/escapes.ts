/**
 * What a `\` does in an input. `everywhere`: `\\` `\t` `\n` `\ ` `\"` `\'` stand for backslash,
 * tab, newline, blank and the quotes, also inside quotes of either kind, and any other `\x` stays
 * as it is, both characters. `bash`: outside quotes `\x` stands for `x`; inside `"…"` only `\\`
 * `\"` `\$` and `` \` `` do so; inside `'…'` a `\` is a character like any other.
 */
export type EscapeStyle = 'everywhere' | 'bash'

/** A quote that is open, or none. */
export type Quote = '' | '"' | "'"

/** One of the two, as a table. */
export interface EscapeRules {
  /** Whether a `\` means anything inside that quote. */
  applyIn(quote: Quote): boolean
  /** Returns what a `\` and the character after it stand for, where they apply. */
  meaning(character: string, quote: Quote): string
  /** Finds what ends a run of plain characters inside `'…'`. */
  readonly endsSingle: RegExp
  /**
   * Returns a word as one types it, so that it is read as it is: in quotes where it must be, or
   * where a quote is open.
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
      // Nothing is an escape inside '…': a quote stands outside of them.
      return open === "'" ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word.replaceAll(/["\\]/g, '\\$&')}"`
    },
  },
}

function isPlain(word: string, open: Quote): boolean {
  return open === '' && word !== '' && !/[ \t\n"'\\]/.test(word)
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', ' ': ' ', '"': '"', "'": "'" }
const TYPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n' }
