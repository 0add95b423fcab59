/** The input as far as the cursor, in words; the last one is being typed. */
export interface CursorWord {
  /** The words before it, read. */
  readonly words: readonly string[]
  /** Where it begins: a UTF-16 index, its quote included. */
  readonly start: number
  readonly end: number
  /** What it says so far, read; empty where no word has begun. */
  readonly text: string
  /** The quote that it began with and that is still open; else empty. */
  readonly quote: '' | '"' | "'"
}

/** Finds the word at the cursor by the rules of `words.ts`, though the input may be unfinished. What stands after the cursor has no say. */
export function cursorWord(line: string, cursor: number): CursorWord {
  const end = Math.min(cursor, line.length)
  const words: string[] = []
  let [start, text, quote] = [-1, '', '']
  for (let i = 0; i < end; i++) {
    const c = line.charAt(i)
    if (quote === '' && SEPARATORS.has(c)) {
      if (start >= 0) words.push(text)
      ;[start, text] = [-1, '']
      continue
    }
    const joins = c === '\\' && line[i + 1] === '\n'
    if (start < 0 && !joins) start = i
    if (c === '\\' && i + 1 < end) text += unescaped(line.charAt(++i))
    else if (c === quote) quote = ''
    else if (quote === '' && (c === '"' || c === "'")) quote = c
    else text += c
  }
  return { words, start: start < 0 ? end : start, end, text, quote: quote as CursorWord['quote'] }
}

/** A word as one types it, so that `words.ts` reads it as it is: in quotes where it must be, or where a quote is open. */
export function asTyped(word: string, quote: CursorWord['quote'] = ''): string {
  if (quote === '' && word !== '' && !NEEDS_QUOTES.test(word)) return word
  const around = quote || '"'
  return (
    around +
    word.replaceAll(ESCAPED, c => (c === '"' || c === "'" ? (c === around ? `\\${c}` : c) : (ESCAPES[c] ?? c))) +
    around
  )
}

const SEPARATORS: ReadonlySet<string> = new Set([' ', '\t', '\n'])
const NEEDS_QUOTES = /[ \t\n"'\\]/
const ESCAPED = /["'\\\t\n]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n' }
const MEANINGS: Readonly<Record<string, string>> = {
  '\\': '\\',
  t: '\t',
  n: '\n',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\n': '',
}

function unescaped(c: string): string {
  return MEANINGS[c] ?? `\\${c}`
}
