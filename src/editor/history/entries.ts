/** A list of accepted lines, oldest first, that belongs to a user; entries may hold newlines. */
export type HistoryEntries = readonly string[]

/** How many inputs are kept, and which. */
export interface HistoryPolicy {
  /**
   * The most entries that are kept; the oldest go first.
   * @default 1000
   */
  readonly size?: number
  /**
   * What becomes of a line that is there already: `keep` both (as Readline), `ignore` it where it
   * repeats the one just before it (Bash's `ignoredups`), or `erase` every earlier one (`erasedups`).
   * @default `ignore`
   */
  readonly duplicates?: 'keep' | 'ignore' | 'erase'
}

/** Adds an accepted line to a history; returns whether it was added. Blank lines are not kept. */
export function remember(entries: string[], line: string, policy: HistoryPolicy = {}): boolean {
  if (!belongs(entries, line, policy)) return false
  insert(entries, ownCopy(line), policy)
  if (line.length > SHORT_LINE_CHARS) dropOldest(entries)
  return true
}

/**
 * Adds the entries of another history behind these, by the same policy, and as they are: both hold
 * the same strings.
 */
export function adopt(entries: string[], others: readonly string[], policy: HistoryPolicy = {}): void {
  let long = false
  for (const entry of others) {
    if (!belongs(entries, entry, policy)) continue
    insert(entries, entry, policy)
    long ||= entry.length > SHORT_LINE_CHARS
  }
  if (long) dropOldest(entries)
}

function belongs(entries: readonly string[], line: string, { duplicates = 'ignore' }: HistoryPolicy): boolean {
  return !(duplicates === 'ignore' && entries.at(-1) === line) && line.trim() !== ''
}

function insert(entries: string[], entry: string, { size = 1000, duplicates }: HistoryPolicy): void {
  if (duplicates === 'erase') {
    for (let at = entries.lastIndexOf(entry); at >= 0; at = entries.lastIndexOf(entry)) entries.splice(at, 1)
  }
  entries.push(entry)
  // `splice` would move all the others: 4 µs for a thousand of them, after 0.1.
  while (entries.length > size) entries.shift()
}

/**
 * Returns a copy: a piece of a longer text, as of a packet, keeps all of that in memory for as long
 * as it lives.
 */
export function ownCopy(line: string): string {
  return ` ${line}`.slice(1)
}

/** So many short lines fit at any size; only a longer one makes us count. */
const SHORT_LINE_CHARS = 256
/**
 * The most UTF-16 units that a list of entries holds, its newest always among them: a thousand
 * lines of 64 KiB are nobody's history.
 */
export const MAX_HISTORY_CHARS: number = 512 * 1024

function dropOldest(entries: string[]): void {
  let left = MAX_HISTORY_CHARS
  let first = entries.length
  while (first > 0 && (left -= entries[first - 1]!.length) >= 0) first -= 1
  entries.splice(0, Math.min(first, entries.length - 1))
}
