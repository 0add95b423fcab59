import { BoundaryCache, nextBoundary, previousBoundary } from '../../terminal/grapheme.ts'

/**
 * Returns the end of the word at or after `from`. As for Readline's `forward-word`, words are
 * letters and digits of any script.
 */
export function forwardWord(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  let at = from
  while (at < text.length && !isWordAt(text, at)) at = nextBoundary(text, at, cache)
  while (at < text.length && isWordAt(text, at)) at = nextBoundary(text, at, cache)
  return at
}

/** Returns the beginning of the word before `from`. */
export function backwardWord(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  const end = backwardOver(text, from, (t, i) => !isWordAt(t, i), cache)
  return backwardOver(text, end, isWordAt, cache)
}

/** Returns the beginning of the text between white space and `from`: `unix-word-rubout`. */
export function backwardBlankWord(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  const end = backwardOver(text, from, isBlankAt, cache)
  return backwardOver(text, end, (t, i) => !isBlankAt(t, i), cache)
}

/** Returns the same with slashes as separators too: `unix-filename-rubout`. */
export function backwardPathPart(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  const end = backwardOver(text, backwardOver(text, from, isBlankAt, cache), isSlashAt, cache)
  return backwardOver(text, end, (t, i) => !isBlankAt(t, i) && !isSlashAt(t, i), cache)
}

/** Returns where the white space around `index` begins and ends. */
export function blanksAround(text: string, index: number): [start: number, end: number] {
  let end = index
  while (end < text.length && isBlankAt(text, end)) end++
  return [backwardOver(text, index, isBlankAt, new BoundaryCache()), end]
}

/** Returns the word that begins exactly at `from`; empty if none does. */
export function wordAt(text: string, from: number): string {
  return from < text.length && isWordAt(text, from) ? text.slice(from, forwardWord(text, from)) : ''
}

/**
 * Returns the words of a history entry for `yank-last-arg`: separated by white space outside
 * quotes, with their quotes. Readline also separates at the shell's operators; there are none here.
 */
export function quotedWords(entry: string): string[] {
  return entry.match(/(?:\\.|'[^']*'?|"(?:\\.|[^"\\])*"?|[^\s\\'"]|\\)+/gsu) ?? []
}

/**
 * Returns whether a cluster belongs to a word. Its first character decides: marks belong to their
 * letter.
 */
function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code >= 0x80) return WORD.test(String.fromCodePoint(text.codePointAt(index)!))
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
}
const WORD = /[\p{L}\p{N}]/u

/**
 * Returns whether a cluster is blank. Newlines of an entry of several lines are blanks too;
 * Readline knows only space and tab.
 */
function isBlankAt(text: string, index: number): boolean {
  return BLANK.test(text.charAt(index))
}
const BLANK = /\s/

function isSlashAt(text: string, index: number): boolean {
  return text.charCodeAt(index) === 0x2f
}

function backwardOver(
  text: string,
  from: number,
  holds: (text: string, index: number) => boolean,
  cache: BoundaryCache,
): number {
  let at = from
  while (at > 0) {
    const before = previousBoundary(text, at, cache)
    if (!holds(text, before)) break
    at = before
  }
  return at
}
