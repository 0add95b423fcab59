import { BoundaryCache, nextBoundary, previousBoundary } from '../../terminal/grapheme.ts'

/**
 * The end of the word at or after `from`: words are letters and digits of any script, as Readline's
 * `forward-word` has them.
 */
export function forwardWord(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  let at = from
  while (at < text.length && !isWordAt(text, at)) at = nextBoundary(text, at, cache)
  while (at < text.length && isWordAt(text, at)) at = nextBoundary(text, at, cache)
  return at
}

/** The beginning of the word before `from`. */
export function backwardWord(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  const end = backwardOver(text, from, (t, i) => !isWordAt(t, i), cache)
  return backwardOver(text, end, isWordAt, cache)
}

/** The beginning of what white space parts off before `from`: `unix-word-rubout`. */
export function backwardBlankWord(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  const end = backwardOver(text, from, isBlankAt, cache)
  return backwardOver(text, end, (t, i) => !isBlankAt(t, i), cache)
}

/** The same with slashes as partings too: `unix-filename-rubout`. */
export function backwardPathPart(text: string, from: number, cache: BoundaryCache = new BoundaryCache()): number {
  const end = backwardOver(text, backwardOver(text, from, isBlankAt, cache), isSlashAt, cache)
  return backwardOver(text, end, (t, i) => !isBlankAt(t, i) && !isSlashAt(t, i), cache)
}

/** Where the white space around `index` begins and ends. */
export function blanksAround(text: string, index: number): [start: number, end: number] {
  let end = index
  while (end < text.length && isBlankAt(text, end)) end++
  return [backwardOver(text, index, isBlankAt, new BoundaryCache()), end]
}

/** The word that begins exactly at `from`; empty where none does. */
export function wordAt(text: string, from: number): string {
  return from < text.length && isWordAt(text, from) ? text.slice(from, forwardWord(text, from)) : ''
}

/**
 * The words of a history entry for `yank-last-arg`: parted by white space outside of quotes, with
 * their quotes. (Readline parts at the shell's operators too; there are none here.)
 */
export function quotedWords(entry: string): string[] {
  return entry.match(/(?:\\.|'[^']*'?|"(?:\\.|[^"\\])*"?|[^\s\\'"]|\\)+/gsu) ?? []
}

/** The cluster's first character decides: marks belong to their letter. */
function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code >= 0x80) return WORD.test(String.fromCodePoint(text.codePointAt(index)!))
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
}
const WORD = /[\p{L}\p{N}]/u

/** Newlines of an entry in several lines are blanks as well; Readline knows only space and tab. */
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
